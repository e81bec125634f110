"""What may be wanted of the services of a load balancer, and how they change.

https://docs.hetzner.cloud/reference/cloud#load-balancer-actions-add-service
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field
from typing_extensions import TypedDict

from hetzner.domain.reference import Named, Refs
from hetzner.domain.shapes import NUMBER, TEXT, Short
from hetzner.domain.specs.facts import Call, Change
from hetzner.domain.specs.kind import STRICT, Names

PORTS = {"http": 80, "https": 443}
"""What is listened on when nothing is said, by protocol."""
REDIRECTED = 80
"""The port that a service which redirects takes besides its own."""


def _codes(value: Any) -> Any:
    items = value if isinstance(value, list | tuple) else [value]
    return [str(each) if isinstance(each, int) else each for each in items]


Protocol = Literal["tcp", "http", "https"]
Port = Annotated[int, Field(ge=1, le=65_535)]
if TYPE_CHECKING:  # what may be written; at run time it is what that becomes
    Codes = str | int | Sequence[str | int]
else:
    Codes = Annotated[list[Annotated[str, Short(NUMBER)]], BeforeValidator(_codes), Short(TEXT, NUMBER)]


class HealthCheckHTTP(TypedDict, total=False):
    """What a target must answer to HTTP."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    domain: Annotated[str | None, "`Host` header of the request."]
    path: Annotated[str, "Path of the request."]
    response: Annotated[str, "Text that the answer must contain."]
    status_codes: Annotated[Codes, "Codes that are good, such as `2??`."]
    tls: Annotated[bool, "Ask by HTTPS."]


class HealthCheck(TypedDict, total=False):
    """How targets are checked; what is left out is the API's default."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    protocol: Annotated[Literal["tcp", "http"], "By a connection, or by a request."]
    port: Annotated[Port, "Port of the targets."]
    interval: Annotated[int, Field(ge=3, le=60), "Seconds between two checks."]
    timeout: Annotated[int, Field(ge=1, le=60), "Seconds to wait for an answer."]
    retries: Annotated[int, Field(ge=1, le=5), "Failures in a row that make a target unhealthy."]
    http: Annotated[HealthCheckHTTP, "What is asked and must be answered."]


class ServiceHTTP(TypedDict, total=False):
    """What is done with HTTP; what is left out is the API's default."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    cookie_name: Annotated[str, "Cookie by which a client stays with its target."]
    cookie_lifetime: Annotated[int, Field(ge=30, le=86_400), "Seconds."]
    timeout_idle: Annotated[int, Field(ge=30, le=300), "Seconds without traffic that end a connection."]
    certificates: Annotated[Refs, "Certificates of `https`."]
    redirect_http: Annotated[bool, "Send everybody from port 80 to `https`."]
    sticky_sessions: Annotated[bool, "Send a client to the same target each time."]


class ServiceOptions(TypedDict, total=False):
    """What a service is; what is left out is the API's default."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    protocol: Annotated[Protocol, "`tcp`, `http` or `https`."]
    listen_port: Annotated[Port, "Port to take connections on (default: that of the protocol)."]
    destination_port: Annotated[Port, "Port of the targets; `tcp` must say it."]
    proxyprotocol: Annotated[bool, "Tell the targets the client's address by the PROXY protocol."]
    health_check: Annotated[HealthCheck, "How targets are checked."]
    http: Annotated[ServiceHTTP, "What is done with HTTP."]


def complete(service: Mapping[str, Any]) -> dict[str, Any]:
    """Fill in the port that is listened on, and refuse what the API would refuse."""
    if "protocol" not in service:
        raise ValueError("a service needs a protocol: tcp, http or https")
    protocol, http = service["protocol"], service.get("http", {})
    if protocol == "tcp" and not {"listen_port", "destination_port"} <= service.keys():
        raise ValueError("tcp needs a listen_port and a destination_port")
    if protocol == "tcp" and http:
        raise ValueError("'http' is not for tcp")
    if protocol == "http" and (http.get("certificates") or http.get("redirect_http")):
        raise ValueError("certificates and redirect_http are for https only")
    return {"listen_port": PORTS[protocol], **service} if protocol in PORTS else dict(service)


Service = Annotated[ServiceOptions, AfterValidator(complete)]
if TYPE_CHECKING:
    Services = Sequence[ServiceOptions]
else:
    Services = list[Service]


def wire(service: Mapping[str, Any]) -> dict[str, Any]:
    """Return a service, or a part of one, as the API takes it."""
    http = service.get("http")
    certificates = http.get("certificates") if isinstance(http, Mapping) else None
    if not isinstance(http, Mapping) or not isinstance(certificates, list):
        return dict(service)
    return {**service, "http": {**http, "certificates": [Named("certificates", ref) for ref in certificates]}}


def shown(service: Any, names: Names) -> dict[str, Any]:
    """Return a service of the API in the terms of the spec."""
    made: dict[str, Any] = service.to_dict()
    if made.get("http"):
        used = made["http"].get("certificates") or []
        made["http"]["certificates"] = [names.of("certificates", id) for id in used]
    return made


def declared(service: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a document says of a service: what is given by its protocol is left out."""
    made = dict(service)
    if made["protocol"] == "tcp":
        made.pop("http", None)
    if made.get("listen_port") == PORTS.get(made["protocol"]):
        made.pop("listen_port")
    return made


def change_services(change: Change) -> Iterator[Call]:
    """Free the ports that are not wanted, change what stays in place, and take the new ports."""
    have = {service["listen_port"]: service for service in change.old}
    want = {service["listen_port"]: service for service in change.new}
    for port in have:
        if port not in want:
            yield _call("delete_service", {"listen_port": port}, change.of)
    for port, service in want.items():
        old = have.get(port, service)
        if differing := {name: new for name, new in service.items() if not fits(new, old.get(name))}:
            yield _call("update_service", {"listen_port": port, **wire(differing)}, change.of)
    for port, service in want.items():
        if port not in have:
            yield _call("add_service", wire(service), change.of)


def _call(name: str, arguments: dict[str, Any], of: Named) -> Call:
    return Call(f"load_balancers.actions.{name}", arguments, of, seconds=2)


def fits(want: Any, have: Any) -> bool:
    """Tell whether something is as it is wanted; it may have more, and lists have no order."""
    if isinstance(want, Mapping):
        return isinstance(have, Mapping) and all(fits(each, have.get(name)) for name, each in want.items())
    if isinstance(want, list):
        return (
            isinstance(have, list)
            and len(want) == len(have)
            and all(any(fits(each, other) for other in have) for each in want)
        )
    return bool(want == have)


def taken(service: Mapping[str, Any]) -> set[int]:
    """Return the ports that a service listens on."""
    redirects = service.get("http", {}).get("redirect_http")
    return {service["listen_port"], REDIRECTED} if redirects else {service["listen_port"]}
