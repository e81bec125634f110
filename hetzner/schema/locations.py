"""Locations: where servers stand.

https://docs.hetzner.cloud/reference/cloud#locations
"""

from collections.abc import Sequence
from typing import Annotated, Generic, Literal, Unpack

from hetzner._faces import IO
from hetzner.schema.collection import Collection
from hetzner.schema.common import NamedListParams
from hetzner.schema.endpoint import get, listing
from hetzner.schema.model import Model
from hetzner.schema.objects.locations import Location as Location
from hetzner.schema.operation import Options
from hetzner.schema.pages import Page

LocationSort = Literal["id", "id:asc", "id:desc", "name", "name:asc", "name:desc"]


class LocationListParams(NamedListParams, total=False):
    """What narrows and sorts the list of locations."""

    sort: Annotated[LocationSort | Sequence[LocationSort], "Order; repeat for secondary keys."]


class LocationRetrieveResponse(Model):
    """One location."""

    location: Location


class LocationsPage(Page[IO, Location]):
    """A page of locations."""

    locations: list[Location]


class Locations(Collection[IO], Generic[IO], at="/locations"):
    """Where servers stand."""

    @get
    def retrieve(self, id: int, **options: Unpack[Options]) -> LocationRetrieveResponse:
        """Return one location."""
        ...

    @listing
    def list(self, **params: Unpack[LocationListParams]) -> LocationsPage[IO]:
        """Return the locations, page by page.

        Args:
            page: Number of the page, from 1.
            per_page: Items a page, at most 50.
            name: Only the one with exactly this name.
            sort: Order; repeat for secondary keys.
        """
        ...
