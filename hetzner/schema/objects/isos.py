"""An ISO, as it stands in a server."""

from hetzner.schema.common import DeprecationInfo
from hetzner.schema.model import Shared


class ISO(Shared):
    """A bootable disc."""

    id: int
    name: str | None
    description: str
    type: str | None
    deprecation: DeprecationInfo | None = None
    architecture: str | None = None
    """None fits every processor."""
