"""Volumes as records.

https://docs.hetzner.cloud/reference/cloud#volumes
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Unpack

from hetzner._faces import IO, Async, Sync, drive, verb
from hetzner.domain.finding import AsyncFinders, Finders
from hetzner.domain.making import Ensured, create_one, ensure_one
from hetzner.domain.project import client_for
from hetzner.domain.record import Labelled, given
from hetzner.domain.reference import Ref
from hetzner.domain.relations import AsyncRelated, Related
from hetzner.domain.specs.volumes import VolumeSpec
from hetzner.domain.watched import Acted
from hetzner.schema import volumes as schema

if TYPE_CHECKING:
    from hetzner.api.client import AsyncHetzner, Hetzner
    from hetzner.schema.actions import Action


class _Volume(schema.Volume, Labelled[IO], Acted[IO], Generic[IO]):
    """What can be done with a volume, once for both faces."""

    kind: ClassVar[str] = "volumes"

    def _told(self) -> Iterable[Any]:
        yield from super()._told()
        yield f"{self.size} GB"
        yield getattr(self.location, "name", None)
        yield "not attached" if self.server is None else f"on server #{self.server}"
        yield self.linux_device

    @verb
    async def attach(self, server: Ref, *, automount: bool | None = None, wait: bool = True) -> Action:
        """Attach it to a server in its location, running or not; with ``automount`` it is mounted there."""
        id = await self._id("servers", server)
        answer = await self.api.volumes.actions.attach(self.id, server=id, **given(automount=automount))
        return await self._done(answer, wait)

    @verb
    async def detach(self, *, wait: bool = True) -> Action:
        """Take it off its server; unmount it there first."""
        return await self._done(await self.api.volumes.actions.detach(self.id), wait)

    @verb
    async def resize(self, size: int, *, wait: bool = True) -> Action:
        """Make it larger, in GB, attached or not; its file system does not grow by itself."""
        return await self._done(await self.api.volumes.actions.resize(self.id, size=size), wait)

    @verb
    async def change_protection(self, *, delete: bool, wait: bool = True) -> Action:
        """Forbid or allow deletion."""
        answer = await self.api.volumes.actions.change_protection(self.id, delete=delete)
        return await self._done(answer, wait)


class Volume(_Volume[Sync], Finders, Related):
    """A disk of its own, attached to one server at a time."""

    @classmethod
    def create(
        cls, name: str, *, client: Hetzner | None = None, wait: bool = True, **options: Unpack[VolumeSpec]
    ) -> Volume:
        """Create a volume for a server, or in a location; returns when it is attached.

        With ``wait=False`` it returns as soon as the API took the order, and ``volume.wait()`` waits for it.

        Args:
            size: GB, from 10; it can only grow.
            location: Where it is; with a server, where that is.
            server: Server it is attached to, in the same location.
            automount: Mount it on the server when it is attached.
            format: File system to make on a new volume; without it the disk is raw.
            protect: Forbid deletion.
            labels: Your own key/value pairs.
        """
        return drive(create_one(cls, name, options, client_for(client, blocking=True), wait))

    @classmethod
    def ensure(
        cls, name: str, *, client: Hetzner | None = None, **options: Unpack[VolumeSpec]
    ) -> Ensured[Volume]:
        """Return the volume of this name as it is, or create it, and whether it was made.

        Args:
            size: GB, from 10; it can only grow.
            location: Where it is; with a server, where that is.
            server: Server it is attached to, in the same location.
            automount: Mount it on the server when it is attached.
            format: File system to make on a new volume; without it the disk is raw.
            protect: Forbid deletion.
            labels: Your own key/value pairs.
        """
        return drive(ensure_one(cls, name, options, client_for(client, blocking=True)))


class AsyncVolume(_Volume[Async], AsyncFinders, AsyncRelated):
    """A disk of its own, attached to one server at a time, awaited."""

    @classmethod
    async def create(
        cls,
        name: str,
        *,
        client: AsyncHetzner | None = None,
        wait: bool = True,
        **options: Unpack[VolumeSpec],
    ) -> AsyncVolume:
        """Create a volume for a server, or in a location; see the blocking face for ``wait``.

        Args:
            size: GB, from 10; it can only grow.
            location: Where it is; with a server, where that is.
            server: Server it is attached to, in the same location.
            automount: Mount it on the server when it is attached.
            format: File system to make on a new volume; without it the disk is raw.
            protect: Forbid deletion.
            labels: Your own key/value pairs.
        """
        return await create_one(cls, name, options, client_for(client, blocking=False), wait)

    @classmethod
    async def ensure(
        cls, name: str, *, client: AsyncHetzner | None = None, **options: Unpack[VolumeSpec]
    ) -> Ensured[AsyncVolume]:
        """Return the volume of this name as it is, or create it, and whether it was made.

        Args:
            size: GB, from 10; it can only grow.
            location: Where it is; with a server, where that is.
            server: Server it is attached to, in the same location.
            automount: Mount it on the server when it is attached.
            format: File system to make on a new volume; without it the disk is raw.
            protect: Forbid deletion.
            labels: Your own key/value pairs.
        """
        return await ensure_one(cls, name, options, client_for(client, blocking=False))
