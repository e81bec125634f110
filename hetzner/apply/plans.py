"""What will be done: a value that says everything and does nothing."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from hetzner.apply.choice import Options, Selection
from hetzner.apply.document import Document, Mark, Problem, Resource
from hetzner.apply.figures import Bill, Work
from hetzner.domain.money import Cost
from hetzner.domain.reference import Named
from hetzner.domain.specs.effects import Effect, Toll
from hetzner.domain.specs.facts import Call
from hetzner.domain.specs.kind import Kind
from hetzner.domain.specs.labels import PROJECT


class Verdict(Enum):
    """What happens to an object; the value is its marker."""

    CREATE = "+"
    UPDATE = "~"
    REPLACE = "±"
    DELETE = "-"
    USE = "="
    """It exists, is as it is wanted, and is not ours: it is used as it is."""
    NOTE = "!"
    """It differs in something that is only told."""
    KEEP = " "
    """It is as it is wanted."""


MADE = frozenset({Verdict.CREATE, Verdict.REPLACE})
"""There is a new object afterwards."""
DESTRUCTIVE = frozenset({Verdict.REPLACE, Verdict.DELETE})
CHANGING = frozenset({Verdict.CREATE, Verdict.UPDATE, *DESTRUCTIVE})


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that changes, or (``noted``) differs and is left alone."""

    field: str
    old: Any = dataclasses.field(repr=False)
    new: Any = dataclasses.field(repr=False)
    effect: str = ""
    noted: bool = False
    mark: Mark | None = None
    surplus: Mapping[Any, Any] = dataclasses.field(default_factory=dict, repr=False)
    """What of the old value goes although the new one does not mention it."""


@dataclass(frozen=True, slots=True)
class Errand:
    """What an object has to do for others while it is off."""

    calls: tuple[Call, ...] = ()
    gone: frozenset[str] = frozenset()
    """The addresses of what it has to do without from then on."""
    why: str = ""

    def with_more(self, more: Errand) -> Errand:
        """Return both in one."""
        return Errand(
            (*self.calls, *(call for call in more.calls if call not in self.calls)),
            self.gone | more.gone,
            f"{self.why}, {more.why}",
        )


@dataclass(frozen=True, slots=True)
class Item:
    """What happens to one object, and why."""

    kind: Kind
    name: str
    verdict: Verdict
    resource: Resource | None = None
    """What is wanted; None when nothing is."""
    actual: Any = None
    """What is there; None when nothing is."""
    changes: tuple[FieldChange, ...] = ()
    calls: tuple[Call, ...] = ()
    why: str = ""
    loses_data: bool = False
    refused: str = ""
    """Why it must not be done, whatever is allowed."""
    effects: tuple[Effect, ...] = ()
    """What it does to those who use the object."""
    now: Cost | None = None
    """What the object costs as it is; None when nobody asked or nobody tells."""
    then: Cost | None = None
    """What it costs when that is done."""
    former: Named | None = None
    """What the old object is called from now on, if its successor is made before it goes."""
    successor: Any = None
    """What an interrupted run has already made in its place."""
    errand: Errand | None = None
    """What it does for others."""
    lent: tuple[Call, ...] = ()
    """Calls of its own that others make, since they must be off for them."""

    @property
    def address(self) -> str:
        """How it is called: ``servers.web``."""
        return f"{self.kind.name}.{self.name}"

    @property
    def named(self) -> Named:
        """The reference to it."""
        return Named(self.kind.name, self.name)

    @property
    def leaving(self) -> Named:
        """The reference to the object that goes, if it is carried out and something goes."""
        return self.former or self.named

    @property
    def seconds(self) -> float:
        """About how long it takes."""
        return sum(call.seconds for call in self.calls)

    @property
    def takes_down(self) -> bool:
        """Whether something that runs stops while the item is carried out."""
        if self.verdict is Verdict.REPLACE:
            return self.former is None
        if self.verdict is not Verdict.UPDATE or getattr(self.actual, "status", None) == "off":
            return False
        changing = [each for each in self.changes if not each.noted]
        stops = (self.kind.fields[each.field].changes.takes_down(each.new) for each in changing)
        return self.loses_data or self.errand is not None or any(stops)

    def __repr__(self) -> str:
        return f"Item({self.verdict.value} {self.address})"

    def lost(self, *tolls: Toll) -> tuple[str, ...]:
        """What goes for good, by these tolls."""
        return tuple(effect.what for effect in self.effects if effect.toll in tolls)

    @property
    def consent(self) -> str:
        """What must be allowed by name: `replace`, `delete`, `data loss`, `address loss` or nothing."""
        if self.verdict in DESTRUCTIVE:
            return self.verdict.name.lower()
        if self.loses_data or self.lost(Toll.DATA):
            return Toll.DATA.value
        return Toll.ADDRESS.value if self.lost(Toll.ADDRESS) else ""


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that will be done, in the order in which people read it."""

    document: Document
    items: tuple[Item, ...]
    warnings: tuple[Problem, ...] = ()
    bill: Bill | None = None
    """What everything costs; None when nobody asked."""
    work: Work | None = None
    """What it takes; None when there is nothing to do."""
    options: Options = dataclasses.field(default_factory=Options)
    """What was asked for besides the document."""
    selection: Selection = dataclasses.field(default_factory=Selection)
    """What became of a choice of some of the objects."""
    outputs: Mapping[str, Any] = dataclasses.field(default_factory=dict, repr=False)
    """What the document wants to be told in the end, as far as it is known."""

    @property
    def project(self) -> str:
        """Whose objects these are."""
        return self.document.project

    @property
    def pending(self) -> tuple[Item, ...]:
        """The items that change something."""
        return tuple(item for item in self.items if item.verdict in CHANGING)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is to be done."""
        return not self.pending

    @property
    def needing_consent(self) -> tuple[Item, ...]:
        """The items that delete, replace or lose data."""
        return tuple(item for item in self.items if item.consent)

    @property
    def destroying(self) -> tuple[Item, ...]:
        """The items after which an object that is there now is gone."""
        return tuple(item for item in self.items if item.verdict in DESTRUCTIVE)

    @property
    def owned(self) -> int:
        """How many of the objects that are there belong to the project."""
        there = (item.actual for item in self.items if item.actual is not None)
        chosen = sum(1 for actual in there if actual.labels.get(PROJECT) == self.project)
        return chosen + self.selection.beyond

    @property
    def refused(self) -> tuple[Item, ...]:
        """The items that must not be carried out."""
        return tuple(item for item in self.items if item.refused)

    def __repr__(self) -> str:
        # Short: asyncio makes the repr of whatever a coroutine returns. Of 10,000 objects that took 3 s.
        return f"Plan({self.project!r}, {len(self.pending)} of {len(self.items)} to change)"

    def count(self, *verdicts: Verdict) -> int:
        """Return how many items have one of these verdicts."""
        return sum(item.verdict in verdicts for item in self.items)

    def __iter__(self) -> Iterator[Item]:
        return iter(self.items)
