"""Images: what disks are made from.

https://docs.hetzner.cloud/reference/cloud#images
"""

from collections.abc import Sequence
from typing import Annotated, Generic, Literal, Unpack

from hetzner._faces import IO
from hetzner.schema.actions import ActionResponse, KindActions
from hetzner.schema.collection import Collection
from hetzner.schema.common import (
    ActionChangeProtectionParams,
    LabelledListParams,
    Labels,
)
from hetzner.schema.endpoint import action, delete, get, listing, put
from hetzner.schema.model import Model
from hetzner.schema.objects.images import Image as Image
from hetzner.schema.objects.images import ImageCreatedFrom as ImageCreatedFrom
from hetzner.schema.operation import Options
from hetzner.schema.pages import Page

ImageType = Literal["system", "app", "snapshot", "backup"]
ImageStatus = Literal["available", "creating", "unavailable"]
Architecture = Literal["x86", "arm"]


class ImageListParams(LabelledListParams, total=False):
    """What narrows and sorts the list of images."""

    type: Annotated[ImageType | Sequence[ImageType], "Only images of these types."]
    status: Annotated[ImageStatus | Sequence[ImageStatus], "Only images in these states."]
    bound_to: Annotated[int | str | Sequence[int | str], "Only backups of these servers, by id."]
    include_deprecated: Annotated[bool, "Deprecated images as well."]
    architecture: Annotated[Architecture | Sequence[Architecture], "Only images for these processors."]


class ImageUpdateParams(Options, total=False):
    """What can be changed of an image."""

    description: Annotated[str, "What it is."]
    type: Annotated[Literal["snapshot"], "Turn a backup into a snapshot."]
    labels: Labels


class ImageRetrieveResponse(Model):
    """One image."""

    image: Image


class ImageUpdateResponse(Model):
    """An image after its update."""

    image: Image


class ImagesPage(Page[IO, Image]):
    """A page of images."""

    images: list[Image]


class ImagesActions(KindActions[IO], Generic[IO], at="/images/{id}/actions"):
    """What can be done with an image."""

    @action("change_protection")
    def change_protection(self, id: int, **params: Unpack[ActionChangeProtectionParams]) -> ActionResponse:
        """Forbid or allow deletion of a snapshot.

        Args:
            delete: Forbid deletion.
        """
        ...


class Images(Collection[IO], Generic[IO], at="/images"):
    """What disks are made from; new ones come from ``servers.actions.create_image``."""

    actions: ImagesActions[IO]

    @get
    def retrieve(self, id: int, **options: Unpack[Options]) -> ImageRetrieveResponse:
        """Return one image."""
        ...

    @put
    def update(self, id: int, **params: Unpack[ImageUpdateParams]) -> ImageUpdateResponse:
        """Change the description or the labels, or turn a backup into a snapshot.

        Args:
            description: What it is.
            type: Turn a backup into a snapshot.
            labels: Labels: your own key/value pairs; they replace all the object has.
        """
        ...

    @listing
    def list(self, **params: Unpack[ImageListParams]) -> ImagesPage[IO]:
        """Return the images, page by page; deprecated ones only on request.

        Args:
            page: Number of the page, from 1.
            per_page: Items a page, at most 50.
            name: Only the one with exactly this name.
            label_selector: Label selector, such as `env=prod,role in (web,db)`.
            sort: Order; repeat for secondary keys.
            type: Only images of these types.
            status: Only images in these states.
            bound_to: Only backups of these servers, by id.
            include_deprecated: Deprecated images as well.
            architecture: Only images for these processors.
        """
        ...

    @delete
    def delete(self, id: int, **options: Unpack[Options]) -> None:
        """Delete a snapshot or a backup."""
        ...
