"""References: wherever one object is named by another, a name, an id or the object itself will do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address
from typing import TYPE_CHECKING, Annotated, Any, Protocol, runtime_checkable

from pydantic import AfterValidator, BeforeValidator, InstanceOf, WithJsonSchema

from hetzner.domain.shapes import NAME, Short


@runtime_checkable
class HasId(Protocol):
    """An object of the API."""

    id: Any


def _no_bool(value: Any) -> Any:
    if isinstance(value, bool):
        raise ValueError("expected a name or an id")
    return value


Ref = Annotated[
    str | int | InstanceOf[HasId],
    BeforeValidator(_no_bool),
    WithJsonSchema({"type": ["string", "integer"]}),
]
"""A name, an id (also as digits), or an object that has one."""


def _many(value: Any) -> Any:
    return value if isinstance(value, list | tuple | set) else [value]


class Ordered(tuple[Any, ...]):
    """References of which any will do; the first one that can be had is taken."""

    __slots__ = ()

    def __str__(self) -> str:
        return ", else ".join(label_of(each) for each in self)


def _ordered(several: list[Any]) -> Any:
    """One reference stands for itself, several are an order."""
    if not several:
        raise ValueError("an empty list leaves nothing to choose from")
    distinct = [each for index, each in enumerate(several) if each not in several[:index]]
    return distinct[0] if len(distinct) == 1 else Ordered(distinct)


if TYPE_CHECKING:  # what may be written; at run time each type is what that becomes
    Refs = Ref | Sequence[Ref]
    Choice = Ref | Sequence[Ref]
    Address = IPv4Address | str
    Addresses = Sequence[IPv4Address | str]
else:
    Refs = Annotated[list[Ref], BeforeValidator(_many), Short(NAME)]
    Choice = Annotated[list[Ref], BeforeValidator(_many), AfterValidator(_ordered), Short(NAME)]
    Address = IPv4Address
    Addresses = list[IPv4Address]


@dataclass(frozen=True, slots=True)
class Named:
    """Stands for the id of an object in the arguments of a call, until the call is made."""

    kind: str
    ref: Any
    by_name: bool = False
    """Whether the API takes the name as well, so that no id has to be looked up."""
    whole: bool = False
    """Whether it must be as it is wanted by then, and not only exist."""

    def __str__(self) -> str:
        return f"{self.kind}.{label_of(self.ref)}"


@dataclass(frozen=True, slots=True)
class Attribute:
    """Stands for an attribute of an object in the arguments of a call, until the call is made."""

    of: Named
    name: str

    def __str__(self) -> str:
        return f"{self.of}.{self.name}"


def fitting(kind: str, ref: Any) -> Any:
    """Return a reference unchanged if it can be one to this kind.

    Raises TypeError for what is no reference, and for an object of another kind: its id would be one of a
    different object.
    """
    if isinstance(ref, bool) or not isinstance(ref, str | int | HasId):
        raise TypeError(f"expected a name, an id or an object of {kind}, not {type(ref).__name__}")
    of = getattr(type(ref), "kind", kind)
    if of != kind:
        raise TypeError(f"expected a name, an id or an object of {kind}, not {ref!r}")
    return ref


def label_of(ref: object) -> str:
    """Return how people would write a reference."""
    if type(ref) is str:
        return ref
    if isinstance(ref, HasId) and not isinstance(ref, str):
        return str(getattr(ref, "name", None) or ref.id)
    return str(ref)


@dataclass(frozen=True, slots=True)
class Selector:
    """A reference to what has certain labels, of which there may be several or none."""

    label_selector: str
    most_recent: bool = False
    """Whether the newest one of several is meant; else there must be but one."""
    filters: tuple[tuple[str, Any], ...] = ()
    """What else the list of the API is narrowed by."""

    def __str__(self) -> str:
        more = "".join(f", {name} {value}" for name, value in self.filters)
        return f"with the labels '{self.label_selector}'{more}"


@dataclass(frozen=True, slots=True)
class Found:
    """What a selector has led to."""

    id: int
    name: str

    def __str__(self) -> str:
        return str(self.id)


def first(value: Any) -> Any:
    """Return the reference that is tried first, where there is an order of them."""
    return value[0] if isinstance(value, Ordered) else value


def plain(ref: Any) -> Any:
    """Return what the API takes where it takes names as well as ids."""
    return ref.id if isinstance(ref, HasId) else ref
