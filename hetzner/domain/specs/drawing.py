"""How a kind is drawn in a picture of a project: where it stands, and what leads from it to what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any


class Role(Enum):
    """What an object is in a picture; the first four are its columns, from left to right."""

    NAME = "DNS"
    ENTRY = "Ways in"
    MACHINE = "Servers"
    STORE = "Storage"
    BOX = "box"
    """A frame around what refers to it."""
    OUTLINE = "outline"
    """A second frame, inside the first."""
    BADGE = "badge"
    """A label on what it belongs to."""
    ASIDE = "aside"
    """Nothing leads to it: it is only listed."""


COLUMNS = (Role.NAME, Role.ENTRY, Role.MACHINE, Role.STORE)


@dataclass(frozen=True, slots=True)
class Link:
    """Something that an object belongs together with: by name, by labels, or by an address of it."""

    kind: str = ""
    ref: Any = None
    """Its name, id, or the object itself."""
    selector: str = ""
    """Or the label selector of what is meant of that kind."""
    value: Any = None
    """Or an address, whoever has it; also one that is not known yet."""
    label: str = ""
    """What is said beside the line."""


def items(value: Any) -> list[Any]:
    """Return the items of a list, and none of what is not known yet."""
    return list(value) if isinstance(value, list | tuple) else []


def maps(value: Any) -> list[Mapping[str, Any]]:
    """Return those items of a list that are maps."""
    return [each for each in items(value) if isinstance(each, Mapping)]


def entries(value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield the entries of a map, and none of what is not known yet."""
    yield from value.items() if isinstance(value, Mapping) else ()


def given(spec: Mapping[str, Any], *names: str) -> Iterator[Any]:
    """Yield the values of these fields, as far as they are given."""
    yield from (spec[name] for name in names if spec.get(name) is not None)
