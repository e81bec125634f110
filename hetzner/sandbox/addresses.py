"""Public addresses: where new ones come from, and their reverse DNS names.

IPv4 comes from the documentation ranges first (RFC 5737), then from 100.64.0.0/10; IPv6 networks from
2001:db8::/32. None of them exists on the Internet.
"""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Network, ip_address, ip_network
from typing import TYPE_CHECKING

from hetzner.sandbox.errors import invalid

if TYPE_CHECKING:
    from hetzner.sandbox.project import Project

Ptr = dict[str, str]
_SMALL = (IPv4Address("203.0.113.0"), IPv4Address("198.51.100.0"), IPv4Address("192.0.2.0"))
_ROOMY = IPv4Address("100.64.0.0")
_ROOMY_NETWORK, _IPV6 = IPv4Network("100.64.0.0/10"), IPv6Network("2001:db8::/32")


def new_address(project: Project, version: str) -> str:
    """Give out an address (`ipv4`) or a /64 (`ipv6`) never given out before in the project."""
    number: int = project.meta.get(version, 0) + 1
    project.meta[version] = number
    if version == "ipv6":
        return f"2001:db8:{number >> 16:x}:{number & 0xFFFF:x}::/64"
    block, host = divmod(number - 1, 254)
    return str(_SMALL[block] + host + 1 if block < len(_SMALL) else _ROOMY + number)


def number_of(ip: str) -> int:
    """The number of an address that `new_address` may have given out; 0 for any other."""
    network = ip_network(ip, strict=False)
    if isinstance(network, IPv6Network):
        return int(network.network_address) >> 64 & 0xFFFF_FFFF if network.subnet_of(_IPV6) else 0
    first = network.network_address
    for block, base in enumerate(_SMALL):
        if 0 < int(first) - int(base) < 255:
            return block * 254 + int(first) - int(base)
    return int(first) - int(_ROOMY) if first in _ROOMY_NETWORK else 0


def default_ptr(ip: str) -> str:
    """The reverse DNS name an IPv4 address has as long as nobody sets one."""
    return f"static.{'.'.join(reversed(ip.split('.')))}.clients.your-server.de"


def first_ptrs(version: str, ip: str) -> list[Ptr]:
    """The reverse DNS entries of a fresh address."""
    return [{"ip": ip, "dns_ptr": default_ptr(ip)}] if version == "ipv4" else []


def owns(owned: str, ip: str) -> bool:
    """Whether an address is the owned one, or lies in the owned network."""
    try:
        return ip_address(ip) in ip_network(owned)
    except ValueError:
        return False


def changed_ptrs(ptrs: Sequence[Ptr], ip: str, name: str | None) -> list[Ptr]:
    """Set the entry of an address; None resets IPv4 to its default and removes the entry of IPv6."""
    try:
        address = ip_address(ip)
    except ValueError:
        raise invalid("ip", f"'{ip}' is not an IP address") from None
    others = [ptr for ptr in ptrs if ip_address(ptr["ip"]) != address]
    if name is None and address.version == 6:
        return others
    return [*others, {"ip": ip, "dns_ptr": name if name is not None else default_ptr(str(address))}]
