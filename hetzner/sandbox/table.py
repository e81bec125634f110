"""The rows of one kind in one project, found by id or by key, with a journal to take changes back.

A row is a JSON object (dict of plain values). Rows are only changed through `edit`, `update`, `add` and
`remove`: that keeps the indexes right, lets a refused request leave no trace, and tells the store what to
write.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, overload

Row = dict[str, Any]
Id = int | str
Key = tuple[Hashable, ...]


Place = tuple[str, Id]
"""A kind and an id."""


class Journal:
    """Images of rows before they changed: `before` since the last mark, `origin` since the last commit."""

    def __init__(self) -> None:
        self.before: dict[Place, Row | None] = {}
        self.origin: dict[Place, Row | None] = {}

    def note(self, kind: str, ident: Id, row: Row | None) -> None:
        """Remember a row as it is before its first change."""
        if (kind, ident) not in self.before:
            self.before[kind, ident] = None if row is None else json.loads(json.dumps(row))

    def mark(self) -> None:
        """What was done so far stands; only what follows can be taken back by a refusal."""
        for place, row in self.before.items():
            self.origin.setdefault(place, row)
        self.before.clear()


class Table:
    """All rows of a kind, in the order of their ids as far as they are numbers."""

    def __init__(self, kind: str, keys: Callable[[Row], Iterable[Key]], journal: Journal) -> None:
        self.kind = kind
        self._rows: dict[Id, Row] = {}
        self._index: dict[Key, dict[Id, None]] = {}
        self._keys = keys
        self._journal = journal
        self._order: list[Id] | None = []

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows.values())

    def get(self, ident: Id) -> Row | None:
        """Look at one row (never change what you get: use `edit`)."""
        return self._rows.get(ident)

    def in_order(self) -> Sequence[Row]:
        """All rows by their ids; what is not looked at costs nothing."""
        if self._order is None:
            self._order = sorted(self._rows, key=str_last)
        return InOrder(self._order, self._rows)

    def by(self, *key: Hashable) -> list[Row]:
        """The rows that carry a key, such as `by("name", "web")` or `by("network", 42)`."""
        found = self._index.get(key)
        return [self._rows[ident] for ident in sorted(found, key=str_last)] if found else []

    def any(self, *key: Hashable) -> bool:
        """Whether some row carries the key."""
        return key in self._index

    def add(self, row: Row) -> Row:
        """Put in a new row; its `id` must be set."""
        ident = row["id"]
        self._journal.note(self.kind, ident, self._rows.get(ident))
        self.load(ident, row)
        return row

    def remove(self, ident: Id) -> None:
        """Take a row out; no complaint when it is not there."""
        if ident in self._rows:
            self._journal.note(self.kind, ident, self._rows[ident])
            self.load(ident, None)

    @contextmanager
    def edit(self, ident: Id) -> Iterator[Row]:
        """Change a row in place, in depth too: `with table.edit(7) as row: row["labels"]["a"] = "b"`."""
        row = self._rows[ident]
        self._journal.note(self.kind, ident, row)
        old = tuple(self._keys(row))
        try:
            yield row
        finally:
            new = tuple(self._keys(row))
            if old != new:
                self._drop(ident, old)
                self._enter(ident, new)

    def update(self, ident: Id, **fields: Any) -> Row:
        """Set some fields of a row."""
        with self.edit(ident) as row:
            row.update(fields)
        return row

    def load(self, ident: Id, row: Row | None) -> None:
        """Set or drop a row without noting it: for the store and for taking changes back."""
        keys = () if row is None else tuple(self._keys(row))  # first: a row that has none changes nothing
        old = self._rows.pop(ident, None) if row is None else self._rows.get(ident)
        if old is not None:
            self._drop(ident, tuple(self._keys(old)))
        if ident not in self._rows if row is not None else old is not None:
            self._note_order(ident, row)
        if row is not None:
            self._rows[ident] = row
            self._enter(ident, keys)

    def _note_order(self, ident: Id, row: Row | None) -> None:
        order = self._order
        if row is not None and order is not None and (not order or str_last(order[-1]) < str_last(ident)):
            order.append(ident)
        else:
            self._order = None

    def _enter(self, ident: Id, keys: tuple[Key, ...]) -> None:
        for key in keys:
            self._index.setdefault(key, {})[ident] = None

    def _drop(self, ident: Id, keys: tuple[Key, ...]) -> None:
        for key in keys:
            holders = self._index.get(key, {})
            holders.pop(ident, None)
            if not holders:
                self._index.pop(key, None)


class InOrder(Sequence[Row]):
    """Rows in an order of ids, looked up when they are asked for."""

    def __init__(self, order: Sequence[Id], rows: Mapping[Id, Row]) -> None:
        self._order = order
        self._rows = rows

    def __len__(self) -> int:
        return len(self._order)

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> list[Row]: ...
    def __getitem__(self, at: int | slice) -> Row | list[Row]:
        if isinstance(at, slice):
            return [self._rows[ident] for ident in self._order[at]]
        return self._rows[self._order[at]]


def as_id(text: str) -> int | None:
    """Read an id from a path, a query or a body; None for what is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 17 else None


def str_last(ident: Id) -> tuple[int, int, str]:
    """Order ids: numbers by size, then texts."""
    return (0, ident, "") if isinstance(ident, int) else (1, 0, ident)
