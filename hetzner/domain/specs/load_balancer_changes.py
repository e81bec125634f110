"""How the rest of a load balancer changes on one that exists, each part as the calls that do it.

What new targets need comes before them (turn -1), what old ones need goes after them (turn 1).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from hetzner.domain.reference import Named, Ordered, first, label_of, plain
from hetzner.domain.specs import load_balancer_targets as of_targets
from hetzner.domain.specs.effects import Effect
from hetzner.domain.specs.facts import Call, Change
from hetzner.domain.specs.referring import refs_in

BEFORE, AFTER = -1, 1


def load_balancer_type(change: Change) -> Iterator[Call]:
    """Change the size: at first when more has to fit, at last when less has to."""
    turn = BEFORE if _outgrows(change) else AFTER
    several = change.new if isinstance(change.new, Ordered) else ()
    offers = tuple({"load_balancer_type": plain(each)} for each in several)
    wanted = {"load_balancer_type": plain(first(change.new))}
    yield Call("load_balancers.actions.change_type", wanted, change.of, seconds=5, turn=turn, offers=offers)


def _outgrows(change: Change) -> bool:
    most = change.actual.load_balancer_type
    return any(count > getattr(most, limit) for limit, count in needs(change.spec).items())


def needs(spec: Mapping[str, Any]) -> dict[str, int]:
    """Return how much of each kind has to fit into the type, by what the type calls its limit."""
    services, targets = (spec.get(name) for name in ("services", "targets"))
    used = {label_of(ref) for ref in refs_in(services, ("http", "certificates"))}
    counted = {"max_services": services, "max_targets": targets}
    listed = {limit: len(value) for limit, value in counted.items() if isinstance(value, list)}
    return {**listed, "max_assigned_certificates": len(used)}


def algorithm(change: Change) -> Iterator[Call]:
    """Change how targets take turns."""
    yield Call("load_balancers.actions.change_algorithm", {"type": change.new}, change.of)


def networks(change: Change) -> Iterator[Call]:
    """Join, leave, or move to another network or address; there is one network at most."""
    old, new = next(iter(change.old.items()), None), next(iter(change.new.items()), None)
    if new is None:
        yield from () if old is None else [_detach(change.of, old[0], AFTER)]
    elif old is None:
        yield attach(change.of, new, BEFORE)
    else:
        yield from _move(change, old[0], new)


def _move(change: Change, old: Any, new: tuple[Any, Any]) -> Iterator[Call]:
    """Move; the targets that were reached in the old network and stay are added again in the new one."""
    private = [each for each in change.has["targets"] if of_targets.is_private(each)]
    yield from (of_targets.remove(each, change.of, BEFORE) for each in private)
    yield _detach(change.of, old, BEFORE)
    yield attach(change.of, new, BEFORE)
    stay = [_portable(each) for each in private if of_targets.stays(each, change)]
    yield from (of_targets.add(each, change.of, BEFORE) for each in stay)


def _portable(target: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out the address that a server had in the old network."""
    return {name: value for name, value in target.items() if name != "ip" or "server" not in target}


def moved(change: Change, catalogue: Any) -> Iterator[Effect]:
    """Tell which targets go and come back because the network changes."""
    yield from of_targets.returning(networks(change))


ATTACHED = frozenset({"load_balancer_already_attached"})
"""It is in another network, which may be about to go."""


def attach(of: Named, joined: tuple[Any, Mapping[str, Any]], turn: int = 0) -> Call:
    """Return the call that joins a network: its name, and the address in it if one is wanted."""
    network, wanted = joined
    arguments = {"network": Named("networks", network), **wanted}
    return Call(
        "load_balancers.actions.attach_to_network", arguments, of, seconds=3, turn=turn, passing=ATTACHED
    )


def _detach(of: Named, network: Any, turn: int) -> Call:
    left = {"network": Named("networks", network)}
    name = "load_balancers.actions.detach_from_network"
    return Call(name, left, of, seconds=3, lets_go=True, turn=turn)


def public_interface(change: Change) -> Iterator[Call]:
    """Switch the public side on or off."""
    yield public(change.of, bool(change.new))


def public(of: Named, on: bool) -> Call:
    """Return the call that switches the public side on or off."""
    name = f"load_balancers.actions.{'enable' if on else 'disable'}_public_interface"
    return Call(name, {}, of, turn=BEFORE if on else AFTER)


def dns_ptr(change: Change) -> Iterator[Call]:
    """Set the reverse names that differ."""
    for side, name in change.new.items():
        if change.old.get(side) != name:
            yield reverse(change.of, getattr(change.actual.public_net, side).ip, name)


def reverse(of: Named, ip: Any, name: str | None) -> Call:
    """Return the call that sets one reverse name."""
    return Call("load_balancers.actions.change_dns_ptr", {"ip": ip, "dns_ptr": name}, of)
