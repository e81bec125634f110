"""Lengths of time as people write them: 90, 90s, 10m, 1h."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema

UNITS = {"": 1, "s": 1, "m": 60, "h": 3600}
WRITTEN = r"[0-9]{1,6}(s|m|h)?"


def seconds(value: Any) -> Any:
    """Return the seconds of a length of time; raises ValueError for what is none."""
    if not isinstance(value, str):
        return value
    found = re.fullmatch(WRITTEN, value.strip())
    if found is None:
        raise ValueError("expected a length of time such as 90s, 10m or 1h")
    return int(value.strip().rstrip("smh")) * UNITS[found[1] or ""]


Duration = Annotated[
    float,
    BeforeValidator(seconds),
    Field(gt=0, le=86_400),
    WithJsonSchema({"anyOf": [{"type": "number"}, {"type": "string", "pattern": f"^{WRITTEN}$"}]}),
]
"""Seconds, or text with a unit."""
