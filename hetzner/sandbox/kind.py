"""What every kind is made of; the docstring of `hetzner.sandbox` shows how to write one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from hetzner.sandbox.call import Call, Reply
from hetzner.sandbox.clock import stamp
from hetzner.sandbox.errors import invalid, not_found, taken
from hetzner.sandbox.labels import check_labels, selector
from hetzner.sandbox.listing import ordered, page_of
from hetzner.sandbox.table import Id, Key, Row, Table, as_id

if TYPE_CHECKING:
    from hetzner.sandbox.project import Project

Handler = Callable[[Call], "dict[str, Any] | Reply | None"]
F = TypeVar("F", bound=Callable[..., Any])


def answers(*names: str) -> Callable[[F], F]:
    """Mark a method as handler of operations, named as in the schema less the kind: `actions.poweroff`."""

    def mark(function: F) -> F:
        function.__dict__["answers"] = names
        return function

    return mark


class Kind:
    """One kind of object in one project; `list`, `retrieve`, `update` and `delete` work as they are."""

    name: ClassVar[str]
    """First part of its operations' names and key of its lists: `servers`."""
    singular: ClassVar[str]
    """Key of one object, and resource type in actions: `server`."""
    sorts: ClassVar[tuple[str, ...]] = ("id", "name", "created")
    filters: ClassVar[tuple[str, ...]] = ()
    """Query parameters that pick rows whose field is one of the values: `status`, `type`."""
    editable: ClassVar[tuple[str, ...]] = ()
    """Fields that `update` sets besides name and labels: `description`."""
    name_taken: ClassVar[str] = "name is already used"

    def __init__(self, project: Project) -> None:
        self.project = project

    @property
    def table(self) -> Table:
        """The rows of this kind."""
        return self.project.table(self.name)

    # What kinds redefine

    def keys(self, row: Row) -> Iterable[Key]:
        """Say by what keys a row can be found; `("name", ...)` makes names unique and `?name=` fast."""
        yield ("name", row.get("name"))

    def render(self, row: Row) -> dict[str, Any]:
        """Write a row as the API shows it."""
        raise NotImplementedError

    def forbid_delete(self, row: Row) -> None:
        """Raise a `Refusal` when the row must not be deleted now (protection, in use)."""

    def deleted(self, row: Row) -> None:
        """Let go of what belonged to the row, right after it was removed."""

    def rows(self) -> Iterable[Row]:
        """All objects of the kind, also those that are not in the table."""
        return self.table

    def get(self, ident: Id) -> Row | None:
        """Look an object up by id."""
        return self.table.get(ident)

    def named(self, name: str) -> list[Row]:
        """Look objects up by name."""
        return self.table.by("name", name)

    # What handlers use

    def find(self, ident: Id) -> Row:
        """Look an object up by id, or refuse with `not_found`."""
        row = self.get(ident)
        if row is None:
            raise not_found(self.singular, ident)
        return row

    def pick(self, field: str, which: int | str) -> Row:
        """Look up what a request body names by id or name, or refuse with `invalid_input` on that field."""
        text = str(which)
        ident = as_id(text)
        row = None if ident is None else self.get(ident)
        row = row or next(iter(self.named(text)), None)
        if row is None:
            raise invalid(field, f"{self.singular.replace('_', ' ')} '{which}' not found")
        return row

    def claim_name(self, name: str, ident: Id | None = None) -> str:
        """Return the name, or refuse because another object has it."""
        if any(row["id"] != ident for row in self.named(name)):
            raise taken("name", self.name_taken)
        return name

    def fresh(self, body: Mapping[str, Any], **fields: Any) -> Row:
        """Start a row: new id, checked name, labels, `created`; add it with `self.table.add`."""
        return {
            "id": self.project.new_id(),
            "name": self.claim_name(self.check_name(body["name"])) if "name" in body else None,
            "labels": check_labels(body.get("labels", {})),
            "created": self.project.now,
            **fields,
        }

    def check_name(self, name: str) -> str:
        """Return the name, or refuse one that breaks the kind's rules."""
        if not 1 <= len(name) <= 128:
            raise invalid("name", "must have between 1 and 128 characters")
        return name

    def common(self, row: Row) -> dict[str, Any]:
        """The fields that nearly every kind shows: id, name, labels, created."""
        return {
            "id": row["id"],
            "name": row["name"],
            "labels": row["labels"],
            "created": stamp(row["created"]),
        }

    def select(self, call: Call) -> Iterator[Row]:
        """The rows that the query's filters leave."""
        name = call.one("name")
        return self.chosen(call, self.rows() if name is None else self.named(name))

    def chosen(self, call: Call, rows: Iterable[Row]) -> Iterator[Row]:
        """Those of the rows that the label selector and the kind's own filters leave."""
        text = call.one("label_selector")
        test = selector(text) if text else None
        asked = {field: call.many(field) for field in self.filters}
        wanted = {field: {*map(self.sought_as, values)} for field, values in asked.items() if values}
        if test is None and not wanted:
            yield from rows
            return
        for row in rows:
            if test and not test(row.get("labels", {})):
                continue
            if all(str(self.field(row, field)) in values for field, values in wanted.items()):
                yield row

    def field(self, row: Row, name: str) -> Any:
        """The value that a filter compares."""
        return row.get(name)

    def sought_as(self, text: str) -> str:
        """What a filter's value is compared as."""
        return text

    def one(self, row: Row) -> dict[str, Any]:
        """An answer with one object under its key."""
        return {self.singular: self.render(row)}

    # What every kind answers

    @answers("list")
    def list(self, call: Call) -> Reply:
        """Answer with a page of the objects, filtered and sorted."""
        rows, reply = page_of(call, self._all(call) or self.found(call))
        reply.body = {self.name: [self.render(row) for row in rows], **(reply.body or {})}
        return reply

    def found(self, call: Call) -> Sequence[Row]:
        """The rows that the query leaves, in its order."""
        return ordered([*self.select(call)], call.many("sort"), self.sorts)

    def _all(self, call: Call) -> Sequence[Row] | None:
        """All rows by id, when that is all that is asked for."""
        asked = any(map(call.many, ("name", "label_selector", "sort", *self.filters)))
        plain = type(self).select is Kind.select and type(self).rows is Kind.rows
        return self.table.in_order() if plain and not asked else None

    @answers("retrieve", "get")
    def retrieve(self, call: Call) -> dict[str, Any]:
        """Answer with one object."""
        return self.one(self.find(call.id))

    @answers("update")
    def update(self, call: Call) -> dict[str, Any]:
        """Change name, labels (the whole map) and the `editable` fields."""
        row, body = self.find(call.id), call.body
        changes = {field: body[field] for field in self.editable if field in body}
        if "name" in body:
            changes["name"] = self.claim_name(self.check_name(body["name"]), row["id"])
        if "labels" in body:
            changes["labels"] = check_labels(body["labels"])
        row = self.table.update(row["id"], **changes)
        self.project.tell(f"{self.singular}_updated", row)
        return self.one(row)

    @answers("delete")
    def delete(self, call: Call) -> dict[str, Any] | Reply | None:
        """Delete at once, without an action."""
        row = self.find(call.id)
        self.forbid_delete(row)
        self.table.remove(row["id"])
        self.deleted(row)
        self.project.tell(f"{self.singular}_deleted", row)
        return None

    @classmethod
    def handlers(cls) -> dict[str, str]:
        """Which method answers which operation; methods of the own class win over inherited ones."""
        found: dict[str, str] = {}
        for owner in reversed(cls.__mro__):
            for attribute, value in vars(owner).items():
                found.update(dict.fromkeys(getattr(value, "answers", ()), attribute))
        return found


class CatalogueKind(Kind):
    """A kind whose objects come from the catalogue and never change."""

    sorts = ("id", "name")

    def rows(self) -> Iterable[Row]:
        """All entries of the catalogue."""
        return self.project.catalogue.rows(self.name).values()

    def get(self, ident: Id) -> Row | None:
        """Look an entry up by id."""
        return self.project.catalogue.rows(self.name).get(ident)

    def named(self, name: str) -> list[Row]:
        """Look entries up by name."""
        return [row for row in self.rows() if row.get("name") == name]
