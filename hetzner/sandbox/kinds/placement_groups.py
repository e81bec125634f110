"""Placement groups: servers that stand on different hosts. The servers' rows say which group they are in."""

from __future__ import annotations

from typing import Any

from hetzner.sandbox.call import Call
from hetzner.sandbox.kind import Kind, answers
from hetzner.sandbox.table import Id, Row


class PlacementGroups(Kind):
    """Groups of the only type there is, `spread`."""

    name = "placement_groups"
    singular = "placement_group"
    filters = ("type",)

    def render(self, row: Row) -> dict[str, Any]:
        """Write a group as the API shows it."""
        return {
            **self.common(row),
            "type": row["type"],
            "servers": [server["id"] for server in self.members(row["id"])],
        }

    def members(self, ident: Id) -> list[Row]:
        """The servers in a group."""
        return self.project.table("servers").by("placement_group", ident)

    @answers("create")
    def create(self, call: Call) -> dict[str, Any]:
        """Create an empty group; there is nothing to wait for."""
        self.project.check_quota("placement_groups")
        return {**self.one(self.table.add(self.fresh(call.body, type=call.body["type"]))), "action": None}

    def deleted(self, row: Row) -> None:
        """Nobody joins it any more; the servers in it notice by themselves."""
        self.project.actions.cancel("placement_group", row["id"])
