"""A storage box type, as it stands in a storage box."""

from hetzner.schema.common import DeprecationInfo, Price
from hetzner.schema.model import Model, Shared


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
