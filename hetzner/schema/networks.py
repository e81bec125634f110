"""Networks: private addresses for servers and load balancers.

https://docs.hetzner.cloud/reference/cloud#networks
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Generic, Literal, NotRequired, Required, Unpack

from typing_extensions import TypedDict

from hetzner._faces import IO
from hetzner.schema.collection import Collection
from hetzner.schema.common import (
    LabelledListParams,
    Labels,
    Name,
    PageParams,
    Protection,
    UpdateParams,
)
from hetzner.schema.endpoint import delete, get, listing, listing_at, post, put
from hetzner.schema.model import Model
from hetzner.schema.network_actions import NetworksActions, SubnetType
from hetzner.schema.operation import Options
from hetzner.schema.pages import Page

MemberType = Literal["server", "load_balancer"]
MemberStatus = Literal["ok", "attaching", "detaching", "updating", "error"]
MemberSort = Literal[
    "id", "id:asc", "id:desc", "type", "type:asc", "type:desc", "status", "status:asc", "status:desc",
    "ip", "ip:asc", "ip:desc",
]  # fmt: skip
IpRange = Annotated[str, "Private range as CIDR, such as `10.0.0.0/16`."]


class NetworkSubnet(Model):
    """A part of a network in one zone."""

    type: str
    ip_range: str
    network_zone: str
    gateway: str
    vswitch_id: int | None = None


class NetworkRoute(Model):
    """Where a network sends what is not its own."""

    destination: str
    gateway: str


class Network(Model):
    """A private network."""

    id: int
    name: str
    ip_range: str
    subnets: list[NetworkSubnet]
    routes: list[NetworkRoute]
    servers: list[int]
    load_balancers: list[int] | None = None
    expose_routes_to_vswitch: bool
    protection: Protection
    labels: dict[str, str]
    created: datetime


class NetworkMember(Model):
    """What is attached to a network."""

    id: int
    type: str
    ip: str
    alias_ips: list[str]
    subnet: str
    status: str


class SubnetParam(TypedDict):
    """A new part of a network."""

    type: SubnetType
    network_zone: str
    ip_range: NotRequired[str]
    vswitch_id: NotRequired[int]


class RouteParam(TypedDict):
    """A new route."""

    destination: str
    gateway: str


class NetworkCreateParams(Options, total=False):
    """What may be asked of a new network."""

    name: Required[Name]
    ip_range: Required[IpRange]
    labels: Labels
    subnets: Annotated[Sequence[SubnetParam], "Its parts; servers get their addresses from them."]
    routes: Annotated[Sequence[RouteParam], "Where it sends what is not its own."]
    expose_routes_to_vswitch: Annotated[bool, "Tell the routes to the connected vSwitch."]


class NetworkUpdateParams(UpdateParams, total=False):
    """What can be changed of a network."""

    expose_routes_to_vswitch: Annotated[bool, "Tell the routes to the connected vSwitch."]


class NetworkListParams(LabelledListParams, total=False):
    """What narrows and sorts the list of networks."""


class NetworkMemberListParams(PageParams, total=False):
    """What narrows and sorts the members of a network."""

    type: Annotated[MemberType | Sequence[MemberType], "Only members of these types."]
    status: Annotated[MemberStatus | Sequence[MemberStatus], "Only members in these states."]
    subnet: Annotated[str | Sequence[str], "Only members in these subnets, as CIDR."]
    sort: Annotated[MemberSort | Sequence[MemberSort], "Order; repeat for secondary keys."]


class NetworkCreateResponse(Model):
    """A network that was just created."""

    network: Network


class NetworkRetrieveResponse(Model):
    """One network."""

    network: Network


class NetworkUpdateResponse(Model):
    """A network after its update."""

    network: Network


class NetworksPage(Page[IO, Network]):
    """A page of networks."""

    networks: list[Network]


class NetworkMembersPage(Page[IO, NetworkMember]):
    """A page of members of a network."""

    members: list[NetworkMember]


class Networks(Collection[IO], Generic[IO], at="/networks"):
    """Private networks."""

    actions: NetworksActions[IO]

    @post
    def create(self, **params: Unpack[NetworkCreateParams]) -> NetworkCreateResponse:
        """Create a network.

        Args:
            name: Name, unique in the project.
            ip_range: Private range as CIDR, such as `10.0.0.0/16`.
            labels: Labels: your own key/value pairs; they replace all the object has.
            subnets: Its parts; servers get their addresses from them.
            routes: Where it sends what is not its own.
            expose_routes_to_vswitch: Tell the routes to the connected vSwitch.
        """
        ...

    @get
    def retrieve(self, id: int, **options: Unpack[Options]) -> NetworkRetrieveResponse:
        """Return one network."""
        ...

    @put
    def update(self, id: int, **params: Unpack[NetworkUpdateParams]) -> NetworkUpdateResponse:
        """Change the name, replace the labels, or expose routes.

        Args:
            name: New name, unique in the project.
            labels: Labels: your own key/value pairs; they replace all the object has.
            expose_routes_to_vswitch: Tell the routes to the connected vSwitch.
        """
        ...

    @listing
    def list(self, **params: Unpack[NetworkListParams]) -> NetworksPage[IO]:
        """Return the networks, page by page.

        Args:
            page: Number of the page, from 1.
            per_page: Items a page, at most 50.
            name: Only the one with exactly this name.
            label_selector: Label selector, such as `env=prod,role in (web,db)`.
            sort: Order; repeat for secondary keys.
        """
        ...

    @delete
    def delete(self, id: int, **options: Unpack[Options]) -> None:
        """Delete a network; what is attached is detached first."""
        ...

    @listing_at("/{id}/members")
    def members(self, id: int, **params: Unpack[NetworkMemberListParams]) -> NetworkMembersPage[IO]:
        """Return what is attached to a network, page by page.

        Args:
            page: Number of the page, from 1.
            per_page: Items a page, at most 50.
            type: Only members of these types.
            status: Only members in these states.
            subnet: Only members in these subnets, as CIDR.
            sort: Order; repeat for secondary keys.
        """
        ...
