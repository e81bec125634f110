"""The exact answer of every operation in both faces (storage); for mypy --strict and pyright, never run.

``tests/schema/test_typing.py`` sees to it that none is missing.
"""

from __future__ import annotations

from typing import assert_type

from hetzner import AsyncHetzner, Hetzner
from hetzner._faces import Async, Sync
from hetzner.schema.actions import ActionResponse, ActionsPage
from hetzner.schema.storage_box_snapshots import (
    StorageBoxSnapshotCreateResponse,
    StorageBoxSnapshotDeleteResponse,
    StorageBoxSnapshotListResponse,
    StorageBoxSnapshotRetrieveResponse,
    StorageBoxSnapshotUpdateResponse,
)
from hetzner.schema.storage_box_subaccounts import (
    StorageBoxSubaccountCreateResponse,
    StorageBoxSubaccountDeleteResponse,
    StorageBoxSubaccountListResponse,
    StorageBoxSubaccountRetrieveResponse,
    StorageBoxSubaccountUpdateResponse,
)
from hetzner.schema.storage_box_types import StorageBoxTypeRetrieveResponse, StorageBoxTypesPage
from hetzner.schema.storage_boxes import (
    StorageBoxCreateResponse,
    StorageBoxDeleteResponse,
    StorageBoxesPage,
    StorageBoxFoldersResponse,
    StorageBoxRetrieveResponse,
    StorageBoxUpdateResponse,
)
from hetzner.schema.volumes import (
    VolumeCreateResponse,
    VolumeRetrieveResponse,
    VolumesPage,
    VolumeUpdateResponse,
)


def blocking_volumes(client: Hetzner) -> None:
    """What `client.volumes` answers with, blocking."""
    assert_type(client.volumes.create(name="x", size=1), VolumeCreateResponse)
    assert_type(client.volumes.retrieve(1), VolumeRetrieveResponse)
    assert_type(client.volumes.update(1), VolumeUpdateResponse)
    assert_type(client.volumes.list(), VolumesPage[Sync])
    client.volumes.delete(1)
    assert_type(client.volumes.actions.retrieve(1), ActionResponse)
    assert_type(client.volumes.actions.retrieve_of(1, id=1), ActionResponse)
    assert_type(client.volumes.actions.list(1), ActionsPage[Sync])
    assert_type(client.volumes.actions.list_all(), ActionsPage[Sync])
    assert_type(client.volumes.actions.attach(1, server=1), ActionResponse)
    assert_type(client.volumes.actions.change_protection(1), ActionResponse)
    assert_type(client.volumes.actions.detach(1), ActionResponse)
    assert_type(client.volumes.actions.resize(1, size=1.0), ActionResponse)


def blocking_storage_boxes(client: Hetzner) -> None:
    """What `client.storage_boxes` answers with, blocking."""
    assert_type(
        client.storage_boxes.create(name="x", storage_box_type="x", location="x", password="x"),
        StorageBoxCreateResponse,
    )
    assert_type(client.storage_boxes.retrieve(1), StorageBoxRetrieveResponse)
    assert_type(client.storage_boxes.update(1), StorageBoxUpdateResponse)
    assert_type(client.storage_boxes.list(), StorageBoxesPage[Sync])
    assert_type(client.storage_boxes.delete(1), StorageBoxDeleteResponse)
    assert_type(client.storage_boxes.folders(1), StorageBoxFoldersResponse)
    assert_type(client.storage_boxes.actions.list_all(), ActionsPage[Sync])
    assert_type(client.storage_boxes.actions.retrieve_by_id(1), ActionResponse)
    assert_type(client.storage_boxes.actions.list(1), ActionsPage[Sync])
    assert_type(client.storage_boxes.actions.retrieve(1, id=1), ActionResponse)
    assert_type(client.storage_boxes.actions.change_protection(1), ActionResponse)
    assert_type(client.storage_boxes.actions.change_type(1, storage_box_type="x"), ActionResponse)
    assert_type(client.storage_boxes.actions.disable_snapshot_plan(1), ActionResponse)
    assert_type(
        client.storage_boxes.actions.enable_snapshot_plan(1, max_snapshots=1, minute=1, hour=1),
        ActionResponse,
    )
    assert_type(client.storage_boxes.actions.reset_password(1, password="x"), ActionResponse)
    assert_type(client.storage_boxes.actions.rollback_snapshot(1, snapshot="x"), ActionResponse)
    assert_type(client.storage_boxes.actions.update_access_settings(1), ActionResponse)
    assert_type(client.storage_boxes.snapshots.create(1), StorageBoxSnapshotCreateResponse)
    assert_type(client.storage_boxes.snapshots.retrieve(1, 1), StorageBoxSnapshotRetrieveResponse)
    assert_type(client.storage_boxes.snapshots.update(1, 1), StorageBoxSnapshotUpdateResponse)
    assert_type(client.storage_boxes.snapshots.list(1), StorageBoxSnapshotListResponse)
    assert_type(client.storage_boxes.snapshots.delete(1, 1), StorageBoxSnapshotDeleteResponse)
    assert_type(
        client.storage_boxes.subaccounts.create(1, home_directory="x", password="x"),
        StorageBoxSubaccountCreateResponse,
    )
    assert_type(client.storage_boxes.subaccounts.retrieve(1, 1), StorageBoxSubaccountRetrieveResponse)
    assert_type(client.storage_boxes.subaccounts.update(1, 1), StorageBoxSubaccountUpdateResponse)
    assert_type(client.storage_boxes.subaccounts.list(1), StorageBoxSubaccountListResponse)
    assert_type(client.storage_boxes.subaccounts.delete(1, 1), StorageBoxSubaccountDeleteResponse)
    assert_type(
        client.storage_boxes.subaccounts.actions.change_home_directory(1, 1, home_directory="x"),
        ActionResponse,
    )
    assert_type(
        client.storage_boxes.subaccounts.actions.reset_subaccount_password(1, 1, password="x"), ActionResponse
    )
    assert_type(client.storage_boxes.subaccounts.actions.update_access_settings(1, 1), ActionResponse)


def blocking_storage_box_types(client: Hetzner) -> None:
    """What `client.storage_box_types` answers with, blocking."""
    assert_type(client.storage_box_types.retrieve(1), StorageBoxTypeRetrieveResponse)
    assert_type(client.storage_box_types.list(), StorageBoxTypesPage[Sync])


async def awaited_volumes(client: AsyncHetzner) -> None:
    """What `client.volumes` answers with, awaited."""
    assert_type(await client.volumes.create(name="x", size=1), VolumeCreateResponse)
    assert_type(await client.volumes.retrieve(1), VolumeRetrieveResponse)
    assert_type(await client.volumes.update(1), VolumeUpdateResponse)
    assert_type(await client.volumes.list(), VolumesPage[Async])
    await client.volumes.delete(1)
    assert_type(await client.volumes.actions.retrieve(1), ActionResponse)
    assert_type(await client.volumes.actions.retrieve_of(1, id=1), ActionResponse)
    assert_type(await client.volumes.actions.list(1), ActionsPage[Async])
    assert_type(await client.volumes.actions.list_all(), ActionsPage[Async])
    assert_type(await client.volumes.actions.attach(1, server=1), ActionResponse)
    assert_type(await client.volumes.actions.change_protection(1), ActionResponse)
    assert_type(await client.volumes.actions.detach(1), ActionResponse)
    assert_type(await client.volumes.actions.resize(1, size=1.0), ActionResponse)


async def awaited_storage_boxes(client: AsyncHetzner) -> None:
    """What `client.storage_boxes` answers with, awaited."""
    assert_type(
        await client.storage_boxes.create(name="x", storage_box_type="x", location="x", password="x"),
        StorageBoxCreateResponse,
    )
    assert_type(await client.storage_boxes.retrieve(1), StorageBoxRetrieveResponse)
    assert_type(await client.storage_boxes.update(1), StorageBoxUpdateResponse)
    assert_type(await client.storage_boxes.list(), StorageBoxesPage[Async])
    assert_type(await client.storage_boxes.delete(1), StorageBoxDeleteResponse)
    assert_type(await client.storage_boxes.folders(1), StorageBoxFoldersResponse)
    assert_type(await client.storage_boxes.actions.list_all(), ActionsPage[Async])
    assert_type(await client.storage_boxes.actions.retrieve_by_id(1), ActionResponse)
    assert_type(await client.storage_boxes.actions.list(1), ActionsPage[Async])
    assert_type(await client.storage_boxes.actions.retrieve(1, id=1), ActionResponse)
    assert_type(await client.storage_boxes.actions.change_protection(1), ActionResponse)
    assert_type(await client.storage_boxes.actions.change_type(1, storage_box_type="x"), ActionResponse)
    assert_type(await client.storage_boxes.actions.disable_snapshot_plan(1), ActionResponse)
    assert_type(
        await client.storage_boxes.actions.enable_snapshot_plan(1, max_snapshots=1, minute=1, hour=1),
        ActionResponse,
    )
    assert_type(await client.storage_boxes.actions.reset_password(1, password="x"), ActionResponse)
    assert_type(await client.storage_boxes.actions.rollback_snapshot(1, snapshot="x"), ActionResponse)
    assert_type(await client.storage_boxes.actions.update_access_settings(1), ActionResponse)
    assert_type(await client.storage_boxes.snapshots.create(1), StorageBoxSnapshotCreateResponse)
    assert_type(await client.storage_boxes.snapshots.retrieve(1, 1), StorageBoxSnapshotRetrieveResponse)
    assert_type(await client.storage_boxes.snapshots.update(1, 1), StorageBoxSnapshotUpdateResponse)
    assert_type(await client.storage_boxes.snapshots.list(1), StorageBoxSnapshotListResponse)
    assert_type(await client.storage_boxes.snapshots.delete(1, 1), StorageBoxSnapshotDeleteResponse)
    assert_type(
        await client.storage_boxes.subaccounts.create(1, home_directory="x", password="x"),
        StorageBoxSubaccountCreateResponse,
    )
    assert_type(await client.storage_boxes.subaccounts.retrieve(1, 1), StorageBoxSubaccountRetrieveResponse)
    assert_type(await client.storage_boxes.subaccounts.update(1, 1), StorageBoxSubaccountUpdateResponse)
    assert_type(await client.storage_boxes.subaccounts.list(1), StorageBoxSubaccountListResponse)
    assert_type(await client.storage_boxes.subaccounts.delete(1, 1), StorageBoxSubaccountDeleteResponse)
    assert_type(
        await client.storage_boxes.subaccounts.actions.change_home_directory(1, 1, home_directory="x"),
        ActionResponse,
    )
    assert_type(
        await client.storage_boxes.subaccounts.actions.reset_subaccount_password(1, 1, password="x"),
        ActionResponse,
    )
    assert_type(await client.storage_boxes.subaccounts.actions.update_access_settings(1, 1), ActionResponse)


async def awaited_storage_box_types(client: AsyncHetzner) -> None:
    """What `client.storage_box_types` answers with, awaited."""
    assert_type(await client.storage_box_types.retrieve(1), StorageBoxTypeRetrieveResponse)
    assert_type(await client.storage_box_types.list(), StorageBoxTypesPage[Async])
