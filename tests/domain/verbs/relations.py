"""Scenarios of loading what a record refers to."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from tests.domain.faces import PASSWORD, Face, done
from tests.domain.verbs.common import records
from tests.domain.verbs.registry import SCENARIOS


async def server(face: Face) -> list[tuple[Any, Any]]:
    """A server refers to much, and all of it refers back."""
    net = await face.network()
    wall = await done(face.Firewall.create("wall"))
    group = await done(face.PlacementGroup.create("group"))
    web = await face.server(networks="net", firewalls="wall", placement_group="group")
    data = [await done(face.Volume.create(name, size=10, server=web)) for name in ("a", "b")]
    vip = await done(face.FloatingIP.create("vip", type="ipv4", server=web))
    balancer = await done(face.LoadBalancer.create("lb", "lb11", location="fsn1", targets=["web"]))
    for one in (net, wall, group, web, vip):
        await done(one.refresh())
    ips = [ip for ip in await done(face.PrimaryIP.all()) if ip.assignee_type == "server"]
    backs = [(one, [web]) for one in (net, wall, group, *data, vip, balancer, *ips)]
    for there in ([net], [wall], [group], data, [vip], [balancer], ips):
        backs.append((web, there))
    return backs


async def image(face: Face) -> list[tuple[Any, Any]]:
    """A snapshot knows its server, as long as that is there."""
    web = await face.server()
    snapshot = await done(web.create_image())
    return [(snapshot, [web]), (web, [await done(face.Image.find("debian-13", architecture="x86"))])]


async def certificate(face: Face) -> list[tuple[Any, Any]]:
    """A certificate knows which load balancers use it, and they know it."""
    shop = await done((await records(face, "Certificate")).create("shop", domain_names=["www.example.org"]))
    service = {"protocol": "https", "listen_port": 443, "http": {"certificates": ["shop"]}}
    balancer = await done(face.LoadBalancer.create("lb", "lb11", location="fsn1", services=[service]))
    await done(shop.refresh())
    return [(shop, [balancer]), (balancer, [shop])]


async def parts(face: Face) -> list[tuple[Any, Any]]:
    """What belongs to a zone or a storage box is loaded the same way."""
    zone = await face.zone()
    box = await face.storage_box(subaccounts={"db": {"home_directory": "db", "password": PASSWORD}})
    snapshot = await done(face.StorageBoxSnapshot.create(box))
    accounts = await done(face.StorageBoxSubaccount.all(box))
    return [(zone, await done(face.RRSet.all(zone))), (box, [snapshot]), (box, accounts)]


Make = Callable[[Face], Awaitable[list[tuple[Any, Any]]]]


def _loads(make: Make) -> Callable[[Face], Awaitable[None]]:
    async def scenario(face: Face) -> None:
        for record, expected in await make(face):
            assert await done(record.load(type(expected[0]))) == expected
            with face.requests() as made, pytest.raises(TypeError, match="does not tell which Location"):
                await done(record.load(face.Location))
            assert made == []
            with pytest.raises(TypeError, match="takes a class of records such as Volume, not 'volumes'"):
                await done(record.load("volumes"))

    return scenario


OF_A_SERVER = "Server Network Firewall PlacementGroup Volume FloatingIP PrimaryIP LoadBalancer"
for _names, _make in (
    (OF_A_SERVER, server),
    ("Image", image),
    ("Certificate", certificate),
    ("Zone StorageBox", parts),
):
    for _name in _names.split():
        SCENARIOS[f"{_name}.load"] = _loads(_make)
