"""What hcloud-python is asked to do with servers and what belongs to them, by every method it has."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from hcloud import APIException
from hcloud.firewalls.domain import FirewallResource, FirewallResourceLabelSelector, FirewallRule
from hcloud.images import Image
from hcloud.isos import Iso
from hcloud.locations import Location
from hcloud.networks.domain import NetworkRoute, NetworkSubnet
from hcloud.server_types import ServerType

from tests.sandbox.hcloud_kinds import KEY
from tests.sandbox.talk import Talk

HERE = Location(name="fsn1")
SMALL = ServerType(name="cx23")
DEBIAN = Image(name="debian-13")


def done(*actions: Any) -> None:
    """Wait until all of them have ended well."""
    for action in actions:
        action.wait_until_finished()


def lists(part: Any, bound: Any) -> None:
    """Ask for the actions of an object, and of its kind, in every way there is."""
    first = bound.get_actions()[0]
    assert bound.get_actions_list().actions[0].id == first.id
    assert part.actions.get_by_id(first.id).command == first.command
    assert first.id in {each.id for each in part.actions.get_all()}
    assert part.actions.get_list(status=["success"], sort=["id"]).actions


def named(part: Any, name: str) -> Any:
    """Find something by its name in every way there is."""
    found = part.get_by_name(name)
    assert part.get_by_id(found.id).name == name
    assert name in {each.name for each in part.get_all()}
    assert [each.name for each in part.get_list(name=name)[0]] == [name]
    return found


def catalogue(client: Any, talk: Talk) -> None:
    """All that is sold, and what is no longer asked."""
    assert named(client.locations, "fsn1").network_zone == "eu-central"
    assert named(client.server_types, "cx23").cores == 2
    assert named(client.load_balancer_types, "lb11").max_services == 5
    assert named(client.storage_box_types, "bx11").name == "bx11"
    assert named(client.isos, "virtio-win-latest.iso").type == "public"
    found = client.images.get_by_name_and_architecture("debian-13", "arm")
    assert (found.architecture, client.images.get_by_id(found.id).name) == ("arm", "debian-13")
    assert client.images.get_by_name("debian-13").name == "debian-13"
    assert {each.name for each in client.images.get_list(name="debian-13").images} == {"debian-13"}
    assert len(client.images.get_all(include_deprecated=True)) > 10
    assert client.request("GET", "/pricing")["pricing"]["currency"] == "EUR"
    for gone in (client.datacenters.get_all, client.datacenters.get_list):
        with pytest.raises(APIException, match="removed"):
            gone()
    for gone, which in ((client.datacenters.get_by_id, 1), (client.datacenters.get_by_name, "fsn1-dc14")):
        with pytest.raises(APIException, match="removed"):
            gone(which)


def keys_and_groups(client: Any, talk: Talk) -> None:
    """SSH keys and placement groups, from create to delete."""
    key = client.ssh_keys.create("me", KEY, labels={"a": "b"})
    assert client.ssh_keys.get_by_fingerprint(key.fingerprint).id == named(client.ssh_keys, "me").id
    assert key.update(name="mine", labels={"c": "d"}).labels == {"c": "d"}
    assert client.ssh_keys.delete(key)
    group = client.placement_groups.create("apart", "spread").placement_group
    assert named(client.placement_groups, "apart").id == group.id
    assert group.update(name="far", labels={"a": "b"}).name == "far"
    made = client.servers.create(
        "in", SMALL, DEBIAN, location=HERE, placement_group=group, start_after_create=False
    )
    done(made.action, *made.next_actions)
    done(made.server.remove_from_placement_group())
    done(made.server.add_to_placement_group(group))
    assert client.placement_groups.get_by_id(group.id).servers == [made.server.id]
    assert group.delete()
    done(made.server.delete())


def life_of_a_server(client: Any, talk: Talk) -> None:
    """Create, read, switch, measure, rename, protect and delete a server."""
    key = client.ssh_keys.create("life", KEY)
    made = client.servers.create("web", SMALL, DEBIAN, location=HERE, labels={"a": "b"}, ssh_keys=[key])
    done(made.action, *made.next_actions)
    server = named(client.servers, "web")
    assert (server.status, made.root_password) == ("running", None)
    for act in (server.reboot, server.reset, server.shutdown, server.power_off, server.power_on):
        done(act())
    now = datetime(2026, 11, 23, 12, tzinfo=UTC)
    figures = server.get_metrics(["cpu", "disk"], now, now.replace(hour=13)).metrics
    assert len(figures.time_series["cpu"]["values"]) > 1
    rescue = server.enable_rescue(type="linux64", ssh_keys=[key.id])
    done(rescue.action)
    assert len(rescue.root_password) > 10
    done(server.disable_rescue())
    reset = server.reset_password()
    done(reset.action)
    assert len(reset.root_password) > 10
    console = server.request_console()
    done(console.action)
    assert console.wss_url.startswith("wss://")
    done(server.change_dns_ptr(server.public_net.ipv4.ip, "web.example.com"))
    done(server.change_protection(delete=True, rebuild=True))
    with pytest.raises(APIException, match="protected"):
        server.delete()
    done(server.change_protection(delete=False, rebuild=False))
    assert server.update(name="new", labels={"c": "d"}).name == "new"
    lists(client.servers, server)
    assert client.actions.get_by_id(reset.action.id).status == "success"
    for gone in (client.actions.get_list, client.actions.get_all):  # they cannot name the actions they want
        with pytest.raises(APIException, match="id"):
            gone()
    done(server.delete())
    key.delete()


def disk_of_a_server(client: Any, talk: Talk) -> None:
    """Type, image, backups, ISO, and what becomes of a snapshot."""
    made = client.servers.create("disk", SMALL, DEBIAN, location=HERE)
    done(made.action, *made.next_actions)
    server = made.server
    done(server.enable_backup())
    done(server.create_image(type="backup").action)
    done(server.disable_backup())
    done(server.attach_iso(Iso(name="virtio-win-latest.iso")))
    done(server.detach_iso())
    done(server.power_off())
    done(server.change_type(ServerType(name="cx33"), upgrade_disk=False))
    shot = server.create_image(description="kept", type="snapshot", labels={"a": "b"})
    done(shot.action)
    image = client.images.get_all(label_selector="a")[0]
    assert image.id == shot.image.id
    done(server.rebuild(image).action)
    done(image.change_protection(delete=True))
    with pytest.raises(APIException, match="protected"):
        image.delete()
    done(image.change_protection(delete=False))
    assert image.update(description="new", labels={}).description == "new"
    lists(client.images, image)
    assert image.delete()
    done(server.delete())


def networks(client: Any, talk: Talk) -> None:
    """A network with subnets, routes and members."""
    first, second = (
        NetworkSubnet(ip_range=f"10.0.{number}.0/24", type="cloud", network_zone="eu-central")
        for number in (1, 2)
    )
    net = client.networks.create("net", "10.0.0.0/16", subnets=[first], labels={"a": "b"})
    assert named(client.networks, "net").id == net.id
    route = NetworkRoute(destination="10.100.1.0/24", gateway="10.0.1.9")
    acts: tuple[Callable[[], Any], ...] = (
        lambda: net.add_subnet(second),
        lambda: net.delete_subnet(second),
        lambda: net.add_route(route),
        lambda: net.delete_route(route),
        lambda: net.change_ip_range("10.0.0.0/15"),
        lambda: net.change_protection(delete=True),
    )
    for act in acts:
        done(act())
    with pytest.raises(APIException, match="protected"):
        net.delete()
    done(net.change_protection(delete=False))
    made = client.servers.create("member", SMALL, DEBIAN, location=HERE)
    done(made.action, *made.next_actions)
    done(made.server.attach_to_network(net, ip="10.0.1.7", alias_ips=["10.0.1.8"]))
    done(made.server.change_alias_ips(net, ["10.0.1.9"]))
    members = net.get_member_all(type=["server"], status=["ok"], sort=["ip"])
    assert [(each.ip, each.alias_ips) for each in members] == [("10.0.1.7", ["10.0.1.9"])]
    assert net.get_member_list(subnet=["10.0.1.0/24"]).members[0].id == made.server.id
    done(made.server.detach_from_network(net))
    assert net.update(name="new", expose_routes_to_vswitch=True, labels={}).name == "new"
    lists(client.networks, net)
    assert net.delete()
    done(made.server.delete())


def firewalls(client: Any, talk: Talk) -> None:
    """A firewall with rules, on a server and by labels."""
    rule = FirewallRule(
        direction="in", protocol="tcp", port="22", source_ips=["0.0.0.0/0"], description="ssh"
    )
    made = client.servers.create("walled", SMALL, DEBIAN, location=HERE, labels={"env": "prod"})
    done(made.action, *made.next_actions)
    created = client.firewalls.create("wall", rules=[rule], labels={"a": "b"})
    done(*created.actions)
    wall = named(client.firewalls, "wall")
    ping = FirewallRule(direction="in", protocol="icmp", source_ips=["::/0"])
    done(*wall.set_rules([rule, ping]))
    direct = FirewallResource(type="server", server=made.server)
    labels = FirewallResourceLabelSelector(selector="env=prod")
    by_labels = FirewallResource(type="label_selector", label_selector=labels)
    for target in (direct, by_labels):
        done(*wall.apply_to_resources([target]))
    wall.reload()
    assert [each.type for each in wall.applied_to] == ["server", "label_selector"]
    assert [each.firewall.id for each in client.servers.get_by_name("walled").public_net.firewalls] == [
        wall.id
    ]
    with pytest.raises(APIException, match="still in use"):
        wall.delete()
    for target in (direct, by_labels):
        done(*wall.remove_from_resources([target]))
    assert wall.update(name="new", labels={"c": "d"}).name == "new"
    lists(client.firewalls, wall)
    assert wall.delete()
    done(made.server.delete())
