"""Where a secondary zone gets its records: addresses and TSIG keys.

https://docs.hetzner.cloud/reference/cloud#zones/zone-modes
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from ipaddress import IPv4Network, ip_address
from typing import Any

from hetzner.sandbox.dns_values import is_base64
from hetzner.sandbox.errors import invalid

FIELD = "primary_nameservers"
_PRIVATE = tuple(map(IPv4Network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10")))


def check_nameservers(asked: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the primary nameservers of a secondary zone as the API shows them, or refuse them."""
    if not asked:
        raise invalid(FIELD, "must have at least one nameserver")
    found = [_checked(each) for each in asked]
    if len({each["address"] for each in found}) < len(found):
        raise invalid(f"{FIELD}[].address", "must be unique in the zone")
    return found


def _checked(asked: Mapping[str, Any]) -> dict[str, Any]:
    port = asked.get("port", 53)
    if not 1 <= port <= 65535:
        raise invalid(f"{FIELD}[].port", "must be between 1 and 65535")
    if ("tsig_key" in asked) != ("tsig_algorithm" in asked):
        raise invalid(f"{FIELD}[].tsig_key", "needs a tsig_algorithm, and the other way round")
    if "tsig_key" in asked and not is_base64(asked["tsig_key"]):
        raise invalid(f"{FIELD}[].tsig_key", "must be base64")
    secret = {name: asked[name] for name in ("tsig_key", "tsig_algorithm") if name in asked}
    return {"address": _public(asked["address"]), "port": port, **secret}


def _public(text: str) -> str:
    try:
        address = ip_address(text)
    except ValueError:
        raise invalid(f"{FIELD}[].address", "must be an IPv4 or IPv6 address") from None
    private = address.version == 4 and any(address in network for network in _PRIVATE)
    local = address.is_loopback or address.is_link_local or address.is_multicast or address.is_unspecified
    if private or local:
        raise invalid(f"{FIELD}[].address", "must be a public address")
    return str(address)
