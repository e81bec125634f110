"""What a server hands over to the one that replaces it: fixed private addresses and primary IPs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from ipaddress import IPv4Address
from typing import Any

from hetzner.domain.reference import Named
from hetzner.domain.specs import server_addresses as address
from hetzner.domain.specs import server_changes as change
from hetzner.domain.specs.company import Find, Odds, names_disputed, sides_at_odds
from hetzner.domain.specs.facts import Call
from hetzner.domain.specs.kind import Names
from hetzner.domain.specs.network_zones import networks_at_odds
from hetzner.domain.specs.server_power import DOWN, OFF, ServerPower, poweron, shutdown


class ServerSuccession(ServerPower):
    """The part of a server that is about the one that takes its place."""

    def alone(self, spec: Mapping[str, Any], actual: Any, names: Names) -> str:
        """Tell why there cannot be another server beside it."""
        return _alone(spec, actual, names)

    def obstacle(self, actual: Any, spec: Mapping[str, Any], calls: Sequence[Call], names: Names) -> str:
        """Tell what stands in the way of calls that change it."""
        return address.obstacle(actual, spec, calls, names)

    def at_odds(self, spec: Mapping[str, Any], find: Find) -> Odds:
        """Yield the primary IPs that are not of the right type, and what is in another place."""
        yield from sides_at_odds(spec, find)
        yield from networks_at_odds(spec, find)

    def disputed(self, spec: Mapping[str, Any], find: Find) -> Odds:
        """Yield reverse names that a primary IP declares in another way."""
        yield from names_disputed(spec, find)

    def gives_up(self, actual: Any, calls: Sequence[Call], names: Names) -> Iterator[str]:
        """Yield the public addresses that it loses, be it for other ones."""
        yield from address.given_up(actual, calls, names)

    def beside(self, spec: Mapping[str, Any], actual: Any, names: Names) -> dict[str, Any]:
        """Return what a successor can have as long as the server is there."""
        return _beside(spec, actual, names)

    def hand_over(
        self, of: Named, spec: Mapping[str, Any], old: Named, actual: Any, names: Names, new: Any = None
    ) -> Iterator[Call]:
        """Give a successor the addresses that only one server can have."""
        return _hand_over(of, spec, old, actual, names, new)


def _alone(spec: Mapping[str, Any], server: Any, names: Names) -> str:
    """Tell why there cannot be another one beside a server, or nothing."""
    public = _beside(spec, server, names).get("public_net", {})
    if spec.get("networks") or not _primary_ips(spec, server, names):
        return ""
    if all(public.get(side) is False for side in address.SIDES):
        return "its only addresses are primary IPs, and those cannot be on two servers at once"
    return ""


def _beside(spec: Mapping[str, Any], server: Any, names: Names) -> dict[str, Any]:
    """Return a spec without the addresses that the old server has for now."""
    made = dict(spec)
    if held := _private(spec, server, names):
        made["networks"] = {name: {} if name in held else wanted for name, wanted in spec["networks"].items()}
    if sides := _primary_ips(spec, server, names):
        made["public_net"] = {**spec["public_net"], **dict.fromkeys(sides, False)}
    return made


def _hand_over(
    of: Named, spec: Mapping[str, Any], old: Named, server: Any, names: Names, new: Any
) -> Iterator[Call]:
    """Move fixed private addresses, then primary IPs while both servers are off, and run again."""
    for network, wanted in _private(spec, server, names).items():
        yield change.detach(old, network)
        yield change.detach(of, network)
        yield change.attach(of, network, wanted)
    runs, held = spec.get("power") != OFF, _primary_ips(spec, server, names)
    if not held:
        if new is not None and new.status in DOWN and runs:
            yield poweron(of)  # an earlier run switched it off for this
        return
    if server.status != OFF:
        yield from shutdown(old)
    for side in held:
        yield address.unassigned(Named("primary_ips", spec["public_net"][side]))
    yield from shutdown(of)
    for side in held:
        yield address.assigned(spec["public_net"][side], of)
    if runs:
        yield poweron(of)


def _private(spec: Mapping[str, Any], server: Any, names: Names) -> dict[Any, Any]:
    """Return the networks in which a server has an address that is wanted for its successor."""
    have = {
        names.of("networks", each.network): {IPv4Address(ip) for ip in (each.ip, *(each.alias_ips or ()))}
        for each in server.private_net
    }
    found = {}
    for name, wanted in spec.get("networks", {}).items():
        held = next((addresses for known, addresses in have.items() if known == name), set())
        fixed = [wanted["ip"]] if "ip" in wanted else []
        if held.intersection([*fixed, *wanted.get("alias_ips", ())]):
            found[name] = wanted
    return found


def _primary_ips(spec: Mapping[str, Any], server: Any, names: Names) -> list[str]:
    """Return the sides on which a server has the primary IP that is wanted for its successor."""
    found = []
    for side, ref in _refs(spec):
        actual = getattr(server.public_net, side)
        if actual is not None and names.of("primary_ips", actual.id) == ref:
            found.append(side)
    return found


def _refs(spec: Mapping[str, Any]) -> list[tuple[str, Any]]:
    public = spec.get("public_net", {})
    return [(side, public[side]) for side in address.SIDES if not isinstance(public.get(side, False), bool)]
