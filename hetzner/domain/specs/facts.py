"""What is said on the fields of a spec: what they refer to, and how a change of them is carried out."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Literal

from hetzner.domain.reference import Named
from hetzner.domain.specs.effects import Effect


@dataclass(frozen=True, slots=True)
class Refers:
    """The value names objects of another kind: one, several, or the keys of a map."""

    kind: str
    inside: tuple[str, ...] = ()
    """Where they stand in a map, or in each item of a list of maps: under these keys, one below the other.

    ``*`` means every key of a map, some of which may have no more than a yes or no.
    """
    while_off: str = ""
    """What the object that refers is without while the one it refers to is off or gone."""
    most: int | None = None
    """So many objects at most may refer to the same one."""
    alone: bool = False
    """Whether no two objects can refer to the same one."""
    off: bool = False
    """Whether what is referred to must be off when that begins, and when it ends."""

    @property
    def is_whole(self) -> bool:
        """Whether the value is made of references: a list of them, or a map with them as its keys."""
        return not self.inside


class How(Enum):
    """In what way a field changes on an object that exists."""

    UPDATE = "update"
    """With all other such fields, in one PUT."""
    CALLS = "calls"
    """By actions of its own."""
    REPLACE = "replace"
    """Not at all: the object is deleted and made anew."""
    NOTE = "note"
    """Not at all: the difference is only told, since it mattered when the object was made."""
    NEVER = "never"
    """It is no property of the object and is not compared."""


@dataclass(frozen=True, slots=True)
class Call:
    """One operation that is to be made; references to other objects are still by name."""

    operation: str
    """Dotted, as on the client: ``servers.actions.poweroff``."""
    arguments: Mapping[str, Any] = dataclasses.field(repr=False)
    of: Named | None = None
    """The object whose id goes into the path; None when it is a create."""
    until: tuple[str, str, float] | None = None
    """Wait until this attribute has this value, at most so many seconds (and go on all the same)."""
    unless: tuple[str, str | None] | None = None
    """Leave it out when this attribute has this value by then."""
    seconds: float = 1.0
    """About how long it takes."""
    after: tuple[Named, ...] = ()
    """What it is not told of and yet needs: it waits for those that are made by then."""
    opens: bool = False
    """Others that refer to the object cannot do without it, and wait for it."""
    lets_go: bool = False
    """It only leaves what it refers to, and therefore waits for none of it."""
    rarely: bool = False
    """It is hardly ever needed, since ``unless`` nearly always holds by then."""
    always: bool = False
    """It ends what earlier calls began, and is made even when one of them failed."""
    passing: frozenset[str] = frozenset()
    """Codes of refusals that pass once others have let go of something."""
    awaits: Literal["", "health", "release"] = ""
    """What has to come first: that the object is healthy, or also that nothing uses its forerunner."""
    in_window: bool = False
    """If the object is switched off for other calls, it belongs before the object runs again."""
    turn: int = 0
    """Calls of an update with a lower one come first, whatever fields they are for."""
    offers: tuple[Mapping[str, Any], ...] = dataclasses.field(default=(), repr=False)
    """Arguments that take turns when what is asked for is sold out; the first ones are in ``arguments``."""

    def in_turn(self) -> Iterator[Call]:
        """Yield the call with each of its offers, the first one first."""
        for offer in self.offers or ({},):
            yield dataclasses.replace(self, arguments={**self.arguments, **offer}, offers=())


@dataclass(frozen=True, slots=True)
class Change:
    """A field that is to change on an object that exists."""

    of: Named
    field: str
    old: Any = dataclasses.field(repr=False)
    new: Any = dataclasses.field(repr=False)
    actual: Any = dataclasses.field(repr=False)
    """The object as the API shows it."""
    spec: Mapping[str, Any] = dataclasses.field(repr=False)
    """All that is wanted of the object."""
    has: Mapping[str, Any] = dataclasses.field(default_factory=dict, repr=False)
    """All that the object has in the terms of a spec, together with what is about to go."""
    beside: frozenset[str] = frozenset()
    """The fields that change in the same run, this one included."""


Carry = Callable[[Change], Iterable[Call]]
Tell = Callable[[Change, Any], Iterable[Effect]]
"""Tells what a change does to those who use the object, by what can be ordered."""


@dataclass(frozen=True, slots=True)
class Changes:
    """How a field changes."""

    how: How
    calls: Carry | None = None
    off: bool = False
    """Whether the object must be powered off for it."""
    effect: str = ""
    """What the user should know of it: `data loss`, `disk cannot shrink later` ..."""
    impossible: Callable[[Change], str | None] | None = None
    """Tells why a change needs a replacement after all."""
    refused: Callable[[Change], str | None] | None = None
    """Tells why a change cannot be made at all, not by a replacement either."""
    late: bool = False
    """Whether it may come after the object is made, and so may refer to what needs the object."""
    tell: Tell | None = None
    """What the change does besides; that the object is off for it, is known."""
    stops: Any = None
    """The value that means that the object runs no more."""

    @property
    def rebuilds(self) -> bool:
        """Whether a difference, else only told, can be acted on by rebuilding the object."""
        return self.how is How.NOTE and self.calls is not None

    def takes_down(self, new: Any) -> bool:
        """Tell whether an object that runs stops for a change to a value, be it for a while."""
        return self.off or (self.stops is not None and new == self.stops)

    def __call__(self, change: Change) -> Iterable[Call]:
        """Return the calls that carry it out."""
        return self.calls(change) if self.calls else ()


UPDATE = Changes(How.UPDATE)
NOTE = Changes(How.NOTE)
NEVER = Changes(How.NEVER)


def replace(why: str, *, refused: Callable[[Change], str | None] | None = None) -> Changes:
    """Say that a field is fixed when the object is made."""
    return Changes(How.REPLACE, effect=why, refused=refused)


def by(
    calls: Carry,
    *,
    off: bool = False,
    effect: str = "",
    impossible: Callable[[Change], str | None] | None = None,
    refused: Callable[[Change], str | None] | None = None,
    late: bool = False,
    tell: Tell | None = None,
    stops: Any = None,
) -> Changes:
    """Say that a field changes by actions."""
    return Changes(How.CALLS, calls, off, effect, impossible, refused, late, tell, stops)


def noted(calls: Carry, effect: str, tell: Tell | None = None) -> Changes:
    """Say that a difference is only told, and carried out when the document asks for that."""
    return Changes(How.NOTE, calls, effect=effect, tell=tell)
