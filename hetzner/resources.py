"""The collections of both clients by name: ``Servers`` of the blocking, ``AsyncServers`` of the awaited one.

They are for annotations, such as ``def tidy(servers: Servers) -> None``. A collection is the same class in
both faces, so ``isinstance`` tells which collection it is, not whose.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hetzner._faces import Async, Sync
    from hetzner.schema.actions import Actions as _Actions
    from hetzner.schema.certificates import Certificates as _Certificates
    from hetzner.schema.datacenters import Datacenters as _Datacenters
    from hetzner.schema.firewalls import Firewalls as _Firewalls
    from hetzner.schema.floating_ips import FloatingIPs as _FloatingIPs
    from hetzner.schema.images import Images as _Images
    from hetzner.schema.isos import ISOs as _ISOs
    from hetzner.schema.load_balancer_types import LoadBalancerTypes as _LoadBalancerTypes
    from hetzner.schema.load_balancers import LoadBalancers as _LoadBalancers
    from hetzner.schema.locations import Locations as _Locations
    from hetzner.schema.networks import Networks as _Networks
    from hetzner.schema.placement_groups import PlacementGroups as _PlacementGroups
    from hetzner.schema.pricing import Pricing as _Pricing
    from hetzner.schema.primary_ips import PrimaryIPs as _PrimaryIPs
    from hetzner.schema.server_types import ServerTypes as _ServerTypes
    from hetzner.schema.servers import Servers as _Servers
    from hetzner.schema.ssh_keys import SSHKeys as _SSHKeys
    from hetzner.schema.storage_box_types import StorageBoxTypes as _StorageBoxTypes
    from hetzner.schema.storage_boxes import StorageBoxes as _StorageBoxes
    from hetzner.schema.volumes import Volumes as _Volumes
    from hetzner.schema.zones import Zones as _Zones

    Actions = _Actions[Sync]
    AsyncActions = _Actions[Async]
    Servers = _Servers[Sync]
    AsyncServers = _Servers[Async]
    ServerTypes = _ServerTypes[Sync]
    AsyncServerTypes = _ServerTypes[Async]
    Images = _Images[Sync]
    AsyncImages = _Images[Async]
    ISOs = _ISOs[Sync]
    AsyncISOs = _ISOs[Async]
    PlacementGroups = _PlacementGroups[Sync]
    AsyncPlacementGroups = _PlacementGroups[Async]
    PrimaryIPs = _PrimaryIPs[Sync]
    AsyncPrimaryIPs = _PrimaryIPs[Async]
    Volumes = _Volumes[Sync]
    AsyncVolumes = _Volumes[Async]
    FloatingIPs = _FloatingIPs[Sync]
    AsyncFloatingIPs = _FloatingIPs[Async]
    Firewalls = _Firewalls[Sync]
    AsyncFirewalls = _Firewalls[Async]
    LoadBalancers = _LoadBalancers[Sync]
    AsyncLoadBalancers = _LoadBalancers[Async]
    LoadBalancerTypes = _LoadBalancerTypes[Sync]
    AsyncLoadBalancerTypes = _LoadBalancerTypes[Async]
    Networks = _Networks[Sync]
    AsyncNetworks = _Networks[Async]
    Certificates = _Certificates[Sync]
    AsyncCertificates = _Certificates[Async]
    SSHKeys = _SSHKeys[Sync]
    AsyncSSHKeys = _SSHKeys[Async]
    Locations = _Locations[Sync]
    AsyncLocations = _Locations[Async]
    Datacenters = _Datacenters[Sync]
    AsyncDatacenters = _Datacenters[Async]
    Pricing = _Pricing[Sync]
    AsyncPricing = _Pricing[Async]
    Zones = _Zones[Sync]
    AsyncZones = _Zones[Async]
    StorageBoxes = _StorageBoxes[Sync]
    AsyncStorageBoxes = _StorageBoxes[Async]
    StorageBoxTypes = _StorageBoxTypes[Sync]
    AsyncStorageBoxTypes = _StorageBoxTypes[Async]
    SshKeys = SSHKeys
    AsyncSshKeys = AsyncSSHKeys
else:
    from hetzner.schema.catalog import class_names, collection_class

    _HOMES = {kind: name for name, kind in class_names().items()}
    _HOMES["SshKeys"] = _HOMES["SSHKeys"]
    _HOMES |= {f"Async{kind}": name for kind, name in _HOMES.items()}
    __all__ = sorted(_HOMES)

    def __getattr__(name: str) -> Any:
        if name not in _HOMES:
            raise AttributeError(f"module '{__name__}' has no attribute '{name}'")
        return collection_class(_HOMES[name])

    def __dir__() -> list[str]:
        return __all__
