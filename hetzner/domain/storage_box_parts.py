"""Snapshots and subaccounts of storage boxes as records; they are found by their storage box.

https://docs.hetzner.cloud/reference/hetzner#storage-box-snapshots
https://docs.hetzner.cloud/reference/hetzner#storage-box-subaccounts
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any, ClassVar, Generic

from hetzner._faces import IO, Async, Sync, drive, verb
from hetzner.domain.lookup import NotFound
from hetzner.domain.making import Ensured
from hetzner.domain.parts import AsyncPartFinders, Part, PartFinders, create_part, ensure_part, find_part
from hetzner.domain.project import client_for
from hetzner.domain.record import given
from hetzner.domain.reference import Ref
from hetzner.domain.specs.storage_boxes import SubaccountAccessSettings
from hetzner.schema import storage_box_snapshots, storage_box_subaccounts

if TYPE_CHECKING:
    from hetzner.api.client import AsyncHetzner, Hetzner
    from hetzner.schema.actions import Action


class _Snapshot(storage_box_snapshots.StorageBoxSnapshot, Part[IO], Generic[IO]):
    kind: ClassVar[str] = "storage_boxes.snapshots"
    of_kind: ClassVar[str] = "storage_boxes"

    @property
    def _at(self) -> tuple[Any, ...]:
        return (self.storage_box, self.id)

    def _told(self) -> Iterable[Any]:
        yield from super()._told()
        yield self.description

    @verb
    async def update(
        self, *, description: str | None = None, labels: Mapping[str, str] | None = None
    ) -> None:
        """Change the description, or replace all labels."""
        await self._update(description=description, labels=labels)


class StorageBoxSnapshot(_Snapshot[Sync], PartFinders):
    """What a storage box held at some time; ``storage_box.rollback_snapshot()`` goes back to it."""

    @classmethod
    def create(
        cls,
        storage_box: Ref,
        *,
        description: str | None = None,
        labels: Mapping[str, str] | None = None,
        client: Hetzner | None = None,
        wait: bool = True,
    ) -> StorageBoxSnapshot:
        """Make a snapshot; the API names it after its time, which is known when it is done."""
        using = client_for(client, blocking=True)
        return drive(create_part(cls, storage_box, using, wait, description=description, labels=labels))


class AsyncStorageBoxSnapshot(_Snapshot[Async], AsyncPartFinders):
    """What a storage box held at some time, awaited."""

    @classmethod
    async def create(
        cls,
        storage_box: Ref,
        *,
        description: str | None = None,
        labels: Mapping[str, str] | None = None,
        client: AsyncHetzner | None = None,
        wait: bool = True,
    ) -> AsyncStorageBoxSnapshot:
        """Make a snapshot; the API names it after its time, which is known when it is done."""
        using = client_for(client, blocking=False)
        return await create_part(cls, storage_box, using, wait, description=description, labels=labels)


class _Subaccount(storage_box_subaccounts.StorageBoxSubaccount, Part[IO], Generic[IO]):
    kind: ClassVar[str] = "storage_boxes.subaccounts"
    of_kind: ClassVar[str] = "storage_boxes"

    @property
    def _at(self) -> tuple[Any, ...]:
        return (self.storage_box, self.id)

    def _told(self) -> Iterable[Any]:
        yield from super()._told()
        yield from (self.username, self.home_directory)

    @verb
    async def update(
        self,
        *,
        name: str | None = None,
        description: str | None = None,
        labels: Mapping[str, str] | None = None,
    ) -> None:
        """Change the name or the description, or replace all labels."""
        await self._update(name=name, description=description, labels=labels)

    @verb
    async def change_home_directory(self, home_directory: str, *, wait: bool = True) -> Action:
        """Let it see another folder; what it has stored stays where it is."""
        answer = await self.api.storage_boxes.subaccounts.actions.change_home_directory(
            *self._at, home_directory=home_directory
        )
        return await self._done(answer, wait)

    @verb
    async def reset_subaccount_password(self, password: str, *, wait: bool = True) -> Action:
        """Give it a new password, of 12 to 128 characters of all kinds."""
        answer = await self.api.storage_boxes.subaccounts.actions.reset_subaccount_password(
            *self._at, password=password
        )
        return await self._done(answer, wait)

    @verb
    async def update_access_settings(
        self,
        *,
        reachable_externally: bool | None = None,
        samba_enabled: bool | None = None,
        ssh_enabled: bool | None = None,
        webdav_enabled: bool | None = None,
        readonly: bool | None = None,
        wait: bool = True,
    ) -> Action:
        """Change by which ways it can be reached; what is not given stays."""
        wanted = given(
            reachable_externally=reachable_externally,
            samba_enabled=samba_enabled,
            ssh_enabled=ssh_enabled,
            webdav_enabled=webdav_enabled,
            readonly=readonly,
        )
        answer = await self.api.storage_boxes.subaccounts.actions.update_access_settings(*self._at, **wanted)
        return await self._done(answer, wait)


async def _ensure(cls: type[Any], storage_box: Ref, name: str, client: Any, **arguments: Any) -> Ensured[Any]:
    async def find() -> Any:
        with suppress(NotFound):
            found = await find_part(cls, storage_box, name, client)
            return found if found.name == name else None
        return None

    return await ensure_part(
        find, lambda: create_part(cls, storage_box, client, True, name=name, **arguments)
    )


class StorageBoxSubaccount(_Subaccount[Sync], PartFinders):
    """A further user of a storage box, in a folder of its own."""

    @classmethod
    def create(
        cls,
        storage_box: Ref,
        name: str,
        *,
        home_directory: str,
        password: str,
        description: str | None = None,
        access_settings: SubaccountAccessSettings | None = None,
        labels: Mapping[str, str] | None = None,
        client: Hetzner | None = None,
        wait: bool = True,
    ) -> StorageBoxSubaccount:
        """Create a subaccount; its folder is made when there is none."""
        asked = {"name": name, "home_directory": home_directory, "password": password}
        about = {"description": description, "access_settings": access_settings, "labels": labels}
        return drive(create_part(cls, storage_box, client_for(client, blocking=True), wait, **asked, **about))

    @classmethod
    def ensure(
        cls,
        storage_box: Ref,
        name: str,
        *,
        home_directory: str,
        password: str,
        description: str | None = None,
        access_settings: SubaccountAccessSettings | None = None,
        labels: Mapping[str, str] | None = None,
        client: Hetzner | None = None,
    ) -> Ensured[StorageBoxSubaccount]:
        """Return the subaccount of this name as it is, or create it, and whether it was made."""
        asked = {"home_directory": home_directory, "password": password}
        about = {"description": description, "access_settings": access_settings, "labels": labels}
        return drive(_ensure(cls, storage_box, name, client_for(client, blocking=True), **asked, **about))


class AsyncStorageBoxSubaccount(_Subaccount[Async], AsyncPartFinders):
    """A further user of a storage box, in a folder of its own, awaited."""

    @classmethod
    async def create(
        cls,
        storage_box: Ref,
        name: str,
        *,
        home_directory: str,
        password: str,
        description: str | None = None,
        access_settings: SubaccountAccessSettings | None = None,
        labels: Mapping[str, str] | None = None,
        client: AsyncHetzner | None = None,
        wait: bool = True,
    ) -> AsyncStorageBoxSubaccount:
        """Create a subaccount; its folder is made when there is none."""
        asked = {"name": name, "home_directory": home_directory, "password": password}
        about = {"description": description, "access_settings": access_settings, "labels": labels}
        return await create_part(cls, storage_box, client_for(client, blocking=False), wait, **asked, **about)

    @classmethod
    async def ensure(
        cls,
        storage_box: Ref,
        name: str,
        *,
        home_directory: str,
        password: str,
        description: str | None = None,
        access_settings: SubaccountAccessSettings | None = None,
        labels: Mapping[str, str] | None = None,
        client: AsyncHetzner | None = None,
    ) -> Ensured[AsyncStorageBoxSubaccount]:
        """Return the subaccount of this name as it is, or create it, and whether it was made."""
        asked = {"home_directory": home_directory, "password": password}
        about = {"description": description, "access_settings": access_settings, "labels": labels}
        return await _ensure(cls, storage_box, name, client_for(client, blocking=False), **asked, **about)
