"""Servers as records: ``Server.find("web").poweroff()``.

https://docs.hetzner.cloud/reference/cloud#servers
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING, Unpack

from hetzner._faces import Async, Sync, drive
from hetzner.domain.finding import AsyncFinders, Finders
from hetzner.domain.images import AsyncImage, Image
from hetzner.domain.making import Ensured, create_one, ensure_one
from hetzner.domain.project import client_for
from hetzner.domain.reference import Choice, Refs
from hetzner.domain.relations import AsyncRelated, Related
from hetzner.domain.server_life import ServerLife
from hetzner.domain.specs.servers import ServerOptions
from hetzner.domain.temporary import Temporary

if TYPE_CHECKING:
    from hetzner.api.client import AsyncHetzner, Hetzner


class Server(ServerLife[Sync], Finders, Related):
    """A virtual machine."""

    @classmethod
    def create(
        cls,
        name: str,
        server_type: Choice,
        *,
        client: Hetzner | None = None,
        wait: bool = True,
        volumes: Refs = (),
        **options: Unpack[ServerOptions],
    ) -> Server:
        """Create a server; returns when it runs.

        Networks, firewalls, keys, groups and volumes are names, ids or objects; of several types or locations
        the first is taken that is not sold out. ``volumes`` are attached from the start. With ``wait=False``
        it returns as soon as the API took the order, and ``server.wait()`` waits for the rest; only what
        takes calls of its own (fixed private addresses, backups, protection, reverse names) is waited for
        all the same.

        Raises TypeError and ValueError before any request, APIStatusError, and ActionFailed.

        Args:
            server_type: Its size, such as `cx23`; of several the first that can be had.
            image: Image its disk is made from: a name, an id, or `{label_selector: app=shop, most_recent:
                true}`.
            location: Where it stands; of several the first where it can be had.
            power: Whether it runs, `on` or `off`; left out, that is not looked at.
            ssh_keys: Keys that root accepts.
            user_data: Cloud-init data, at most 32 KiB.
            labels: Your own key/value pairs.
            firewalls: Firewalls of its public side.
            networks: Private networks: names, or a map of name to address.
            placement_group: Group that spreads its servers.
            public_net: Which public addresses it has.
            keep_disk: Leave the disk as it is when the type changes, so that it can shrink again.
            backups: Daily backups, for a fifth of its price.
            protect: Forbid deletion and rebuilding.
            dns_ptr: Reverse DNS name.
        """
        spec = {"server_type": server_type, **options}
        return drive(create_one(cls, name, spec, client_for(client, blocking=True), wait, volumes=volumes))

    @classmethod
    def ensure(
        cls,
        name: str,
        server_type: Choice,
        *,
        client: Hetzner | None = None,
        **options: Unpack[ServerOptions],
    ) -> Ensured[Server]:
        """Return the server of this name as it is, or create it, and whether it was made.

        Args:
            server_type: Its size, such as `cx23`; of several the first that can be had.
            image: Image its disk is made from: a name, an id, or `{label_selector: app=shop, most_recent:
                true}`.
            location: Where it stands; of several the first where it can be had.
            power: Whether it runs, `on` or `off`; left out, that is not looked at.
            ssh_keys: Keys that root accepts.
            user_data: Cloud-init data, at most 32 KiB.
            labels: Your own key/value pairs.
            firewalls: Firewalls of its public side.
            networks: Private networks: names, or a map of name to address.
            placement_group: Group that spreads its servers.
            public_net: Which public addresses it has.
            keep_disk: Leave the disk as it is when the type changes, so that it can shrink again.
            backups: Daily backups, for a fifth of its price.
            protect: Forbid deletion and rebuilding.
            dns_ptr: Reverse DNS name.
        """
        spec = {"server_type": server_type, **options}
        return drive(ensure_one(cls, name, spec, client_for(client, blocking=True)))

    @classmethod
    @contextmanager
    def temporary(
        cls,
        server_type: Choice,
        *,
        name: str | None = None,
        client: Hetzner | None = None,
        **options: Unpack[ServerOptions],
    ) -> Iterator[Server]:
        """Create a server for the time of a ``with`` block, and delete it whatever happens.

            with Server.temporary("cx23", image="debian-13") as server:
                server.wait_ssh()

        It is deleted after errors and Ctrl-C too, also when they come while it is created; it is known by a
        label with a random value, and no other server is ever deleted. ``name`` is made up unless given.

        Args:
            server_type: Its size, such as `cx23`; of several the first that can be had.
            image: Image its disk is made from: a name, an id, or `{label_selector: app=shop, most_recent:
                true}`.
            location: Where it stands; of several the first where it can be had.
            power: Whether it runs, `on` or `off`; left out, that is not looked at.
            ssh_keys: Keys that root accepts.
            user_data: Cloud-init data, at most 32 KiB.
            labels: Your own key/value pairs.
            firewalls: Firewalls of its public side.
            networks: Private networks: names, or a map of name to address.
            placement_group: Group that spreads its servers.
            public_net: Which public addresses it has.
            keep_disk: Leave the disk as it is when the type changes, so that it can shrink again.
            backups: Daily backups, for a fifth of its price.
            protect: Forbid deletion and rebuilding.
            dns_ptr: Reverse DNS name.
        """
        life = Temporary(cls, server_type, name, options, client_for(client, blocking=True))
        try:
            yield drive(life.begin())
        finally:
            drive(life.end())

    def snapshot(
        self, description: str | None = None, *, labels: Mapping[str, str] | None = None, off: bool = False
    ) -> Image:
        """Make a snapshot of the disk and return it.

        With ``off`` the server is shut down for it and started again, so that nothing is missing that was not
        on the disk yet; else this is :meth:`create_image`.
        """
        return drive(self._snapshot(Image, off, description=description, labels=labels))

    def create_image(
        self, description: str | None = None, *, labels: Mapping[str, str] | None = None, wait: bool = True
    ) -> Image:
        """Make a snapshot of the disk and return it; what is not on the disk yet is missing."""
        return drive(self._image_made(Image, "snapshot", wait, description=description, labels=labels))

    def create_backup(self, description: str | None = None, *, wait: bool = True) -> Image:
        """Make a backup of the disk and return it; backups must be on."""
        return drive(self._image_made(Image, "backup", wait, description=description))


class AsyncServer(ServerLife[Async], AsyncFinders, AsyncRelated):
    """A virtual machine, awaited."""

    @classmethod
    async def create(
        cls,
        name: str,
        server_type: Choice,
        *,
        client: AsyncHetzner | None = None,
        wait: bool = True,
        volumes: Refs = (),
        **options: Unpack[ServerOptions],
    ) -> AsyncServer:
        """Create a server; returns when it runs; see the blocking face for ``wait`` and errors.

        Args:
            server_type: Its size, such as `cx23`; of several the first that can be had.
            image: Image its disk is made from: a name, an id, or `{label_selector: app=shop, most_recent:
                true}`.
            location: Where it stands; of several the first where it can be had.
            power: Whether it runs, `on` or `off`; left out, that is not looked at.
            ssh_keys: Keys that root accepts.
            user_data: Cloud-init data, at most 32 KiB.
            labels: Your own key/value pairs.
            firewalls: Firewalls of its public side.
            networks: Private networks: names, or a map of name to address.
            placement_group: Group that spreads its servers.
            public_net: Which public addresses it has.
            keep_disk: Leave the disk as it is when the type changes, so that it can shrink again.
            backups: Daily backups, for a fifth of its price.
            protect: Forbid deletion and rebuilding.
            dns_ptr: Reverse DNS name.
        """
        spec = {"server_type": server_type, **options}
        return await create_one(cls, name, spec, client_for(client, blocking=False), wait, volumes=volumes)

    @classmethod
    async def ensure(
        cls,
        name: str,
        server_type: Choice,
        *,
        client: AsyncHetzner | None = None,
        **options: Unpack[ServerOptions],
    ) -> Ensured[AsyncServer]:
        """Return the server of this name as it is, or create it, and whether it was made.

        Args:
            server_type: Its size, such as `cx23`; of several the first that can be had.
            image: Image its disk is made from: a name, an id, or `{label_selector: app=shop, most_recent:
                true}`.
            location: Where it stands; of several the first where it can be had.
            power: Whether it runs, `on` or `off`; left out, that is not looked at.
            ssh_keys: Keys that root accepts.
            user_data: Cloud-init data, at most 32 KiB.
            labels: Your own key/value pairs.
            firewalls: Firewalls of its public side.
            networks: Private networks: names, or a map of name to address.
            placement_group: Group that spreads its servers.
            public_net: Which public addresses it has.
            keep_disk: Leave the disk as it is when the type changes, so that it can shrink again.
            backups: Daily backups, for a fifth of its price.
            protect: Forbid deletion and rebuilding.
            dns_ptr: Reverse DNS name.
        """
        spec = {"server_type": server_type, **options}
        return await ensure_one(cls, name, spec, client_for(client, blocking=False))

    @classmethod
    @asynccontextmanager
    async def temporary(
        cls,
        server_type: Choice,
        *,
        name: str | None = None,
        client: AsyncHetzner | None = None,
        **options: Unpack[ServerOptions],
    ) -> AsyncIterator[AsyncServer]:
        """Create a server for the time of an ``async with`` block, and delete it whatever happens.

        It is deleted after errors and cancellation too; see the blocking face.

        Args:
            server_type: Its size, such as `cx23`; of several the first that can be had.
            image: Image its disk is made from: a name, an id, or `{label_selector: app=shop, most_recent:
                true}`.
            location: Where it stands; of several the first where it can be had.
            power: Whether it runs, `on` or `off`; left out, that is not looked at.
            ssh_keys: Keys that root accepts.
            user_data: Cloud-init data, at most 32 KiB.
            labels: Your own key/value pairs.
            firewalls: Firewalls of its public side.
            networks: Private networks: names, or a map of name to address.
            placement_group: Group that spreads its servers.
            public_net: Which public addresses it has.
            keep_disk: Leave the disk as it is when the type changes, so that it can shrink again.
            backups: Daily backups, for a fifth of its price.
            protect: Forbid deletion and rebuilding.
            dns_ptr: Reverse DNS name.
        """
        from anyio import CancelScope

        life = Temporary(cls, server_type, name, options, client_for(client, blocking=False))
        try:
            yield await life.begin()
        finally:
            with CancelScope(shield=True):
                await life.end()

    async def snapshot(
        self, description: str | None = None, *, labels: Mapping[str, str] | None = None, off: bool = False
    ) -> AsyncImage:
        """Make a snapshot of the disk and return it; with ``off`` the server is shut down for it."""
        return await self._snapshot(AsyncImage, off, description=description, labels=labels)

    async def create_image(
        self, description: str | None = None, *, labels: Mapping[str, str] | None = None, wait: bool = True
    ) -> AsyncImage:
        """Make a snapshot of the disk and return it; what is not on the disk yet is missing."""
        return await self._image_made(AsyncImage, "snapshot", wait, description=description, labels=labels)

    async def create_backup(self, description: str | None = None, *, wait: bool = True) -> AsyncImage:
        """Make a backup of the disk and return it; backups must be on."""
        return await self._image_made(AsyncImage, "backup", wait, description=description)
