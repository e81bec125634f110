"""What may be wanted of a network.

https://docs.hetzner.cloud/reference/cloud#networks
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from ipaddress import IPv4Address, IPv4Network
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, Required

from pydantic import BeforeValidator
from typing_extensions import TypedDict

from hetzner.domain.reference import Address, Choice, Named, Ordered
from hetzner.domain.shapes import TEXT, Short
from hetzner.domain.specs.drawing import Role, given
from hetzner.domain.specs.facts import NEVER, UPDATE, Call, Change, by
from hetzner.domain.specs.kind import STRICT, Kind, Names
from hetzner.domain.specs.labels import Labels, declared
from hetzner.domain.specs.network_zones import ZONES, in_their_zones, zone_of
from hetzner.domain.specs.protection import protected, protection
from hetzner.domain.specs.rules import cidr
from hetzner.domain.specs.saying import only

PRIVATE = tuple(IPv4Network(range) for range in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"))


def _range(value: Any) -> Any:
    return IPv4Network(cidr(value)) if isinstance(value, str) else value


if TYPE_CHECKING:  # what may be written; at run time each type is what that becomes
    Range = IPv4Network | str
else:
    Range = Annotated[IPv4Network, BeforeValidator(_range)]


class SubnetSpec(TypedDict, total=False):
    """A part of a network in one zone."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    ip_range: Required[Annotated[Range, "Range inside that of the network."]]
    type: Annotated[Literal["cloud", "server", "vswitch"], "`cloud` (default) or `vswitch`."]
    network_zone: Annotated[str, "Zone it is for (default: that of the location)."]
    vswitch_id: Annotated[int, "The vSwitch to connect."]


class RouteSpec(TypedDict):
    """Where a network sends what is not its own."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    destination: Annotated[Range, "Where to."]
    gateway: Annotated[Address, "The address in the network that takes it."]


def _subnet(value: Any) -> Any:
    """Take a range, or the API's form; what the API called a `server` subnet is a `cloud` subnet now."""
    if isinstance(value, Mapping) and value.get("type") == "server":
        return {**value, "type": "cloud"}
    return {"ip_range": value} if isinstance(value, str) else value


if TYPE_CHECKING:
    Subnets = Sequence[SubnetSpec | str]
else:
    Subnets = list[Annotated[SubnetSpec, BeforeValidator(_subnet), Short(TEXT)]]


def _widen(change: Change) -> Iterator[Call]:
    yield Call("networks.actions.change_ip_range", {"ip_range": str(change.new)}, change.of, opens=True)


def _cannot_widen(change: Change) -> str | None:
    old, new = change.old, change.new
    if new.supernet_of(old) and new.network_address == old.network_address:
        return None
    return f"a range can only grow from its first address, and {new} does not contain {old} that way"


def _subnets(change: Change) -> Iterator[Call]:
    """Add before others go, but what overlaps an old subnet has to wait until that is gone."""
    gone = [have for have in change.old if not any(_is_same(wanted, have) for wanted in change.new)]
    added = [wanted for wanted in change.new if not any(_is_same(wanted, have) for have in change.old)]
    blocked = [each for each in added if any(each["ip_range"].overlaps(old["ip_range"]) for old in gone)]
    for subnet in added:
        if subnet not in blocked:
            yield _add_subnet(subnet, change)
    for subnet in gone:
        arguments = {"ip_range": str(subnet["ip_range"])}
        yield Call(
            "networks.actions.delete_subnet", arguments, change.of, passing=frozenset({"service_error"})
        )
    for subnet in blocked:
        yield _add_subnet(subnet, change)


def _add_subnet(subnet: Mapping[str, Any], change: Change) -> Call:
    return Call("networks.actions.add_subnet", _wire_subnet(subnet, change.spec), change.of, opens=True)


def _is_same(wanted: Mapping[str, Any], have: Mapping[str, Any]) -> bool:
    return all(have.get(name) == value for name, value in wanted.items())


def _routes(change: Change) -> Iterator[Call]:
    for route in change.old:
        if route not in change.new:
            yield Call("networks.actions.delete_route", _wire_route(route), change.of)
    for route in change.new:
        if route not in change.old:
            yield Call("networks.actions.add_route", _wire_route(route), change.of)


def _wire_route(route: Mapping[str, Any]) -> dict[str, Any]:
    return {"destination": str(route["destination"]), "gateway": route["gateway"]}


def _wire_subnet(subnet: Mapping[str, Any], spec: Mapping[str, Any]) -> dict[str, Any]:
    zone = zone_of(subnet, spec)
    made = {"type": subnet.get("type", "cloud"), "network_zone": zone, "ip_range": str(subnet["ip_range"])}
    return {**made, **({"vswitch_id": subnet["vswitch_id"]} if "vswitch_id" in subnet else {})}


class NetworkSpec(TypedDict, total=False):
    """What may be wanted of a network."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    ip_range: Required[
        Annotated[
            Range,
            by(_widen, impossible=_cannot_widen),
            "Private range, such as 10.0.0.0/16; it can only grow.",
        ]
    ]
    subnets: Annotated[Subnets, by(_subnets), "Its parts."]
    routes: Annotated[list[RouteSpec], by(_routes, late=True), "Where it sends what is not its own."]
    expose_routes_to_vswitch: Annotated[bool, UPDATE, "Tell the routes to the connected vSwitch."]
    location: Annotated[Choice, NEVER, "Location whose zone the subnets are for, unless they name one."]
    protect: Annotated[bool, by(protection), "Forbid deletion."]
    labels: Annotated[Labels, "Your own key/value pairs."]


class NetworkKind(Kind):
    """Networks."""

    name, singular, spec = "networks", "network", NetworkSpec
    unsaid: ClassVar = {"subnets": []}
    role = Role.BOX
    code = "net"
    seated = True
    inline = frozenset({"expose_routes_to_vswitch", "labels"})
    depends: ClassVar = {"ip_range": "ip_range"}
    attributes: ClassVar = {
        "id": lambda network: network.id,
        "name": lambda network: network.name,
        "ip_range": lambda network: network.ip_range,
    }

    def arguments(self, spec: Mapping[str, Any]) -> dict[str, Any]:
        """Return what goes into the create; routes whose gateway is not known yet come afterwards."""
        made = {**super().arguments(spec), "ip_range": str(spec["ip_range"])}
        if spec.get("subnets"):
            made["subnets"] = [_wire_subnet(subnet, spec) for subnet in spec["subnets"]]
        if known := [route for route in spec.get("routes", ()) if _is_known(route)]:
            made["routes"] = [{**_wire_route(route), "gateway": str(route["gateway"])} for route in known]
        return made

    def afterwards(self, name: str, spec: Mapping[str, Any]) -> list[Call]:
        """Add the routes that had to wait for their gateway, then protect."""
        of = Named(self.name, name)
        calls = [
            Call("networks.actions.add_route", _wire_route(route), of)
            for route in spec.get("routes", ())
            if not _is_known(route)
        ]
        if spec.get("protect"):
            calls.append(protected(of, True))
        return calls

    def admits(self, spec: Mapping[str, Any], said: Mapping[str, Any]) -> str:
        """Tell why an address cannot be had: it is in no subnet, or the API keeps it for itself."""
        subnets = [subnet["ip_range"] for subnet in spec.get("subnets", ())]
        for ip in self.seats(said) if "subnets" in spec else ():
            home = next((subnet for subnet in subnets if ip in subnet), None)
            if home is None:
                known = ", ".join(map(str, subnets)) or "there is none"
                return f"{ip} is in no subnet of the network: {known}"
            gateway = [spec["ip_range"].network_address + 1] if "ip_range" in spec else []
            if ip in (home.network_address, home.broadcast_address, *gateway):
                return f"{ip} is kept for the network itself: take one from {home.network_address + 2} on"
        return ""

    def pick(self, spec: Mapping[str, Any], taken: Set[Any]) -> Mapping[str, Any] | None:
        """Return the lowest address that is free, as the API would give it."""
        for subnet in spec.get("subnets", ()):
            for ip in subnet["ip_range"].hosts():
                if ip not in taken and not self.admits(spec, {"ip": ip}):
                    return {"ip": ip}
        return None

    def seats(self, said: Mapping[str, Any]) -> Iterator[Any]:
        """Yield the addresses that are asked for."""
        yield from (ip for ip in (said.get("ip"), *said.get("alias_ips", ())) if isinstance(ip, IPv4Address))

    def read(self, actual: Any, names: Names) -> dict[str, Any]:
        """Return a network as the API shows it in the terms of the spec."""
        return {
            "ip_range": IPv4Network(actual.ip_range),
            "subnets": [_seen_subnet(subnet) for subnet in actual.subnets],
            "routes": [
                {"destination": IPv4Network(route.destination), "gateway": IPv4Address(route.gateway)}
                for route in actual.routes
            ],
            "expose_routes_to_vswitch": actual.expose_routes_to_vswitch,
            "protect": actual.protection.delete,
            "labels": declared(actual.labels),
        }

    def joined(self, have: Mapping[str, Any], spec: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return what a network will be like; a subnet that is there stays in its zone."""
        made = {**have, **spec}
        return {**made, "subnets": in_their_zones(have["subnets"], made["subnets"])}

    def declare(self, have: Mapping[str, Any]) -> dict[str, Any]:
        """Return what a document says of a network; subnets by their range where that tells all."""
        spec = super().declare(have)
        if "subnets" in spec:
            spec["subnets"] = [_said_subnet(subnet) for subnet in spec["subnets"]]
        return spec

    def problems(self, name: str, spec: Mapping[str, Any]) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Yield what the API would refuse whatever else there is."""
        whole = spec["ip_range"]
        if not any(whole.subnet_of(private) for private in PRIVATE):
            private = ", ".join(map(str, PRIVATE))
            yield ("ip_range",), f"{whole} is not private; use a part of one of {private}"
        if whole.prefixlen > 24:
            yield ("ip_range",), f"{whole} is too small: a network is at least a /24"
        if len({ZONES.get(str(each)) for each in _places(spec)}) > 1:
            zones = " and ".join(dict.fromkeys(str(ZONES.get(str(each))) for each in _places(spec)))
            yield ("location",), f"these locations are in different zones, {zones}: subnets are for one"
        subnets = [subnet["ip_range"] for subnet in spec.get("subnets", ())]
        for index, subnet in enumerate(subnets):
            if not subnet.subnet_of(whole):
                yield ("subnets", index), f"{subnet} is outside of the network's {whole}"
            for other in subnets[:index]:
                if subnet.overlaps(other):
                    yield ("subnets", index), f"{subnet} overlaps {other}"

    def gist(self, spec: Mapping[str, Any]) -> Iterator[Any]:
        """Yield its range."""
        yield from given(spec, "ip_range")


def _places(spec: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return the locations that are given, where a subnet leaves its zone to them."""
    several = spec.get("location")
    needed = any("network_zone" not in subnet for subnet in spec.get("subnets", ()))
    return several if needed and isinstance(several, Ordered) else ()


def _seen_subnet(subnet: Any) -> dict[str, Any]:
    made = {
        "ip_range": IPv4Network(subnet.ip_range),
        "type": "cloud" if subnet.type == "server" else subnet.type,
        "network_zone": subnet.network_zone,
    }
    return {**made, **({"vswitch_id": subnet.vswitch_id} if subnet.vswitch_id is not None else {})}


def _said_subnet(subnet: Mapping[str, Any]) -> Any:
    usual = {"type": "cloud", "network_zone": "eu-central"}
    return only({name: value for name, value in subnet.items() if usual.get(name) != value}, "ip_range")


def _is_known(route: Mapping[str, Any]) -> bool:
    return isinstance(route["gateway"], IPv4Address | str)


KIND = NetworkKind()
