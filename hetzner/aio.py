"""The records of :mod:`hetzner`, awaited: ``from hetzner.aio import Server; await Server.find("web")``."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hetzner.domain.catalogue import AsyncISO as ISO
    from hetzner.domain.catalogue import AsyncLoadBalancerType as LoadBalancerType
    from hetzner.domain.catalogue import AsyncLocation as Location
    from hetzner.domain.catalogue import AsyncServerType as ServerType
    from hetzner.domain.certificates import AsyncCertificate as Certificate
    from hetzner.domain.firewalls import AsyncFirewall as Firewall
    from hetzner.domain.floating_ips import AsyncFloatingIP as FloatingIP
    from hetzner.domain.images import AsyncImage as Image
    from hetzner.domain.load_balancers import AsyncLoadBalancer as LoadBalancer
    from hetzner.domain.networks import AsyncNetwork as Network
    from hetzner.domain.placement_groups import AsyncPlacementGroup as PlacementGroup
    from hetzner.domain.pricing import AsyncPricing as Pricing
    from hetzner.domain.primary_ips import AsyncPrimaryIP as PrimaryIP
    from hetzner.domain.rrsets import AsyncRRSet as RRSet
    from hetzner.domain.servers import AsyncServer as Server
    from hetzner.domain.ssh_keys import AsyncSSHKey as SSHKey
    from hetzner.domain.storage_box_parts import AsyncStorageBoxSnapshot as StorageBoxSnapshot
    from hetzner.domain.storage_box_parts import AsyncStorageBoxSubaccount as StorageBoxSubaccount
    from hetzner.domain.storage_boxes import AsyncStorageBox as StorageBox
    from hetzner.domain.storage_boxes import AsyncStorageBoxType as StorageBoxType
    from hetzner.domain.volumes import AsyncVolume as Volume
    from hetzner.domain.zones import AsyncZone as Zone

__all__ = [
    "ISO",
    "Certificate",
    "Firewall",
    "FloatingIP",
    "Image",
    "LoadBalancer",
    "LoadBalancerType",
    "Location",
    "Network",
    "PlacementGroup",
    "Pricing",
    "PrimaryIP",
    "RRSet",
    "SSHKey",
    "Server",
    "ServerType",
    "StorageBox",
    "StorageBoxSnapshot",
    "StorageBoxSubaccount",
    "StorageBoxType",
    "Volume",
    "Zone",
]


def __getattr__(name: str) -> Any:
    from hetzner import RECORDS
    from hetzner.schema.at_rest import collector_at_rest

    if name not in RECORDS:
        raise AttributeError(f"module 'hetzner.aio' has no attribute '{name}'")
    module = collector_at_rest(import_module, f"hetzner.{RECORDS[name]}")
    found = globals()[name] = getattr(module, f"Async{name}")
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
