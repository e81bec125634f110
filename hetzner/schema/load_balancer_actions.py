"""The actions of load balancers.

https://docs.hetzner.cloud/reference/cloud#load-balancer-actions
"""

from typing import Annotated, Generic, Literal, Required, Unpack

from hetzner._faces import IO
from hetzner.schema.actions import ActionResponse, KindActions
from hetzner.schema.common import ActionChangeDNSPtrParams, ActionChangeProtectionParams, IdOrName
from hetzner.schema.endpoint import action, renamed
from hetzner.schema.facts import Repeat
from hetzner.schema.load_balancer_services import (
    ActionAddServiceParams,
    ActionDeleteServiceParams,
    ActionUpdateServiceParams,
)
from hetzner.schema.load_balancer_targets import ActionAddTargetParams, ActionRemoveTargetParams
from hetzner.schema.operation import Options

AlgorithmType = Literal["round_robin", "least_connections"]


class ActionAttachToNetworkParams(Options, total=False):
    """Which network, and with what address."""

    network: Required[Annotated[int, "Id of the network."]]
    ip: Annotated[str, "Address to have; without it the API picks a free one."]
    ip_range: Annotated[str, "Subnet to take the address from, as CIDR."]


class ActionChangeAlgorithmParams(Options, total=False):
    """How targets take turns."""

    type: Required[Annotated[AlgorithmType, "`round_robin` or `least_connections`."]]


class ActionChangeTypeParams(Options, total=False):
    """The new type of a load balancer."""

    load_balancer_type: Required[Annotated[IdOrName, "Name or id of the new type; all it has must fit."]]


class ActionDetachFromNetworkParams(Options, total=False):
    """Which network."""

    network: Required[Annotated[int, "Id of the network."]]


class LoadBalancersActions(KindActions[IO], Generic[IO], at="/load_balancers/{id}/actions"):
    """What can be done with a load balancer; each answers with an action to wait for."""

    @action("add_service")
    def add_service(self, id: int, **params: Unpack[ActionAddServiceParams]) -> ActionResponse:
        """Take connections on one more port.

        Args:
            destination_port: Port of the targets.
            proxyprotocol: Tell the targets the client's address by the PROXY protocol.
            health_check: How targets are checked.
            http: What is done with HTTP.
            protocol: `tcp` (needs both ports), `http`, `https` (needs certificates).
            listen_port: Port to take connections on; each one once.
        """
        ...

    @action("add_target")
    def add_target(self, id: int, **params: Unpack[ActionAddTargetParams]) -> ActionResponse:
        """Send connections to one more server, address, or all servers with certain labels.

        Args:
            type: `server`, `label_selector` or `ip`.
            server: The server, by id.
            label_selector: The servers with certain labels.
            ip: An address of a dedicated server or in a vSwitch.
            use_private_ip: Reach servers in the network they share with the load balancer (default: no).
        """
        ...

    ass_target = renamed(add_target)
    """Its name in programs of 2023; deprecated, use ``add_target``."""

    @action("attach_to_network")
    def attach_to_network(self, id: int, **params: Unpack[ActionAttachToNetworkParams]) -> ActionResponse:
        """Join a private network; it can be in one.

        Args:
            network: Id of the network.
            ip: Address to have; without it the API picks a free one.
            ip_range: Subnet to take the address from, as CIDR.
        """
        ...

    @action("change_algorithm")
    def change_algorithm(self, id: int, **params: Unpack[ActionChangeAlgorithmParams]) -> ActionResponse:
        """Change how targets take turns.

        Args:
            type: `round_robin` or `least_connections`.
        """
        ...

    @action("change_dns_ptr")
    def change_dns_ptr(self, id: int, **params: Unpack[ActionChangeDNSPtrParams]) -> ActionResponse:
        """Set the reverse DNS name of a public address.

        Args:
            ip: The address.
            dns_ptr: The name; None goes back to the default.
        """
        ...

    @action("change_protection")
    def change_protection(self, id: int, **params: Unpack[ActionChangeProtectionParams]) -> ActionResponse:
        """Forbid or allow deletion.

        Args:
            delete: Forbid deletion.
        """
        ...

    @action("change_load_balancer_type", repeat=Repeat.BY_ACTION)
    def change_type(self, id: int, **params: Unpack[ActionChangeTypeParams]) -> ActionResponse:
        """Change the type; what it has must fit into the new one.

        Args:
            load_balancer_type: Name or id of the new type; all it has must fit.
        """
        ...

    @action("delete_service")
    def delete_service(self, id: int, **params: Unpack[ActionDeleteServiceParams]) -> ActionResponse:
        """Take no more connections on a port.

        Args:
            listen_port: Port of the service.
        """
        ...

    @action("detach_from_network")
    def detach_from_network(self, id: int, **params: Unpack[ActionDetachFromNetworkParams]) -> ActionResponse:
        """Leave a private network.

        Args:
            network: Id of the network.
        """
        ...

    @action("disable_public_interface")
    def disable_public_interface(self, id: int, **options: Unpack[Options]) -> ActionResponse:
        """Switch the public side off; all targets must be private ones then."""
        ...

    @action("enable_public_interface")
    def enable_public_interface(self, id: int, **options: Unpack[Options]) -> ActionResponse:
        """Switch the public side on."""
        ...

    @action("remove_target")
    def remove_target(self, id: int, **params: Unpack[ActionRemoveTargetParams]) -> ActionResponse:
        """Send no more connections to a target.

        Args:
            type: `server`, `label_selector` or `ip`.
            server: The server, by id.
            label_selector: The servers with certain labels.
            ip: An address of a dedicated server or in a vSwitch.
        """
        ...

    @action("update_service", repeat=Repeat.SAFE)
    def update_service(self, id: int, **params: Unpack[ActionUpdateServiceParams]) -> ActionResponse:
        """Change what is given of a service.

        Args:
            destination_port: Port of the targets.
            proxyprotocol: Tell the targets the client's address by the PROXY protocol.
            health_check: How targets are checked.
            http: What is done with HTTP.
            listen_port: Port of the service; it cannot be changed.
            protocol: `tcp`, `http`, or `https`.
        """
        ...
