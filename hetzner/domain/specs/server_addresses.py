"""Which public addresses a server has: let go, made and taken while it is off."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from ipaddress import IPv6Network
from typing import Any

from hetzner.domain.reference import Named
from hetzner.domain.specs.facts import Call, Change
from hetzner.domain.specs.kind import Names
from hetzner.domain.specs.labels import DROPS
from hetzner.domain.specs.seen import Seen
from hetzner.domain.specs.server_changes import REVERSE, reverse

SIDES = ("ipv4", "ipv6")
UNASSIGN, ASSIGN = "primary_ips.actions.unassign", "primary_ips.actions.assign"
LB_TARGET = frozenset({"server_is_load_balancer_target"})
"""Its IPv4 address is a target, which a load balancer may be about to drop."""
HELD = frozenset({"primary_ip_already_assigned"})
"""Another server has it, which may be about to let go of it."""


def public_net(change: Change) -> Iterator[Call]:
    """Let go of addresses, then take others; what came with the server is deleted. It is off by then.

    A reverse name belongs to an address, so a new address gets the wanted one at once.
    """
    sides = [side for side in SIDES if side in change.new and _differs(change, side)]
    for side in sides:
        if (held := _held(change, side)) is not None:
            yield from let_go(held)
    for side in sides:
        if (wanted := change.new[side]) is False:
            continue
        yield _made(change, side) if wanted is True else assigned(wanted, change.of)
        name = change.spec.get("dns_ptr", {}).get(side)
        if name is not None:
            yield reverse(change.of, side, name)


def lost(change: Change) -> Iterator[str]:
    """Yield the addresses that go for good by a change: those of nobody's but the server's own."""
    for side in SIDES:
        if side in change.new and _differs(change, side) and _is_own(_held(change, side)):
            yield shown(side, getattr(change.actual.public_net, side))


def shown(side: str, net: Any) -> str:
    """Return an address as people write it; of a network, the first one."""
    return f"{side} {net.ip if side == 'ipv4' else IPv6Network(net.ip)[1]}"


def let_go(held: Any) -> Iterator[Call]:
    """Take a primary IP off its server, and delete it if it was the server's own."""
    ip = Named("primary_ips", held)
    yield unassigned(ip)
    if _is_own(held):
        yield Call("primary_ips.delete", {}, ip, lets_go=True)


def unassigned(ip: Named) -> Call:
    """Return the call that takes a primary IP off its server, which is off."""
    nobody = ("assignee_id", None)
    return Call(UNASSIGN, {}, ip, unless=nobody, seconds=2, lets_go=True, passing=LB_TARGET)


def assigned(ip: Any, server: Named) -> Call:
    """Return the call that gives a primary IP to a server, which is off."""
    arguments = {"assignee_id": server, "assignee_type": "server"}
    return Call(ASSIGN, arguments, Named("primary_ips", ip), seconds=2, passing=HELD)


def owes(calls: Sequence[Call]) -> Mapping[str, str]:
    """Return the label that names what is deleted once it is let go of: nobody else would know afterwards."""
    gone = [call.of.ref.id for call in calls if call.operation == "primary_ips.delete" and call.of]
    return {DROPS: ".".join(map(str, gone))} if gone else {}


def owed(actual: Any) -> Iterable[Call]:
    """Return the deletions that an interrupted run still owes: of what the server let go of by then."""
    held = {str(net.id) for side in SIDES if (net := getattr(actual.public_net, side)) is not None}
    for id in filter(None, actual.labels.get(DROPS, "").split(".")):
        if id not in held:
            yield Call("primary_ips.delete", {}, Named("primary_ips", int(id)), lets_go=True)


def obstacle(actual: Any, spec: Mapping[str, Any], calls: Sequence[Call], names: Names) -> str:
    """Tell what stands in the way of calls that change a server, or nothing."""
    return _stranded(actual, spec, calls) or _nameless(actual, spec, calls, names)


def given_up(server: Any, calls: Sequence[Call], names: Names) -> Iterator[str]:
    """Yield the sides of which calls take the address away, be it for another one."""
    gone = [call.of.ref for call in calls if call.operation == UNASSIGN and call.of is not None]
    for side in SIDES:
        net = getattr(server.public_net, side)
        if net is not None and names.of("primary_ips", net.id) in gone:
            yield side


def _stranded(actual: Any, spec: Mapping[str, Any], calls: Sequence[Call]) -> str:
    """Tell that a server could not start any more, since calls leave it without any address."""
    asked = [call.operation for call in calls]
    let_go, taken = asked.count(UNASSIGN), asked.count(ASSIGN) + asked.count("primary_ips.create")
    held = sum(getattr(actual.public_net, side) is not None for side in SIDES)
    networks = spec.get("networks", actual.private_net)
    if not let_go or held - let_go + taken > 0 or networks:
        return ""
    return "it would be left without any address and could not start: say in its public_net which one it gets"


def _nameless(actual: Any, spec: Mapping[str, Any], calls: Sequence[Call], names: Names) -> str:
    """Tell that a reverse name is wanted of an address that a server has not, or will have no more."""
    public = spec.get("public_net", {})
    if any(call.operation == ASSIGN for call in calls):
        return ""  # then it may be about to get one
    gone = {*given_up(actual, calls, names)}
    for call in calls:
        side = call.arguments["ip"].name if call.operation == REVERSE else None
        if side is None or side in public:
            continue
        if side in gone or getattr(actual.public_net, side) is None:
            return f"a reverse name needs an address, and it has no {side}: say in its public_net to get one"
    return ""


def _made(change: Change, side: str) -> Call:
    """Return the call that makes an address of the server's own, called and deleted like one of its start."""
    arguments = {
        "name": f"primary_ip-{change.actual.id}-{side}",
        "type": side,
        "assignee_id": change.of,
        "assignee_type": "server",
        "auto_delete": True,
    }
    return Call("primary_ips.create", arguments, seconds=3)


def _differs(change: Change, side: str) -> bool:
    wanted, have = change.new[side], change.old[side]
    return wanted is not (have is not False) if isinstance(wanted, bool) else have != wanted


def _held(change: Change, side: str) -> Any:
    """Return the primary IP that a server has, be it one that is about to go."""
    net = getattr(change.actual.public_net, side)
    if net is None:
        return None
    return change.has.get(change.field, change.old)[side] or net.id


def _is_own(held: Any) -> bool:
    return isinstance(held, Seen) and held.is_implied
