"""What may be wanted of a load balancer, and how it is made and read.

https://docs.hetzner.cloud/reference/cloud#load-balancers
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from ipaddress import IPv4Address
from typing import Annotated, Any, ClassVar, Required

from typing_extensions import TypedDict

from hetzner.domain.money import Cost
from hetzner.domain.reference import Attribute, Choice, HasId, Named, plain
from hetzner.domain.specs import load_balancer_changes as change
from hetzner.domain.specs import load_balancer_services as of_services
from hetzner.domain.specs import load_balancer_targets as of_targets
from hetzner.domain.specs.company import Find, Need, Odds, names_disputed, sides_at_odds
from hetzner.domain.specs.effects import Lookup
from hetzner.domain.specs.facts import Call, Refers, by, replace
from hetzner.domain.specs.kind import STRICT, Names
from hetzner.domain.specs.labels import Labels, declared
from hetzner.domain.specs.load_balancer_fit import alone, unfit
from hetzner.domain.specs.load_balancer_parts import Algorithm, Networks, PublicNet
from hetzner.domain.specs.load_balancer_picture import LoadBalancerPicture
from hetzner.domain.specs.network_zones import networks_at_odds
from hetzner.domain.specs.protection import protected, protection
from hetzner.domain.specs.saying import only, said, said_sides, without_public_side
from hetzner.domain.specs.seen import Default, seen
from hetzner.domain.specs.server_changes import BY_DEFAULT
from hetzner.domain.specs.server_parts import Reverse
from hetzner.domain.specs.tariff import Tariff
from hetzner.domain.specs.worth import Catalogue

NAME = re.compile(r"(?=.{1,128}$)\S(?:.*\S)?")


class LoadBalancerOptions(TypedDict, total=False):
    """What may be wanted of a load balancer besides its name and type; it needs a location or a zone."""

    location: Annotated[
        Choice,
        Refers("locations"),
        replace("location is fixed at creation"),
        "Where it stands; of several the first where it can be had.",
    ]
    network_zone: Annotated[
        str, replace("network_zone is fixed at creation"), "Zone to pick a location from, such as eu-central."
    ]
    algorithm: Annotated[Algorithm, by(change.algorithm), "How targets take turns (default: round_robin)."]
    networks: Annotated[
        Networks,
        Refers("networks", while_off="network"),
        by(change.networks, tell=change.moved),
        "Private network: its name, or its name and an address.",
    ]
    services: Annotated[
        of_services.Services,
        Refers("certificates", inside=("http", "certificates")),
        by(of_services.change_services),
        "Ports to take connections on.",
    ]
    targets: Annotated[
        of_targets.Targets,
        Refers("servers", inside=("server",), while_off="target"),
        by(of_targets.change_targets, tell=of_targets.dropped),
        "Where to send them: servers, label selectors, addresses.",
    ]
    public_interface: Annotated[bool, by(change.public_interface), "Have a public side (default: yes)."]
    public_net: Annotated[
        PublicNet, replace("its addresses are fixed at creation"), "Primary IPs to have as public addresses."
    ]
    dns_ptr: Annotated[Reverse, by(change.dns_ptr), "Reverse DNS name."]
    protect: Annotated[bool, by(protection), "Forbid deletion."]
    labels: Annotated[Labels, "Your own key/value pairs."]


class LoadBalancerSpec(LoadBalancerOptions, total=False):
    """What may be wanted of a load balancer."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    load_balancer_type: Required[
        Annotated[
            Choice,
            Refers("load_balancer_types"),
            by(change.load_balancer_type),
            "Its size, such as `lb11`; of several the first that can be had.",
        ]
    ]


def private_ip(balancer: Any) -> str | None:
    """Return the address in the private network, or None."""
    return balancer.private_net[0].ip if balancer.private_net else None


class LoadBalancerKind(LoadBalancerPicture):
    """Load balancers."""

    billed, sold_as = True, "load_balancer_type"
    name, singular, spec, seconds = "load_balancers", "load_balancer", LoadBalancerSpec, 8.0
    code = "lb"
    inline = frozenset({"network_zone", "labels"})
    usual: ClassVar = {"algorithm": "round_robin"}
    unsaid: ClassVar = {"networks": {}}
    choices = ("location", "load_balancer_type")
    one_of = ("location", "network_zone")
    unless: ClassVar = {"location": frozenset({"network_zone"})}
    depends: ClassVar = {"private_ip": "networks"}
    attributes: ClassVar = {
        "id": lambda balancer: balancer.id,
        "name": lambda balancer: balancer.name,
        "ipv4": lambda balancer: balancer.public_net.ipv4.ip,
        "ipv6": lambda balancer: balancer.public_net.ipv6.ip,
        "private_ip": private_ip,
    }

    def arguments(self, spec: Mapping[str, Any]) -> dict[str, Any]:
        """Return what goes into the create; what needs a given private address comes afterwards."""
        made = super().arguments(spec)
        made |= {name: plain(spec[name]) for name in ("load_balancer_type", "location") if name in spec}
        if "algorithm" in spec:
            made["algorithm"] = {"type": spec["algorithm"]}
        if spec.get("services"):
            made["services"] = [of_services.wire(each) for each in spec["services"]]
        if now := [each for each in spec.get("targets", ()) if not _is_late(spec, each)]:
            made["targets"] = [of_targets.wire(each) for each in now]
        if given := spec.get("public_net"):
            made["public_net"] = {side: Named("primary_ips", ref) for side, ref in given.items()}
        for network, wanted in spec.get("networks", {}).items():
            if not wanted:
                made["network"] = Named("networks", network)
        if spec.get("public_interface") is False and "network" in made:
            made["public_interface"] = False
        return made

    def afterwards(self, name: str, spec: Mapping[str, Any]) -> list[Call]:
        """Join with a given address, then what needs that; then the reverse names and the protection."""
        of = Named(self.name, name)
        fixed = {network: wanted for network, wanted in spec.get("networks", {}).items() if wanted}
        calls = [change.attach(of, joined) for joined in fixed.items()]
        calls += [of_targets.add(each, of) for each in spec.get("targets", ()) if _is_late(spec, each)]
        if fixed and spec.get("public_interface") is False:
            calls.append(change.public(of, False))
        wanted = spec.get("dns_ptr", {}).items()
        calls += [change.reverse(of, Attribute(of, side), host) for side, host in wanted if host is not None]
        return [*calls, protected(of, True)] if spec.get("protect") else calls

    def read(self, actual: Any, names: Names) -> dict[str, Any]:
        """Return a load balancer as the API shows it in the terms of the spec."""
        public = {side: getattr(actual.public_net, side) for side in ("ipv4", "ipv6")}
        return {
            "load_balancer_type": seen(actual.load_balancer_type),
            "location": seen(actual.location),
            "network_zone": actual.location.network_zone,
            "algorithm": actual.algorithm.type,
            "networks": {
                names.of("networks", each.network): {"ip": IPv4Address(each.ip)}
                for each in actual.private_net
            },
            "services": [of_services.shown(each, names) for each in actual.services],
            "targets": [of_targets.shown(each, names) for each in actual.targets],
            "public_interface": actual.public_net.enabled,
            "public_net": {
                side: names.of("primary_ips", each.id) for side, each in public.items() if each.id
            },
            "dns_ptr": {side: _reverse_name(each) for side, each in public.items()},
            "protect": actual.protection.delete,
            "labels": declared(actual.labels),
        }

    def declare(self, have: Mapping[str, Any]) -> dict[str, Any]:
        """Return what a document says of a load balancer: its location tells its zone."""
        own = {name: value for name, value in without_public_side(have).items() if name != "network_zone"}
        spec = super().declare({**own, "public_interface": None if have["public_interface"] else False})
        if have["public_interface"] is False:
            spec["public_interface"] = False
        if public := said_sides(have["public_net"]):
            spec["public_net"] = public
        if "networks" in spec:
            spec["networks"] = {name: only(joined, "ip") for name, joined in spec["networks"].items()}
        if "services" in spec:
            spec["services"] = [of_services.declared(service) for service in spec["services"]]
        if "targets" in spec:
            spec["targets"] = [only(of_targets.declared(said(each)), "server") for each in spec["targets"]]
        return spec

    def refs(self, spec: Mapping[str, Any]) -> Iterator[tuple[str, str, Any]]:
        """Yield every reference; the primary IPs stand below the names of their sides."""
        yield from super().refs(spec)
        for ref in spec.get("public_net", {}).values():
            if isinstance(ref, str | int | HasId):
                yield "public_net", "primary_ips", ref

    def cost(self, spec: Mapping[str, Any], tariff: Tariff) -> Cost | None:
        """Return the price of the type, its addresses included."""
        return tariff.of_type("load_balancer_types", spec.get("load_balancer_type"), spec.get("location"))

    def addresses(self, actual: Any, spec: Mapping[str, Any], find: Lookup) -> Iterator[str]:
        """Yield its public addresses, but for primary IPs that outlive it."""
        for side in ("ipv4", "ipv6"):
            net = getattr(actual.public_net, side)
            primary = find("primary_ips", net.id) if net.id else None
            if net.ip and (primary is None or primary.auto_delete):
                yield f"{side} {net.ip}"

    def is_unsettled(self, actual: Any) -> bool:
        """Return True: nothing of a load balancer shows whether its creation is over, and went well."""
        return True

    def alone(self, spec: Mapping[str, Any], actual: Any, names: Names) -> str:
        """Tell why there cannot be another one beside it: it would need addresses that this one has."""
        return alone(spec)

    def meant(self, spec: dict[str, Any]) -> dict[str, Any]:
        """Reach targets in public where it shall be in no network."""
        return of_targets.meant(spec)

    def bereft(self, have: dict[str, Any], had: Mapping[str, Any]) -> dict[str, Any]:
        """Lose the targets in a network together with it."""
        return of_targets.bereft(have, had)

    def at_odds(self, spec: Mapping[str, Any], find: Find) -> Odds:
        """Yield the primary IPs that it cannot have, and the networks and servers that it cannot reach."""
        yield from sides_at_odds(spec, find)
        yield from networks_at_odds(spec, find)
        yield from of_targets.at_odds(spec, find)

    def disputed(self, spec: Mapping[str, Any], find: Find) -> Odds:
        """Yield reverse names that a primary IP declares in another way."""
        yield from names_disputed(spec, find)

    def needs(self, actual: Any, spec: Mapping[str, Any], names: Names) -> Iterator[Need]:
        """Yield the addresses by which it reaches servers in public, and its network for the others."""
        yield from of_targets.needs(actual, spec, names)
        yield from of_targets.needs_network(actual, spec)

    def leans_on(self, spec: Mapping[str, Any]) -> Iterator[tuple[str, Any, str]]:
        """Yield the addresses by which it will reach servers in public."""
        yield from of_targets.leans_on(spec)

    def unfit(self, actual: Any, spec: Mapping[str, Any], catalogue: Catalogue) -> str:
        """Tell why its type is not to be had there, or too small."""
        return unfit(actual, spec, catalogue)

    def problems(self, name: str, spec: Mapping[str, Any]) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Yield what the API would refuse whatever else there is."""
        if not NAME.fullmatch(name):
            yield (), "a name has 1 to 128 characters and no blanks at its ends"
        if spec.get("location") is not None and spec.get("network_zone") is not None:
            yield ("network_zone",), "give location or network_zone, not both"
        if len(spec.get("networks", ())) > 1:
            yield ("networks",), "a load balancer is in one network at most"
        if spec.get("public_interface") is False and "networks" in spec and not spec["networks"]:
            yield ("public_interface",), "a load balancer without a public side needs a network"
        yield from _port_problems(spec.get("services", ()))
        yield from _target_problems(spec)


def _port_problems(services: Sequence[Any]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    before: set[int] = set()
    for index, service in enumerate(services):
        for port in sorted(before & of_services.taken(service)):
            yield ("services", index), f"port {port} is taken by another service"
        before |= of_services.taken(service)


def _target_problems(spec: Mapping[str, Any]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    is_alone = "networks" in spec and not spec["networks"]
    for index, target in enumerate(spec.get("targets", ())):
        if is_alone and of_targets.is_private(target):
            yield ("targets", index), "a target with a private address needs a network"
        if spec.get("public_interface") is False and not of_targets.is_private(target):
            yield ("targets", index), "without a public side every target needs use_private_ip"


def _is_late(spec: Mapping[str, Any], target: Mapping[str, Any]) -> bool:
    """Tell whether a target can only be had after the create: in a network that is joined after it."""
    return of_targets.is_private(target) and any(spec.get("networks", {}).values())


def _reverse_name(address: Any) -> str | None:
    name: str | None = address.dns_ptr
    return Default(name) if name and BY_DEFAULT.fullmatch(name) else name


KIND = LoadBalancerKind()
