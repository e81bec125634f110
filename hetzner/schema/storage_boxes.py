"""Storage boxes: storage that is reached over the network.

https://docs.hetzner.cloud/reference/hetzner#storage-boxes
"""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Generic, Literal, Required, Unpack

from typing_extensions import TypedDict

from hetzner._faces import IO
from hetzner.schema.collection import Collection, part
from hetzner.schema.common import IdOrName, Labels, Name, NamedListParams, Protection, Selector, UpdateParams
from hetzner.schema.endpoint import delete, get, listing, post, put
from hetzner.schema.model import Model
from hetzner.schema.objects.actions import Action
from hetzner.schema.objects.locations import Location
from hetzner.schema.objects.storage_box_types import StorageBoxType
from hetzner.schema.operation import Options
from hetzner.schema.pages import Page
from hetzner.schema.storage_box_subaccounts import Password, StorageBoxesSubaccounts

if TYPE_CHECKING:
    from hetzner.schema.storage_box_actions import StorageBoxesActions
    from hetzner.schema.storage_box_snapshots import StorageBoxesSnapshots

StorageBoxSort = Literal[
    "id", "id:asc", "id:desc", "name", "name:asc", "name:desc", "created", "created:asc", "created:desc",
    "stats.size", "stats.size:asc", "stats.size:desc",
    "stats.size_filesystem", "stats.size_filesystem:asc", "stats.size_filesystem:desc",
]  # fmt: skip


class StorageBoxAccessSettings(Model):
    """By which ways a storage box can be reached."""

    reachable_externally: bool
    """Whether from outside Hetzner's network."""
    samba_enabled: bool
    ssh_enabled: bool
    webdav_enabled: bool
    zfs_enabled: bool
    """Whether the folder with the snapshots is visible."""


class StorageBoxSnapshotPlan(Model):
    """When snapshots are made by themselves; times are UTC."""

    max_snapshots: int
    """The oldest goes when there would be more."""
    minute: int
    hour: int
    day_of_week: int | None
    """From 1 for Monday; None means every day."""
    day_of_month: int | None
    """None means every day."""


class StorageBoxStats(Model):
    """How full a storage box is, in bytes."""

    size: int
    size_data: int
    size_snapshots: int


class StorageBox(Model):
    """Storage that is reached over the network."""

    id: int
    name: str
    storage_box_type: StorageBoxType
    location: Location
    access_settings: StorageBoxAccessSettings
    snapshot_plan: StorageBoxSnapshotPlan | None
    protection: Protection
    labels: dict[str, str]
    status: str
    """``initializing``, ``active`` or ``locked``."""
    username: str | None
    """None while it is initializing."""
    server: str | None
    """Host name to connect to; None while it is initializing."""
    system: str | None
    """The machine it is on; None while it is initializing."""
    stats: StorageBoxStats
    created: datetime


class StorageBoxAccessSettingsParam(TypedDict, total=False):
    """By which ways a storage box can be reached; what is left out is off."""

    reachable_externally: bool
    samba_enabled: bool
    ssh_enabled: bool
    webdav_enabled: bool
    zfs_enabled: bool


class StorageBoxCreateParams(Options, total=False):
    """What may be asked of a new storage box."""

    name: Required[Name]
    storage_box_type: Required[Annotated[IdOrName, "Name or id of the type, such as `bx11`."]]
    location: Required[Annotated[IdOrName, "Name or id of the location."]]
    password: Required[Password]
    labels: Labels
    ssh_keys: Annotated[Sequence[str], "Public keys to inject, as in an `authorized_keys` file."]
    access_settings: Annotated[StorageBoxAccessSettingsParam, "By which ways it can be reached."]


class StorageBoxUpdateParams(UpdateParams, total=False):
    """What can be changed of a storage box."""


class StorageBoxListParams(NamedListParams, total=False):
    """What narrows and sorts the list of storage boxes."""

    label_selector: Selector
    sort: Annotated[StorageBoxSort | Sequence[StorageBoxSort], "Order; repeat for secondary keys."]


class StorageBoxFoldersParams(Options, total=False):
    """Which folders."""

    path: Annotated[str, "Folder to look into, relative to the home (default: `.`)."]


class StorageBoxCreateResponse(Model):
    """A storage box that was just created; it can be reached when ``action`` is done."""

    storage_box: StorageBox
    action: Action


class StorageBoxRetrieveResponse(Model):
    """One storage box."""

    storage_box: StorageBox


class StorageBoxUpdateResponse(Model):
    """A storage box after its update."""

    storage_box: StorageBox


class StorageBoxDeleteResponse(Model):
    """The action that deletes a storage box; None when it was gone already."""

    action: Action | None = None


class StorageBoxFoldersResponse(Model):
    """The folders in a folder."""

    folders: list[str]


class StorageBoxesPage(Page[IO, StorageBox]):
    """A page of storage boxes."""

    storage_boxes: list[StorageBox]


class StorageBoxes(Collection[IO], Generic[IO], at="/storage_boxes", host="storage"):
    """Storage that is reached over the network; its API is at ``api.hetzner.com``."""

    actions: "StorageBoxesActions[IO]" = part("storage_box_actions")
    snapshots: "StorageBoxesSnapshots[IO]" = part("storage_box_snapshots")
    subaccounts: StorageBoxesSubaccounts[IO]

    @post(command="create")
    def create(self, **params: Unpack[StorageBoxCreateParams]) -> StorageBoxCreateResponse:
        """Create a storage box.

        Args:
            name: Name, unique in the project.
            storage_box_type: Name or id of the type, such as `bx11`.
            location: Name or id of the location.
            password: Password of 12 to 128 characters: upper and lower case, a digit and a special one.
            labels: Labels: your own key/value pairs; they replace all the object has.
            ssh_keys: Public keys to inject, as in an `authorized_keys` file.
            access_settings: By which ways it can be reached.
        """
        ...

    @get
    def retrieve(self, id: int, **options: Unpack[Options]) -> StorageBoxRetrieveResponse:
        """Return one storage box."""
        ...

    @put
    def update(self, id: int, **params: Unpack[StorageBoxUpdateParams]) -> StorageBoxUpdateResponse:
        """Change the name or replace the labels.

        Args:
            name: New name, unique in the project.
            labels: Labels: your own key/value pairs; they replace all the object has.
        """
        ...

    @listing
    def list(self, **params: Unpack[StorageBoxListParams]) -> StorageBoxesPage[IO]:
        """Return the storage boxes, page by page.

        Args:
            page: Number of the page, from 1.
            per_page: Items a page, at most 50.
            name: Only the one with exactly this name.
            label_selector: Label selector, such as `env=prod,role in (web,db)`.
            sort: Order; repeat for secondary keys.
        """
        ...

    @delete(command="delete")
    def delete(self, id: int, **options: Unpack[Options]) -> StorageBoxDeleteResponse:
        """Delete a storage box with all that is on it and its snapshots."""
        ...

    @get("/{id}/folders")
    def folders(self, id: int, **params: Unpack[StorageBoxFoldersParams]) -> StorageBoxFoldersResponse:
        """Return the names of the folders in a folder.

        Args:
            path: Folder to look into, relative to the home (default: `.`).
        """
        ...
