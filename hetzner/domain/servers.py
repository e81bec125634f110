"""Servers as records: ``Server.find("web").poweroff()``.

https://docs.hetzner.cloud/reference/cloud#servers
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Unpack

from hetzner._faces import Async, Sync, drive
from hetzner.domain.finding import AsyncFinders, Finders
from hetzner.domain.images import AsyncImage, Image
from hetzner.domain.making import Ensured, create_one, ensure_one
from hetzner.domain.project import client_for
from hetzner.domain.reference import Ref
from hetzner.domain.server_verbs import ServerVerbs
from hetzner.domain.specs.servers import ServerOptions

if TYPE_CHECKING:
    from hetzner.api.client import AsyncHetzner, Hetzner


class Server(ServerVerbs[Sync], Finders):
    """A virtual machine."""

    @classmethod
    def create(
        cls,
        name: str,
        server_type: Ref,
        *,
        client: Hetzner | None = None,
        wait: bool = True,
        **options: Unpack[ServerOptions],
    ) -> Server:
        """Create a server; returns when it runs.

        Networks, firewalls, keys and groups are names, ids or objects. With ``wait=False`` it returns as soon
        as the API took the order, and ``server.wait()`` waits for the rest; only what takes calls of its own
        (fixed private addresses, backups, protection, reverse names) is waited for all the same.

        Raises TypeError and ValueError before any request, APIStatusError, and ActionFailed.
        """
        spec = {"server_type": server_type, **options}
        return drive(create_one(cls, name, spec, client_for(client, blocking=True), wait))

    @classmethod
    def ensure(
        cls, name: str, server_type: Ref, *, client: Hetzner | None = None, **options: Unpack[ServerOptions]
    ) -> Ensured[Server]:
        """Return the server of this name as it is, or create it, and whether it was made."""
        spec = {"server_type": server_type, **options}
        return drive(ensure_one(cls, name, spec, client_for(client, blocking=True)))

    def create_image(
        self, description: str | None = None, *, labels: Mapping[str, str] | None = None, wait: bool = True
    ) -> Image:
        """Make a snapshot of the disk and return it; what is not on the disk yet is missing."""
        return drive(self._image_made(Image, "snapshot", wait, description=description, labels=labels))

    def create_backup(self, description: str | None = None, *, wait: bool = True) -> Image:
        """Make a backup of the disk and return it; backups must be on."""
        return drive(self._image_made(Image, "backup", wait, description=description))


class AsyncServer(ServerVerbs[Async], AsyncFinders):
    """A virtual machine, awaited."""

    @classmethod
    async def create(
        cls,
        name: str,
        server_type: Ref,
        *,
        client: AsyncHetzner | None = None,
        wait: bool = True,
        **options: Unpack[ServerOptions],
    ) -> AsyncServer:
        """Create a server; returns when it runs; see the blocking face for ``wait`` and errors."""
        spec = {"server_type": server_type, **options}
        return await create_one(cls, name, spec, client_for(client, blocking=False), wait)

    @classmethod
    async def ensure(
        cls,
        name: str,
        server_type: Ref,
        *,
        client: AsyncHetzner | None = None,
        **options: Unpack[ServerOptions],
    ) -> Ensured[AsyncServer]:
        """Return the server of this name as it is, or create it, and whether it was made."""
        spec = {"server_type": server_type, **options}
        return await ensure_one(cls, name, spec, client_for(client, blocking=False))

    async def create_image(
        self, description: str | None = None, *, labels: Mapping[str, str] | None = None, wait: bool = True
    ) -> AsyncImage:
        """Make a snapshot of the disk and return it; what is not on the disk yet is missing."""
        return await self._image_made(AsyncImage, "snapshot", wait, description=description, labels=labels)

    async def create_backup(self, description: str | None = None, *, wait: bool = True) -> AsyncImage:
        """Make a backup of the disk and return it; backups must be on."""
        return await self._image_made(AsyncImage, "backup", wait, description=description)
