"""One poller for everything that runs: many tasks wait, one request asks for up to 25 actions."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable, Iterable
from typing import Any

from hetzner.api.errors import ActionFailed, ActionTimeout
from hetzner.api.waiting import Watch, look_at

Progress = Callable[[Any], object]
Excuse = Callable[[Any], bool]
"""Tells whether it does not matter that an action failed."""
SLICE = 0.5
"""Seconds after which the poller looks whether somebody else began to wait."""
PATIENCE = 15 * 60.0
"""Seconds that one action may take."""


def _never(action: Any) -> bool:
    return False


class Poller:
    """Waits for actions on behalf of many tasks; ``patience``: how many seconds one may take (None: any)."""

    def __init__(self, client: Any, patience: float | None = PATIENCE) -> None:
        self._client, self._clock = client, client._core.port.clock
        self._patience = math.inf if patience is None else patience
        self._watch = Watch(client._core.poll_interval)
        self._futures: dict[int, asyncio.Future[Any]] = {}
        self._progress: dict[int, Progress] = {}
        self._task: asyncio.Task[None] | None = None

    @property
    def running(self) -> list[Any]:
        """The actions that are not known to be over."""
        return self._watch.running

    async def wait(self, actions: Iterable[Any], progress: Progress, excused: Excuse = _never) -> None:
        """Wait for actions one after the other, as the API carries them out.

        Raises:
            ActionFailed: the first one that ended in an error and is not excused.
            ActionTimeout: one took longer than the poller's patience.
        """
        for action in actions:
            ended = await self._ended(action, progress)
            if ended.status == "error" and not excused(ended):
                raise ActionFailed([ended])

    async def wait_for_all(self, actions: Iterable[Any]) -> list[Any]:
        """Wait until all actions are over, however they end; returns them as they ended."""
        return list(await asyncio.gather(*(self._ended(action, _quietly) for action in actions)))

    async def _ended(self, action: Any, progress: Progress) -> Any:
        progress(action)
        if not self._watch.add(action, self._clock.now()):
            return action
        future = self._futures.setdefault(action.id, asyncio.get_running_loop().create_future())
        self._progress[action.id] = progress
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._poll())
        return await asyncio.shield(future)

    async def _poll(self) -> None:
        try:
            while (look := self._watch.next_request()) is not None:
                await self._look(look)
        except asyncio.CancelledError:
            raise
        except BaseException as error:  # whatever it is, it must not leave anybody waiting for ever
            self._fail(error)

    async def _look(self, look: float) -> None:
        now = self._clock.now()
        if look > now:
            await self._clock.asleep(min(SLICE, look - now))
            return  # an action that was added meanwhile may be due sooner
        self._give_up()
        seen = await look_at(self._client, self._watch.ask(now))
        for action in seen:
            if callback := self._progress.get(action.id):
                callback(action)
        for action in self._watch.learn(seen, self._clock.now()):
            self._settle(action.id, action)

    def _give_up(self) -> None:
        for action in self._watch.overdue(self._clock.now(), self._patience):
            self._watch.forget(action.id)
            self._tell(action.id, ActionTimeout([action], self._patience))

    def _fail(self, error: BaseException) -> None:
        """Tell everybody who waits that nothing can be learned any more."""
        for id in list(self._futures):
            self._watch.forget(id)
            self._tell(id, error)

    def _tell(self, id: int, error: BaseException) -> None:
        future = self._futures.pop(id, None)
        self._progress.pop(id, None)
        if future and not future.done():
            future.set_exception(error)

    def _settle(self, id: int, action: Any) -> None:
        future = self._futures.pop(id, None)
        self._progress.pop(id, None)
        if future and not future.done():
            future.set_result(action)

    async def close(self) -> None:
        """Stop asking."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        for future in self._futures.values():
            future.cancel()


def _quietly(action: Any) -> None:
    """Take no notice of progress."""
