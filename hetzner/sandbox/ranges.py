"""Ranges of private networks: their grammar, and the rules for subnets and routes.

https://docs.hetzner.cloud/reference/cloud#networks
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from ipaddress import AddressValueError, IPv4Address, IPv4Network
from typing import Any

from hetzner.sandbox.errors import invalid, limit_exceeded
from hetzner.sandbox.table import Row

PRIVATE = tuple(IPv4Network(text) for text in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"))
EVERYWHERE = IPv4Network("0.0.0.0/0")
PUBLIC_GATEWAY = IPv4Address("172.31.1.1")
"""Gateway of the public interface of servers; never used in a private network."""
MOST_SUBNETS, MOST_ROUTES = 50, 100
_CIDR = re.compile(r"[0-9]{1,3}(\.[0-9]{1,3}){3}/[0-9]{1,2}")
_VSWITCH_ZONE = "eu-central"


def cidr(text: str, field: str) -> IPv4Network:
    """Read a range such as `10.0.0.0/16`, or refuse it with `invalid_input`."""
    try:
        if not _CIDR.fullmatch(text):
            raise ValueError
        return IPv4Network(text)
    except ValueError as problem:
        reason = (
            "has host bits set" if "host bits" in str(problem) else "is not an IPv4 range in CIDR notation"
        )
        raise invalid(field, f"'{text}' {reason}") from None


def private_range(text: str, field: str, longest: int = 32) -> IPv4Network:
    """Read a range within RFC 1918 whose prefix is not longer than asked."""
    found = cidr(text, field)
    if not any(found.subnet_of(block) for block in PRIVATE):
        raise invalid(field, f"'{text}' is not within the private ranges of RFC 1918")
    if found.prefixlen > longest:
        raise invalid(field, f"'{text}' is smaller than /{longest}")
    return found


def address(text: str, field: str) -> IPv4Address:
    """Read an IPv4 address, or refuse it with `invalid_input`."""
    try:
        return IPv4Address(text)
    except AddressValueError:
        raise invalid(field, f"'{text}' is not an IPv4 address") from None


def first_address(text: str) -> IPv4Address:
    """The first address of a range: where the gateway of a network is."""
    return IPv4Network(text).network_address + 1


def wider(row: Row, text: str) -> str:
    """Check a new range of a network: same start, same or shorter prefix."""
    old, new = IPv4Network(row["ip_range"]), private_range(text, "ip_range", 24)
    if new.network_address != old.network_address or new.prefixlen > old.prefixlen:
        raise invalid("ip_range", "can only be extended at its end")
    return new.with_prefixlen


def new_subnet(row: Row, asked: Mapping[str, Any], zones: Iterable[str], under: str = "") -> dict[str, Any]:
    """Check a subnet for a network and complete it; `under` goes before the fields in refusals."""
    if len(row["subnets"]) >= MOST_SUBNETS:
        raise limit_exceeded("network_subnet_limit", "network subnet limit reached")
    zone, vswitch = asked["network_zone"], asked.get("vswitch_id")
    if zone not in zones:
        raise invalid(f"{under}network_zone", f"network zone '{zone}' not found")
    if asked["type"] == "vswitch":
        _check_vswitch(vswitch, zone, under)
    elif vswitch is not None:
        raise invalid(f"{under}vswitch_id", "is only for subnets of type vswitch")
    found = _subnet_range(row, asked.get("ip_range"), f"{under}ip_range")
    gateway = found.network_address + 1 if vswitch is not None else first_address(row["ip_range"])
    return {
        "type": asked["type"],
        "ip_range": found.with_prefixlen,
        "network_zone": zone,
        "gateway": str(gateway),
        "vswitch_id": vswitch,
    }


def _check_vswitch(vswitch: int | None, zone: str, under: str) -> None:
    if vswitch is None:
        raise invalid(f"{under}vswitch_id", "is required for subnets of type vswitch")
    if zone != _VSWITCH_ZONE:
        raise invalid(f"{under}network_zone", f"subnets of type vswitch are only in {_VSWITCH_ZONE}")


def _subnet_range(row: Row, text: str | None, field: str) -> IPv4Network:
    within, used = IPv4Network(row["ip_range"]), [*_subnets(row), *_destinations(row)]
    if text is None:
        return _first_free(within, used, field)
    found = private_range(text, field, 30)
    if not found.subnet_of(within):
        raise invalid(field, f"'{text}' is not within the network's range {within}")
    if any(found.overlaps(other) for other in used):
        raise invalid(field, "overlaps with an existing subnet or route")
    return found


def _first_free(within: IPv4Network, used: list[IPv4Network], field: str) -> IPv4Network:
    start, end = int(within.network_address), int(within.broadcast_address)
    while start < end:
        found = IPv4Network((start, 24))
        blocker = next((other for other in used if other.overlaps(found)), None)
        if blocker is None:
            return found
        start = (max(int(blocker.broadcast_address), int(found.broadcast_address)) | 255) + 1
    raise invalid(field, "no free /24 is left in the network")


def new_route(row: Row, destination: str, gateway: str, under: str = "") -> dict[str, str]:
    """Check a route for a network; `under` goes before the fields in refusals."""
    if len(row["routes"]) >= MOST_ROUTES:
        raise limit_exceeded("network_route_limit", "network route limit reached")
    field = f"{under}destination"
    target = EVERYWHERE if destination == str(EVERYWHERE) else private_range(destination, field)
    if _is_covered(row, target):
        raise invalid(field, "network route destination overlaps with another subnetwork or network route")
    if target != EVERYWHERE and PUBLIC_GATEWAY in target:
        raise invalid(field, f"overlaps with {PUBLIC_GATEWAY}")
    through = address(gateway, f"{under}gateway")
    _check_gateway(row, through, f"{under}gateway")
    return {"destination": str(target), "gateway": str(through)}


def _is_covered(row: Row, target: IPv4Network) -> bool:
    if target == EVERYWHERE:  # the default route lies below all others, there is only one
        return any(route["destination"] == str(EVERYWHERE) for route in row["routes"])
    return any(target.overlaps(other) for other in (*_subnets(row), *_destinations(row)))


def _check_gateway(row: Row, gateway: IPv4Address, field: str) -> None:
    within = IPv4Network(row["ip_range"])
    if gateway not in within or gateway in (within.network_address, within.broadcast_address, PUBLIC_GATEWAY):
        raise invalid(field, f"'{gateway}' is not an address within the network")
    if gateway == first_address(row["ip_range"]):
        raise invalid(field, "must not be the first address of the network")
    if any(
        gateway in IPv4Network(subnet["ip_range"]) for subnet in row["subnets"] if subnet["type"] == "vswitch"
    ):
        raise invalid(field, "must not be behind a vSwitch")


def _subnets(row: Row) -> Iterator[IPv4Network]:
    return (IPv4Network(subnet["ip_range"]) for subnet in row["subnets"])


def _destinations(row: Row) -> Iterator[IPv4Network]:
    found = (IPv4Network(route["destination"]) for route in row["routes"])
    return (destination for destination in found if destination != EVERYWHERE)
