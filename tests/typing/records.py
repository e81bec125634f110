"""What type checkers must see of the records; checked by mypy --strict and pyright, never run."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from ipaddress import IPv4Address, IPv4Network
from typing import Any, assert_type

from hetzner import (
    ISO,
    AsyncHetzner,
    Certificate,
    Firewall,
    FloatingIP,
    Hetzner,
    Image,
    LoadBalancer,
    LoadBalancerType,
    Location,
    Network,
    NotFound,
    PlacementGroup,
    Pricing,
    PrimaryIP,
    Server,
    ServerType,
    SSHKey,
    Volume,
    aio,
    using,
)
from hetzner.domain.making import Ensured
from hetzner.schema.actions import Action
from hetzner.schema.networks import NetworkMember
from hetzner.schema.server_actions import ActionRequestConsoleResponse


def found(client: Hetzner) -> None:
    """Finders return the record they are called on, and lists of it."""
    assert_type(Server.get(1), Server)
    assert_type(Server.find("web"), Server)
    assert_type(Server.find(1, client=client), Server)
    assert_type(Server.all(), list[Server])
    assert_type(Server.all(labels={"role": ["web", "db"], "env": None}, status="off"), list[Server])
    assert_type(Network.find("net"), Network)
    assert_type(Firewall.all(labels="role=web"), list[Firewall])
    assert_type(SSHKey.get(1), SSHKey)
    assert_type(PlacementGroup.find("group"), PlacementGroup)
    assert_type(Image.find("debian-13", architecture="arm"), Image)
    assert_type(ServerType.all(), list[ServerType])
    assert_type(Location.find("fsn1"), Location)
    assert_type(Volume.find("data"), Volume)
    assert_type(PrimaryIP.all(ip="192.0.2.1"), list[PrimaryIP])
    assert_type(FloatingIP.get(1), FloatingIP)
    assert_type(Certificate.all(type="managed"), list[Certificate])
    assert_type(LoadBalancer.find("lb"), LoadBalancer)
    assert_type(LoadBalancerType.all(), list[LoadBalancerType])
    assert_type(ISO.find("talos"), ISO)
    assert_type(Pricing.get(client=client), Pricing)
    Server.find(None)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    Server.all(client=AsyncHetzner())  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def made(client: Hetzner) -> None:
    """What is asked for is checked, and `ensure` also tells whether something was made."""
    net = Network.create("net", ip_range=IPv4Network("10.0.0.0/16"), client=client)
    Network.create("net", ip_range="10.0.0.0/16", subnets=["10.0.1.0/24", {"ip_range": "10.0.2.0/24"}])
    Firewall.create("wall", rules=["tcp/22", {"protocol": "udp", "port": 53}], apply_to="role=web")
    Server.create(
        "db",
        "cx23",
        image=3,
        networks={"net": "10.0.1.7"},
        ssh_keys="me",
        firewalls=["wall"],
        dns_ptr="db.x.org",
    )
    Server.create("db", "cx23", image="debian-13", networks=[net, "other"], public_net={"ipv4": False})
    Server.create("db", "cx23", image="debian-13", networks={"net": {"ip": "10.0.1.7", "alias_ips": []}})
    key = SSHKey.create("me", public_key="ssh-ed25519 AAAA")
    web = Server.create("web", "cx23", image="debian-13", ssh_keys=[key, "you", 3], labels={"role": "web"})
    assert_type(web, Server)
    assert_type(net, Network)
    ensured = Server.ensure("web", ServerType.find("cx23"), image=Image.find("debian-13"))
    assert_type(ensured, Ensured[Server])
    record, created = ensured
    assert_type(record, Server)
    assert_type(created, bool)
    assert_type(Firewall.ensure("wall", labels={}).record, Firewall)
    assert_type(PlacementGroup.create("group"), PlacementGroup)
    Server.create("web", "cx23", imag="x")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    Server.create("web", "cx23", image=1.5)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def made_too(web: Server, shop: Certificate) -> None:
    """The same for what hangs on servers."""
    assert_type(Volume.create("data", size=10, server=web, format="ext4", wait=False), Volume)
    assert_type(Volume.ensure("data", size=10, location="fsn1"), Ensured[Volume])
    assert_type(FloatingIP.create("vip", type="ipv4", server="web", dns_ptr=None), FloatingIP)
    assert_type(PrimaryIP.ensure("ip", type="ipv6", assignee=web, auto_delete=True).record, PrimaryIP)
    assert_type(Certificate.create("shop", domain_names="www.x.org"), Certificate)
    Certificate.create("own", certificate="...", private_key="...", labels={"a": "b"})
    lb = LoadBalancer.create(
        "lb",
        "lb11",
        location="fsn1",
        algorithm="least_connections",
        networks={"net": IPv4Address("10.0.1.7")},
        services=[
            {"protocol": "tcp", "listen_port": 25, "destination_port": 25},
            {
                "protocol": "https",
                "http": {"certificates": [shop, "other"], "redirect_http": True},
                "health_check": {"protocol": "http", "http": {"status_codes": [200, "3??"]}},
            },
        ],
        targets=[web, "db", {"server": web, "use_private_ip": True}, {"label_selector": "role=web"}],
        public_net={"ipv4": "ip"},
        dns_ptr={"ipv6": "lb.x.org"},
    )
    assert_type(lb, LoadBalancer)
    assert_type(
        LoadBalancer.ensure("lb", LoadBalancerType.find("lb11"), networks="net"), Ensured[LoadBalancer]
    )
    Volume.create("data", size="big")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    Volume.create("data", location="fsn1")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    LoadBalancer.create("lb")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]


def done_too(data: Volume, vip: FloatingIP, ip: PrimaryIP, shop: Certificate, lb: LoadBalancer) -> None:
    """The verbs of what hangs on servers."""
    assert_type(data.attach("web", automount=True), Action)
    assert_type(data.resize(20, wait=False), Action)
    assert_type((data.size, data.server, data.linux_device), tuple[int, int | None, str])
    assert_type(data.delete(), Action | None)
    assert_type(vip.assign(3), Action)
    assert_type(vip.change_dns_ptr(IPv4Address("192.0.2.1"), None), Action)
    assert_type((vip.ip, vip.ipv4, vip.ipv6), tuple[str, str | None, str | None])
    vip.update(description="mail")
    ip.update(auto_delete=False)
    assert_type(ip.unassign(), Action)
    assert_type(shop.retry(), Action)
    assert_type(lb.add_service("http", http={"sticky_sessions": True}), Action)
    assert_type(lb.update_service(80, protocol="https", http={"certificates": shop}), Action)
    assert_type(lb.add_target("web", use_private_ip=True), Action)
    assert_type(lb.remove_target(label_selector={"role": "web"}), Action)
    assert_type(lb.change_type(LoadBalancerType.find("lb21")), Action)
    assert_type((lb.ipv4, lb.ipv6, lb.private_ip), tuple[str | None, str | None, str | None])
    assert_type(Pricing.get().volume.price_per_gb_month.gross, str)
    lb.add_service("ftp")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    data.grow(20)  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue]


def done(web: Server, net: Network, wall: Firewall) -> None:
    """Blocking verbs return what they come to."""
    assert_type(web.poweroff(), Action)
    assert_type(web.poweroff(wait=False), Action)
    assert_type(web.attach_to_network(net, ip=IPv4Address("10.0.0.7"), alias_ips=["10.0.0.8"]), Action)
    assert_type(web.rebuild("debian-13", user_data=None), Action)
    assert_type(web.change_type("cx33", upgrade_disk=False), Action)
    assert_type(web.enable_rescue(ssh_keys=["me"]), str | None)
    assert_type(web.request_console(), ActionRequestConsoleResponse)
    assert_type(web.create_image("before", labels={"keep": "yes"}), Image)
    assert_type(web.create_backup(), Image)
    assert_type(web.delete(), Action | None)
    assert_type(net.members(), list[NetworkMember])
    assert_type(wall.set_rules(["tcp/22", {"protocol": "icmp"}]), list[Action])
    assert_type(wall.set_rules([*wall.rules, "tcp/443"]), list[Action])
    assert_type(wall.apply_to_resources(servers=[web, "db", 3]), list[Action])
    assert_type((web.name, web.ipv4, web.labels), tuple[str, str | None, dict[str, str]])
    later: Callable[..., Action] = web.poweron
    later()
    web.wait(timeout=30)
    web.refresh()
    web.update(name="db", labels={})
    web.powerof()  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue]
    web.change_type("cx33")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]


async def awaited(client: AsyncHetzner) -> None:
    """The awaited face returns coroutines of the same."""
    with using(client):
        assert_type(await aio.Server.find("web"), aio.Server)
    assert_type(await aio.Server.get(1, client=client), aio.Server)
    assert_type(await aio.Server.all(labels={"role": "web"}), list[aio.Server])
    assert_type(await aio.Image.find("debian-13"), aio.Image)
    web = await aio.Server.create("web", "cx23", image="debian-13", wait=False)
    assert_type(web, aio.Server)
    assert_type(await aio.Server.ensure("web", "cx23", image="debian-13"), Ensured[aio.Server])
    assert_type((await aio.Network.ensure("net", ip_range=IPv4Network("10.0.0.0/16"))).record, aio.Network)
    assert_type(await web.poweroff(), Action)
    assert_type(await web.create_image(), aio.Image)
    assert_type(await web.delete(), Action | None)
    data = await aio.Volume.create("data", size=10, server=web)
    assert_type(data, aio.Volume)
    assert_type(await data.detach(), Action)
    assert_type(await aio.FloatingIP.ensure("vip", type="ipv4", server="web"), Ensured[aio.FloatingIP])
    assert_type(await aio.PrimaryIP.find("ip"), aio.PrimaryIP)
    assert_type(await (await aio.Certificate.get(1)).retry(), Action)
    lb = await aio.LoadBalancer.create("lb", "lb11", network_zone="eu-central")
    assert_type(await lb.add_target(web), Action)
    assert_type(await aio.ISO.all(), list[aio.ISO])
    assert_type(await aio.Pricing.get(), aio.Pricing)
    begun: Coroutine[Any, Any, Action] = web.poweron()
    await begun
    try:
        await aio.Server.find("web")
    except NotFound as error:
        assert_type(error.near, list[str])
