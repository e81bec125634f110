"""References: wherever one object is named by another, a name, an id or the object itself will do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Protocol, runtime_checkable

from pydantic import BeforeValidator, InstanceOf, WithJsonSchema


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


@dataclass(frozen=True, slots=True)
class Named:
    """Stands for the id of an object in the arguments of a call, until the call is made."""

    kind: str
    ref: Any
    by_name: bool = False
    """Whether the API takes the name as well, so that no id has to be looked up."""

    def __str__(self) -> str:
        return f"{self.kind}.{label_of(self.ref)}"


@dataclass(frozen=True, slots=True)
class Attribute:
    """Stands for an attribute of an object in the arguments of a call, until the call is made."""

    of: Named
    name: str

    def __str__(self) -> str:
        return f"{self.of}.{self.name}"


def label_of(ref: object) -> str:
    """Return how people would write a reference."""
    if isinstance(ref, HasId):
        return str(getattr(ref, "name", None) or ref.id)
    return str(ref)


def plain(ref: Any) -> Any:
    """Return what the API takes where it takes names as well as ids."""
    return ref.id if isinstance(ref, HasId) else ref
