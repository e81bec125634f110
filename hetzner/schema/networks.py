"""Networks: private addresses for servers and load balancers.

https://docs.hetzner.cloud/reference/cloud#networks
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Generic, Literal, NotRequired, Required, Unpack

from typing_extensions import TypedDict

from hetzner._faces import IO
from hetzner.schema.actions import ActionResponse, KindActions
from hetzner.schema.collection import Collection
from hetzner.schema.common import (
    ActionChangeProtectionParams,
    LabelledListParams,
    Labels,
    Name,
    PageParams,
    Protection,
    UpdateParams,
)
from hetzner.schema.endpoint import action, delete, get, listing, listing_at, post, put
from hetzner.schema.facts import Repeat
from hetzner.schema.model import Model
from hetzner.schema.operation import Options
from hetzner.schema.pages import Page

SubnetType = Literal["cloud", "server", "vswitch"]
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


class ActionAddRouteParams(Options, total=False):
    """A new route."""

    destination: Required[Annotated[str, "Where to, as CIDR."]]
    gateway: Required[Annotated[str, "Address in the network that takes it."]]


class ActionDeleteRouteParams(ActionAddRouteParams, total=False):
    """The route to take away."""


class ActionAddSubnetParams(Options, total=False):
    """A new part of a network."""

    type: Required[Annotated[SubnetType, "`cloud`, or `vswitch` with its id."]]
    network_zone: Required[Annotated[str, "Zone it is for, such as `eu-central`."]]
    ip_range: Annotated[str, "Range as CIDR; without it the first free /24."]
    vswitch_id: Annotated[int, "Id of the vSwitch to connect."]


class ActionDeleteSubnetParams(Options, total=False):
    """The part to take away."""

    ip_range: Required[Annotated[str, "Range of the subnet as CIDR."]]


class ActionChangeIPRangeParams(Options, total=False):
    """A wider range."""

    ip_range: Required[Annotated[str, "New range as CIDR; it starts where the old one starts."]]


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


class NetworksActions(KindActions[IO], Generic[IO], at="/networks/{id}/actions"):
    """What can be done with a network."""

    @action("add_route")
    def add_route(self, id: int, **params: Unpack[ActionAddRouteParams]) -> ActionResponse:
        """Add a route."""
        ...

    @action("add_subnet")
    def add_subnet(self, id: int, **params: Unpack[ActionAddSubnetParams]) -> ActionResponse:
        """Add a subnet."""
        ...

    @action("change_ip_range", repeat=Repeat.SAFE)
    def change_ip_range(self, id: int, **params: Unpack[ActionChangeIPRangeParams]) -> ActionResponse:
        """Widen the range; it can never shrink."""
        ...

    @action("change_protection")
    def change_protection(self, id: int, **params: Unpack[ActionChangeProtectionParams]) -> ActionResponse:
        """Forbid or allow deletion."""
        ...

    @action("delete_route")
    def delete_route(self, id: int, **params: Unpack[ActionDeleteRouteParams]) -> ActionResponse:
        """Take a route away."""
        ...

    @action("delete_subnet")
    def delete_subnet(self, id: int, **params: Unpack[ActionDeleteSubnetParams]) -> ActionResponse:
        """Take a subnet away; nothing may be attached to it."""
        ...


class Networks(Collection[IO], Generic[IO], at="/networks"):
    """Private networks."""

    actions: NetworksActions[IO]

    @post
    def create(self, **params: Unpack[NetworkCreateParams]) -> NetworkCreateResponse:
        """Create a network."""
        ...

    @get
    def retrieve(self, id: int, **options: Unpack[Options]) -> NetworkRetrieveResponse:
        """Return one network."""
        ...

    @put
    def update(self, id: int, **params: Unpack[NetworkUpdateParams]) -> NetworkUpdateResponse:
        """Change the name, replace the labels, or expose routes."""
        ...

    @listing
    def list(self, **params: Unpack[NetworkListParams]) -> NetworksPage[IO]:
        """Return the networks, page by page."""
        ...

    @delete
    def delete(self, id: int, **options: Unpack[Options]) -> None:
        """Delete a network; what is attached is detached first."""
        ...

    @listing_at("/{id}/members")
    def members(self, id: int, **params: Unpack[NetworkMemberListParams]) -> NetworkMembersPage[IO]:
        """Return what is attached to a network, page by page."""
        ...
