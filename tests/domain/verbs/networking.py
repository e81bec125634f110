"""Scenarios of the verbs that connect things."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network

from tests.domain.faces import Face, done
from tests.domain.verbs.registry import tries


@tries("Server.attach_to_network", "Server.detach_from_network", "Server.change_alias_ips")
async def membership(face: Face) -> None:
    """A network is a name, an id, a string of digits, or an object."""
    web, net = await face.server(), await face.network()
    for ref in ("net", net.id, str(net.id), net):
        await done(web.attach_to_network(ref))
        assert web.private_ip
        await done(web.detach_from_network(ref))
        assert web.private_ip is None
    await done(web.attach_to_network(net, ip=IPv4Address("10.0.1.7"), alias_ips="10.0.1.8"))
    assert (web.private_ip, web.private_net[0].alias_ips) == ("10.0.1.7", ["10.0.1.8"])
    await done(web.change_alias_ips("net", ["10.0.1.9", IPv4Address("10.0.1.10")]))
    assert sorted(web.private_net[0].alias_ips) == ["10.0.1.10", "10.0.1.9"]


@tries("Server.add_to_placement_group", "Server.remove_from_placement_group")
async def placement(face: Face) -> None:
    """A group is named in any form, and the record shows it."""
    web = await face.server()
    group = await done(face.PlacementGroup.create("spread"))
    await done(web.poweroff())
    for ref in ("spread", group):
        await done(web.add_to_placement_group(ref))
        assert web.placement_group.id == group.id
        await done(web.remove_from_placement_group())
        assert not web.placement_group


@tries("Network.add_subnet", "Network.delete_subnet", "Network.members")
async def subnets(face: Face) -> None:
    """A subnet comes and goes, and who is in it is told."""
    net = await face.network()
    await done(net.add_subnet(IPv4Network("10.0.2.0/24")))
    assert [each.ip_range for each in net.subnets] == ["10.0.1.0/24", "10.0.2.0/24"]
    await done(net.delete_subnet("10.0.2.0/24"))
    assert [each.ip_range for each in net.subnets] == ["10.0.1.0/24"]
    await done(net.add_subnet())
    assert len(net.subnets) == 2
    web = await face.server(networks="net")
    assert [member.ip for member in await done(net.members())] == [web.private_ip]


@tries("Network.add_route", "Network.delete_route")
async def routes(face: Face) -> None:
    """A route comes and goes."""
    net = await face.network()
    await done(net.add_route("10.100.1.0/24", IPv4Address("10.0.1.1")))
    assert [(each.destination, each.gateway) for each in net.routes] == [("10.100.1.0/24", "10.0.1.1")]
    await done(net.delete_route(IPv4Network("10.100.1.0/24"), "10.0.1.1"))
    assert net.routes == []


@tries("Network.change_ip_range")
async def change_ip_range(face: Face) -> None:
    """The network gets wider."""
    net = await face.network()
    await done(net.change_ip_range("10.0.0.0/12"))
    assert net.ip_range == "10.0.0.0/12"


@tries("Network.change_protection")
async def change_protection(face: Face) -> None:
    """The record shows the protection."""
    net = await face.network()
    await done(net.change_protection(delete=True))
    assert net.protection.delete
    await done(net.change_protection(delete=False))
    assert not net.protection.delete


@tries("Firewall.set_rules")
async def set_rules(face: Face) -> None:
    """Rules are texts or maps, one or many, and replace those there were."""
    wall = await done(face.Firewall.create("wall", rules=["tcp/22", "icmp"]))
    (action,) = await done(wall.set_rules(["tcp/443 from 10.0.0.0/8", {"protocol": "udp", "port": 53}]))
    assert action.status == "success"
    assert [(rule.protocol, rule.port) for rule in wall.rules] == [("tcp", "443"), ("udp", "53")]
    assert wall.rules[0].source_ips == ["10.0.0.0/8"]
    await done(wall.set_rules([*wall.rules, "icmp"]))
    assert [(rule.protocol, rule.port) for rule in wall.rules] == [
        ("tcp", "443"),
        ("udp", "53"),
        ("icmp", None),
    ]
    await done(wall.set_rules("tcp/80"))
    assert [rule.port for rule in wall.rules] == ["80"]


@tries("Firewall.apply_to_resources", "Firewall.remove_from_resources")
async def application(face: Face) -> None:
    """Servers are named in any form, labels are a map or a selector."""
    wall, web = await done(face.Firewall.create("wall")), await face.server()
    for servers in ("web", web, [web.id], ["web"]):
        await done(wall.apply_to_resources(servers=servers))
        assert [each.server.id for each in wall.applied_to] == [web.id]
        await done(wall.remove_from_resources(servers=servers))
        assert wall.applied_to == []
    await done(wall.apply_to_resources(labels={"role": "web"}))
    assert [each.label_selector.selector for each in wall.applied_to] == ["role=web"]
    await done(wall.remove_from_resources(labels="role=web"))
    assert wall.applied_to == []


@tries("Image.update", "Image.change_protection", "Image.delete")
async def snapshots(face: Face) -> None:
    """A snapshot is described, labelled, protected and deleted."""
    image = await done((await face.server()).create_image("one"))
    await done(image.update(description="two", labels={"keep": "yes"}))
    assert (image.description, image.labels) == ("two", {"keep": "yes"})
    await done(image.change_protection(delete=True))
    assert image.protection.delete
    await done(image.change_protection(delete=False))
    await done(image.delete())
    assert await done(face.Image.all(type="snapshot")) == []
    await done(image.delete())
