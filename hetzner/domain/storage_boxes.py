"""Storage boxes as records; their snapshots and subaccounts are records of their own.

https://docs.hetzner.cloud/reference/hetzner#storage-boxes
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Unpack

from hetzner._faces import IO, Async, Sync, drive, verb
from hetzner.domain.finding import AsyncFinders, Finders
from hetzner.domain.making import Ensured, create_one, ensure_one
from hetzner.domain.project import client_for
from hetzner.domain.record import Labelled, Record, given
from hetzner.domain.reference import Ref
from hetzner.domain.relations import AsyncRelated, Related
from hetzner.domain.specs.storage_boxes import StorageBoxOptions
from hetzner.domain.watched import Acted
from hetzner.schema import storage_box_types, storage_boxes

if TYPE_CHECKING:
    from hetzner.api.client import AsyncHetzner, Hetzner
    from hetzner.schema.actions import Action

GB = 1024**3


class _StorageBoxType(storage_box_types.StorageBoxType, Record[IO], Generic[IO]):
    kind: ClassVar[str] = "storage_box_types"

    def _told(self) -> Iterable[Any]:
        yield from super()._told()
        yield f"{self.size / GB:g} GB, {self.subaccounts_limit} subaccounts"


class StorageBoxType(_StorageBoxType[Sync], Finders):
    """A size of storage box."""


class AsyncStorageBoxType(_StorageBoxType[Async], AsyncFinders):
    """A size of storage box, awaited."""


class _StorageBox(storage_boxes.StorageBox, Labelled[IO], Acted[IO], Generic[IO]):
    """What can be done with a storage box, once for both faces."""

    kind: ClassVar[str] = "storage_boxes"

    def _told(self) -> Iterable[Any]:
        yield from super()._told()
        yield self.status
        yield getattr(self.storage_box_type, "name", None)
        yield getattr(self.location, "name", None)
        yield self.server

    @verb
    async def folders(self, path: str | None = None) -> list[str]:
        """Return the names of the folders in a folder, or in the home of the storage box."""
        return (await self.api.storage_boxes.folders(self.id, **given(path=path))).folders

    @verb
    async def change_type(self, storage_box_type: Ref, *, wait: bool = True) -> Action:
        """Change the type, up or down; all that is stored must fit."""
        wanted = self._id_or_name("storage_box_types", storage_box_type)
        answer = await self.api.storage_boxes.actions.change_type(self.id, storage_box_type=wanted)
        return await self._done(answer, wait)

    @verb
    async def reset_password(self, password: str, *, wait: bool = True) -> Action:
        """Give it a new password, of 12 to 128 characters of all kinds."""
        answer = await self.api.storage_boxes.actions.reset_password(self.id, password=password)
        return await self._done(answer, wait)

    @verb
    async def update_access_settings(
        self,
        *,
        reachable_externally: bool | None = None,
        samba_enabled: bool | None = None,
        ssh_enabled: bool | None = None,
        webdav_enabled: bool | None = None,
        zfs_enabled: bool | None = None,
        wait: bool = True,
    ) -> Action:
        """Change by which ways it can be reached; what is not given stays."""
        wanted = given(
            reachable_externally=reachable_externally,
            samba_enabled=samba_enabled,
            ssh_enabled=ssh_enabled,
            webdav_enabled=webdav_enabled,
            zfs_enabled=zfs_enabled,
        )
        answer = await self.api.storage_boxes.actions.update_access_settings(self.id, **wanted)
        return await self._done(answer, wait)

    @verb
    async def enable_snapshot_plan(
        self,
        *,
        hour: int,
        minute: int,
        max_snapshots: int,
        day_of_week: int | None = None,
        day_of_month: int | None = None,
        wait: bool = True,
    ) -> Action:
        """Make snapshots by itself: daily, or on a day of the week (1: Monday) or month; in UTC."""
        answer = await self.api.storage_boxes.actions.enable_snapshot_plan(
            self.id,
            hour=hour,
            minute=minute,
            max_snapshots=max_snapshots,
            **given(day_of_week=day_of_week, day_of_month=day_of_month),
        )
        return await self._done(answer, wait)

    @verb
    async def disable_snapshot_plan(self, *, wait: bool = True) -> Action:
        """Make no more snapshots by itself; those there are stay."""
        return await self._done(await self.api.storage_boxes.actions.disable_snapshot_plan(self.id), wait)

    @verb
    async def rollback_snapshot(self, snapshot: Ref, *, wait: bool = True) -> Action:
        """Go back to a snapshot; what was stored since and newer snapshots are lost."""
        wanted = self._id_or_name("storage_boxes.snapshots", snapshot)
        answer = await self.api.storage_boxes.actions.rollback_snapshot(self.id, snapshot=wanted)
        return await self._done(answer, wait)

    @verb
    async def change_protection(self, *, delete: bool, wait: bool = True) -> Action:
        """Forbid or allow deletion."""
        answer = await self.api.storage_boxes.actions.change_protection(self.id, delete=delete)
        return await self._done(answer, wait)


class StorageBox(_StorageBox[Sync], Finders, Related):
    """Storage that is reached over the network."""

    @classmethod
    def create(
        cls,
        name: str,
        storage_box_type: Ref,
        *,
        client: Hetzner | None = None,
        wait: bool = True,
        **options: Unpack[StorageBoxOptions],
    ) -> StorageBox:
        """Create a storage box; returns when it can be reached.

        ``ssh_keys`` are keys of the project, by name, id or object, or public keys as text. With
        ``wait=False`` it returns as soon as the API took the order; a snapshot plan, subaccounts and
        protection take calls of their own and are waited for all the same.

        Raises TypeError and ValueError before any request, APIStatusError, and ActionFailed.

        Args:
            storage_box_type: Its size, such as `bx11`.
            location: Where it stands.
            password: Of 12 to 128 characters: upper and lower case, a digit and a special one.
            ssh_keys: Keys that it accepts: of the project, or texts.
            access_settings: By which ways it can be reached.
            snapshot_plan: When snapshots are made by themselves.
            subaccounts: Further users, by name; others stay.
            protect: Forbid deletion.
            labels: Your own key/value pairs.
        """
        spec = {"storage_box_type": storage_box_type, **options}
        return drive(create_one(cls, name, spec, client_for(client, blocking=True), wait))

    @classmethod
    def ensure(
        cls,
        name: str,
        storage_box_type: Ref,
        *,
        client: Hetzner | None = None,
        **options: Unpack[StorageBoxOptions],
    ) -> Ensured[StorageBox]:
        """Return the storage box of this name as it is, or create it, and whether it was made.

        Args:
            storage_box_type: Its size, such as `bx11`.
            location: Where it stands.
            password: Of 12 to 128 characters: upper and lower case, a digit and a special one.
            ssh_keys: Keys that it accepts: of the project, or texts.
            access_settings: By which ways it can be reached.
            snapshot_plan: When snapshots are made by themselves.
            subaccounts: Further users, by name; others stay.
            protect: Forbid deletion.
            labels: Your own key/value pairs.
        """
        spec = {"storage_box_type": storage_box_type, **options}
        return drive(ensure_one(cls, name, spec, client_for(client, blocking=True)))


class AsyncStorageBox(_StorageBox[Async], AsyncFinders, AsyncRelated):
    """Storage that is reached over the network, awaited."""

    @classmethod
    async def create(
        cls,
        name: str,
        storage_box_type: Ref,
        *,
        client: AsyncHetzner | None = None,
        wait: bool = True,
        **options: Unpack[StorageBoxOptions],
    ) -> AsyncStorageBox:
        """Create a storage box; see the blocking face for options and errors.

        Args:
            storage_box_type: Its size, such as `bx11`.
            location: Where it stands.
            password: Of 12 to 128 characters: upper and lower case, a digit and a special one.
            ssh_keys: Keys that it accepts: of the project, or texts.
            access_settings: By which ways it can be reached.
            snapshot_plan: When snapshots are made by themselves.
            subaccounts: Further users, by name; others stay.
            protect: Forbid deletion.
            labels: Your own key/value pairs.
        """
        spec = {"storage_box_type": storage_box_type, **options}
        return await create_one(cls, name, spec, client_for(client, blocking=False), wait)

    @classmethod
    async def ensure(
        cls,
        name: str,
        storage_box_type: Ref,
        *,
        client: AsyncHetzner | None = None,
        **options: Unpack[StorageBoxOptions],
    ) -> Ensured[AsyncStorageBox]:
        """Return the storage box of this name as it is, or create it, and whether it was made.

        Args:
            storage_box_type: Its size, such as `bx11`.
            location: Where it stands.
            password: Of 12 to 128 characters: upper and lower case, a digit and a special one.
            ssh_keys: Keys that it accepts: of the project, or texts.
            access_settings: By which ways it can be reached.
            snapshot_plan: When snapshots are made by themselves.
            subaccounts: Further users, by name; others stay.
            protect: Forbid deletion.
            labels: Your own key/value pairs.
        """
        spec = {"storage_box_type": storage_box_type, **options}
        return await ensure_one(cls, name, spec, client_for(client, blocking=False))
