"""What is asked for besides a document: a choice of some of its objects, and what became of that."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Choice:
    """Which objects are meant: addresses as ``servers.web-1``, with ``*`` and ``?``, or whole kinds."""

    targets: tuple[str, ...] = ()
    """Only these, and what they need; all when there are none."""
    exclude: tuple[str, ...] = ()
    """Not these, nor what needs them."""

    def __bool__(self) -> bool:
        return bool(self.targets or self.exclude)


@dataclass(frozen=True, slots=True)
class Options:
    """What the user allows or asks for besides the document."""

    adopt: bool = False
    """Take over what has a declared name and is not owned."""
    destroy: bool = False
    """Delete everything that is owned, whatever the document declares."""
    choice: Choice = dataclasses.field(default_factory=Choice)
    """Plan only a part of it."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What a choice added to itself and had to leave out, by address, each with the reason."""

    included: Mapping[str, str] = dataclasses.field(default_factory=dict)
    left_out: Mapping[str, str] = dataclasses.field(default_factory=dict)
    beyond: int = 0
    """How many objects the project owns that were not chosen."""
