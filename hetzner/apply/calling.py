"""Making one call of a plan, with patience for what is busy."""

from __future__ import annotations

import asyncio
from typing import Any

from hetzner.api.errors import APIStatusError, NotFoundError
from hetzner.apply.events import Listen, SoldOut
from hetzner.apply.plans import Item
from hetzner.apply.waits import Trial
from hetzner.apply.world import World
from hetzner.domain.calls import SOLD_OUT, bound
from hetzner.domain.specs.facts import Call

BUSY = frozenset({"locked", "resource_in_use", "conflict", "maintenance"})
"""The object is busy with something that ends: worth waiting for."""
TAKEN = frozenset(
    {
        "uniqueness_error",
        "ip_not_available",
        "primary_ip_assigned",
        "placement_error",
        "resource_limit_exceeded",
    }
)
"""Something is taken; worth waiting for while this very plan is still going to let go of something."""
PATIENCE = 300.0
"""Seconds to wait for either."""


class Caller:
    """Makes calls; at most so many at the same time."""

    def __init__(
        self,
        client: Any,
        world: World,
        turns: asyncio.Semaphore,
        listen: Listen = lambda event: None,
    ) -> None:
        self.client, self._world, self._turns, self._listen = client, world, turns, listen
        self._clock = client._core.port.clock

    async def make(self, item: Item, call: Call, lock: asyncio.Lock) -> Any:
        """Make a call and return the answer, or None when it turns out not to be needed.

        What is sold out makes room for the call's next offer: that refusal says that nothing was made.
        The lock of its object is held, but for pauses in which others are to let go of something: they
        may need the very same object for that.

        Raises:
            APIError: the API refused, or could not be reached.
        """
        offers, calls = call.offers, [*call.in_turn()]
        for index, each in enumerate(calls[:-1]):
            try:
                return await self._make(item, each, lock)
            except APIStatusError as error:
                if error.code != SOLD_OUT:
                    raise
            self._listen(SoldOut(item, offers[index], offers[index + 1]))
        return await self._make(item, calls[-1], lock)

    async def _make(self, item: Item, call: Call, lock: asyncio.Lock) -> Any:
        send, ends, pause, trial = None, self._clock.now() + PATIENCE, 1.0, Trial()
        while True:
            if call.unless is not None and await self._is(call, *call.unless):
                return None
            send = send or await bound(self.client, call, self._world)
            try:
                async with self._turns:
                    return await send()
            except NotFoundError:
                if call.operation.endswith(".delete"):
                    return None  # somebody else deleted it, which is what is wanted
                raise
            except APIStatusError as error:
                if self._clock.now() > ends or not self._passes(item, call, error.code):
                    raise
                is_busy = error.code in BUSY
            await (self._clock.asleep(pause) if is_busy else self._pause(pause, lock, trial))
            pause = min(10.0, pause * 1.5)

    async def _pause(self, seconds: float, lock: asyncio.Lock, trial: Trial) -> None:
        """Let others at an object for a while."""
        lock.release()
        try:
            with self._world.waits.trying(trial):
                await self._clock.asleep(seconds)
        finally:
            await lock.acquire()

    def _passes(self, item: Item, call: Call, code: str | None) -> bool:
        """Tell whether a refusal is one of those that pass by themselves."""
        return code in BUSY or (code in TAKEN | call.passing and self._world.frees(item))

    async def settle(self, call: Call) -> None:
        """Wait for the state that a call leads to after its action is over, as long as the call says."""
        if call.until is None:
            return
        attribute, value, patience = call.until
        ends, pause = self._clock.now() + patience, 1.0
        while not await self._is(call, attribute, value) and self._clock.now() < ends:
            await self._clock.asleep(pause)
            pause = min(5.0, pause * 1.5)

    async def _is(self, call: Call, attribute: str, value: str | None) -> bool:
        assert call.of is not None  # noqa: S101  only calls on an object ask
        return bool(getattr(await self._world.fresh(call.of), attribute, None) == value)
