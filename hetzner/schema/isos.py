"""ISOs: bootable discs that can be inserted into a server.

https://docs.hetzner.cloud/reference/cloud#isos
"""

from typing import Annotated, Generic, Unpack

from hetzner._faces import IO
from hetzner.schema.collection import Collection
from hetzner.schema.common import NamedListParams
from hetzner.schema.endpoint import get, listing
from hetzner.schema.images import Architecture
from hetzner.schema.model import Model
from hetzner.schema.objects.isos import ISO as ISO
from hetzner.schema.operation import Options
from hetzner.schema.pages import Page


class ISOListParams(NamedListParams, total=False):
    """What narrows the list of ISOs."""

    architecture: Annotated[Architecture, "Only ISOs for this processor."]
    include_architecture_wildcard: Annotated[bool, "Those that fit every processor as well."]


class ISORetrieveResponse(Model):
    """One ISO."""

    iso: ISO


class ISOsPage(Page[IO, ISO]):
    """A page of ISOs."""

    isos: list[ISO]


class ISOs(Collection[IO], Generic[IO], at="/isos"):
    """Bootable discs."""

    @get
    def retrieve(self, id: int, **options: Unpack[Options]) -> ISORetrieveResponse:
        """Return one ISO."""
        ...

    @listing
    def list(self, **params: Unpack[ISOListParams]) -> ISOsPage[IO]:
        """Return the ISOs, page by page.

        Args:
            page: Number of the page, from 1.
            per_page: Items a page, at most 50.
            name: Only the one with exactly this name.
            architecture: Only ISOs for this processor.
            include_architecture_wildcard: Those that fit every processor as well.
        """
        ...
