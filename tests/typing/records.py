"""What type checkers must see of the records; checked by mypy --strict and pyright, never run."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from ipaddress import IPv4Address, IPv4Network
from typing import Any, assert_type

from hetzner import (
    AsyncHetzner,
    Firewall,
    Hetzner,
    Image,
    Location,
    Network,
    NotFound,
    PlacementGroup,
    Server,
    ServerType,
    SSHKey,
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
    begun: Coroutine[Any, Any, Action] = web.poweron()
    await begun
    try:
        await aio.Server.find("web")
    except NotFound as error:
        assert_type(error.near, list[str])
