"""Looking at a project again and again: what drifts is told once, and put right where that is wanted."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from hetzner.api.client import AsyncHetzner
from hetzner.api.errors import APIError, AuthenticationError, PermissionDeniedError
from hetzner.apply.choice import Options
from hetzner.apply.consent import Refused, insist
from hetzner.apply.converge import Prepared, prepare
from hetzner.apply.document import Document, DocumentError
from hetzner.apply.execute import Execution, Result
from hetzner.apply.plans import CHANGING, Item, Plan

SHARE = 10
"""The part of the hourly limit that watching may use, unless told otherwise: one in so many requests."""
FIRST_PAUSE = 30.0
"""Seconds before another try when the API cannot be reached; each further one waits twice as long."""
LONGEST_PAUSE = 900.0
HOUR = 3600.0


@dataclass(frozen=True, slots=True)
class Notice:
    """Something worth telling."""

    event: str
    """drift, settled; applied, failed, held (needs somebody's consent); outage, file, back; slowed."""
    address: str = ""
    told: str = ""
    item: Item | None = None
    error: Exception | None = None


Tell = Callable[[Sequence[Notice], Plan | None], Awaitable[None]]
"""Is given what is new after a look, and the plan if there is one."""


@dataclass(frozen=True, slots=True)
class Habits:
    """How a project is watched."""

    every: float = 300.0
    """Seconds from one look to the next."""
    converge: bool = False
    """Whether what has drifted is put right."""
    allow_destroy: bool = False
    max_destroy: int | None = None
    budget: float | None = None
    """Requests an hour; None for a tenth of the limit."""
    rounds: int | None = None
    """How often to look; None for always."""
    options: Options = field(default_factory=Options)


class Watch:
    """Watches one project until it is stopped."""

    def __init__(
        self, client: AsyncHetzner, read: Callable[[], Document], habits: Habits, tell: Tell
    ) -> None:
        self._client, self._read, self.habits, self._tell = client, read, habits, tell
        self._port = client._core.port
        self._known: dict[str, Item] = {}
        self._held = self._trouble = ""
        self._failures = 0
        self._interval = habits.every
        self._stopping = asyncio.Event()
        self._execution: Execution | None = None
        self.interrupted = False
        """Whether it was stopped while something was being changed."""

    def stop(self) -> None:
        """Look no more, and begin no more changes."""
        self._stopping.set()
        if self._execution is not None:
            self.interrupted = True
            self._execution.stop()

    async def run(self) -> None:
        """Look, tell, wait, and so on; what goes wrong is told and tried again."""
        rounds = 0
        while not self._stopping.is_set():
            began, sent = self._port.clock.now(), self._port.requests
            await self.look()
            rounds += 1
            if rounds == self.habits.rounds:
                return
            spent = self._port.requests - sent
            await self._pause(began + await self._wait(spent) - self._port.clock.now())

    async def look(self) -> None:
        """Look once, and tell what is new.

        Raises:
            APIError: the token is no good (any more), which no waiting changes.
        """
        try:
            prepared = await prepare(
                self._client, self._read(), self.habits.options, settle=self.habits.converge
            )
        except DocumentError as error:
            await self._troubled("file", error)
        except (AuthenticationError, PermissionDeniedError):
            raise
        except APIError as error:
            self._failures += 1
            await self._troubled("outage", error)
        else:
            await self._seen(prepared)

    async def _troubled(self, event: str, error: Exception) -> None:
        """Tell of trouble once, until it is another one."""
        if event != self._trouble:
            self._trouble = event
            await self._tell([Notice(event, told=str(error), error=error)], None)

    async def _seen(self, prepared: Prepared) -> None:
        plan = prepared.plan
        news = [Notice("back")] if self._trouble else []
        self._trouble, self._failures = "", 0
        now = {item.address: item for item in plan if item.verdict in CHANGING or item.refused}
        news += [
            Notice("drift", address, item=item)
            for address, item in now.items()
            if address not in self._known or _differ(item, self._known[address])
        ]
        news += [Notice("settled", address) for address in self._known if address not in now]
        self._known = now
        if news:
            await self._tell(news, plan)
        if self.habits.converge and now:
            await self._put_right(prepared)

    async def _put_right(self, prepared: Prepared) -> None:
        plan, habits = prepared.plan, self.habits
        try:
            insist(plan, allow_destroy=habits.allow_destroy, max_destroy=habits.max_destroy)
        except Refused as refused:
            if str(refused) != self._held:
                self._held = str(refused)
                await self._tell([Notice("held", told=self._held, error=refused)], plan)
            return
        self._held = ""
        self._execution = prepared.execution()
        try:
            result = await self._execution.run()
        finally:
            self._execution = None
        for item in result.done:
            self._known.pop(item.address, None)
        await self._tell(_results(result), plan)

    async def _wait(self, spent: int) -> float:
        """Return the seconds from the begin of a look to that of the next one."""
        if self._failures:
            return min(FIRST_PAUSE * 2.0 ** (self._failures - 1), LONGEST_PAUSE)
        habits, limit = self.habits, float(self._client._core.paces["cloud"].limit)
        budget = habits.budget or limit / SHARE
        interval = max(habits.every, spent * HOUR / budget)
        if interval > max(self._interval, habits.every):
            told = f"{spent} requests a look and {budget:.0f} an hour: the next look is in {interval:.0f} s"
            await self._tell([Notice("slowed", told=told)], None)
        self._interval = interval
        return interval

    async def _pause(self, seconds: float) -> None:
        """Let time pass, unless it is to stop."""
        if seconds <= 0 or self._stopping.is_set():
            return
        stopped = asyncio.ensure_future(self._stopping.wait())
        passed = asyncio.ensure_future(self._port.sleep(seconds))
        await asyncio.wait({stopped, passed}, return_when=asyncio.FIRST_COMPLETED)
        for task in (stopped, passed):
            task.cancel()
        await asyncio.gather(stopped, passed, return_exceptions=True)


def _differ(one: Item, other: Item) -> bool:
    return _seen(one) != _seen(other)


def _seen(item: Item) -> tuple[Any, ...]:
    """Return what is told of an item, wherever in a file it is written."""
    changes = [(change.field, change.old, change.new) for change in item.changes]
    return item.verdict, changes, item.calls, item.refused


def _results(result: Result) -> list[Notice]:
    found = [Notice("applied", item.address, item=item) for item in result.done]
    found += [Notice("failed", item.address, str(error), item, error) for item, error in result.failed]
    return found + [Notice("failed", item.address, because, item) for item, because in result.skipped]
