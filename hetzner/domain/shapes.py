"""What may be written besides the long form of a value, said on its type for editors: JSON Schema."""

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
    """Other ways to write a value, each a shape or a type; it changes nothing about what is checked."""

    __slots__ = ("forms",)

    def __init__(self, *forms: Any) -> None:
        self.forms = forms
