"""When a request is sent again: a pure policy over outcomes, decided by phase and code before status."""

from __future__ import annotations

from enum import Enum
from random import Random
from typing import ClassVar

TRANSIENT_BASE = 0.25
THROTTLE_BASE = 1.0
LONGEST_WAIT = 30.0


class Outcome(Enum):
    """What is known about a request that did not succeed."""

    NOT_SENT = "not sent"
    REJECTED = "rejected"
    """The API says that it did not carry it out and that trying again is right."""
    AMBIGUOUS = "ambiguous"
    """It may have been carried out."""
    FATAL = "fatal"
    """Trying again leads to the same answer."""


_AMBIGUOUS_CODES = frozenset({"server_error", "bad_gateway", "timeout", "unavailable"})
_REJECTED_CODES = frozenset({"rate_limit_exceeded", "conflict"})


def outcome_of(status: int, code: str | None) -> Outcome:
    """Classify an answer outside 2xx."""
    if code in _REJECTED_CODES or status == 429 or (status == 409 and code is None):
        return Outcome.REJECTED
    if code in _AMBIGUOUS_CODES or (status >= 500 and status != 501):
        return Outcome.AMBIGUOUS
    return Outcome.FATAL


def backoff(attempt: int, outcome: Outcome, throttled: bool, random: Random) -> float:
    """Return the seconds to wait after the given attempt (from 1): exponential, with full jitter."""
    base = THROTTLE_BASE if outcome is Outcome.REJECTED else TRANSIENT_BASE
    wait = random.uniform(0, min(LONGEST_WAIT, base * 2 ** (attempt - 1)))
    return max(1.0, wait) if throttled else wait


class Budget:
    """How much retrying a client may still do: in an outage it fails fast instead of adding to it."""

    FULL = 500
    COST: ClassVar[dict[Outcome, int]] = {Outcome.NOT_SENT: 14, Outcome.AMBIGUOUS: 14, Outcome.REJECTED: 5}

    def __init__(self) -> None:
        self.tokens = self.FULL

    def spend(self, outcome: Outcome) -> bool:
        """Take what a retry costs; False when too little is left."""
        cost = self.COST[outcome]
        if self.tokens < cost:
            return False
        self.tokens -= cost
        return True

    def success(self) -> None:
        """Earn one token by a call that worked at once."""
        if self.tokens < self.FULL:
            self.tokens += 1
