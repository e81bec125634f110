"""Load balancer types: sizes of load balancers.

https://docs.hetzner.cloud/reference/cloud#load-balancer-types
"""

from typing import Generic, Unpack

from hetzner._faces import IO
from hetzner.schema.collection import Collection
from hetzner.schema.common import NamedListParams
from hetzner.schema.endpoint import get, listing
from hetzner.schema.model import Model
from hetzner.schema.objects.load_balancer_types import LoadBalancerType as LoadBalancerType
from hetzner.schema.operation import Options
from hetzner.schema.pages import Page


class LoadBalancerTypeListParams(NamedListParams, total=False):
    """What narrows the list of load balancer types."""


class LoadBalancerTypeRetrieveResponse(Model):
    """One load balancer type."""

    load_balancer_type: LoadBalancerType


class LoadBalancerTypesPage(Page[IO, LoadBalancerType]):
    """A page of load balancer types."""

    load_balancer_types: list[LoadBalancerType]


class LoadBalancerTypes(Collection[IO], Generic[IO], at="/load_balancer_types"):
    """Sizes of load balancers."""

    @get
    def retrieve(self, id: int, **options: Unpack[Options]) -> LoadBalancerTypeRetrieveResponse:
        """Return one load balancer type."""
        ...

    @listing
    def list(self, **params: Unpack[LoadBalancerTypeListParams]) -> LoadBalancerTypesPage[IO]:
        """Return the load balancer types, page by page, retired ones included.

        Args:
            page: Number of the page, from 1.
            per_page: Items a page, at most 50.
            name: Only the one with exactly this name.
        """
        ...
