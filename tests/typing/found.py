"""Every record is found in both faces, with its own type; for mypy --strict and pyright, never run.

``tests/schema/test_typing.py`` sees to it that none is missing.
"""

from __future__ import annotations

from typing import assert_type

from hetzner import (
    ISO,
    Certificate,
    Firewall,
    FloatingIP,
    Image,
    LoadBalancer,
    LoadBalancerType,
    Location,
    Network,
    PlacementGroup,
    Pricing,
    PrimaryIP,
    RRSet,
    Server,
    ServerType,
    SSHKey,
    StorageBox,
    StorageBoxSnapshot,
    StorageBoxSubaccount,
    StorageBoxType,
    Volume,
    Zone,
    aio,
)


def blocking() -> None:
    """A finder returns the record it is called on, or a list of it."""
    assert_type(Server.all(), list[Server])
    assert_type(Server.find("name"), Server)
    assert_type(Firewall.all(), list[Firewall])
    assert_type(Firewall.find("name"), Firewall)
    assert_type(Network.all(), list[Network])
    assert_type(Network.find("name"), Network)
    assert_type(SSHKey.all(), list[SSHKey])
    assert_type(SSHKey.find("name"), SSHKey)
    assert_type(PlacementGroup.all(), list[PlacementGroup])
    assert_type(PlacementGroup.find("name"), PlacementGroup)
    assert_type(Volume.all(), list[Volume])
    assert_type(Volume.find("name"), Volume)
    assert_type(PrimaryIP.all(), list[PrimaryIP])
    assert_type(PrimaryIP.find("name"), PrimaryIP)
    assert_type(FloatingIP.all(), list[FloatingIP])
    assert_type(FloatingIP.find("name"), FloatingIP)
    assert_type(Certificate.all(), list[Certificate])
    assert_type(Certificate.find("name"), Certificate)
    assert_type(LoadBalancer.all(), list[LoadBalancer])
    assert_type(LoadBalancer.find("name"), LoadBalancer)
    assert_type(Zone.all(), list[Zone])
    assert_type(Zone.find("name"), Zone)
    assert_type(RRSet.all("example.com"), list[RRSet])
    assert_type(RRSet.find("example.com", "www/A"), RRSet)
    assert_type(StorageBox.all(), list[StorageBox])
    assert_type(StorageBox.find("name"), StorageBox)
    assert_type(StorageBoxSnapshot.all("box"), list[StorageBoxSnapshot])
    assert_type(StorageBoxSnapshot.find("box", "name"), StorageBoxSnapshot)
    assert_type(StorageBoxSubaccount.all("box"), list[StorageBoxSubaccount])
    assert_type(StorageBoxSubaccount.find("box", "name"), StorageBoxSubaccount)
    assert_type(Image.all(), list[Image])
    assert_type(Image.find("name"), Image)
    assert_type(ServerType.all(), list[ServerType])
    assert_type(ServerType.find("name"), ServerType)
    assert_type(LoadBalancerType.all(), list[LoadBalancerType])
    assert_type(LoadBalancerType.find("name"), LoadBalancerType)
    assert_type(StorageBoxType.all(), list[StorageBoxType])
    assert_type(StorageBoxType.find("name"), StorageBoxType)
    assert_type(ISO.all(), list[ISO])
    assert_type(ISO.find("name"), ISO)
    assert_type(Location.all(), list[Location])
    assert_type(Location.find("name"), Location)
    assert_type(Pricing.get(), Pricing)


async def awaited() -> None:
    """A finder returns the record it is called on, or a list of it."""
    assert_type(await aio.Server.all(), list[aio.Server])
    assert_type(await aio.Server.find("name"), aio.Server)
    assert_type(await aio.Firewall.all(), list[aio.Firewall])
    assert_type(await aio.Firewall.find("name"), aio.Firewall)
    assert_type(await aio.Network.all(), list[aio.Network])
    assert_type(await aio.Network.find("name"), aio.Network)
    assert_type(await aio.SSHKey.all(), list[aio.SSHKey])
    assert_type(await aio.SSHKey.find("name"), aio.SSHKey)
    assert_type(await aio.PlacementGroup.all(), list[aio.PlacementGroup])
    assert_type(await aio.PlacementGroup.find("name"), aio.PlacementGroup)
    assert_type(await aio.Volume.all(), list[aio.Volume])
    assert_type(await aio.Volume.find("name"), aio.Volume)
    assert_type(await aio.PrimaryIP.all(), list[aio.PrimaryIP])
    assert_type(await aio.PrimaryIP.find("name"), aio.PrimaryIP)
    assert_type(await aio.FloatingIP.all(), list[aio.FloatingIP])
    assert_type(await aio.FloatingIP.find("name"), aio.FloatingIP)
    assert_type(await aio.Certificate.all(), list[aio.Certificate])
    assert_type(await aio.Certificate.find("name"), aio.Certificate)
    assert_type(await aio.LoadBalancer.all(), list[aio.LoadBalancer])
    assert_type(await aio.LoadBalancer.find("name"), aio.LoadBalancer)
    assert_type(await aio.Zone.all(), list[aio.Zone])
    assert_type(await aio.Zone.find("name"), aio.Zone)
    assert_type(await aio.RRSet.all("example.com"), list[aio.RRSet])
    assert_type(await aio.RRSet.find("example.com", "www/A"), aio.RRSet)
    assert_type(await aio.StorageBox.all(), list[aio.StorageBox])
    assert_type(await aio.StorageBox.find("name"), aio.StorageBox)
    assert_type(await aio.StorageBoxSnapshot.all("box"), list[aio.StorageBoxSnapshot])
    assert_type(await aio.StorageBoxSnapshot.find("box", "name"), aio.StorageBoxSnapshot)
    assert_type(await aio.StorageBoxSubaccount.all("box"), list[aio.StorageBoxSubaccount])
    assert_type(await aio.StorageBoxSubaccount.find("box", "name"), aio.StorageBoxSubaccount)
    assert_type(await aio.Image.all(), list[aio.Image])
    assert_type(await aio.Image.find("name"), aio.Image)
    assert_type(await aio.ServerType.all(), list[aio.ServerType])
    assert_type(await aio.ServerType.find("name"), aio.ServerType)
    assert_type(await aio.LoadBalancerType.all(), list[aio.LoadBalancerType])
    assert_type(await aio.LoadBalancerType.find("name"), aio.LoadBalancerType)
    assert_type(await aio.StorageBoxType.all(), list[aio.StorageBoxType])
    assert_type(await aio.StorageBoxType.find("name"), aio.StorageBoxType)
    assert_type(await aio.ISO.all(), list[aio.ISO])
    assert_type(await aio.ISO.find("name"), aio.ISO)
    assert_type(await aio.Location.all(), list[aio.Location])
    assert_type(await aio.Location.find("name"), aio.Location)
    assert_type(await aio.Pricing.get(), aio.Pricing)
