"""Time, as a port: the sandbox never looks at the wall clock or sleeps by itself.

`VirtualClock` stands still until somebody sleeps on it, so an hour of waiting costs nothing and every run is
the same. `ScaledClock` follows real time, `scale` times as fast, for people and for other programs over HTTP.
"""

from __future__ import annotations

import heapq
import threading
import time
from typing import Protocol

START = 1795435200.0
"""Where virtual time begins: 2026-11-23T12:00:00Z."""

ClockState = dict[str, float]


class Clock(Protocol):
    """What the sandbox and its transports need to know about time (seconds since the epoch)."""

    def now(self) -> float:
        """Say what time it is in the sandbox."""
        ...

    def sleep(self, seconds: float) -> None:
        """Let that much sandbox time pass."""
        ...

    async def asleep(self, seconds: float) -> None:
        """Let that much sandbox time pass without blocking the event loop."""
        ...

    def advance(self, seconds: float) -> None:
        """Put the clock forward, without anybody waiting."""
        ...

    def rewind(self, moment: float) -> None:
        """Put the clock to a moment, back too: when an earlier state is brought back."""
        ...

    def state(self) -> ClockState:
        """What must be kept so that another process, or the next one, tells the same time."""
        ...

    def restore(self, state: ClockState) -> None:
        """Go on from a kept state; time never runs backwards."""
        ...


class VirtualClock:
    """Time that passes only when somebody sleeps; sleeping takes no real time."""

    def __init__(self, start: float = START) -> None:
        self._now = start
        self._lock = threading.RLock()  # garbage that is collected meanwhile may make requests, too
        self._sleepers: list[tuple[float, int]] = []
        self._tickets = 0

    def now(self) -> float:
        """Say what time it is in the sandbox."""
        return self._now

    def advance_to(self, moment: float) -> None:
        """Move on to a moment; a moment already past changes nothing."""
        with self._lock:
            self._now = max(self._now, moment)

    def sleep(self, seconds: float) -> None:
        """Let time pass at once."""
        self.advance(seconds)

    def advance(self, seconds: float) -> None:
        """Put the clock forward, which is the same as sleeping."""
        with self._lock:
            self._now += max(0.0, seconds)

    def rewind(self, moment: float) -> None:
        """Put the clock to a moment, back too."""
        with self._lock:
            self._now = moment

    async def asleep(self, seconds: float) -> None:
        """Sleep beside other tasks: time moves on to the earliest sleeper when nobody else can run."""
        import asyncio

        self._tickets += 1
        mine = (self._now + max(0.0, seconds), self._tickets)
        heapq.heappush(self._sleepers, mine)
        try:
            await asyncio.sleep(0)
            while self._now < mine[0]:
                if self._sleepers[0] == mine:
                    await asyncio.sleep(0)
                    if self._sleepers[0] == mine:
                        self.advance_to(mine[0])
                else:
                    await asyncio.sleep(0)
        finally:
            if self._sleepers[0] == mine:
                heapq.heappop(self._sleepers)
            else:
                self._sleepers.remove(mine)
                heapq.heapify(self._sleepers)

    def wall(self) -> float:
        """Say what time it is, for clients that also know a monotonic time."""
        return self._now

    def state(self) -> ClockState:
        """The present moment."""
        return {"now": self._now}

    def restore(self, state: ClockState) -> None:
        """Move on to the kept moment."""
        self.advance_to(state.get("now", self._now))


class ScaledClock:
    """Real time, `scale` times as fast: a server that takes 30 s to start is there after 30/scale seconds."""

    def __init__(self, scale: float = 1.0) -> None:
        if scale <= 0:
            raise ValueError("scale must be greater than zero")
        self._scale = scale
        self._real = self._moment = time.time()

    def now(self) -> float:
        """Say what time it is in the sandbox."""
        return self._moment + max(0.0, time.time() - self._real) * self._scale

    def sleep(self, seconds: float) -> None:
        """Wait for seconds/scale of real time."""
        time.sleep(max(0.0, seconds) / self._scale)

    async def asleep(self, seconds: float) -> None:
        """Wait for seconds/scale of real time while other tasks run."""
        import asyncio

        await asyncio.sleep(max(0.0, seconds) / self._scale)

    def advance(self, seconds: float) -> None:
        """Put the clock forward, without anybody waiting."""
        self._moment += max(0.0, seconds)

    def rewind(self, moment: float) -> None:
        """Put the clock to a moment, back too; from there it goes on."""
        self._real, self._moment = time.time(), moment

    def wall(self) -> float:
        """Say what time it is, for clients that also know a monotonic time."""
        return self.now()

    def state(self) -> ClockState:
        """A pair of moments that belong together, and the speed from there on."""
        return {"real": self._real, "moment": self._moment, "scale": self._scale}

    def restore(self, state: ClockState) -> None:
        """Take over the kept pair of moments, so that all processes on one file agree; keep the own speed."""
        if "real" not in state:
            moment = max(state.get("now", 0.0), self.now())
        elif state["scale"] == self._scale:
            self._real, self._moment = state["real"], state["moment"]
            return
        else:
            moment = state["moment"] + max(0.0, time.time() - state["real"]) * state["scale"]
        self._real, self._moment = time.time(), moment


def stamp(moment: float) -> str:
    """Write a moment the way the API does: RFC 3339, whole seconds, UTC."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(moment))
