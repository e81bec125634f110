"""How the parts of a server change on a server that exists, each as the calls that do it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from ipaddress import IPv6Network
from typing import Any

from hetzner.domain.reference import Attribute, Named, Ordered, first, plain
from hetzner.domain.specs.facts import Call, Change
from hetzner.domain.specs.seen import Default

REVERSE = "servers.actions.change_dns_ptr"
BY_DEFAULT = re.compile(r"static\.[0-9.]+\.clients\.your-server\.de")
"""The reverse name of an IPv4 address as long as nobody sets one."""


def server_type(change: Change) -> Iterator[Call]:
    """Change the size; the server is off by then, and started by that."""
    several = change.new if isinstance(change.new, Ordered) else ()
    offers = tuple({"server_type": plain(each)} for each in several)
    wanted = {
        "server_type": plain(first(change.new)),
        "upgrade_disk": not change.spec.get("keep_disk", False),
    }
    yield Call("servers.actions.change_type", wanted, change.of, seconds=120, offers=offers, turn=1)


def rebuild(change: Change) -> Iterator[Call]:
    """Overwrite the disk; id and addresses stay, and so does being off, although the API starts it."""
    arguments = {"image": plain(change.spec["image"])}
    if "user_data" in change.spec:
        arguments["user_data"] = change.spec["user_data"]
    yield Call("servers.actions.rebuild", arguments, change.of, seconds=30)
    if change.spec.get("power", "off" if change.actual.status == "off" else "on") == "off":
        yield poweroff(change.of)


def poweroff(of: Named) -> Call:
    """Return the call that cuts the power of a server that the API has started, left out when it is off."""
    off = ("status", "off")
    return Call("servers.actions.poweroff", {}, of, unless=off, seconds=3, always=True)


def firewalls(change: Change) -> Iterator[Call]:
    """Apply new firewalls before old ones are removed, so that no moment is unprotected."""
    server = [{"type": "server", "server": {"id": change.of}}]
    for each in change.new:
        if each not in change.old:
            yield Call("firewalls.actions.apply_to_resources", {"apply_to": server}, Named("firewalls", each))
    for each in change.old:
        if each not in change.new:
            yield remove_firewall(each, change.of)


def remove_firewall(firewall: Any, server: Named) -> Call:
    """Return the call that takes a firewall off a server."""
    arguments = {"remove_from": [{"type": "server", "server": {"id": server}}]}
    of = Named("firewalls", firewall)
    return Call("firewalls.actions.remove_from_resources", arguments, of, seconds=2, lets_go=True)


def networks(change: Change) -> Iterator[Call]:
    """Leave, join, or join anew with another address; other addresses change in place.

    A server without public addresses could not start before.
    """
    public = change.spec.get("public_net", {})
    is_private = public.get("ipv4") is False and public.get("ipv6") is False
    yield from (replace(call, in_window=is_private) for call in _networks(change))


def _networks(change: Change) -> Iterator[Call]:
    for name in change.old:
        if not any(name == wanted for wanted in change.new):
            yield detach(change.of, name)
    for name, wanted in change.new.items():
        have = next((have for known, have in change.old.items() if known == name), None)
        if have is None:
            yield attach(change.of, name, wanted)
        elif "ip" in wanted and wanted["ip"] != have["ip"]:
            yield detach(change.of, name)
            yield attach(change.of, name, wanted)
        elif "alias_ips" in wanted:
            yield from _alias_ips(change.of, name, wanted["alias_ips"], have["alias_ips"])


def _alias_ips(of: Named, network: Any, wanted: Sequence[Any], have: Sequence[Any]) -> Iterator[Call]:
    """Give up further addresses first, which others may wait for, and then take more."""
    command, kept = "servers.actions.change_alias_ips", [ip for ip in wanted if ip in have]
    arguments = {"network": Named("networks", network)}
    if len(kept) < len(have):
        yield Call(command, {**arguments, "alias_ips": [str(ip) for ip in kept]}, of, lets_go=True)
    if len(kept) < len(wanted):
        yield Call(command, {**arguments, "alias_ips": [str(ip) for ip in wanted]}, of)


OVERLAP = frozenset({"networks_overlap"})
"""It is in a network with the same range, which may be about to go."""


def attach(of: Named, network: Any, wanted: Mapping[str, Any]) -> Call:
    """Return the call that joins a network."""
    arguments: dict[str, Any] = {"network": Named("networks", network)}
    if "ip" in wanted:
        arguments["ip"] = str(wanted["ip"])
    if wanted.get("alias_ips"):
        arguments["alias_ips"] = [str(ip) for ip in wanted["alias_ips"]]
    return Call("servers.actions.attach_to_network", arguments, of, seconds=3, passing=OVERLAP)


def detach(of: Named, network: Any) -> Call:
    """Return the call that leaves a network."""
    arguments = {"network": Named("networks", network)}
    return Call("servers.actions.detach_from_network", arguments, of, seconds=3, lets_go=True)


def placement_group(change: Change) -> Iterator[Call]:
    """Leave the old group, then join the new one; the server is off by then."""
    if change.actual.placement_group is not None:  # which may be about to go itself
        yield Call("servers.actions.remove_from_placement_group", {}, change.of)
    if change.new is not None:
        group = Named("placement_groups", change.new)
        yield Call("servers.actions.add_to_placement_group", {"placement_group": group}, change.of)


def backups(change: Change) -> Iterator[Call]:
    """Start daily backups, or stop them and lose those there are."""
    yield Call(f"servers.actions.{'enable' if change.new else 'disable'}_backup", {}, change.of)


def protection(change: Change) -> Iterator[Call]:
    """Forbid or allow deletion and rebuilding."""
    yield protected(change.of, bool(change.new))


def protected(of: Named, on: bool) -> Call:
    """Return the call that sets the protection, last or first of all; the API wants both kinds the same."""
    return Call(
        "servers.actions.change_protection",
        {"delete": on, "rebuild": on},
        of,
        seconds=0,
        turn=1 if on else -1,
    )


def dns_ptr(change: Change) -> Iterator[Call]:
    """Set the reverse names that differ; an address that is not wanted has none."""
    public = change.spec.get("public_net", {})
    for side, name in change.new.items():
        if change.old.get(side) != name and public.get(side) is not False:
            yield reverse(change.of, side, name)


def reverse(of: Named, side: str, name: str | None) -> Call:
    """Return the call that sets one reverse name."""
    return Call(REVERSE, {"ip": Attribute(of, side), "dns_ptr": name}, of)


def reverse_names(server: Any) -> dict[str, str | None]:
    """Return the reverse names that a server has."""
    found: dict[str, str | None] = {"ipv4": None, "ipv6": None}
    if four := server.public_net.ipv4:
        is_default = BY_DEFAULT.fullmatch(four.dns_ptr or "")
        found["ipv4"] = Default(four.dns_ptr) if is_default else four.dns_ptr
    if six := server.public_net.ipv6:
        first = str(IPv6Network(six.ip)[1])
        found["ipv6"] = next((entry.dns_ptr for entry in six.dns_ptr or [] if entry.ip == first), None)
    return found
