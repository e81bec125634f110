"""What may be written besides the long form of a value, said on the type for editors: JSON Schema."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

Shape = Mapping[str, Any]

TEXT: Final[Shape] = {"type": "string"}
BOOLEAN: Final[Shape] = {"type": "boolean"}
NUMBER: Final[Shape] = {"type": "integer"}
NAME: Final[Shape] = {"type": ["string", "integer"]}
NAMES: Final[Shape] = {"type": "array", "items": NAME}
NOTHING: Final[Shape] = {"type": "null"}


class Short:
    """Shorter ways to write a value; it changes nothing about what is checked, and documents it."""

    __slots__ = ("shapes",)

    def __init__(self, *shapes: Shape) -> None:
        self.shapes = shapes


def several(item: Shape) -> Shape:
    """Return the shape of a list."""
    return {"type": "array", "items": item}
