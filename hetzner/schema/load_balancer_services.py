"""What load balancers take in, and how they check their targets.

https://docs.hetzner.cloud/reference/cloud#load-balancers
"""

from collections.abc import Sequence
from typing import Annotated, Literal, NotRequired, Required

from typing_extensions import TypedDict

from hetzner.schema.model import Model
from hetzner.schema.operation import Options

ServiceProtocol = Literal["tcp", "http", "https"]
HealthCheckProtocol = Literal["tcp", "http"]


class LoadBalancerHealthCheckHTTP(Model):
    """What a target must answer to HTTP."""

    domain: str | None
    """The ``Host`` header of the request."""
    path: str
    response: str | None = None
    """A text that the answer must contain."""
    status_codes: list[str] | None = None
    """Such as ``2??``."""
    tls: bool | None = None


class LoadBalancerHealthCheck(Model):
    """How a load balancer finds out whether a target works."""

    protocol: str
    port: int
    interval: int
    """Seconds between two checks."""
    timeout: int
    """Seconds to wait for an answer."""
    retries: int
    """Failures in a row that make a target unhealthy."""
    http: LoadBalancerHealthCheckHTTP | None = None


class LoadBalancerServiceHTTP(Model):
    """What a service does with HTTP."""

    cookie_name: str
    cookie_lifetime: int
    """Seconds."""
    timeout_idle: int
    """Seconds without traffic after which a connection is closed."""
    sticky_sessions: bool
    certificates: list[int] | None = None
    """By id; only with ``https``."""
    redirect_http: bool | None = None
    """Whether port 80 sends everybody to ``https``."""


class LoadBalancerServiceModel(Model):
    """A port that a load balancer takes connections on."""

    protocol: str
    listen_port: int
    destination_port: int
    proxyprotocol: bool
    health_check: LoadBalancerHealthCheck
    http: LoadBalancerServiceHTTP | None = None


class LoadBalancerHealthCheckHTTPParam(TypedDict, total=False):
    """What a target must answer to HTTP."""

    domain: str | None
    path: str
    response: str
    status_codes: Sequence[str]
    tls: bool


class LoadBalancerHealthCheckParam(TypedDict, total=False):
    """How targets are checked; times are seconds, what is left out is the API's default."""

    protocol: HealthCheckProtocol
    port: int
    interval: int
    timeout: int
    retries: int
    http: LoadBalancerHealthCheckHTTPParam


class LoadBalancerServiceHTTPParam(TypedDict, total=False):
    """What is done with HTTP; times are seconds, what is left out is the API's default."""

    cookie_name: str
    cookie_lifetime: int
    timeout_idle: int
    certificates: Sequence[int]
    redirect_http: bool
    sticky_sessions: bool


class LoadBalancerServiceModelParam(TypedDict):
    """A port to take connections on; `tcp` needs both ports, what is left out is the API's default."""

    protocol: ServiceProtocol
    listen_port: NotRequired[int]
    destination_port: NotRequired[int]
    proxyprotocol: NotRequired[bool]
    health_check: NotRequired[LoadBalancerHealthCheckParam]
    http: NotRequired[LoadBalancerServiceHTTPParam]


class ServiceParams(Options, total=False):
    """What a service is besides its port."""

    destination_port: Annotated[int, "Port of the targets."]
    proxyprotocol: Annotated[bool, "Tell the targets the client's address by the PROXY protocol."]
    health_check: Annotated[LoadBalancerHealthCheckParam, "How targets are checked."]
    http: Annotated[LoadBalancerServiceHTTPParam, "What is done with HTTP."]


class ActionAddServiceParams(ServiceParams, total=False):
    """A new service; what is left out is the API's default for the protocol."""

    protocol: Required[
        Annotated[ServiceProtocol, "`tcp` (needs both ports), `http`, `https` (needs certificates)."]
    ]
    listen_port: Annotated[int, "Port to take connections on; each one once."]


class ActionUpdateServiceParams(ServiceParams, total=False):
    """What is changed of a service; the rest stays."""

    listen_port: Required[Annotated[int, "Port of the service; it cannot be changed."]]
    protocol: Annotated[ServiceProtocol, "`tcp`, `http`, or `https`."]


class ActionDeleteServiceParams(Options, total=False):
    """Which service."""

    listen_port: Required[Annotated[int, "Port of the service."]]
