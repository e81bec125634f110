"""Making one call of a plan: arguments in the form in which they are sent, and patience with busy objects."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from typing import Any

from hetzner.api.errors import APIStatusError, NotFoundError
from hetzner.apply.document import Reference, Secret, resolve, unknowns
from hetzner.apply.world import World
from hetzner.domain.calls import operation
from hetzner.domain.reference import Attribute, Named, plain
from hetzner.domain.specs.facts import Call

BUSY_CODES = frozenset({"locked", "resource_in_use", "conflict", "maintenance"})
"""The object is busy with something that ends: worth waiting for."""
BUSY_PATIENCE = 300.0
"""Seconds to wait for a busy object."""


class Caller:
    """Makes calls; at most so many at the same time."""

    def __init__(self, client: Any, world: World, turns: asyncio.Semaphore) -> None:
        self._client, self._world, self._turns = client, world, turns
        self._clock = client._core.port.clock

    async def make(self, call: Call) -> Any:
        """Make a call and return the answer, or None when it turns out not to be needed.

        Raises:
            APIError: the API refused, or could not be reached.
        """
        if call.unless is not None and await self._is(call, *call.unless):
            return None
        arguments = await self._plain(call.arguments)
        began, pause = self._clock.now(), 1.0
        while True:
            try:
                return await self._send(call, arguments)
            except APIStatusError as error:
                if error.code not in BUSY_CODES or self._clock.now() - began > BUSY_PATIENCE:
                    raise
            await self._clock.asleep(pause)
            pause = min(10.0, pause * 1.5)

    async def _send(self, call: Call, arguments: dict[str, Any]) -> Any:
        make = operation(self._client, call.operation)
        async with self._turns:
            if call.of is None:
                return await make(**arguments)
            try:
                return await make(self._world.id(call.of), **arguments)
            except NotFoundError:
                if call.operation.endswith(".delete"):
                    return None  # somebody else deleted it, which is what is wanted
                raise

    async def settle(self, call: Call) -> None:
        """Wait for the state that a call leads to after its action is over, as long as the call says."""
        if call.until is None:
            return
        attribute, value, patience = call.until
        ends, pause = self._clock.now() + patience, 1.0
        while not await self._is(call, attribute, value) and self._clock.now() < ends:
            await self._clock.asleep(pause)
            pause = min(5.0, pause * 1.5)

    async def _is(self, call: Call, attribute: str, value: str) -> bool:
        assert call.of is not None  # noqa: S101  only calls on an object ask
        return bool(getattr(await self._world.fresh(call.of), attribute, None) == value)

    async def _plain(self, value: Any) -> Any:
        """Return an argument in the form in which it is sent: ids for names, texts for secrets and addresses."""
        if isinstance(value, Named):
            return plain(value.ref) if value.by_name else self._world.id(value)
        if isinstance(value, Attribute):
            return await self._world.attribute(value)
        if isinstance(value, Secret):
            return value.reveal()
        if isinstance(value, IPv4Network | IPv6Network | IPv4Address | IPv6Address):
            return str(value)
        if isinstance(value, Mapping):
            return {key: await self._plain(item) for key, item in value.items()}
        if isinstance(value, list | tuple):
            return [await self._plain(item) for item in value]
        return await self._known(value)

    async def _known(self, value: Any) -> Any:
        found = [reference for _, unknown in unknowns(value) for reference in unknown.references]
        if not found:
            return value
        values: dict[Reference, Any] = {reference: await self._world.value(reference) for reference in found}
        return await self._plain(resolve(value, values.__getitem__))
