"""What storage boxes, their snapshots and their subaccounts share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, ClassVar

from hetzner.sandbox.call import Call, Reply
from hetzner.sandbox.errors import invalid, limit_exceeded, not_found
from hetzner.sandbox.kind import Kind, answers
from hetzner.sandbox.labels import check_labels
from hetzner.sandbox.listing import ordered
from hetzner.sandbox.storage_rules import action_locked, folder_of
from hetzner.sandbox.table import Id, Key, Row

MAKING = "part of storage_box"
"""What is locked, beside the part itself, while a part is made."""


class StorageBoxBase(Kind):
    """The table of storage boxes, and what holds for all that is done with one."""

    name = "storage_boxes"
    singular = "storage_box"
    sorts = ("id", "name", "created", "stats.size", "stats.size_filesystem")

    def steady(self, ident: Id) -> Row:
        """Look a storage box up, or refuse with `locked` while an action runs that wants it for itself."""
        row = self.find(ident)
        if self.project.actions.is_locked(self.singular, row["id"]):
            raise action_locked()
        return row

    def alone(self, ident: Id) -> Row:
        """Look a storage box up, or refuse with `locked` while any action runs on it."""
        row = self.find(ident)
        actions = self.project.actions.table.by("resource", self.singular, row["id"])
        if any(action["status"] == "running" for action in actions):
            raise action_locked()
        return row

    def begin(
        self, command: str, row: Row, done: str = "changed", alone: bool = False, **fields: Any
    ) -> dict[str, Any]:
        """Start an action on a storage box that sets its fields, or does what `done` says."""
        place, effect = (self.singular, row["id"]), f"{self.name}.{done}"
        action = self.project.start(command, place, done=effect, args=fields, lock=alone)
        return {"action": self.project.actions.render(action)}

    def changed(self, action: Row) -> None:
        """Effect of an action whose arguments are fields."""
        merge(self, action["resources"][0]["id"], action["args"])

    def make_folder(self, ident: Id, path: str) -> None:
        """Let there be a folder, and those it is in (as a subaccount's home, or for tests)."""
        parts = folder_of("path", path)
        with self.table.edit(ident) as row:
            missing = ["/".join(parts[: end + 1]) for end in range(len(parts))]
            row["folders"] = sorted({*row["folders"], *missing})

    def size_of(self, row: Row) -> Row:
        """The type of a storage box."""
        return self.project.kind("storage_box_types").find(row["storage_box_type"])


def merge(kind: Kind, ident: Id, fields: Row) -> None:
    """Set fields of a row that may be gone by now; settings that are left out stay as they are."""
    row = kind.get(ident)
    if row is not None:
        settings = {**row.get("access_settings", {}), **fields.get("access_settings", {})}
        kind.table.update(ident, **{**fields, **({"access_settings": settings} if settings else {})})


class StorageBoxPart(Kind):
    """Something that belongs to a storage box, where one part is made at a time."""

    part: ClassVar[str]
    """How its id is called in paths, less `_id`: `snapshot`."""
    plural: ClassVar[str]
    """Key of its lists."""

    @property
    def boxes(self) -> StorageBoxBase:
        """The storage boxes of the project."""
        return self.project.kind_as(StorageBoxBase)

    def keys(self, row: Row) -> Iterable[Key]:
        """By storage box."""
        yield ("storage_box", row["storage_box"])

    def of(self, box: Row) -> list[Row]:
        """Those of one storage box."""
        return self.table.by("storage_box", box["id"])

    @property
    def place(self) -> str:
        """How it is called among the resources of an action."""
        return f"storage_box_{self.part}"

    def sought(self, call: Call) -> Row:
        """The one in the path, which must belong to the storage box in the path."""
        box = self.boxes.find(call.id)
        row = self.find(call.path[f"{self.part}_id"])
        if row["storage_box"] != box["id"]:
            raise not_found(self.singular, row["id"])
        return row

    def steady(self, call: Call) -> Row:
        """The one in the path, or a refusal while it is made or deleted, or its storage box is locked."""
        row = self.sought(call)
        self.boxes.steady(row["storage_box"])
        if self.project.actions.is_locked(self.place, row["id"]):
            raise action_locked()
        return row

    def box_for_new(self, ident: Id) -> Row:
        """The storage box for a new one, or a refusal while another part of it is made."""
        box = self.boxes.steady(ident)
        if self.project.actions.is_locked(MAKING, box["id"]):
            raise action_locked()
        return box

    def matching(self, call: Call, box: Row) -> Iterator[Row]:
        """Those that the query leaves."""
        name = call.one("name")
        return self.chosen(call, (row for row in self.of(box) if name in (None, row["name"])))

    @answers("list")
    def list(self, call: Call) -> Reply:
        """Answer with all of a storage box, without pages."""
        rows = ordered([*self.matching(call, self.boxes.find(call.id))], call.many("sort"), self.sorts)
        return Reply({self.plural: [self.render(row) for row in rows]})

    @answers("retrieve")
    def retrieve(self, call: Call) -> dict[str, Any]:
        """Answer with one of them."""
        return self.one(self.sought(call))

    @answers("update")
    def update(self, call: Call) -> dict[str, Any]:
        """Change description, labels and, where there is one to choose, the name."""
        row, body = self.sought(call), call.body
        changes = self.checked(row, body)
        if "labels" in body:
            changes["labels"] = check_labels(body["labels"])
        return self.one(self.table.update(row["id"], **changes))

    def checked(self, row: Row, body: dict[str, Any]) -> dict[str, Any]:
        """The fields of an update besides labels, checked."""
        raise NotImplementedError

    def insist_room(self, box: Row, limit: int | None, there: int) -> None:
        """Refuse one more when the type of the storage box allows no more."""
        if limit is not None and there >= limit:
            raise limit_exceeded(f"storage_box_{self.part}_limit", f"{self.part} limit reached")

    def make(self, command: str, box: Row, row: Row) -> dict[str, Any]:
        """Put one in and start the action that makes it; the answer has only its id and the storage box's."""
        self.table.add(row)
        reference = {"id": row["id"], "storage_box": box["id"]}
        locks = (MAKING, box["id"]), (self.place, row["id"])
        return {self.singular: reference, **self.begin(command, row, "made", "vanished", locks)}

    def made(self, action: Row) -> None:
        """Effect of the action that makes one."""

    def begin(
        self,
        command: str,
        row: Row,
        done: str = "changed",
        failed: str = "",
        lock: Sequence[tuple[str, Id]] = (),
        **args: Any,
    ) -> dict[str, Any]:
        """Start an action on one of them."""
        places = ("storage_box", row["storage_box"]), (self.place, row["id"])
        effects = {"done": f"{self.name}.{done}", "failed": f"{self.name}.{failed}" if failed else None}
        action = self.project.start(command, *places, **effects, lock=lock, args=args)
        return {"action": self.project.actions.render(action)}

    def changed(self, action: Row) -> None:
        """Effect of an action whose arguments are fields."""
        merge(self, action["resources"][1]["id"], action["args"])

    @answers("delete")
    def delete(self, call: Call) -> Reply:
        """Delete one of them."""
        row = self.steady(call)
        lock = [(self.place, row["id"])]
        return Reply(self.begin(f"delete_{self.part}", row, "vanished", lock=lock), status=201)

    def vanished(self, action: Row) -> None:
        """Effect of deleting one of them, or of failing to make it."""
        self.table.remove(action["resources"][1]["id"])

    def unique_name(self, box: Row, name: str, ident: Id | None = None) -> bool:
        """Whether no other one of the storage box has the name."""
        return all(row["name"] != name or row["id"] == ident for row in self.of(box))

    def named_in(self, box: Row, which: int | str) -> Row:
        """One of a storage box by id or name, or a refusal on the field that names it."""
        for row in self.of(box):
            if str(which) in (str(row["id"]), row["name"]):
                return row
        raise invalid(self.part, f"{self.part} '{which}' not found")
