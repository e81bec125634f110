"""Doing many things at the same time: ``async with gather() as g: g.start(Server.create(...))``."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, Self, TypeVar

from hetzner.domain.poller import Poller
from hetzner.domain.together import SHARED

T = TypeVar("T")
AT_A_TIME = 10


class gather:
    """Runs coroutines of awaited records side by side, and waits for all of them at the end of the block.

    At most ``limit`` of them make requests at a time; those that wait for an action of the API do not count,
    and all actions are asked for together. When one fails, the others go on; then the first error is raised,
    with a note about the others. When the block itself is left by an error, what runs is cancelled.

        async with gather() as g:
            tasks = [g.start(Server.create(f"w-{n}", "cx23", image="debian-13")) for n in range(10)]
        servers = [task.result() for task in tasks]

    It needs asyncio.
    """

    def __init__(self, limit: int = AT_A_TIME) -> None:
        if limit < 1:
            raise ValueError("at least one must be allowed at a time")
        self._turns = asyncio.Semaphore(limit)
        self._on_turn: set[Any] = set()
        self._tasks: list[asyncio.Task[Any]] = []
        self._pollers: dict[int, Poller] = {}
        self._open = False

    async def __aenter__(self) -> Self:
        self._open = True
        return self

    def start(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        """Start a coroutine; its result is that of the task, once the block is over.

        Raises RuntimeError outside of the block, and TypeError for what is no coroutine.
        """
        if not isinstance(work, Coroutine):
            raise TypeError(f"start() takes a coroutine such as web.poweroff(), not {work!r}")
        if not self._open:
            work.close()
            raise RuntimeError("start() is for the inside of 'async with gather() as g:'")
        task = asyncio.create_task(self._run(work))
        task.add_done_callback(lambda _: work.close())  # in case it was cancelled before it began
        self._tasks.append(task)
        return task

    async def _run(self, work: Coroutine[Any, Any, T]) -> T:
        SHARED.set(self)  # a task has a context of its own
        await self._take_turn()
        try:
            return await work
        finally:
            self._end_turn()

    async def _take_turn(self) -> None:
        await self._turns.acquire()
        self._on_turn.add(asyncio.current_task())

    def _end_turn(self) -> None:
        if (task := asyncio.current_task()) in self._on_turn:
            self._on_turn.remove(task)
            self._turns.release()

    async def over(self, client: Any, actions: list[Any]) -> list[Any]:
        """Wait for actions on behalf of a task, which lets another one have its turn meanwhile."""
        poller = self._pollers.setdefault(id(client._core), Poller(client, patience=None))
        if asyncio.current_task() not in self._on_turn:  # a task that the work itself has made
            return await poller.wait_for_all(actions)
        self._end_turn()
        ended = await poller.wait_for_all(actions)
        await self._take_turn()
        return ended

    async def __aexit__(self, kind: type[BaseException] | None, error: object, traceback: object) -> None:
        try:
            if kind is not None:
                self._cancel()
            while left := [task for task in self._tasks if not task.done()]:  # tasks may start tasks
                await asyncio.wait(left)
        except asyncio.CancelledError:
            self._cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)
            raise
        finally:
            self._open = False
            for poller in self._pollers.values():
                await poller.close()
        failures = [error for task in self._tasks if (error := _failure(task)) is not None]
        if failures and kind is None:
            raise _with_notes(*failures)

    def _cancel(self) -> None:
        for task in self._tasks:
            task.cancel()


def _failure(task: asyncio.Task[Any]) -> BaseException | None:
    return None if task.cancelled() else task.exception()


def _with_notes(first: BaseException, *others: BaseException) -> BaseException:
    for other in others:
        first.add_note(f"and also: {type(other).__name__}: {other}")
    return first
