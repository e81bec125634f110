"""The work, done by this package. ``BASE`` is the stub's address, ``SLOW`` the one with latency."""

from __future__ import annotations

import asyncio
from typing import Any

from hetzner import AsyncHetzner, Hetzner
from hetzner.api.listing import everything

TOKEN = "x" * 64


class Work:
    """One method a case; each returns what has to stay in memory."""

    def __init__(self, base: str, slow: str) -> None:
        self.base, self.slow = base, slow
        self.client = self._client(base)

    def _client(self, base: str) -> Hetzner:
        return Hetzner(api_token=TOKEN, base_url=base)

    def _awaited(self, base: str) -> AsyncHetzner:
        return AsyncHetzner(api_token=TOKEN, base_url=base)

    def warm(self) -> None:
        """Do what only a first call has to do."""
        self.client.servers.retrieve(1)
        asyncio.run(self._concurrent(1, 1))

    def calls(self, count: int) -> None:
        """One call after another."""
        for _ in range(count):
            self.client.servers.retrieve(1)

    def concurrent(self, count: int, together: int) -> None:
        """So many calls, so many of them at a time."""
        asyncio.run(self._concurrent(count, together))

    async def _concurrent(self, count: int, together: int) -> None:
        async with self._awaited(self.base) as client:
            for _ in range(count // together):
                await asyncio.gather(*(client.servers.retrieve(1) for _ in range(together)))

    def servers(self, count: int) -> list[Any]:
        """The list of all servers."""
        return list(self.client.servers.list(label_selector=f"n={count}"))

    def far_servers(self, count: int) -> list[Any]:
        """The same with latency."""
        return asyncio.run(self._far(count))

    async def _far(self, count: int) -> list[Any]:
        async with self._awaited(self.slow) as client:
            return await everything(client.servers.list(label_selector=f"n={count}"))

    def wait(self, ids: list[int]) -> None:
        """Wait until these actions are over."""
        from hetzner.schema.actions import Action

        self.client.wait([Action.model_validate({"id": id, "status": "running"}) for id in ids])


class OverHttpx2(Work):
    """The same with clients of httpx2 handed in."""

    def _client(self, base: str) -> Hetzner:
        import httpx2

        return Hetzner(api_token=TOKEN, base_url=base, http_client=httpx2.Client())

    def _awaited(self, base: str) -> AsyncHetzner:
        import httpx2

        return AsyncHetzner(api_token=TOKEN, base_url=base, http_client=httpx2.AsyncClient())
