"""Floating IPs: public addresses that move between servers.

https://docs.hetzner.cloud/reference/cloud#floating-ips
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from hetzner.sandbox.call import Call
from hetzner.sandbox.errors import unprocessable
from hetzner.sandbox.kind import answers
from hetzner.sandbox.kinds.protectable import needs_one
from hetzner.sandbox.kinds.public_ips import PublicIPs
from hetzner.sandbox.table import Key, Row


class FloatingIPs(PublicIPs):
    """Addresses with a home location, usable in any."""

    name = "floating_ips"
    singular = "floating_ip"
    editable = ("description",)
    called = "Floating IP"
    holds_server = False

    def keys(self, row: Row) -> Iterable[Key]:
        """By name, and by the server it is assigned to."""
        yield ("name", row["name"])
        if row["server"] is not None:
            yield ("server", row["server"])

    def render(self, row: Row) -> dict[str, Any]:
        """Write a floating IP as the API shows it."""
        return {
            **self.address(row),
            "description": row["description"],
            "server": row["server"],
            "home_location": self.project.catalogue.rows("locations")[row["home_location"]],
        }

    @answers("create")
    def create(self, call: Call) -> dict[str, Any]:
        """Create an address at a location or on a server; without a name it gets one."""
        self.project.check_quota("floating_ips")
        body, server = call.body, call.body.get("server")
        home = self._home(body)
        row = self.fresh(body, description=body.get("description"), server=server, home_location=home)
        if row["name"] is None:
            row["name"] = self.claim_name(f"floating_ip-{row['id']}")
        self.table.add({**row, **self.fresh_address(body["type"])})
        row = self.find(row["id"])
        if server is None:
            return {**self.one(row), "action": None}
        action = self.begin("assign_floating_ip", row, server, failed="unassigned", args={"server": server})
        return {**self.one(row), **self.answer(action)}

    def _home(self, body: dict[str, Any]) -> int:
        """The id of the home location: the one asked for, else that of the server."""
        server = None if body.get("server") is None else self.server_of("server", body["server"])
        if "home_location" in body:
            return self.place("home_location", body["home_location"])
        if server is None:
            raise needs_one("server", "home_location")
        home: int = server["location"]
        return home

    def forbid_delete(self, row: Row) -> None:
        """Refuse while it is assigned, protected or being changed."""
        if row["server"] is not None:
            raise unprocessable("must_be_unassigned", "the floating IP must be unassigned first")
        super().forbid_delete(row)

    @answers("actions.assign")
    def assign(self, call: Call) -> dict[str, Any]:
        """Assign it to a server, running or not; null takes it off."""
        row, server = self.free(call.id), call.body["server"]
        if server is not None:
            self.server_of("server", server)
            if row["server"] is not None:
                raise unprocessable("floating_ip_assigned", "the floating IP is already assigned")
        return self.answer(self.begin("assign_floating_ip", row, server, args={"server": server}))

    @answers("actions.unassign")
    def unassign(self, call: Call) -> dict[str, Any]:
        """Take it off its server."""
        row = self.free(call.id)
        self.insist_linked(row["server"], "unassign", "assigned")
        return self.answer(self.begin("unassign_floating_ip", row, row["server"], args={"server": None}))

    def unassigned(self, action: Row) -> None:
        """Effect of an assignment at the create that failed."""
        self.table.update(self.own_id(action), server=None)

    def on_server_deleted(self, server: Row) -> None:
        """Addresses of a deleted server stay, assigned to nothing."""
        for row in self.table.by("server", server["id"]):
            self.table.update(row["id"], server=None)
