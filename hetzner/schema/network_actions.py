"""What can be done with networks.

https://docs.hetzner.cloud/reference/cloud#network-actions
"""

from typing import Annotated, Generic, Literal, Required, Unpack

from hetzner._faces import IO
from hetzner.schema.actions import ActionResponse, KindActions
from hetzner.schema.common import ActionChangeProtectionParams
from hetzner.schema.endpoint import action
from hetzner.schema.facts import Repeat
from hetzner.schema.operation import Options

SubnetType = Literal["cloud", "server", "vswitch"]


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


class NetworksActions(KindActions[IO], Generic[IO], at="/networks/{id}/actions"):
    """What can be done with a network."""

    @action("add_route")
    def add_route(self, id: int, **params: Unpack[ActionAddRouteParams]) -> ActionResponse:
        """Add a route.

        Args:
            destination: Where to, as CIDR.
            gateway: Address in the network that takes it.
        """
        ...

    @action("add_subnet")
    def add_subnet(self, id: int, **params: Unpack[ActionAddSubnetParams]) -> ActionResponse:
        """Add a subnet.

        Args:
            type: `cloud`, or `vswitch` with its id.
            network_zone: Zone it is for, such as `eu-central`.
            ip_range: Range as CIDR; without it the first free /24.
            vswitch_id: Id of the vSwitch to connect.
        """
        ...

    @action("change_ip_range", repeat=Repeat.SAFE)
    def change_ip_range(self, id: int, **params: Unpack[ActionChangeIPRangeParams]) -> ActionResponse:
        """Widen the range; it can never shrink.

        Args:
            ip_range: New range as CIDR; it starts where the old one starts.
        """
        ...

    @action("change_protection")
    def change_protection(self, id: int, **params: Unpack[ActionChangeProtectionParams]) -> ActionResponse:
        """Forbid or allow deletion.

        Args:
            delete: Forbid deletion.
        """
        ...

    @action("delete_route")
    def delete_route(self, id: int, **params: Unpack[ActionDeleteRouteParams]) -> ActionResponse:
        """Take a route away.

        Args:
            destination: Where to, as CIDR.
            gateway: Address in the network that takes it.
        """
        ...

    @action("delete_subnet")
    def delete_subnet(self, id: int, **params: Unpack[ActionDeleteSubnetParams]) -> ActionResponse:
        """Take a subnet away; nothing may be attached to it.

        Args:
            ip_range: Range of the subnet as CIDR.
        """
        ...
