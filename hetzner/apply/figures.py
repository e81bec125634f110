"""What a plan comes to: money, requests and time."""

from __future__ import annotations

from dataclasses import dataclass

from hetzner.domain.money import NOTHING, Amount


@dataclass(frozen=True, slots=True)
class Bill:
    """What all that a project owns costs a month, now and when the plan is carried out, without traffic."""

    now: Amount
    then: Amount
    currency: str
    unpriced: tuple[str, ...] = ()
    """Addresses of what nobody tells the price of; it is left out."""
    snapshots: Amount = NOTHING.monthly
    """What of both is for the snapshots that its servers are made of, which no document declares."""

    @property
    def increase(self) -> Amount:
        """How much more it is then; less than nothing when it gets cheaper."""
        return self.then - self.now


@dataclass(frozen=True, slots=True)
class Work:
    """What carrying a plan out takes, about."""

    requests: int
    """Changes, looks in between, and polls."""
    polls: int
    """The requests among them that only ask how far actions are."""
    seconds: float
    """From the first request to the last, everything at once that can be."""
    longest: tuple[str, str, float] | None = None
    """What takes longest: its address, its longest operation, and the seconds of the whole."""
    left: int | None = None
    """Requests that the rate limit has left; None when nobody told."""

    @property
    def fits(self) -> bool:
        """Whether the rate limit has enough left for all of it at once."""
        return self.left is None or self.requests <= self.left
