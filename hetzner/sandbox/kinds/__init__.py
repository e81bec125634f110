"""Every kind that is simulated, one line each; a kind's module is loaded when it is first needed."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from hetzner.sandbox.kind import Kind

KINDS = {
    "actions": "hetzner.sandbox.actions:Actions",
    "certificates": "hetzner.sandbox.kinds.certificates:Certificates",
    "datacenters": "hetzner.sandbox.kinds.datacenters:Datacenters",
    "firewalls": "hetzner.sandbox.kinds.firewalls:Firewalls",
    "floating_ips": "hetzner.sandbox.kinds.floating_ips:FloatingIPs",
    "images": "hetzner.sandbox.kinds.images:Images",
    "isos": "hetzner.sandbox.kinds.isos:ISOs",
    "load_balancer_types": "hetzner.sandbox.kinds.load_balancer_types:LoadBalancerTypes",
    "load_balancers": "hetzner.sandbox.kinds.load_balancers:LoadBalancers",
    "locations": "hetzner.sandbox.kinds.locations:Locations",
    "networks": "hetzner.sandbox.kinds.networks:Networks",
    "placement_groups": "hetzner.sandbox.kinds.placement_groups:PlacementGroups",
    "pricing": "hetzner.sandbox.kinds.pricing:Pricing",
    "primary_ips": "hetzner.sandbox.kinds.primary_ips:PrimaryIPs",
    "server_types": "hetzner.sandbox.kinds.server_types:ServerTypes",
    "servers": "hetzner.sandbox.kinds.servers:Servers",
    "ssh_keys": "hetzner.sandbox.kinds.ssh_keys:SSHKeys",
    "storage_box_types": "hetzner.sandbox.kinds.storage_box_types:StorageBoxTypes",
    "storage_boxes": "hetzner.sandbox.kinds.storage_boxes:StorageBoxes",
    "storage_boxes.snapshots": "hetzner.sandbox.kinds.storage_box_snapshots:StorageBoxSnapshots",
    "storage_boxes.subaccounts": "hetzner.sandbox.kinds.storage_box_subaccounts:StorageBoxSubaccounts",
    "volumes": "hetzner.sandbox.kinds.volumes:Volumes",
    "zones": "hetzner.sandbox.kinds.zones:Zones",
    "zones.rrsets": "hetzner.sandbox.kinds.rrsets:RRSets",
}


def kind_names() -> frozenset[str]:
    """Name every simulated kind; a part of a kind has a dotted name (`zones.rrsets`)."""
    return frozenset(KINDS)


@cache
def kind_class(name: str) -> type[Kind]:
    """Load the class of a kind."""
    module, _, attribute = KINDS[name].partition(":")
    return cast("type[Kind]", getattr(import_module(module), attribute))


@cache
def listeners(event: str) -> tuple[str, ...]:
    """Name the kinds that want to hear of an event, always in the same order."""
    return tuple(name for name in KINDS if hasattr(kind_class(name), f"on_{event}"))
