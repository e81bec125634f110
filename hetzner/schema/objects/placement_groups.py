"""A placement group, as it stands in a server."""

from datetime import datetime

from hetzner.schema.model import Shared


class PlacementGroup(Shared):
    """A group of at most 10 servers on different hosts."""

    id: int
    name: str
    labels: dict[str, str]
    type: str
    created: datetime
    servers: list[int]
