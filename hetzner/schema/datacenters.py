"""Datacenters: gone since October 2026, the API answers 410; kept so that old programs are told so.

https://docs.hetzner.cloud/changelog
"""

from collections.abc import Sequence
from typing import Annotated, Generic, Unpack

from hetzner._faces import IO
from hetzner.schema.collection import Collection
from hetzner.schema.common import NamedListParams
from hetzner.schema.endpoint import get, listing_at
from hetzner.schema.locations import LocationSort
from hetzner.schema.model import Model
from hetzner.schema.objects.locations import Location
from hetzner.schema.operation import Options
from hetzner.schema.pages import Page

GONE = "gone since October 2026: use client.locations, and the locations of a server type"


class DatacenterServerTypes(Model):
    """The server types of a datacenter, by id."""

    supported: list[int]
    available: list[int]
    available_for_migration: list[int]


class Datacenter(Model):
    """A part of a location."""

    id: int
    name: str
    description: str
    location: Location
    server_types: DatacenterServerTypes


class DatacenterListParams(NamedListParams, total=False):
    """What narrowed and sorted the list of datacenters."""

    sort: Annotated[LocationSort | Sequence[LocationSort], "Order; repeat for secondary keys."]


class DatacenterRetrieveResponse(Model):
    """One datacenter."""

    datacenter: Datacenter


class DatacentersPage(Page[IO, Datacenter]):
    """A page of datacenters."""

    datacenters: list[Datacenter]
    recommendation: int
    """The one that was recommended for new servers, by id."""


class Datacenters(Collection[IO], Generic[IO], at="/datacenters"):
    """Parts of locations; the API no longer has them."""

    @get(deprecated=GONE)
    def retrieve(self, id: int, **options: Unpack[Options]) -> DatacenterRetrieveResponse:
        """Raise an APIStatusError 410: the API no longer has datacenters."""
        ...

    @listing_at("", deprecated=GONE)
    def list(self, **params: Unpack[DatacenterListParams]) -> DatacentersPage[IO]:
        """Raise an APIStatusError 410: the API no longer has datacenters.

        Args:
            page: Number of the page, from 1.
            per_page: Items a page, at most 50.
            name: Only the one with exactly this name.
            sort: Order; repeat for secondary keys.
        """
        ...
