"""Durations as the official tools write them: ``500ms``, ``1m30s``, ``1.5h``."""

from __future__ import annotations

import re

from hetzner.api.errors import ConfigError

SECONDS = {"ns": 1e-9, "us": 1e-6, "µs": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0, "h": 3600.0}
PART = r"([0-9]+\.?[0-9]*|\.[0-9]+)(ns|us|µs|ms|s|m|h)"


def duration(text: str) -> float:
    """Return the seconds of a duration; raises ValueError for what is none."""
    if text == "0":
        return 0.0
    parts = re.findall(PART, text.replace("\N{GREEK SMALL LETTER MU}s", "µs"))
    if not parts or "".join(f"{number}{unit}" for number, unit in parts) != text:
        raise ValueError(f"{text!r} is no duration; write it like 500ms, 30s or 1m30s")
    return sum(float(number) * SECONDS[unit] for number, unit in parts)


def seconds_of(text: str, source: str) -> float:
    """Return the seconds of a duration; raises ConfigError, which names where it was said."""
    try:
        return duration(text)
    except ValueError as error:
        raise ConfigError(f"{source}: {error}") from None
