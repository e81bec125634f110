"""Storage box snapshots: what a storage box held at some time.

https://docs.hetzner.cloud/reference/hetzner#storage-box-snapshots
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Generic, Unpack

from hetzner._faces import IO
from hetzner.schema.collection import Collection
from hetzner.schema.common import Labels, Selector, Sort
from hetzner.schema.endpoint import delete, get, post, put
from hetzner.schema.facts import Repeat
from hetzner.schema.model import Model
from hetzner.schema.objects.actions import Action
from hetzner.schema.operation import Options


class StorageBoxSnapshotStats(Model):
    """How much a snapshot takes and holds."""

    size: int
    """Bytes that it takes."""
    size_filesystem: int
    """Bytes that were stored when it was made."""


class StorageBoxSnapshot(Model):
    """What a storage box held at some time."""

    id: int
    storage_box: int
    name: str
    """The time it was made at; the API names it."""
    description: str
    labels: dict[str, str]
    stats: StorageBoxSnapshotStats
    is_automatic: bool
    """Whether the snapshot plan made it."""
    created: datetime


class StorageBoxSnapshotReference(Model):
    """A snapshot that is being made; its name is known once it is done."""

    id: int
    storage_box: int


class StorageBoxSnapshotCreateParams(Options, total=False):
    """What may be asked of a new snapshot."""

    description: Annotated[str, "What it is, at most 1000 characters."]
    labels: Labels


class StorageBoxSnapshotUpdateParams(Options, total=False):
    """What can be changed of a snapshot."""

    description: Annotated[str, "What it is, at most 1000 characters."]
    labels: Labels


class StorageBoxSnapshotListParams(Options, total=False):
    """What narrows and sorts the snapshots of a storage box."""

    name: Annotated[str, "Only the one with exactly this name."]
    label_selector: Selector
    is_automatic: Annotated[bool, "Only those that the snapshot plan made, or only the others."]
    sort: Annotated[Sort | Sequence[Sort], "Order; repeat for secondary keys."]


class StorageBoxSnapshotCreateResponse(Model):
    """A snapshot that is being made."""

    snapshot: StorageBoxSnapshotReference
    action: Action


class StorageBoxSnapshotRetrieveResponse(Model):
    """One snapshot."""

    snapshot: StorageBoxSnapshot


class StorageBoxSnapshotUpdateResponse(Model):
    """A snapshot after its update."""

    snapshot: StorageBoxSnapshot


class StorageBoxSnapshotDeleteResponse(Model):
    """The action that deletes a snapshot; None when it was gone already."""

    action: Action | None = None


class StorageBoxSnapshotListResponse(Model):
    """All snapshots of a storage box."""

    snapshots: list[StorageBoxSnapshot]


class StorageBoxesSnapshots(Collection[IO], Generic[IO], at="/storage_boxes/{id}/snapshots", host="storage"):
    """What a storage box held at some time; ``storage_boxes.actions.rollback_snapshot`` goes back to it."""

    @post(command="create_snapshot", repeat=Repeat.NEVER)
    def create(
        self, id: int, **params: Unpack[StorageBoxSnapshotCreateParams]
    ) -> StorageBoxSnapshotCreateResponse:
        """Make a snapshot.

        Args:
            description: What it is, at most 1000 characters.
            labels: Labels: your own key/value pairs; they replace all the object has.
        """
        ...

    @get
    def retrieve(
        self, id: int, snapshot_id: int, **options: Unpack[Options]
    ) -> StorageBoxSnapshotRetrieveResponse:
        """Return one snapshot."""
        ...

    @put
    def update(
        self, id: int, snapshot_id: int, **params: Unpack[StorageBoxSnapshotUpdateParams]
    ) -> StorageBoxSnapshotUpdateResponse:
        """Change the description or replace the labels.

        Args:
            description: What it is, at most 1000 characters.
            labels: Labels: your own key/value pairs; they replace all the object has.
        """
        ...

    @get
    def list(self, id: int, **params: Unpack[StorageBoxSnapshotListParams]) -> StorageBoxSnapshotListResponse:
        """Return all snapshots of a storage box; the API has no pages here.

        Args:
            name: Only the one with exactly this name.
            label_selector: Label selector, such as `env=prod,role in (web,db)`.
            is_automatic: Only those that the snapshot plan made, or only the others.
            sort: Order; repeat for secondary keys.
        """
        ...

    @delete(command="delete_snapshot")
    def delete(
        self, id: int, snapshot_id: int, **options: Unpack[Options]
    ) -> StorageBoxSnapshotDeleteResponse:
        """Delete a snapshot."""
        ...
