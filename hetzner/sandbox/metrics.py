"""Time series that look alive: smooth, never negative, and the same whenever the same moment is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import blake2b
from math import sin
from typing import Any

from hetzner.sandbox.call import Call
from hetzner.sandbox.clock import stamp
from hetzner.sandbox.errors import invalid

Series = Mapping[str, float]
"""Names of the series of one type, with the level each hovers around."""
MOST, USUAL = 500, 200
KEPT = 30 * 24 * 3600.0
"""Most samples, those without a `step`, and how many seconds back there are any."""


def metrics(call: Call, ident: int, types: Mapping[str, Series], busy: bool) -> dict[str, Any]:
    """Answer a request for metrics; something not `busy` shows zeros."""
    wanted = [each.strip() for text in call.many("type") for each in text.split(",")]
    for each in wanted:
        if each not in types:
            raise invalid("type", f"'{each}' is not a valid metric type")
    start, end = _moment(call, "start"), _moment(call, "end")
    if end <= start:
        raise invalid("end", "must be after start")
    step = _step(call, end - start)
    count = max(2, int((end - start) / step) + 1)
    oldest = call.project.now - KEPT
    moments = [start + number * step for number in range(min(count, MOST)) if start + number * step >= oldest]
    series = {
        name: {
            "values": [[moment, _value(name, ident, level if busy else 0.0, moment)] for moment in moments]
        }
        for each in wanted
        for name, level in types[each].items()
    }
    return {"metrics": {"start": stamp(start), "end": stamp(end), "step": step, "time_series": series}}


def _moment(call: Call, name: str) -> float:
    try:
        moment = datetime.fromisoformat((call.one(name) or "").replace(" ", "+"))
    except ValueError:
        raise invalid(name, "must be a point in time as in RFC 3339") from None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def _step(call: Call, period: float) -> float:
    smallest, usual = period / (MOST - 1), period / (USUAL - 1)
    try:
        step = float(call.one("step") or usual)
    except ValueError:
        raise invalid("step", "must be a number of seconds") from None
    return max(step, smallest) if step > 0 else usual


def _value(name: str, ident: int, level: float, moment: float) -> str:
    phase = blake2b(f"{ident}/{name}".encode(), digest_size=2).digest()
    wave = sin(moment / 900 + phase[0]) + 0.4 * sin(moment / 130 + phase[1])
    return f"{level * (1 + wave / 2):.6f}" if level else "0"
