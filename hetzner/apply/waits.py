"""Who waits for what while a plan is carried out, so that no run waits for ever."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass


class Unmet(Exception):
    """Something that is needed failed."""


@dataclass(slots=True)
class Ahead:
    """What one who waits could do meanwhile, so that nobody has to wait for that."""

    key: str
    """Who waits."""
    begin: Callable[[], None]
    """Begins it, which ends with ``Waits.leave``."""


@dataclass(slots=True)
class Waiting:
    """One who waits."""

    key: str
    """What for."""
    event: asyncio.Event
    ahead: Ahead | None = None


class Waits:
    """Notices when all that is left waits for each other.

    Then one lets go ahead of time of what another waits for. Where nobody can, a wait is given up, which ends
    the others.
    """

    def __init__(self) -> None:
        self.left = 0
        """How many items, and things that are done ahead of time, are not done."""
        self._waiting: list[Waiting] = []
        self._given_up: list[asyncio.Event] = []

    async def until(self, event: asyncio.Event, key: str, ahead: Ahead | None = None) -> None:
        """Wait for what becomes of an object; raises Unmet when that cannot come about."""
        if not event.is_set():
            waiting = Waiting(key, event, ahead)
            self._waiting.append(waiting)
            self._look()
            try:
                await event.wait()
            finally:
                self._waiting.remove(waiting)
        if event in self._given_up:
            raise Unmet(f"needs {key}, and that needs this: run it again, or make the change in two steps")

    def leave(self) -> None:
        """Note that an item is done, whatever became of it."""
        self.left -= 1
        self._look()

    def _look(self) -> None:
        knotted = [each for each in self._waiting if not each.event.is_set()]
        if not knotted or len(knotted) < self.left:
            return
        awaited = {each.key for each in knotted}
        for each in knotted:
            if (ahead := each.ahead) is not None and ahead.key in awaited:
                each.ahead = None
                self.left += 1
                ahead.begin()
                return
        self._given_up.append(knotted[0].event)
        knotted[0].event.set()
