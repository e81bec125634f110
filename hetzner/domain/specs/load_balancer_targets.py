"""What may be wanted of the targets of a load balancer, and how they change.

https://docs.hetzner.cloud/reference/cloud#load-balancer-actions-add-target
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator, BeforeValidator
from typing_extensions import TypedDict

from hetzner.domain.reference import HasId, Named, Ref, label_of
from hetzner.domain.shapes import NAME, Shape, Short
from hetzner.domain.specs.company import Find, Need, Odds, are_apart
from hetzner.domain.specs.effects import Effect, Toll
from hetzner.domain.specs.facts import Call, Change
from hetzner.domain.specs.kind import STRICT, Names
from hetzner.domain.specs.labels import Selector
from hetzner.domain.specs.load_balancer_services import fits
from hetzner.domain.specs.networks import PRIVATE

TYPES = ("server", "label_selector", "ip")
"""What a target can be, the word that decides first: a server may come with one of its addresses."""


def _ip(value: Any) -> Any:
    try:
        return str(ip_address(value)) if isinstance(value, str | IPv4Address | IPv6Address) else value
    except ValueError:
        raise ValueError(f"'{value}' is no IP address") from None


if TYPE_CHECKING:  # what may be written; at run time it is what that becomes
    IP = str | IPv4Address | IPv6Address
else:
    IP = Annotated[str, BeforeValidator(_ip)]


class TargetSpec(TypedDict, total=False):
    """Where connections are sent: a server, the servers with certain labels, or an address of your own."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    server: Annotated[Ref, "A server."]
    label_selector: Annotated[Selector, "The servers with these labels, whichever they are."]
    ip: Annotated[IP, "An address of a dedicated server; with a server, which of its addresses."]
    use_private_ip: Annotated[bool, "Reach servers in the network they share with the load balancer."]


def _long_form(value: Any) -> Any:
    """Take a server, or the API's form, in which every type stands in a map of its own."""
    if isinstance(value, str | int | HasId) and not isinstance(value, bool):
        return {"server": value}
    if not isinstance(value, Mapping) or "type" not in value:
        return value
    made: dict[str, Any] = {}
    for name, given in value.items():
        if name == "server" and isinstance(given, Mapping):
            made |= {**given, "server": given.get("id")}
            made.pop("id", None)
        elif name != "type":
            is_map = isinstance(given, Mapping)
            made[name] = given.get("selector" if name == "label_selector" else name) if is_map else given
    return made


def _one(target: Mapping[str, Any]) -> Mapping[str, Any]:
    """Refuse what the API would refuse."""
    if not any(name in target for name in TYPES):
        raise ValueError("a target is a server, a label_selector or an ip")
    if "label_selector" in target and ("server" in target or "ip" in target):
        raise ValueError("a label_selector stands alone: give one target for each")
    if target.get("use_private_ip") and "ip" in target:
        raise ValueError("use_private_ip is for servers and label selectors, without an ip")
    return target


API_FORM: Shape = {"type": "object", "properties": {"type": {"enum": [*TYPES]}}, "required": ["type"]}
if TYPE_CHECKING:
    Target = TargetSpec | Ref
    Targets = Sequence[Target]
else:
    Target = Annotated[TargetSpec, BeforeValidator(_long_form), AfterValidator(_one), Short(NAME, API_FORM)]
    Targets = list[Target]


def type_of(target: Mapping[str, Any]) -> str:
    """Return what the API calls this kind of target."""
    return next(name for name in TYPES if name in target)


def is_private(target: Mapping[str, Any]) -> bool:
    """Tell whether a target is reached in the network of the load balancer."""
    if target.get("use_private_ip"):
        return True
    if type_of(target) != "ip" or not isinstance(target["ip"], str):
        return False
    address = ip_address(target["ip"])
    return isinstance(address, IPv4Address) and any(address in block for block in PRIVATE)


def named(target: Mapping[str, Any]) -> dict[str, Any]:
    """Return by what the API knows a target.

    A server that is reached in a network has to be in that by then.
    """
    kind = type_of(target)
    if kind == "server":
        server = {"id": Named("servers", target["server"], whole=bool(target.get("use_private_ip")))}
        return {"type": kind, "server": {**server, **({"ip": target["ip"]} if "ip" in target else {})}}
    return {"type": kind, kind: {"selector" if kind == "label_selector" else "ip": target[kind]}}


def wire(target: Mapping[str, Any]) -> dict[str, Any]:
    """Return a new target as the API takes it."""
    private = {"use_private_ip": target["use_private_ip"]} if "use_private_ip" in target else {}
    return {**named(target), **private}


def shown(target: Any, names: Names) -> dict[str, Any]:
    """Return a target of the API in the terms of the spec."""
    made: dict[str, Any] = {"use_private_ip": bool(target.use_private_ip)}
    if target.server:
        return {**made, "server": names.of("servers", target.server.id), "ip": target.server.ip}
    if target.label_selector:
        return {**made, "label_selector": target.label_selector.selector}
    return {"ip": str(ip_address(target.ip.ip))}


def declared(target: dict[str, Any]) -> dict[str, Any]:
    """Return what a document says of a target: of its server's addresses only one that it would not get."""
    usual = type_of(target) == "server" and (is_private(target) or ":" not in target.get("ip", ""))
    return {name: value for name, value in target.items() if name != "ip" or not usual}


def change_targets(change: Change) -> Iterator[Call]:
    """Add new targets before old ones go, if there is room; one reached otherwise goes and comes back.

    Those that were reached in a network that is left for another one are gone by then.
    """
    left = is_private if moves(change) else lambda _: False
    known = [(want, next((have for have in change.old if _is_same(want, have)), None)) for want in change.new]
    added = [add(want, change.of) for want, have in known if have is None]
    gone = [have for have in change.old if not any(_is_same(want, have) for want in change.new)]
    removed = [remove(have, change.of) for have in gone if not left(have)]
    room = change.actual.load_balancer_type.max_targets - len(change.actual.targets)
    yield from (*added, *removed) if len(added) <= room else (*removed, *added)
    for want, have in known:
        if have is not None and not fits(want, have):
            yield from (*(() if left(have) else (remove(have, change.of),)), add(want, change.of))


def moves(change: Change) -> bool:
    """Tell whether a load balancer leaves its network for another one, or for another address in it."""
    networks = "networks" in change.beside and change.has["networks"] and change.spec["networks"]
    return bool(networks)


def stays(target: Mapping[str, Any], change: Change) -> bool:
    """Tell whether a target that is there is wanted as it is."""
    if "targets" not in change.beside:
        return True
    return any(_is_same(want, target) and fits(want, target) for want in change.spec["targets"])


def meant(spec: dict[str, Any]) -> dict[str, Any]:
    """Return a spec whose targets are reached in public where there is no network to reach them in."""
    if spec.get("networks") != {} or not spec.get("targets"):
        return spec
    return {**spec, "targets": [_in_public(each) for each in spec["targets"]]}


def _in_public(target: Any) -> Any:
    can_be_private = isinstance(target, Mapping) and type_of(target) != "ip"
    return {"use_private_ip": False, **target} if can_be_private else target


def bereft(have: dict[str, Any], had: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is left without the targets that were reached in a network that goes."""
    if not had["networks"] or have["networks"]:
        return have
    return {**have, "targets": [each for each in have["targets"] if not is_private(each)]}


def _is_same(want: Mapping[str, Any], have: Mapping[str, Any]) -> bool:
    kind = type_of(want)
    return kind == type_of(have) and bool(want[kind] == have[kind])


def leans_on(spec: Mapping[str, Any]) -> Iterator[tuple[str, Any, str]]:
    """Yield the addresses by which servers are reached in public, as it is wanted."""
    for target in spec.get("targets", ()):
        if type_of(target) == "server" and not is_private(target):
            yield "servers", target["server"], "ipv6" if ":" in target.get("ip", "") else "ipv4"


def needs(actual: Any, spec: Mapping[str, Any], names: Names) -> Iterator[Need]:
    """Yield the addresses by which a load balancer reaches servers in public, now and as it is wanted."""
    for target in actual.targets:
        if target.server is None or target.use_private_ip or ":" in (target.server.ip or ""):
            continue
        server = names.of("servers", target.server.id)
        kept = [each for each in spec.get("targets", ()) if each.get("server") == server]
        if "targets" not in spec or any(not each.get("use_private_ip") for each in kept):
            help = "take it out of its targets, or reach it by use_private_ip"
            yield Need("servers", target.server.id, "ipv4", help)


def needs_network(actual: Any, spec: Mapping[str, Any]) -> Iterator[Need]:
    """Yield the network in which a load balancer reaches its targets, unless it says where it shall be."""
    if "networks" not in spec and any(each.use_private_ip for each in actual.targets):
        help = "say 'networks: []' there, and its targets are reached in public"
        yield from (Need("networks", net.network, "", help) for net in actual.private_net)


def at_odds(spec: Mapping[str, Any], find: Find) -> Odds:
    """Yield the servers that cannot be reached like that: without an address, or in other networks."""
    for index, target in enumerate(spec.get("targets", ())):
        if type_of(target) != "server" or "ip" in target:
            continue
        found, who = find("servers", target["server"]) or {}, label_of(target["server"])
        if is_private(target):
            own, theirs = spec.get("networks"), found.get("networks")
            if own and theirs is not None and all(are_apart(one, other) for one in own for other in theirs):
                networks = ", ".join(map(label_of, own))
                yield ("targets", index), f"{who} is not in {networks}, and cannot be reached there"
        elif found.get("public_net", {}).get("ipv4") is False:
            yield ("targets", index), f"{who} has no public ipv4 to be reached by: say use_private_ip"


def add(target: Mapping[str, Any], of: Named, turn: int = 0) -> Call:
    """Return the call that sends connections to a target."""
    return Call("load_balancers.actions.add_target", wire(target), of, seconds=2, turn=turn)


def remove(target: Mapping[str, Any], of: Named, turn: int = 0) -> Call:
    """Return the call that sends no more connections to a target."""
    by = {name: target[name] for name in TYPES if name in target}
    if type_of(by) == "server":
        by.pop("ip", None)
    arguments = named(by)
    return Call("load_balancers.actions.remove_target", arguments, of, seconds=2, lets_go=True, turn=turn)


def dropped(change: Change, catalogue: Any) -> Iterator[Effect]:
    """Tell which targets are taken away and come back, so that they get nothing for a moment."""
    yield from returning(change_targets(change))


def returning(calls: Iterable[Call]) -> Iterator[Effect]:
    """Tell which targets calls take away and bring back."""
    gone: set[str] = set()
    back: set[str] = set()
    for call in calls:
        verb = call.operation.rpartition(".")[2]
        if verb in ("add_target", "remove_target"):
            (gone if verb == "remove_target" else back).add(_label(call.arguments))
    yield from (Effect(Toll.TARGET, label, seconds=4.0) for label in sorted(gone & back))


def _label(target: Mapping[str, Any]) -> str:
    kind = target["type"]
    about = target[kind]
    return label_of(about["id"].ref) if kind == "server" else str(about.get("selector", about.get("ip")))
