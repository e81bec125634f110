"""A server type, as it stands in a server."""

from hetzner.schema.common import DeprecationInfo, LocationPrice
from hetzner.schema.model import Model, Shared


class ServerTypeLocation(Model):
    """Whether a type is sold in one location."""

    id: int
    name: str
    deprecation: DeprecationInfo | None
    recommended: bool | None = None
    available: bool | None = None
    """Whether one can be had right now."""


class ServerType(Shared):
    """A size of server."""

    id: int
    name: str
    description: str
    category: str | None = None
    cores: int
    memory: float
    """GB."""
    disk: float
    """GB."""
    prices: list[LocationPrice]
    storage_type: str
    cpu_type: str
    """``shared`` or ``dedicated``."""
    architecture: str
    """``x86`` or ``arm``."""
    deprecation: DeprecationInfo | None = None
    locations: list[ServerTypeLocation] | None = None
