"""A location, as it stands in all that is somewhere."""

from hetzner.schema.model import Shared


class Location(Shared):
    """A site; sites of one network zone share private networks."""

    id: int
    name: str
    description: str
    country: str
    """ISO 3166 code of two letters."""
    city: str
    latitude: float
    longitude: float
    network_zone: str
