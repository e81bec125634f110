"""Server types: how big a server is, and what it costs.

https://docs.hetzner.cloud/reference/cloud#server-types
"""

from typing import Generic, Literal, Unpack

from hetzner._faces import IO
from hetzner.schema.collection import Collection
from hetzner.schema.common import NamedListParams
from hetzner.schema.endpoint import get, listing
from hetzner.schema.model import Model
from hetzner.schema.objects.server_types import ServerType as ServerType
from hetzner.schema.objects.server_types import ServerTypeLocation as ServerTypeLocation
from hetzner.schema.operation import Options
from hetzner.schema.pages import Page

CPUType = Literal["shared", "dedicated"]
"""The kinds of processor known today; what is received stays text."""


class ServerTypeListParams(NamedListParams, total=False):
    """What narrows the list of server types."""


class ServerTypeRetrieveResponse(Model):
    """One server type."""

    server_type: ServerType


class ServerTypesPage(Page[IO, ServerType]):
    """A page of server types."""

    server_types: list[ServerType]


class ServerTypes(Collection[IO], Generic[IO], at="/server_types"):
    """Sizes of servers."""

    @get
    def retrieve(self, id: int, **options: Unpack[Options]) -> ServerTypeRetrieveResponse:
        """Return one server type."""
        ...

    @listing
    def list(self, **params: Unpack[ServerTypeListParams]) -> ServerTypesPage[IO]:
        """Return the server types, page by page, retired ones included.

        Args:
            page: Number of the page, from 1.
            per_page: Items a page, at most 50.
            name: Only the one with exactly this name.
        """
        ...
