"""The records of :mod:`hetzner`, awaited: ``from hetzner.aio import Server; await Server.find("web")``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hetzner.domain.catalogue import AsyncISO as ISO
    from hetzner.domain.catalogue import AsyncLoadBalancerType as LoadBalancerType
    from hetzner.domain.catalogue import AsyncLocation as Location
    from hetzner.domain.catalogue import AsyncServerType as ServerType
    from hetzner.domain.certificates import AsyncCertificate as Certificate
    from hetzner.domain.firewalls import AsyncFirewall as Firewall
    from hetzner.domain.floating_ips import AsyncFloatingIP as FloatingIP
    from hetzner.domain.gathering import gather as gather
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
    from hetzner.domain.sweeping import async_sweep as sweep
    from hetzner.domain.together import async_wait as wait
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
    "gather",
    "sweep",
    "wait",
]

_OTHERS = {
    "gather": ("domain.gathering", "gather"),
    "sweep": ("domain.sweeping", "async_sweep"),
    "wait": ("domain.together", "async_wait"),
}


def __getattr__(name: str) -> Any:
    from hetzner import RECORDS
    from hetzner.schema.at_rest import loaded

    home, written = _OTHERS.get(name) or (RECORDS.get(name), f"Async{name}")
    if home is None:
        raise AttributeError(f"module 'hetzner.aio' has no attribute '{name}'")
    module = loaded(f"hetzner.{home}")
    found = globals()[name] = getattr(module, written)
    return found


def __dir__() -> list[str]:
    return __all__
