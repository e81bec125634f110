"""A server for the time of a block: deleted whatever happens, and nothing else is ever deleted."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any, Generic, TypeVar

from hetzner.api.errors import ActionFailed, APIStatusError
from hetzner.domain.making import create_one
from hetzner.domain.record import Removable

R = TypeVar("R", bound=Removable[Any])
MARK = "hetzner-python/temporary"
"""The label by which such a server is known; its value is random, so that no other server has it."""
BUSY = frozenset({"locked", "conflict", "maintenance"})
"""Refusals of a deletion that pass by themselves."""
PATIENCE, PAUSE = 600.0, 2.0
"""Seconds that they may take, and between two attempts."""
LOOKS = (0.0, 2.0, 5.0)
"""Seconds before each look for a server of which nobody knows whether it was made."""


class Temporary(Generic[R]):
    """One such server; both methods are written once for both faces."""

    def __init__(
        self, cls: type[R], server_type: Any, name: str | None, options: Mapping[str, Any], client: Any
    ) -> None:
        if options.get("protect"):
            raise ValueError("a temporary server cannot be protected: it is to be deleted")
        self._cls, self._client = cls, client
        self._mark = secrets.token_hex(8)
        self._name = name or f"temporary-{self._mark}"
        labels = {**options.get("labels", {}), MARK: self._mark}
        self._spec = {**options, "server_type": server_type, "labels": labels}
        self._record: R | None = None
        self._is_refused = False

    async def begin(self) -> R:
        """Create the server; returns when it runs."""
        try:
            self._record = await create_one(self._cls, self._name, self._spec, self._client, wait=False)
        except (TypeError, ValueError, APIStatusError):
            self._is_refused = True
            raise
        await self._record._wait_for(self._record._begun)
        self._record._begun.clear()
        await self._record._refresh()
        return self._record

    async def end(self) -> None:
        """Delete the server, also one that was only ordered; raises APIError when the API does not let go."""
        if self._record is not None:
            await self._deleted(self._record)
            return
        for pause in LOOKS[:1] if self._is_refused else LOOKS:
            await self._port.sleep(pause)
            for record in await self._ordered():
                await self._deleted(record)
                return

    async def _ordered(self) -> list[R]:
        """Find the server by its mark: nobody was told its id, because creating it was interrupted."""
        found = await self._client.awaited.servers.list(label_selector=f"{MARK}={self._mark}")
        return [self._cls.of(item, self._client) for item in found.items]

    async def _deleted(self, record: R) -> None:
        ends = self._port.clock.now() + PATIENCE
        while True:
            try:
                await record._delete(True)
                return
            except (APIStatusError, ActionFailed) as error:
                if error.code not in BUSY or self._port.clock.now() > ends:
                    raise
            await self._port.sleep(PAUSE)

    @property
    def _port(self) -> Any:
        return self._client._core.port
