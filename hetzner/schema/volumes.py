"""Volumes: disks of their own that are attached to servers.

https://docs.hetzner.cloud/reference/cloud#volumes
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Generic, Literal, Required, Unpack

from hetzner._faces import IO
from hetzner.schema.actions import ActionFilterParams, ActionListParams, ActionResponse, ActionsPage
from hetzner.schema.collection import Collection
from hetzner.schema.common import (
    ActionChangeProtectionParams,
    IdOrName,
    LabelledListParams,
    Labels,
    Protection,
    UpdateParams,
)
from hetzner.schema.endpoint import action, delete, get, listing, listing_at, post, put
from hetzner.schema.model import Model
from hetzner.schema.objects.actions import Action
from hetzner.schema.objects.locations import Location
from hetzner.schema.operation import Options
from hetzner.schema.pages import Page

VolumeStatus = Literal["available", "creating"]
VolumeFormat = Literal["xfs", "ext4"]


class Volume(Model):
    """A disk that can be attached to one server at a time, in its own location."""

    id: int
    name: str
    created: datetime
    server: int | None
    """The server it is attached to, by id."""
    location: Location
    size: int
    """GB."""
    linux_device: str
    """Path of the device file once it is attached."""
    protection: Protection
    labels: dict[str, str]
    status: str
    """``creating`` or ``available``."""
    format: str | None
    """The file system that was made with it, if any."""


class VolumeCreateParams(Options, total=False):
    """What may be asked of a new volume; it needs a server or a location."""

    name: Required[Annotated[str, "Name, unique in the project, of letters, digits, `.`, `_` and `-`."]]
    size: Required[Annotated[int, "GB, from 10 to 10240."]]
    location: Annotated[IdOrName, "Name or id of the location; with a server it is the server's."]
    server: Annotated[int, "Id of the server to attach it to."]
    automount: Annotated[bool, "Mount it after it is attached; needs a server."]
    format: Annotated[VolumeFormat, "File system to make on it; without it the disk is raw."]
    labels: Labels


class VolumeUpdateParams(UpdateParams, total=False):
    """What can be changed of a volume."""


class VolumeListParams(LabelledListParams, total=False):
    """What narrows and sorts the list of volumes."""

    status: Annotated[VolumeStatus | Sequence[VolumeStatus], "Only volumes in these states."]


class ActionAttachParams(Options, total=False):
    """Which server a volume is attached to."""

    server: Required[Annotated[int, "Id of the server; it must be in the same location."]]
    automount: Annotated[bool, "Mount it after it is attached."]


class ActionResizeParams(Options, total=False):
    """The new size of a volume."""

    size: Required[Annotated[float, "GB, more than it has; it can never shrink."]]


class VolumeCreateResponse(Model):
    """A volume that was just created; it is attached when ``next_actions`` are done."""

    volume: Volume
    action: Action
    next_actions: list[Action]


class VolumeRetrieveResponse(Model):
    """One volume."""

    volume: Volume


class VolumeUpdateResponse(Model):
    """A volume after its update."""

    volume: Volume


class VolumesPage(Page[IO, Volume]):
    """A page of volumes."""

    volumes: list[Volume]


class VolumesActions(Collection[IO], Generic[IO], at="/volumes/{id}/actions"):
    """What can be done with a volume."""

    @get("~/actions/{id}")
    def retrieve(self, id: int, **options: Unpack[Options]) -> ActionResponse:
        """Return one action of a volume by its id alone."""
        ...

    retrieve_by_id = retrieve
    """Its name with all other kinds."""

    @get("/{action_id}", deprecated="use client.actions.retrieve(id)")
    def retrieve_of(self, action_id: int, *, id: int, **options: Unpack[Options]) -> ActionResponse:
        """Return one action of one volume."""
        ...

    @listing
    def list(self, id: int, **params: Unpack[ActionFilterParams]) -> ActionsPage[IO]:
        """Return the actions of one volume.

        Args:
            page: Number of the page, from 1.
            per_page: Items a page, at most 50.
            status: Only actions in these states.
            sort: Order; repeat for secondary keys.
        """
        ...

    @listing_at("~/actions")
    def list_all(self, **params: Unpack[ActionListParams]) -> ActionsPage[IO]:
        """Return the actions of all volumes, optionally those with the given ids.

        Args:
            page: Number of the page, from 1.
            per_page: Items a page, at most 50.
            status: Only actions in these states.
            sort: Order; repeat for secondary keys.
            id: Only the actions with these ids, at most 25 a request.
        """
        ...

    @action("attach_volume")
    def attach(self, id: int, **params: Unpack[ActionAttachParams]) -> ActionResponse:
        """Attach it to a server, running or not.

        Args:
            server: Id of the server; it must be in the same location.
            automount: Mount it after it is attached.
        """
        ...

    @action("change_protection")
    def change_protection(self, id: int, **params: Unpack[ActionChangeProtectionParams]) -> ActionResponse:
        """Forbid or allow deletion.

        Args:
            delete: Forbid deletion.
        """
        ...

    @action("detach_volume")
    def detach(self, id: int, **options: Unpack[Options]) -> ActionResponse:
        """Take it off its server; unmount it there first."""
        ...

    @action("resize_volume")
    def resize(self, id: int, **params: Unpack[ActionResizeParams]) -> ActionResponse:
        """Make it larger; the file system on it does not grow by itself.

        Args:
            size: GB, more than it has; it can never shrink.
        """
        ...


class Volumes(Collection[IO], Generic[IO], at="/volumes"):
    """Disks of their own."""

    actions: VolumesActions[IO]

    @post(command="create_volume")
    def create(self, **params: Unpack[VolumeCreateParams]) -> VolumeCreateResponse:
        """Create a volume, attached to a server or in a location.

        Args:
            name: Name, unique in the project, of letters, digits, `.`, `_` and `-`.
            size: GB, from 10 to 10240.
            location: Name or id of the location; with a server it is the server's.
            server: Id of the server to attach it to.
            automount: Mount it after it is attached; needs a server.
            format: File system to make on it; without it the disk is raw.
            labels: Labels: your own key/value pairs; they replace all the object has.
        """
        ...

    @get
    def retrieve(self, id: int, **options: Unpack[Options]) -> VolumeRetrieveResponse:
        """Return one volume."""
        ...

    @put
    def update(self, id: int, **params: Unpack[VolumeUpdateParams]) -> VolumeUpdateResponse:
        """Change the name or replace the labels.

        Args:
            name: New name, unique in the project.
            labels: Labels: your own key/value pairs; they replace all the object has.
        """
        ...

    @listing
    def list(self, **params: Unpack[VolumeListParams]) -> VolumesPage[IO]:
        """Return the volumes, page by page.

        Args:
            page: Number of the page, from 1.
            per_page: Items a page, at most 50.
            name: Only the one with exactly this name.
            label_selector: Label selector, such as `env=prod,role in (web,db)`.
            sort: Order; repeat for secondary keys.
            status: Only volumes in these states.
        """
        ...

    @delete
    def delete(self, id: int, **options: Unpack[Options]) -> None:
        """Delete a volume with all that is on it; it must be attached to nothing."""
        ...
