"""Snapshots of storage boxes; the API names them after their time."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from hetzner.sandbox.call import Call
from hetzner.sandbox.clock import stamp
from hetzner.sandbox.kind import answers
from hetzner.sandbox.kinds.storage_box_base import StorageBoxPart
from hetzner.sandbox.labels import check_labels
from hetzner.sandbox.storage_rules import check_description
from hetzner.sandbox.table import Row


class StorageBoxSnapshots(StorageBoxPart):
    """The snapshots of all storage boxes of the project."""

    name = "storage_boxes.snapshots"
    singular = "snapshot"
    part = "snapshot"
    plural = "snapshots"

    def render(self, row: Row) -> dict[str, Any]:
        """Write a snapshot as the API shows it."""
        shown = ("id", "storage_box", "name", "description", "labels", "stats", "is_automatic")
        return {**{name: row[name] for name in shown}, "created": stamp(row["created"])}

    def matching(self, call: Call, box: Row) -> Iterator[Row]:
        """Those that the query leaves."""
        rows = super().matching(call, box)
        if call.one("is_automatic") is None:
            return rows
        return (row for row in rows if row["is_automatic"] == call.flag("is_automatic"))

    def checked(self, row: Row, body: dict[str, Any]) -> dict[str, Any]:
        """The description."""
        return (
            {"description": check_description(body["description"], strict=True)}
            if "description" in body
            else {}
        )

    @answers("create")
    def create(self, call: Call) -> dict[str, Any]:
        """Make a snapshot by hand."""
        box = self.box_for_new(call.id)
        by_hand = sum(not row["is_automatic"] for row in self.of(box))
        self.insist_room(box, self.boxes.size_of(box)["snapshot_limit"], by_hand)
        description = check_description(call.body.get("description", ""), strict=True)
        row = self._row(box, description=description, labels=check_labels(call.body.get("labels", {})))
        return self.make("create_snapshot", box, row)

    def _row(self, box: Row, automatic: bool = False, prefix: str = "", **fields: Any) -> Row:
        now = self.project.now
        return {
            "id": self.project.new_id(),
            "storage_box": box["id"],
            "name": prefix + time.strftime("%Y-%m-%dT%H-%M-%S", time.gmtime(now)),
            "created": now,
            "description": "",
            "labels": {},
            "is_automatic": automatic,
            "stats": {"size": 0, "size_filesystem": box["stats"]["size_data"]},
            "folders": box["folders"],
            **fields,
        }

    def automatic(self, box: Row) -> Row:
        """Make a snapshot as the plan of the storage box does; the oldest goes when there are too many."""
        plan = box["snapshot_plan"]
        often = "monthly" if plan["day_of_month"] else "weekly" if plan["day_of_week"] else "daily"
        made = self.table.add(self._row(box, automatic=True, prefix=f"snapshot-{often}--"))
        old = [row for row in self.of(box) if row["is_automatic"]]
        for row in old[: -plan["max_snapshots"]]:
            self.table.remove(row["id"])
        return made
