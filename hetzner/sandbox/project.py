"""One project of the sandbox: its tables, its kinds, its time and its dice."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any, TypeVar, cast

from hetzner.sandbox.actions import Actions
from hetzner.sandbox.catalogue import Catalogue
from hetzner.sandbox.errors import limit_exceeded, unsupported
from hetzner.sandbox.faults import Faults
from hetzner.sandbox.kind import Kind
from hetzner.sandbox.kinds import kind_class, kind_names, listeners
from hetzner.sandbox.store import Change
from hetzner.sandbox.table import Id, Journal, Place, Row, Table, str_last

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

K = TypeVar("K", bound=Kind)
FIRST_ID = 1_000_000
APART = 1_000_000_000
"""Between the first ids of two projects, so that no id exists in both."""


class Project:
    """What one token sees. Handlers reach everything through it; only the core makes one.

    `everyone` holds all projects of the sandbox by name, for what must be unique in the whole world.
    """

    def __init__(
        self,
        name: str,
        number: int,
        seed: str,
        catalogue: Catalogue,
        faults: Faults,
        everyone: Mapping[str, Project],
    ) -> None:
        self.name = name
        self.everyone = everyone
        self.seed = seed
        self.catalogue = catalogue
        self.faults = faults
        self.now = 0.0
        self.meta: dict[str, Any] = _first_meta(number)
        self.journal = Journal()
        self._tables: dict[str, Table] = {}
        self._kinds: dict[str, Kind] = {}
        self._random: Random | None = None

    @property
    def random(self) -> Random:
        """The dice of the current request: the same seed and the same requests give the same throws."""
        if self._random is None:
            self._random = Random(f"{self.seed}/{self.name}/{self.meta['requests']}")  # noqa: S311
        return self._random

    @property
    def actions(self) -> Actions:
        """The queue of running actions and the record of all."""
        return cast(Actions, self.kind("actions"))

    def next_request(self) -> None:
        """Begin a request: the dice are new."""
        self.meta["requests"] += 1
        self._random = None

    def settle(self, now: float) -> None:
        """Let everything happen that is due by now; it stands whatever becomes of the request."""
        self.actions.settle(now)
        self.now = max(self.now, now)
        self.journal.mark()

    def new_id(self) -> int:
        """Give out the next id."""
        self.meta["ids"] += 1
        return cast(int, self.meta["ids"])

    def table(self, kind: str) -> Table:
        """The rows of a kind; empty for a kind that is not simulated."""
        if kind not in self._tables:
            keys = self.kind(kind).keys if kind in kind_names() else lambda row: ()
            self._tables[kind] = Table(kind, keys, self.journal)
        return self._tables[kind]

    def kind(self, name: str) -> Kind:
        """The kind of a name, or a refusal that says it is not simulated."""
        if name not in self._kinds:
            if name not in kind_names():
                raise unsupported(name)
            self._kinds[name] = kind_class(name)(self)
        return self._kinds[name]

    def kind_as(self, kind: type[K]) -> K:
        """The same, for a class you can import."""
        return cast(K, self.kind(kind.name))

    def has(self, name: str) -> bool:
        """Whether a kind is simulated."""
        return name in kind_names()

    def start(self, command: str, *resources: tuple[str, Id], **how: Any) -> Row:
        """Start an action; see `Actions.start`."""
        return self.actions.start(command, *resources, **how)

    def shown(self, actions: Sequence[Row]) -> list[dict[str, Any]]:
        """Write actions as the API shows them."""
        return [self.actions.render(action) for action in actions]

    def tell(self, event: str, row: Row) -> None:
        """Let every kind that defines `on_<event>` know, such as `on_server_deleted(row)`."""
        for name in listeners(event):
            getattr(self.kind(name), f"on_{event}")(row)

    def check_quota(self, kind: str) -> None:
        """Refuse one more object of a kind when the armed quota is used up."""
        limit = self.faults.quotas.get(kind)
        if limit is not None and len(self.table(kind)) >= limit:
            singular = self.kind(kind).singular
            raise limit_exceeded(f"{singular}_limit", f"{singular.replace('_', ' ')} limit reached")

    def load(self, kind: str, ident: Id, row: Row | None) -> None:
        """Take over a row that the store has (or no longer has)."""
        self.table(kind).load(ident, row)
        if kind == "actions" and row is not None:
            self.actions.enqueue(row)

    def all_rows(self) -> dict[str, list[Row]]:
        """Everything there is, by kind, in the order of ids."""
        return {
            kind: sorted(table, key=lambda row: str_last(row["id"]))
            for kind, table in sorted(self._tables.items())
            if len(table)
        }

    def clear(self, number: int) -> None:
        """Remove everything and start the counters anew."""
        for table in self._tables.values():
            for row in [*table]:
                table.remove(row["id"])
        self.meta.clear()
        self.meta.update(_first_meta(number))
        self.now = 0.0
        self._random = None

    def take_over(self, rows: Mapping[str, Sequence[Row]]) -> None:
        """Put rows in as they are, and insist that all of them can be shown."""
        for kind, entries in rows.items():
            for row in entries:
                self.table(kind).add(row)
                if kind == "actions":
                    self.actions.enqueue(row)
        for kind, entries in rows.items():
            for row in entries:
                self.kind(kind).render(row)

    def undo(self) -> None:
        """Take back everything since the last mark."""
        self._restore(self.journal.before)

    def undo_all(self) -> None:
        """Take back everything since the last commit."""
        self.journal.mark()
        self._restore(self.journal.origin)

    def changes(self) -> list[Change]:
        """Everything changed since the last commit, for the store."""
        self.journal.mark()
        return [(self.name, kind, ident, self.table(kind).get(ident)) for kind, ident in self.journal.origin]

    def committed(self) -> None:
        """What was changed is kept; nothing of it can be taken back any more."""
        self.journal.origin.clear()

    def _restore(self, images: dict[Place, Row | None]) -> None:
        for (kind, ident), row in images.items():
            self.load(kind, ident, row)
        images.clear()


def _first_meta(number: int) -> dict[str, Any]:
    return {"number": number, "requests": 0, "ids": FIRST_ID + number * APART}
