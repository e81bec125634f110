"""What happens while a plan is carried out, as values for whoever shows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from hetzner.apply.plans import Item


@dataclass(frozen=True, slots=True)
class Event:
    """Something happened to an item."""

    item: Item


@dataclass(frozen=True, slots=True)
class Waiting(Event):
    """It cannot begin before others are done."""

    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Called(Event):
    """A request was made; ``command`` is what the API calls its action, or the verb where there is none."""

    command: str
    number: int
    of: int


@dataclass(frozen=True, slots=True)
class Progressed(Event):
    """The API tells how far an action is, in per cent."""

    command: str
    percent: int


@dataclass(frozen=True, slots=True)
class SoldOut(Event):
    """What was asked for cannot be had just now; something else that will do is tried instead."""

    wanted: Mapping[str, Any]
    instead: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Done(Event):
    """It is as it is wanted."""

    commands: tuple[str, ...]
    seconds: float
    told: str
    """What a person wants to know of it: id and address."""


@dataclass(frozen=True, slots=True)
class Failed(Event):
    """It could not be done; what depends on it is not begun."""

    error: Exception
    seconds: float


@dataclass(frozen=True, slots=True)
class Skipped(Event):
    """It was not begun, because what it needs failed, or because the run was stopped."""

    because: str


Listen = Callable[[Event], object]


def ignore(event: Event) -> None:
    """Listen to nothing."""
