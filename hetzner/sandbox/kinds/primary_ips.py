"""Primary IPs: the public addresses of servers and load balancers.

https://docs.hetzner.cloud/reference/cloud#primary-ips
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from hetzner.sandbox.call import Call
from hetzner.sandbox.errors import conflict, invalid, unprocessable
from hetzner.sandbox.kind import answers
from hetzner.sandbox.kinds.protectable import needs_one
from hetzner.sandbox.kinds.public_ips import PublicIPs
from hetzner.sandbox.table import Id, Key, Row

VERSIONS = ("ipv4", "ipv6")


class PrimaryIPs(PublicIPs):
    """Addresses bound to a location, assigned to one server or load balancer at most."""

    name = "primary_ips"
    singular = "primary_ip"
    filters = ("ip",)

    def field(self, row: Row, name: str) -> Any:
        """Filter IPv6 by the first address of the network."""
        return self.sought_as(super().field(row, name))

    def sought_as(self, text: str) -> str:
        """With or without the length of the network."""
        return text.removesuffix("/64")

    editable = ("auto_delete",)
    called = "primary IP"

    def keys(self, row: Row) -> Iterable[Key]:
        """By name, and by what it is assigned to."""
        yield ("name", row["name"])
        if row["assignee_id"] is not None:
            yield ("assignee", row["assignee_type"], row["assignee_id"])

    def render(self, row: Row) -> dict[str, Any]:
        """Write a primary IP as the API shows it; an unassigned one says so by its assignee type."""
        assigned = row["assignee_id"] is not None
        return {
            **self.address(row),
            "assignee_type": row["assignee_type"] if assigned else "unassigned",
            "assignee_id": row["assignee_id"],
            "auto_delete": row["auto_delete"],
            "location": self.project.catalogue.rows("locations")[row["location"]],
        }

    def free(self, ident: Id) -> Row:
        """Look one up; refuses with `conflict` while an action changes it."""
        row = self.find(ident)
        if self.project.actions.is_locked(self.singular, ident):
            raise conflict("primary IP is currently being changed")
        return row

    def forbid_delete(self, row: Row) -> None:
        """Refuse while it is assigned, protected or being changed."""
        if row["assignee_id"] is not None:
            raise unprocessable("must_be_unassigned", "the primary IP must be unassigned first")
        super().forbid_delete(row)

    @answers("create")
    def create(self, call: Call) -> dict[str, Any]:
        """Create an address in a location, or assigned to a server that is off."""
        self.project.check_quota("primary_ips")
        body, server = call.body, self._assignee(call.body)
        location = self._location(body, server)
        fields = {**self.fresh(body), "auto_delete": body.get("auto_delete", False)}
        if server is None:
            return {**self.one(self.make(body["type"], location, **fields)), "action": None}
        self._insist_room(server, body["type"], location)
        row = self.make(body["type"], location, assignee_id=server["id"], **fields)
        action = self.begin("assign_primary_ip", row, server["id"], failed="unassigned")
        return {**self.one(row), **self.answer(action)}

    def _assignee(self, body: dict[str, Any]) -> Row | None:
        if body.get("assignee_id") is None:
            return None
        if "assignee_type" not in body:
            raise invalid("assignee_type", "is required together with 'assignee_id'")
        return self.server_of("assignee_id", body["assignee_id"])

    def _location(self, body: dict[str, Any], server: Row | None) -> int:
        if "location" in body:
            return self.place("location", body["location"])
        if server is None:
            raise needs_one("assignee_id", "location")
        location: int = server["location"]
        return location

    def _insist_room(self, server: Row, version: str, location: int) -> None:
        """Refuse a server that cannot take an address of that version and location now."""
        if server["location"] != location:
            raise unprocessable("primary_ip_datacenter_mismatch", "the server is in another location")
        self._insist_off(server["id"])
        if version in self.of("server", server["id"]):
            raise unprocessable(f"server_has_{version}", f"the server already has an {version} address")

    def _insist_off(self, server: Id) -> None:
        servers: Any = self.project.kind("servers")
        self.project.actions.insist_unlocked("server", server)
        servers.insist_off(servers.find(server))

    @answers("update")
    def update(self, call: Call) -> dict[str, Any]:
        """Change name, labels or what happens at the end, when nothing else is being changed."""
        if self.free(call.id)["protection"]["delete"] and call.body.get("auto_delete"):
            raise invalid("auto_delete", "must be false for a protected primary IP")
        return super().update(call)

    @answers("actions.change_protection")
    def change_protection(self, call: Call) -> dict[str, Any]:
        """Forbid or allow deletion; one that is deleted with its server cannot be protected."""
        if self.free(call.id)["auto_delete"] and call.body["delete"]:
            raise invalid("delete", "needs 'auto_delete' to be false")
        return super().change_protection(call)

    @answers("actions.assign")
    def assign(self, call: Call) -> dict[str, Any]:
        """Assign it to a server that is off."""
        row, server = self.free(call.id), self.server_of("assignee_id", call.body["assignee_id"])
        if row["assignee_id"] is not None:
            raise unprocessable("primary_ip_already_assigned", "the primary IP is already assigned")
        self._insist_room(server, row["type"], row["location"])
        args = {"assignee_type": "server", "assignee_id": server["id"]}
        return self.answer(self.begin("assign_primary_ip", row, server["id"], args=args))

    @answers("actions.unassign")
    def unassign(self, call: Call) -> dict[str, Any]:
        """Take it off a server that is off."""
        row = self.free(call.id)
        self.insist_linked(row["assignee_id"], "unassign", "assigned")
        if row["assignee_type"] != "server":
            raise unprocessable("invalid_input", "the address of a load balancer cannot be unassigned")
        self._insist_off(row["assignee_id"])
        targeted = self.project.table("load_balancers").any("public_target", row["assignee_id"])
        if targeted and row["type"] == "ipv4":
            raise unprocessable("server_is_load_balancer_target", "the server is a target of a load balancer")
        action = self.begin("unassign_primary_ip", row, row["assignee_id"], args={"assignee_id": None})
        return self.answer(action)

    def unassigned(self, action: Row) -> None:
        """Effect of an assignment at the create that failed."""
        self.table.update(self.own_id(action), assignee_id=None)

    def make(self, version: str, location: int, **fields: Any) -> Row:
        """Put a new address into the table; `fields` win over those of an unassigned one that stays."""
        ident = fields.get("id") or self.project.new_id()
        row = {
            "id": ident,
            "name": f"primary_ip-{ident}",
            "location": location,
            "assignee_type": "server",
            "assignee_id": None,
            "auto_delete": False,
            "labels": {},
            "created": self.project.now,
            **self.fresh_address(version),
        }
        return self.table.add({**row, **fields})

    def of(self, assignee_type: str, ident: int) -> dict[str, Row]:
        """The addresses of a server or load balancer by version."""
        return {row["type"]: row for row in self.table.by("assignee", assignee_type, ident)}

    def release(self, assignee_type: str, ident: int) -> None:
        """Let go of what something deleted had: `auto_delete` addresses vanish, others become free."""
        for row in self.table.by("assignee", assignee_type, ident):
            if row["auto_delete"]:
                self.table.remove(row["id"])
                self.deleted(row)
            else:
                self.table.update(row["id"], assignee_id=None)
