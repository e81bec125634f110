"""A few stand-in kinds, shaped like the real ones but owing nothing to them."""

from ipaddress import ip_network
from typing import Annotated, Any, Literal, Required

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, TypeAdapter, with_config
from typing_extensions import TypedDict

from hetzner.apply.document import KindFace


def cidr(text: str) -> str:
    """A network in CIDR notation, without host bits."""
    try:
        ip_network(text)
    except ValueError:
        better = ip_network(text, strict=False)
        raise ValueError(f"{text} has host bits; did you mean {better}?") from None
    return text


def rule(value: Any) -> Any:
    """`tcp/22` is short for a mapping."""
    if not isinstance(value, str):
        return value
    protocol, _, port = value.partition("/")
    return {"protocol": protocol, **({"port": port} if port else {})}


def subnet_inside(value: dict[str, Any]) -> dict[str, Any]:
    """A check over several fields, which stumbles over anything that is no text."""
    for subnet in value.get("subnets", []):
        if not ip_network(subnet["ip_range"]).subnet_of(ip_network(value["ip_range"])):  # type: ignore[arg-type]
            raise ValueError(f"{subnet['ip_range']} lies outside {value['ip_range']}")
    return value


@with_config(ConfigDict(extra="forbid"))
class PublicNet(TypedDict, total=False):
    """Nested fields."""

    ipv4: bool | str
    ipv6: bool


@with_config(ConfigDict(extra="forbid"))
class Server(TypedDict, total=False):
    """A stand-in for a server."""

    server_type: Required[str]
    image: Required[str | int]
    location: str
    labels: dict[str, str]
    firewalls: list[str]
    networks: list[str] | dict[str, str | None]
    public_net: PublicNet
    user_data: str
    backups: bool
    dns_ptr: Annotated[str, Field(pattern=r"^[a-z0-9.-]+$")]
    placement_group: str


@with_config(ConfigDict(extra="forbid"))
class Volume(TypedDict, total=False):
    """A stand-in for a volume."""

    size: Required[Annotated[int, Field(ge=10)]]
    format: Literal["ext4", "xfs"]
    location: str
    server: str
    labels: dict[str, str]


@with_config(ConfigDict(extra="forbid"))
class Rule(TypedDict, total=False):
    """A firewall rule."""

    protocol: Required[Literal["tcp", "udp", "icmp"]]
    port: str
    source_ips: list[Annotated[str, AfterValidator(cidr)]]


@with_config(ConfigDict(extra="forbid"))
class Firewall(TypedDict, total=False):
    """A stand-in for a firewall."""

    rules: list[Annotated[Rule, BeforeValidator(rule)]]
    labels: dict[str, str]


@with_config(ConfigDict(extra="forbid"))
class Route(TypedDict, total=False):
    """A route of a network."""

    destination: Required[Annotated[str, AfterValidator(cidr)]]
    gateway: Required[Annotated[str, Field(pattern=r"^[0-9.]+$")]]


@with_config(ConfigDict(extra="forbid"))
class Network(TypedDict, total=False):
    """A stand-in for a network."""

    ip_range: Required[Annotated[str, AfterValidator(cidr)]]
    subnets: list[dict[str, str]]
    routes: list[Route]
    labels: dict[str, str]


@with_config(ConfigDict(extra="forbid"))
class SSHKey(TypedDict, total=False):
    """A stand-in for an SSH key."""

    public_key: Required[Annotated[str, AfterValidator(str.strip)]]
    labels: dict[str, str]


@with_config(ConfigDict(extra="forbid"))
class StorageBox(TypedDict, total=False):
    """A stand-in for a storage box."""

    password: Required[Annotated[str, Field(min_length=8)]]
    labels: dict[str, str]


@with_config(ConfigDict(extra="forbid"))
class FloatingIP(TypedDict, total=False):
    """A stand-in for a floating IP, which calls its location home_location."""

    type: Required[Literal["ipv4", "ipv6"]]
    home_location: str
    server: str
    labels: dict[str, str]


@with_config(ConfigDict(extra="forbid"))
class Zone(TypedDict, total=False):
    """A stand-in for a zone, whose name has dots."""

    ttl: int
    records: dict[str, dict[str, Any]]


def face(name: str, spec: Any, **facts: Any) -> KindFace:
    """A kind from its TypedDict."""
    adapter = facts.pop("adapter", None) or TypeAdapter(spec)
    return KindFace(name, frozenset(spec.__annotations__), adapter, **facts)


KINDS = {
    one.name: one
    for one in (
        face("ssh_keys", SSHKey, text_field="public_key"),
        face("networks", Network, adapter=TypeAdapter(Annotated[Network, AfterValidator(subnet_inside)])),
        face("firewalls", Firewall),
        face("servers", Server, rebuilds=frozenset({"image", "user_data"})),
        face("volumes", Volume, unless={"location": frozenset({"server"})}),
        face(
            "floating_ips",
            FloatingIP,
            defaults={"location": "home_location"},
            unless={"home_location": frozenset({"server"})},
        ),
        face("storage_boxes", StorageBox),
        face("zones", Zone),
    )
}
"""The stand-in kinds by name."""
