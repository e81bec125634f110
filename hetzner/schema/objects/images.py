"""An image, as it stands in a server."""

from datetime import datetime

from hetzner.schema.common import DeprecationInfo, Protection
from hetzner.schema.model import Model, Shared


class ImageCreatedFrom(Model):
    """The server that a snapshot or backup was made of."""

    id: int
    name: str


class Image(Shared):
    """What a disk is made from: a system, an app, a snapshot or a backup."""

    id: int
    type: str
    status: str
    name: str | None
    """None for snapshots and backups."""
    description: str
    image_size: float | None
    """GB that are billed."""
    disk_size: float
    """GB that the disk of a server must have at least."""
    created: datetime
    created_from: ImageCreatedFrom | None
    bound_to: int | None
    """The server that a backup belongs to."""
    os_flavor: str
    os_version: str | None
    rapid_deploy: bool = False
    protection: Protection
    deprecation: DeprecationInfo | None = None
    deleted: datetime | None
    labels: dict[str, str]
    architecture: str
