"""How an object that another one refers to is seen: by name, remembering its id."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hetzner.domain.reference import HasId


class Seen(str):
    """The name of an object that exists; equal to its name, its id and the object itself."""

    id: Any
    is_implied: bool
    """Whether it came with the one that refers to it, and goes with it."""

    def __new__(cls, id: Any, name: str | None = None, *, is_implied: bool = False) -> Seen:
        """Note an object; one without a name is called by its id."""
        seen = super().__new__(cls, name if name is not None else str(id))
        seen.id, seen.is_implied = id, is_implied
        return seen

    @property
    def is_named(self) -> bool:
        """Whether a name is known, and not only an id."""
        return str.__str__(self) != str(self.id)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, str) and isinstance(other, HasId):  # which takes long to tell
            return bool(other.id == self.id)
        return str.__eq__(self, str(other)) or str(other) == str(self.id)

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = str.__hash__


@dataclass(frozen=True, slots=True)
class Names:
    """What must be known of other objects in order to read one."""

    names: Mapping[str, Mapping[int, str]]
    """The names of objects by kind and id."""
    indirect: frozenset[tuple[str, int, int]] = frozenset()
    """Kind and id of what is applied to objects of these ids by their labels, not by their own wish."""

    implied: frozenset[tuple[str, int]] = frozenset()
    """Kind and id of what came with another object and goes with it."""

    def of(self, kind: str, id: int) -> Seen:
        """Return what an object that another one shows by its id is called."""
        return Seen(id, self.names.get(kind, {}).get(id), is_implied=(kind, id) in self.implied)


class Default(str):
    """A name that was given by default: equal to itself, and to no name at all."""

    def __eq__(self, other: object) -> bool:
        return other is None or str.__eq__(self, str(other))

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = str.__hash__


def seen(thing: Any) -> Seen | None:
    """Note an object that is part of an answer, or None."""
    return None if thing is None else Seen(thing.id, thing.name)
