"""Storage box types: sizes of storage boxes.

https://docs.hetzner.cloud/reference/hetzner#storage-box-types
"""

from typing import Generic, Unpack

from hetzner._faces import IO
from hetzner.schema.collection import Collection
from hetzner.schema.common import NamedListParams
from hetzner.schema.endpoint import get, listing
from hetzner.schema.model import Model
from hetzner.schema.objects.storage_box_types import StorageBoxPrice as StorageBoxPrice
from hetzner.schema.objects.storage_box_types import StorageBoxType as StorageBoxType
from hetzner.schema.operation import Options
from hetzner.schema.pages import Page


class StorageBoxTypeListParams(NamedListParams, total=False):
    """What narrows the list of storage box types."""


class StorageBoxTypeRetrieveResponse(Model):
    """One storage box type."""

    storage_box_type: StorageBoxType


class StorageBoxTypesPage(Page[IO, StorageBoxType]):
    """A page of storage box types."""

    storage_box_types: list[StorageBoxType]


class StorageBoxTypes(Collection[IO], Generic[IO], at="/storage_box_types", host="storage"):
    """Sizes of storage boxes."""

    @get
    def retrieve(self, id: int, **options: Unpack[Options]) -> StorageBoxTypeRetrieveResponse:
        """Return one storage box type."""
        ...

    @listing
    def list(self, **params: Unpack[StorageBoxTypeListParams]) -> StorageBoxTypesPage[IO]:
        """Return the storage box types, page by page, retired ones included.

        Args:
            page: Number of the page, from 1.
            per_page: Items a page, at most 50.
            name: Only the one with exactly this name.
        """
        ...
