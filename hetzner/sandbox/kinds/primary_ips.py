"""Primary IPs: the public addresses of servers and load balancers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from hetzner.sandbox.addresses import first_ptrs, new_address
from hetzner.sandbox.errors import protected, unprocessable
from hetzner.sandbox.kind import Kind
from hetzner.sandbox.table import Key, Row

VERSIONS = ("ipv4", "ipv6")


class PrimaryIPs(Kind):
    """Addresses bound to a location, assigned to one server or load balancer at most."""

    name = "primary_ips"
    singular = "primary_ip"
    sorts = ("id", "created")
    filters = ("ip",)

    def keys(self, row: Row) -> Iterable[Key]:
        """By name, and by what it is assigned to."""
        yield ("name", row["name"])
        if row["assignee_id"] is not None:
            yield ("assignee", row["assignee_type"], row["assignee_id"])

    def render(self, row: Row) -> dict[str, Any]:
        """Write a primary IP as the API shows it; an unassigned one says so by its assignee type."""
        assigned = row["assignee_id"] is not None
        return {
            **self.common(row),
            "type": row["type"],
            "ip": row["ip"],
            "assignee_type": row["assignee_type"] if assigned else "unassigned",
            "assignee_id": row["assignee_id"],
            "auto_delete": row["auto_delete"],
            "blocked": False,
            "dns_ptr": row["dns_ptr"],
            "location": self.project.catalogue.rows("locations")[row["location"]],
            "protection": row["protection"],
        }

    def forbid_delete(self, row: Row) -> None:
        """Refuse while it is assigned or protected."""
        if row["assignee_id"] is not None:
            raise unprocessable("must_be_unassigned", "the primary IP must be unassigned first")
        if row["protection"]["delete"]:
            raise protected("primary IP deletion is protected")

    def make(self, version: str, location: int, **fields: Any) -> Row:
        """Put a new address into the table; `fields` win over those of an unassigned one that stays."""
        ident, ip = self.project.new_id(), new_address(self.project, version)
        row = {
            "id": ident,
            "name": f"primary_ip-{ident}",
            "type": version,
            "ip": ip,
            "location": location,
            "assignee_type": "server",
            "assignee_id": None,
            "auto_delete": False,
            "dns_ptr": first_ptrs(version, ip),
            "protection": {"delete": False},
            "labels": {},
            "created": self.project.now,
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
            else:
                self.table.update(row["id"], assignee_id=None)
