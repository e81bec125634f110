"""Who waits for what while a plan is carried out, so that no run waits for ever."""

from __future__ import annotations

import asyncio


class Unmet(Exception):
    """Something that is needed failed."""


class Waits:
    """Notices when all that is left waits for each other, and gives one wait up, which ends the others."""

    def __init__(self) -> None:
        self.left = 0
        """How many items are not done."""
        self._waiting: list[tuple[str, asyncio.Event]] = []
        self._given_up: list[asyncio.Event] = []

    async def until(self, event: asyncio.Event, key: str) -> None:
        """Wait for what becomes of an object; raises Unmet when that cannot come about."""
        if not event.is_set():
            waiting = (key, event)
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
        knotted = [event for _, event in self._waiting if not event.is_set()]
        if knotted and len(knotted) == self.left:
            self._given_up.append(knotted[0])
            knotted[0].set()
