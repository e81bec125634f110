"""Load balancers: one address in front of many servers.

https://docs.hetzner.cloud/reference/cloud#load-balancers
"""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Generic, NotRequired, Required, Unpack

from typing_extensions import TypedDict

from hetzner._faces import IO
from hetzner.schema.collection import Collection, part
from hetzner.schema.common import IdOrName, LabelledListParams, Labels, Name, Protection, UpdateParams
from hetzner.schema.endpoint import delete, get, listing, post, put
from hetzner.schema.load_balancer_actions import AlgorithmType, LoadBalancersActions
from hetzner.schema.load_balancer_services import LoadBalancerServiceModel, LoadBalancerServiceModelParam
from hetzner.schema.load_balancer_targets import LoadBalancerTarget, LoadBalancerTargetParam
from hetzner.schema.model import Model
from hetzner.schema.objects.actions import Action
from hetzner.schema.objects.load_balancer_types import LoadBalancerType
from hetzner.schema.objects.locations import Location
from hetzner.schema.operation import Options
from hetzner.schema.pages import Page

if TYPE_CHECKING:
    from hetzner.schema.metrics import LoadBalancersMetrics


class LoadBalancerPublicNetIP(Model):
    """A public address of a load balancer."""

    id: int | None = None
    """The primary IP that it is."""
    ip: str | None
    blocked: bool | None = None
    dns_ptr: str | None


class LoadBalancerPublicNet(Model):
    """The public side of a load balancer."""

    enabled: bool
    ipv4: LoadBalancerPublicNetIP
    ipv6: LoadBalancerPublicNetIP


class LoadBalancerPrivateNet(Model):
    """The attachment of a load balancer to a private network."""

    network: int
    ip: str


class LoadBalancerAlgorithm(Model):
    """How targets take turns."""

    type: str
    """``round_robin`` or ``least_connections``."""


class LoadBalancer(Model):
    """One address in front of many servers."""

    id: int
    name: str
    public_net: LoadBalancerPublicNet
    private_net: list[LoadBalancerPrivateNet]
    location: Location
    load_balancer_type: LoadBalancerType
    protection: Protection
    labels: dict[str, str]
    created: datetime
    services: list[LoadBalancerServiceModel]
    targets: list[LoadBalancerTarget]
    algorithm: LoadBalancerAlgorithm
    outgoing_traffic: int | None
    """Bytes in this billing period."""
    ingoing_traffic: int | None
    """Bytes in this billing period."""
    included_traffic: int
    """Bytes in this billing period."""


class LoadBalancerAlgorithmParam(TypedDict):
    """How targets take turns."""

    type: AlgorithmType


class LoadBalancerPublicNetParam(TypedDict):
    """Primary IPs to have as public addresses, by id; each that is not given is made."""

    ipv4: NotRequired[int]
    ipv6: NotRequired[int]


class LoadBalancerCreateParams(Options, total=False):
    """What may be asked of a new load balancer; it needs a location or a network zone."""

    name: Required[Name]
    load_balancer_type: Required[Annotated[IdOrName, "Name or id of the type, such as `lb11`."]]
    algorithm: Annotated[LoadBalancerAlgorithmParam, "How targets take turns (default: `round_robin`)."]
    location: Annotated[IdOrName, "Name or id of the location."]
    network_zone: Annotated[str, "Zone to pick a location from, such as `eu-central`."]
    labels: Labels
    services: Annotated[Sequence[LoadBalancerServiceModelParam], "Ports to take connections on."]
    targets: Annotated[Sequence[LoadBalancerTargetParam], "Where to send them."]
    network: Annotated[int, "Id of the private network to join."]
    public_interface: Annotated[bool, "Have a public side (default: yes)."]
    public_net: Annotated[LoadBalancerPublicNetParam, "Primary IPs to have; they can never be changed."]


class LoadBalancerUpdateParams(UpdateParams, total=False):
    """What can be changed of a load balancer."""


class LoadBalancerListParams(LabelledListParams, total=False):
    """What narrows and sorts the list of load balancers."""


class LoadBalancerCreateResponse(Model):
    """A load balancer that was just created; it works when ``action`` is done."""

    load_balancer: LoadBalancer
    action: Action


class LoadBalancerRetrieveResponse(Model):
    """One load balancer."""

    load_balancer: LoadBalancer


class LoadBalancerUpdateResponse(Model):
    """A load balancer after its update."""

    load_balancer: LoadBalancer


class LoadBalancerDeleteResponse(Model):
    """The action that deletes a load balancer; None when it was gone already."""

    action: Action | None = None


class LoadBalancersPage(Page[IO, LoadBalancer]):
    """A page of load balancers."""

    load_balancers: list[LoadBalancer]


class LoadBalancers(Collection[IO], Generic[IO], at="/load_balancers"):
    """One address in front of many servers."""

    actions: LoadBalancersActions[IO]
    metrics: "LoadBalancersMetrics[IO]" = part("metrics")

    @post(command="create_load_balancer")
    def create(self, **params: Unpack[LoadBalancerCreateParams]) -> LoadBalancerCreateResponse:
        """Create a load balancer.

        Args:
            name: Name, unique in the project.
            load_balancer_type: Name or id of the type, such as `lb11`.
            algorithm: How targets take turns (default: `round_robin`).
            location: Name or id of the location.
            network_zone: Zone to pick a location from, such as `eu-central`.
            labels: Labels: your own key/value pairs; they replace all the object has.
            services: Ports to take connections on.
            targets: Where to send them.
            network: Id of the private network to join.
            public_interface: Have a public side (default: yes).
            public_net: Primary IPs to have; they can never be changed.
        """
        ...

    @get
    def retrieve(self, id: int, **options: Unpack[Options]) -> LoadBalancerRetrieveResponse:
        """Return one load balancer."""
        ...

    @put
    def update(self, id: int, **params: Unpack[LoadBalancerUpdateParams]) -> LoadBalancerUpdateResponse:
        """Change the name or replace the labels.

        Args:
            name: New name, unique in the project.
            labels: Labels: your own key/value pairs; they replace all the object has.
        """
        ...

    @listing
    def list(self, **params: Unpack[LoadBalancerListParams]) -> LoadBalancersPage[IO]:
        """Return the load balancers, page by page.

        Args:
            page: Number of the page, from 1.
            per_page: Items a page, at most 50.
            name: Only the one with exactly this name.
            label_selector: Label selector, such as `env=prod,role in (web,db)`.
            sort: Order; repeat for secondary keys.
        """
        ...

    @delete(command="delete_load_balancer")
    def delete(self, id: int, **options: Unpack[Options]) -> LoadBalancerDeleteResponse:
        """Delete a load balancer; its targets stay."""
        ...
