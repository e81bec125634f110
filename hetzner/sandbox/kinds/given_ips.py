"""Primary IPs that a new server or load balancer is to get instead of fresh ones."""

from __future__ import annotations

from hetzner.sandbox.errors import Refusal, invalid, unprocessable
from hetzner.sandbox.kinds.primary_ips import PrimaryIPs
from hetzner.sandbox.table import Row


def given_ip(primary_ips: PrimaryIPs, ident: int, version: str, location: int) -> Row:
    """The primary IP of an id, or a refusal: unknown, of the other version, assigned, or elsewhere."""
    address = primary_ips.get(ident)
    if address is None:
        raise invalid(f"public_net.{version}", f"primary IP '{ident}' not found")
    primary_ips.free(ident)
    if address["type"] != version:
        raise Refusal(412, "primary_ip_version_mismatch", f"the primary IP is not of type {version}")
    if address["assignee_id"] is not None:
        raise unprocessable("primary_ip_assigned", "the primary IP is already assigned")
    if address["location"] != location:
        raise unprocessable("primary_ip_datacenter_mismatch", "the primary IP is in another location")
    return address
