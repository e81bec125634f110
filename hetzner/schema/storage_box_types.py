"""Storage box types: sizes of storage boxes.

https://docs.hetzner.cloud/reference/hetzner#storage-box-types
"""

from typing import Generic, Unpack

from hetzner._faces import IO
from hetzner.schema.collection import Collection
from hetzner.schema.common import DeprecationInfo, NamedListParams, Price
from hetzner.schema.endpoint import get, listing
from hetzner.schema.model import Model, Shared
from hetzner.schema.operation import Options
from hetzner.schema.pages import Page


class StorageBoxPrice(Model):
    """What a storage box type costs in one location."""

    location: str
    price_hourly: Price
    price_monthly: Price
    setup_fee: Price


class StorageBoxType(Shared):
    """A size of storage box."""

    id: int
    name: str
    description: str
    snapshot_limit: int | None
    """Snapshots made by hand."""
    automatic_snapshot_limit: int | None
    """Snapshots made by a snapshot plan."""
    subaccounts_limit: int
    size: int
    """Bytes."""
    prices: list[StorageBoxPrice]
    deprecation: DeprecationInfo | None


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
