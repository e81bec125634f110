"""Where load balancers send what they take in.

https://docs.hetzner.cloud/reference/cloud#load-balancers
"""

from typing import Annotated, Literal, NotRequired, Required

from typing_extensions import TypedDict

from hetzner.schema.model import Model
from hetzner.schema.operation import Options

TargetType = Literal["server", "label_selector", "ip"]


class HealthStatus(Model):
    """Whether a target answers one of the services."""

    listen_port: int
    """Port of the service."""
    status: str
    """``healthy``, ``unhealthy`` or ``unknown``."""
    detail: str | None = None
    """Why it is unhealthy, such as ``layer4_timeout`` or ``unexpected_http_status``."""
    http_status_code: int | None = None
    """What it answered instead of an expected status."""


class LoadBalancerTargetServer(Model):
    """A server that gets connections, and at which of its addresses."""

    id: int
    ip: str


class LoadBalancerTargetLabelSelector(Model):
    """The labels of the servers that get connections."""

    selector: str


class LoadBalancerTargetIP(Model):
    """An address that gets connections."""

    ip: str


class LoadBalancerTargetTarget(Model):
    """A server that a label selector has found."""

    type: str
    server: LoadBalancerTargetServer
    health_status: list[HealthStatus]
    use_private_ip: bool


class LoadBalancerTarget(Model):
    """What gets connections: a server, the servers with certain labels, or an address."""

    type: str
    """``server``, ``label_selector`` or ``ip``."""
    server: LoadBalancerTargetServer | None = None
    label_selector: LoadBalancerTargetLabelSelector | None = None
    ip: LoadBalancerTargetIP | None = None
    use_private_ip: bool | None = None
    health_status: list[HealthStatus] | None = None
    targets: list[LoadBalancerTargetTarget] | None = None
    """The servers that the label selector has found."""


class LoadBalancerTargetServerParam(TypedDict):
    """A server, by id; `ip` picks one of its public addresses."""

    id: int
    ip: NotRequired[str]


class LoadBalancerTargetLabelSelectorParam(TypedDict):
    """Servers, by label selector."""

    selector: str


class LoadBalancerTargetIPParam(TypedDict):
    """An address of the same customer outside the project."""

    ip: str


class LoadBalancerTargetParam(TypedDict):
    """What gets connections; `type` says which of the others is given."""

    type: TargetType
    server: NotRequired[LoadBalancerTargetServerParam]
    label_selector: NotRequired[LoadBalancerTargetLabelSelectorParam]
    ip: NotRequired[LoadBalancerTargetIPParam]
    use_private_ip: NotRequired[bool]


class ActionRemoveTargetParams(Options, total=False):
    """Which target; `type` says which of the others is given."""

    type: Required[Annotated[TargetType, "`server`, `label_selector` or `ip`."]]
    server: Annotated[LoadBalancerTargetServerParam, "The server, by id."]
    label_selector: Annotated[LoadBalancerTargetLabelSelectorParam, "The servers with certain labels."]
    ip: Annotated[LoadBalancerTargetIPParam, "An address of a dedicated server or in a vSwitch."]


class ActionAddTargetParams(ActionRemoveTargetParams, total=False):
    """A new target; `type` says which of the others is given."""

    use_private_ip: Annotated[
        bool, "Reach servers in the network they share with the load balancer (default: no)."
    ]
