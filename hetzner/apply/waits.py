"""Who waits for what while a plan is carried out, so that no run waits for ever."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

IN_VAIN = 8
"""Refusals (half a minute) after which something is not just slow to be free, if nobody does anything."""


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
class Trial:
    """How often something was refused because something is taken, since anything was last done."""

    vain: int = 0
    done: int = -1


@dataclass(slots=True, eq=False)
class Waiting:
    """One who waits."""

    key: str
    """What for."""
    event: asyncio.Event
    ahead: Ahead | None = None
    trial: Trial | None = None
    """Set for one who tries again and again."""


class Waits:
    """Notices when all that is left waits for each other, or tries in vain what the others prevent.

    Then one lets go ahead of time of what another waits for. Where nobody can, a wait is given up, which ends
    the others.
    """

    def __init__(self) -> None:
        self.left = 0
        """How many items, and things that are done ahead of time, are not done."""
        self._waiting: dict[Waiting, None] = {}
        self._done = 0
        """How often anything was done that may make room for somebody."""
        self._given_up: list[asyncio.Event] = []

    async def until(self, event: asyncio.Event, key: str, ahead: Ahead | None = None) -> None:
        """Wait for what becomes of an object; raises Unmet when that cannot come about."""
        if not event.is_set():
            waiting = Waiting(key, event, ahead)
            self._waiting[waiting] = None
            self._look()
            try:
                await event.wait()
            finally:
                del self._waiting[waiting]
        if event in self._given_up:
            raise Unmet(f"needs {key}, and that needs this: run it again, or make the change in two steps")

    @contextmanager
    def trying(self, trial: Trial) -> Iterator[None]:
        """Be one who was refused, and tries again when somebody else may have let go of something."""
        trial.vain, trial.done = trial.vain + 1 if trial.done == self._done else 1, self._done
        waiting = Waiting("", asyncio.Event(), trial=trial)
        self._waiting[waiting] = None
        self._look()
        try:
            yield
        finally:
            del self._waiting[waiting]

    def did(self) -> None:
        """Note that something was done: who was refused before may not be any more."""
        self._done += 1

    def leave(self) -> None:
        """Note that an item is done, whatever became of it."""
        self.left -= 1
        self.did()
        self._look()

    def _is_stuck(self, each: Waiting) -> bool:
        if (trial := each.trial) is not None:
            return trial.done == self._done and trial.vain >= IN_VAIN
        return not each.event.is_set()

    def _knotted(self) -> list[Waiting]:
        """Return who waits for others, if all that is left does or tries in vain; looks at few."""
        found, free = [], len(self._waiting) - self.left
        for each in self._waiting if free >= 0 else ():
            if self._is_stuck(each):
                found.append(each)
            elif (free := free - 1) < 0:
                return []
        return [each for each in found if each.trial is None]

    def _look(self) -> None:
        if not (knotted := self._knotted()):
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
