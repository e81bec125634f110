"""What primary and floating IPs share: an address of one type, and its reverse DNS name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from ipaddress import IPv6Network, ip_address
from typing import Any, ClassVar

from hetzner.domain.reference import Attribute, Named
from hetzner.domain.specs.effects import Lookup
from hetzner.domain.specs.facts import Call, Change
from hetzner.domain.specs.kind import Kind
from hetzner.domain.specs.protection import protected
from hetzner.domain.specs.seen import Default
from hetzner.domain.specs.server_changes import BY_DEFAULT


def ipv4(address: Any) -> str | None:
    """Return the address if it is an IPv4 address, else None."""
    return str(address.ip) if address.type == "ipv4" else None


def ipv6(address: Any) -> str | None:
    """Return the first address of an IPv6 network, or None for an IPv4 address."""
    return str(IPv6Network(address.ip)[1]) if address.type == "ipv6" else None


ATTRIBUTES = {
    "id": lambda address: address.id,
    "name": lambda address: address.name,
    "ip": lambda address: address.ip,
    "ipv4": ipv4,
    "ipv6": ipv6,
}
"""`ip` is what the API shows, for IPv6 the network; `ipv6` is the first address in it."""


def reverse_name(address: Any) -> str | None:
    """Return the reverse name of an address, of a network that of its first address."""
    own = ip_address(ipv4(address) or ipv6(address) or "")
    name = next((each.dns_ptr for each in address.dns_ptr or [] if ip_address(each.ip) == own), None)
    return Default(name) if name and BY_DEFAULT.fullmatch(name) else name


def dns_ptr(change: Change) -> Iterator[Call]:
    """Set the reverse name."""
    own = ipv4(change.actual) or ipv6(change.actual)
    yield _change_dns_ptr(change.of, own, change.new)


def named_afterwards(of: Named, spec: Mapping[str, Any]) -> list[Call]:
    """Return the call that sets the reverse name of an address that was just made, if one is wanted."""
    if spec.get("dns_ptr") is None:
        return []
    return [_change_dns_ptr(of, Attribute(of, spec["type"]), spec["dns_ptr"])]


def _change_dns_ptr(of: Named, ip: Any, name: Any) -> Call:
    return Call(f"{of.kind}.actions.change_dns_ptr", {"ip": ip, "dns_ptr": name}, of)


class AddressKind(Kind):
    """What the kinds of addresses have in common."""

    billed = True
    attributes: ClassVar = ATTRIBUTES

    def afterwards(self, name: str, spec: Mapping[str, Any]) -> list[Call]:
        """Set the reverse name, then protect it."""
        of = Named(self.name, name)
        calls = named_afterwards(of, spec)
        return [*calls, protected(of, True)] if spec.get("protect") else calls

    def addresses(self, actual: Any, spec: Mapping[str, Any], find: Lookup) -> Iterator[str]:
        """Yield the address itself."""
        yield f"{actual.type} {actual.ip}"
