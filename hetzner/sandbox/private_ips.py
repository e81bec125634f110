"""Addresses in private networks: which are free, and which one a new member gets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from ipaddress import IPv4Address, IPv4Network

from hetzner.sandbox.errors import Refusal, invalid, unprocessable
from hetzner.sandbox.ranges import PUBLIC_GATEWAY, address, cidr, first_address
from hetzner.sandbox.table import Row

MOST_ALIASES = 5


class Space:
    """The addresses of one network that members in one zone may have; `taken` are in use already."""

    def __init__(self, network: Row, zone: str, taken: Iterable[str], closing: Iterable[str] = ()) -> None:
        self._subnets = [
            IPv4Network(subnet["ip_range"])
            for subnet in network["subnets"]
            if subnet["type"] != "vswitch"
            and subnet["network_zone"] == zone
            and subnet["ip_range"] not in closing
        ]
        self._taken = {IPv4Address(ip) for ip in taken} | {first_address(network["ip_range"]), PUBLIC_GATEWAY}

    def choose(self, ip: str | None, ip_range: str | None) -> str:
        """Take the given address, or the lowest free one (of one subnet); refuse when there is none."""
        wanted = None if ip_range is None else cidr(ip_range, "ip_range")
        subnets = [subnet for subnet in self._subnets if wanted in (None, subnet)]
        if not subnets:
            raise _none_left()
        if ip is None:
            return self._lowest(subnets)
        if wanted and address(ip, "ip") not in wanted:
            raise invalid("ip", "is not within the given ip_range")
        return self._take(ip, "ip")

    def aliases(self, ips: Sequence[str]) -> list[str]:
        """Take all of the given addresses."""
        if len(ips) > MOST_ALIASES:
            raise invalid("alias_ips", f"must not be more than {MOST_ALIASES}")
        return [self._take(ip, "alias_ips") for ip in ips]

    def _lowest(self, subnets: Iterable[IPv4Network]) -> str:
        for subnet in subnets:
            found = next((host for host in _hosts(subnet) if host not in self._taken), None)
            if found is not None:
                self._taken.add(found)
                return str(found)
        raise _none_left()

    def _take(self, ip: str, field: str) -> str:
        found = address(ip, field)
        if found in self._taken or not any(_is_host(found, subnet) for subnet in self._subnets):
            raise unprocessable("ip_not_available", f"IP {ip} is not available")
        self._taken.add(found)
        return str(found)


def _none_left() -> Refusal:
    return unprocessable("no_subnet_available", "no subnet or IP available")


def _hosts(subnet: IPv4Network) -> Iterable[IPv4Address]:
    first, last = int(subnet.network_address) + 1, int(subnet.broadcast_address)
    return (IPv4Address(number) for number in range(first, last))


def _is_host(ip: IPv4Address, subnet: IPv4Network) -> bool:
    return ip in subnet and ip not in (subnet.network_address, subnet.broadcast_address)
