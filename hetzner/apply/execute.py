"""Carrying a plan out: everything at once that does not need something else first.

Each item is a task of its own. It waits for what its next call needs, so the order follows from the
references and nothing else; a failure stops only what depends on it.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from hetzner.api.errors import APIError, NotFoundError
from hetzner.api.waiting import actions_of
from hetzner.apply.bookkeeping import Bookkeeping
from hetzner.apply.calling import Caller
from hetzner.apply.checking import healthy
from hetzner.apply.document import DocumentError
from hetzner.apply.events import Called, Done, Failed, Listen, Progressed, Skipped, Waiting
from hetzner.apply.filling import Filling
from hetzner.apply.observe import Observed
from hetzner.apply.order import users
from hetzner.apply.plans import CHANGING, DESTRUCTIVE, Item, Plan, Verdict
from hetzner.apply.rolling import Replicas
from hetzner.apply.waits import Ahead, Unmet
from hetzner.apply.world import World
from hetzner.domain.calls import bound
from hetzner.domain.poller import Poller
from hetzner.domain.specs.facts import Call

IN_FLIGHT = 8
"""Changes that are sent at the same time."""
FAILURES = (APIError, DocumentError, TimeoutError)
"""What ends up in the result: everything else is a bug."""


@dataclass(slots=True)
class Result:
    """What became of a plan."""

    done: list[Item] = field(default_factory=list)
    failed: list[tuple[Item, Exception]] = field(default_factory=list)
    skipped: list[tuple[Item, str]] = field(default_factory=list)
    running: list[Any] = field(default_factory=list)
    """Actions that the API goes on with although nobody waits for them any more."""
    seconds: float = 0.0
    stopped: bool = False
    """Whether it was stopped by the user."""

    @property
    def complete(self) -> bool:
        """Whether everything is as it is wanted."""
        return not (self.failed or self.skipped or self.stopped)


class Execution:
    """One run of a plan."""

    def __init__(
        self, client: Any, plan: Plan, observed: Observed, listen: Listen, in_flight: int = IN_FLIGHT
    ) -> None:
        self.plan, self.observed, self.listen = plan, observed, listen
        self.port, self.clock = client._core.port, client._core.port.clock
        self.poller = Poller(client)
        self.world = World(client, plan, observed)
        self.caller = Caller(client, self.world, asyncio.Semaphore(in_flight), listen)
        self.result = Result()
        self.bookkeeping = Bookkeeping(plan, observed)
        self._users = users(plan, observed)
        self._replicas = Replicas(plan, self._healthy, listen, self.world.waits)
        self._filling = Filling(plan, observed, self.world, listen)
        self._ahead: dict[str, set[int]] = defaultdict(set)
        self._aside: set[asyncio.Task[None]] = set()
        self._locks: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._stopping = asyncio.Event()

    def stop(self) -> None:
        """Begin nothing new and wait for nothing more."""
        self._stopping.set()

    async def run(self) -> Result:
        """Carry everything out that is not refused; errors of the API end up in the result."""
        began = self.clock.now()
        wanted = [item for item in self.plan if item.verdict in CHANGING or item.refused]
        first, self.world.waits.left = asyncio.create_task(self._first()), len(wanted)
        tasks = [asyncio.create_task(self._item(item, first)) for item in wanted]
        stopped = asyncio.create_task(self._stopping.wait())
        everything: asyncio.Future[Any] = asyncio.gather(*tasks)
        try:
            ends: set[asyncio.Future[Any]] = {everything, stopped}
            await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (*tasks, *self._aside, first, stopped):
                task.cancel()
            self.result.running = self.poller.running
            await self.poller.close()
            outcomes = await asyncio.gather(*tasks, return_exceptions=True)
            await asyncio.gather(everything, *self._aside, return_exceptions=True)
            self.result.stopped = any(isinstance(each, asyncio.CancelledError) for each in outcomes)
            self.result.seconds = self.clock.now() - began
        for outcome in outcomes:
            if isinstance(outcome, BaseException) and not isinstance(outcome, asyncio.CancelledError):
                raise outcome
        return self.result

    async def _first(self) -> None:
        """Keep the books: what must be noted before anything is made or taken away."""
        for call in self.bookkeeping.first():
            await (await bound(self.caller.client, call, self.world))()

    async def _item(self, item: Item, first: asyncio.Task[None]) -> None:
        began = self.clock.now()
        try:
            await asyncio.shield(first)
            commands = await self._carried_out(item)
        except FAILURES as error:
            self.result.failed.append((item, error))
            self.world.fail(item.named)
            self.listen(Failed(item, error, self.clock.now() - began))
        except Unmet as unmet:
            self.result.skipped.append((item, str(unmet)))
            self.world.fail(item.named)
            self.listen(Skipped(item, str(unmet)))
        except asyncio.CancelledError:
            self.result.skipped.append((item, "stopped"))
            self.listen(Skipped(item, "stopped"))
            raise
        else:
            self.result.done.append(item)
            self.world.end(item.named)
            self.listen(Done(item, commands, self.clock.now() - began, self.world.told(item.named)))
        finally:
            self.world.waits.leave()

    async def _carried_out(self, item: Item) -> tuple[str, ...]:
        if self._stopping.is_set():
            raise asyncio.CancelledError
        if item.refused:
            raise Unmet(item.refused)
        if item.verdict in DESTRUCTIVE and item.former is None:
            await self._after(item, self._users[item.address])
        item = await self._filling.filled_in(item)
        async with self._replicas.turn(item):
            return await self._made(item)

    async def _healthy(self, item: Item) -> None:
        """Wait until an object is healthy, if anything says when it is."""
        health = item.resource.meta.health if item.resource is not None else None
        if health is not None:
            self.listen(Waiting(item, (str(health),)))
            await healthy(self.port, item, await self.world.fresh(item.named), health)

    async def _made(self, item: Item) -> tuple[str, ...]:
        commands: list[str] = []
        for number, call in enumerate(item.calls, 1):
            if number in self._ahead[item.address]:
                continue
            try:
                await self._due(item, call)
                commands += await self._call(item, call, number)
            except (APIError, Unmet):
                await self._wind_up(item, number)
                raise
            if item.former is not None and call.of is None:
                await self._alone(item)
            self.world.open(item, item.calls[number:])
            if _has_let_go(item, call, item.calls[number:]):
                self.world.leave(item.named)
        if item.verdict is Verdict.CREATE or (item.takes_down and item.verdict in CHANGING):
            await self._healthy(item)
        return tuple(dict.fromkeys(commands))

    async def _wind_up(self, item: Item, number: int) -> None:
        """Make the calls that end what was begun although a call failed, unless nothing was begun."""
        for later, call in enumerate(item.calls[number:], number + 1):
            if call.always and number > 1:
                with suppress(APIError, Unmet):
                    await self._call(item, call, later)

    async def _due(self, item: Item, call: Call) -> None:
        """Wait for what a call of a replacement awaits: health, then that others have moved over."""
        if call.awaits:
            await self._healthy(item)
        if call.awaits == "release":
            self._replicas.end(item)
            self.world.settle(item.named)
            await self._after(item, self._users[item.address])

    async def _alone(self, item: Item) -> None:
        """Insist that the successor that was just made is the only one.

        Had another run been faster, the old object would be gone by now: nothing else sets free the name that
        a successor has until then. Then this one is one too many.
        """
        assert item.former is not None  # noqa: S101  only then there is a successor
        try:
            await self.world.fresh(item.former)
        except NotFoundError:
            for call in item.kind.delete(item.named, await self.world.fresh(item.named)):
                await self._call(item, call, 1)
            raise Unmet("another run has replaced it meanwhile: run it again") from None

    async def _after(self, item: Item, others: Iterable[Item]) -> None:
        """Wait until nothing uses an object that is to go."""
        left = [other for other in others if not self.world.is_settled(other.named)]
        if left:
            self.listen(Waiting(item, tuple(other.address for other in left)))
        for other in others:  # those that have successors let go when they end, not when these are there
            await (self.world.settled if item.former else self.world.left)(other.named)

    async def _call(self, item: Item, call: Call, number: int) -> list[str]:
        call = self.bookkeeping.stamped(call)
        await self._needs(item, call, number)
        lock = self._locks[self._locked(item, call)]
        async with lock:
            self.world.note(item, call)
            answer = await self.caller.make(item, call, lock)
            actions = actions_of(answer)
            commands = [action.command for action in actions] or ([] if answer is None else [_verb(call)])
            if answer is not None:
                self.listen(Called(item, commands[0], number, len(item.calls)))
            self.world.take_over(item, call, answer)
            await self.poller.wait(
                actions,
                lambda action: self._progress(item, action),
                lambda action: self.world.goes_with(item, action),
            )
            await self.caller.settle(call)
            self.world.waits.did()
        return commands

    def _locked(self, item: Item, call: Call) -> str:
        """Return what a call is alone with: its object, unless that waits for the call in order to go."""
        is_awaited = (
            call.of is not None and call.lets_go and self.world.is_replaced(call.of.kind, call.of.ref)
        )
        return str(item.named if call.of is None or is_awaited else call.of)

    async def _needs(self, item: Item, call: Call, number: int) -> None:
        """Wait until everything exists that a call refers to."""
        needed = self.world.needs(item, call)
        left = [str(named) for named, _ in needed if not self.world.is_there(named)]
        if left:
            self.listen(Waiting(item, tuple(dict.fromkeys(left))))
        ahead = self._letting_go(item, number) if left else None
        for named, whole in needed:
            await (self.world.settled if whole else self.world.there)(named, ahead)

    def _letting_go(self, item: Item, number: int) -> Ahead | None:
        """Return what an object could let go of while a call waits, or None."""
        later = {
            at: call
            for at, call in enumerate(item.calls[number:], number + 1)
            if call.lets_go and call.of == item.named and at not in self._ahead[item.address]
        }

        async def let_go() -> None:
            try:
                for at, call in later.items():
                    await self._call(item, call, at)
                    self._ahead[item.address].add(at)
                self.world.leave(item.named)
            except (*FAILURES, Unmet):
                pass  # it is tried again in its turn
            finally:
                self.world.waits.leave()

        def begin() -> None:
            self._aside.add(asyncio.create_task(let_go()))

        return Ahead(str(item.named), begin) if later else None

    def _progress(self, item: Item, action: Any) -> None:
        self.listen(Progressed(item, action.command, int(action.progress or 0)))


def _has_let_go(item: Item, call: Call, left: Iterable[Call]) -> bool:
    """Tell whether an object that was changed, or deleted to be made anew, has let go of what goes."""
    if item.verdict is Verdict.REPLACE:
        return item.former is None and call.operation == f"{item.kind.name}.delete" and call.of == item.named
    return call.lets_go and not any(later.lets_go for later in left)


def _verb(call: Call) -> str:
    return call.operation.rpartition(".")[2]
