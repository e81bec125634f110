"""Pacing: asking no faster than the API's rate limit allows, by what its answers tell."""

from __future__ import annotations

from collections.abc import Mapping

HOUR = 3600.0
LONGEST_PAUSE = 60.0
"""Seconds that a request is held back at most, whatever a server claims: a refusal tells more."""
ONE = 1 - 1e-6
"""A request, less what rounding takes from a second."""


class Pace:
    """What is left of the rate limit of one host: a bucket that refills continuously.

    ``reserve`` is the share of the bucket (0 to 1) that is left to other users of the project.
    """

    def __init__(self, reserve: float = 0.0) -> None:
        self.reserve = reserve
        self.limit = HOUR
        self.tokens: float | None = None
        self.seen = 0.0
        self.flying = 0
        """Requests that are sent and not answered: what an answer says is left may be without them."""
        self._queue: list[object] = []

    def learn(self, headers: Mapping[str, str], now: float) -> None:
        """Take over what an answer says is left."""
        remaining, limit = headers.get("ratelimit-remaining"), headers.get("ratelimit-limit")
        if remaining is None or not _is_count(remaining):
            return
        self.tokens, self.seen = float(remaining) - self.flying, now
        if limit is not None and _is_count(limit):
            self.limit = max(1.0, float(limit))

    def left(self, now: float) -> float | None:
        """Return how many requests are left now, or None when nothing is known."""
        if self.tokens is None:
            return None
        return min(self.limit, self.tokens + (now - self.seen) * self.limit / HOUR)

    def wait(self, now: float, place: object = None, waited: float = 0.0) -> float:
        """Return the seconds until one more request may be sent; 0 lets it go and counts it as sent.

        A request that has to wait holds a place (see :meth:`queue_up`) and asks again when it has ``waited``:
        others may have used up what there was.
        """
        left = self.left(now)
        if left is None:
            return 0.0
        ahead = len(self._queue) if place is None else self._queue.index(place)
        spare = left - self.limit * self.reserve - ahead
        if spare >= ONE or waited >= LONGEST_PAUSE:
            self.tokens, self.seen = left - 1, now
            return 0.0
        return min(LONGEST_PAUSE - waited, (1 - spare) * HOUR / self.limit)

    def queue_up(self) -> object:
        """Return a place behind all requests that wait already, to be given up with :meth:`leave`."""
        place = object()
        self._queue.append(place)
        return place

    def leave(self, place: object) -> None:
        """Give up a place."""
        self._queue.remove(place)

    def drained(self, now: float) -> None:
        """Note that the API says nothing is left."""
        self.tokens, self.seen = 0.0, now


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 9
