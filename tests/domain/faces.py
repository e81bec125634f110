"""One test for both faces: a blocking call and an awaited one are written the same way."""

from __future__ import annotations

import inspect
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from importlib import import_module
from typing import Any

from hetzner import AsyncHetzner, Hetzner
from hetzner.sandbox import AsyncSandboxTransport, Sandbox, SandboxTransport

KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl me@here"
PASSWORD = "A-long-Password-4711"
"""Of storage boxes and their subaccounts."""


class Face:
    """The records of one face, on a sandbox of its own: ``face.Server``, ``face.Network`` ..."""

    def __init__(self, *, blocking: bool) -> None:
        self.sandbox = Sandbox(requests_per_hour=1_000_000)
        self.blocking = blocking
        self.client: Any = self.client_of(self.sandbox)
        self.records = import_module("hetzner" if blocking else "hetzner.aio")

    def client_of(self, sandbox: Sandbox) -> Any:
        """Return a client of this face for a sandbox."""
        if self.blocking:
            return Hetzner(api_token="token", transport=SandboxTransport(sandbox))
        return AsyncHetzner(api_token="token", transport=AsyncSandboxTransport(sandbox))

    def __getattr__(self, name: str) -> Any:
        return getattr(self.records, name)

    async def server(self, name: str = "web", **options: Any) -> Any:
        """Create a server and wait until it runs."""
        options = {"server_type": "cx23", "image": "debian-13", "location": "fsn1", **options}
        return await done(self.Server.create(name, **options))

    async def network(self, name: str = "net") -> Any:
        """Create a network of one subnet."""
        return await done(self.Network.create(name, ip_range="10.0.0.0/16", subnets=["10.0.1.0/24"]))

    async def zone(self, name: str = "example.com", **options: Any) -> Any:
        """Create a zone."""
        return await done(self.Zone.create(name, **options))

    async def storage_box(self, name: str = "backup", **options: Any) -> Any:
        """Create a storage box."""
        options = {"location": "fsn1", "password": PASSWORD, **options}
        return await done(self.StorageBox.create(name, "bx11", **options))

    @contextmanager
    def requests(self) -> Iterator[list[str]]:
        """Collect the operations that are asked for within the block."""
        made: list[str] = []
        before = len(self.sandbox.log)
        yield made
        made.extend(entry.operation for entry in list(self.sandbox.log)[before:])

    def now(self) -> float:
        """Return the time of the sandbox."""
        return self.sandbox.clock.now()


@asynccontextmanager
async def inside(manager: Any) -> AsyncIterator[Any]:
    """Enter a context manager of whichever face."""
    if hasattr(manager, "__aenter__"):
        async with manager as entered:
            yield entered
    else:
        with manager as entered:
            yield entered


async def done(answer: Any) -> Any:
    """Return what a call comes to, in whichever face."""
    return await answer if inspect.isawaitable(answer) else answer
