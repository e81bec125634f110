"""Lengths of time as documents and options say them: 90, 90s, 10m, 1h30m."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema

from hetzner.api.durations import PART, duration


def seconds(value: Any) -> Any:
    """Return the seconds of a length of time; raises ValueError for what is none."""
    if not isinstance(value, str):
        return value
    text = value.strip()
    try:
        return float(text) if text.isascii() and text.isdecimal() else duration(text)
    except ValueError:
        raise ValueError(f"{value!r} is no duration, such as 90s, 10m or 1h30m") from None


Duration = Annotated[
    float,
    BeforeValidator(seconds),
    Field(gt=0, le=86_400),
    WithJsonSchema({"anyOf": [{"type": "number"}, {"type": "string", "pattern": f"^([0-9]+|({PART})+)$"}]}),
]
"""Seconds, or text with a unit."""
