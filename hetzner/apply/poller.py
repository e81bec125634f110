"""One poller for everything that runs: many tasks wait, one request asks for up to 25 actions."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from typing import Any

from hetzner.api.errors import ActionFailed, ActionTimeout, APIError
from hetzner.api.waiting import Watch, look_at

Progress = Callable[[Any], object]
SLICE = 0.5
"""Seconds after which the poller looks whether somebody else began to wait."""
PATIENCE = 15 * 60.0
"""Seconds that one action may take."""


class Poller:
    """Waits for actions on behalf of many tasks."""

    def __init__(self, client: Any) -> None:
        self._client, self._clock = client, client._core.port.clock
        self._watch = Watch()
        self._futures: dict[int, asyncio.Future[Any]] = {}
        self._progress: dict[int, Progress] = {}
        self._task: asyncio.Task[None] | None = None

    @property
    def running(self) -> list[Any]:
        """The actions that are not known to be over."""
        return self._watch.running

    async def wait(self, actions: Iterable[Any], progress: Progress) -> None:
        """Wait for actions one after the other, as the API carries them out.

        Raises:
            ActionFailed: the first one that ended in an error.
            ActionTimeout: one took longer than PATIENCE.
        """
        for action in actions:
            ended = await self._ended(action, progress)
            if ended.status == "error":
                raise ActionFailed([ended])

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
        while (look := self._watch.next_look()) is not None:
            now = self._clock.now()
            if look > now:
                await self._clock.asleep(min(SLICE, look - now))
                continue  # an action that was added meanwhile may be due sooner
            self._give_up()
            try:
                seen = await look_at(self._client, self._watch.due(self._clock.now()))
            except APIError as error:
                self._fail(error)
                return
            for action in seen:
                if callback := self._progress.get(action.id):
                    callback(action)
            for action in self._watch.learn(seen, self._clock.now()):
                self._settle(action.id, action)

    def _give_up(self) -> None:
        for action in self._watch.overdue(self._clock.now(), PATIENCE):
            self._watch.forget(action.id)
            future = self._futures.pop(action.id, None)
            if future and not future.done():
                future.set_exception(ActionTimeout([action], PATIENCE))

    def _fail(self, error: APIError) -> None:
        """Tell everybody who waits that nothing can be learned any more."""
        for id, future in self._futures.items():
            self._watch.forget(id)
            if not future.done():
                future.set_exception(error)
        self._futures.clear()

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
