"""Scenarios of the verbs of load balancers."""

from __future__ import annotations

from typing import Any

from hetzner.sandbox.kinds.load_balancers import LoadBalancers
from tests.domain.faces import Face, done
from tests.domain.verbs.common import records
from tests.domain.verbs.registry import tries

TCP = {"protocol": "tcp", "listen_port": 25, "destination_port": 2525}


async def balancer(face: Face, **options: Any) -> Any:
    """Create a load balancer and wait until it works."""
    return await done(face.LoadBalancer.create("lb", "lb11", **{"location": "fsn1", **options}))


async def certificate(face: Face, name: str = "shop") -> Any:
    """Have a certificate issued."""
    return await done((await records(face, "Certificate")).create(name, domain_names="www.example.org"))


@tries("LoadBalancer.add_service", "LoadBalancer.delete_service")
async def services(face: Face) -> None:
    """Services come with the defaults of their protocol, certificates are named in any form, and all go."""
    lb, shop = await balancer(face), await certificate(face)
    await done(lb.add_service("http", http={"sticky_sessions": True}, health_check={"interval": 5}))
    await done(lb.add_service("tcp", listen_port=25, destination_port=2525, proxyprotocol=True))
    http, tcp = lb.services
    assert (http.listen_port, http.destination_port, http.http.sticky_sessions) == (80, 80, True)
    assert (http.health_check.interval, http.health_check.retries) == (5, 3)
    assert (tcp.listen_port, tcp.destination_port, tcp.proxyprotocol) == (25, 2525, True)
    forms: list[Any] = ["shop", shop.id, str(shop.id), shop, ["shop"], [shop]]
    for each in forms:
        await done(lb.add_service("https", http={"certificates": each}))
        assert lb.services[-1].http.certificates == [shop.id]
        await done(lb.delete_service(443))
    assert [each.listen_port for each in lb.services] == [80, 25]


@tries("LoadBalancer.update_service")
async def update_service(face: Face) -> None:
    """What is given changes, the protocol too, and the rest stays."""
    lb, shop = await balancer(face, services=[TCP]), await certificate(face)
    check = {"protocol": "http", "http": {"path": "/healthz", "status_codes": [200, "204"]}}
    await done(lb.update_service(25, destination_port=26, health_check=check))
    (service,) = lb.services
    assert (service.protocol, service.destination_port, service.health_check.interval) == ("tcp", 26, 15)
    assert service.health_check.http.status_codes == ["200", "204"]
    await done(lb.update_service(25, protocol="https", http={"certificates": [shop]}))
    (service,) = lb.services
    assert (service.protocol, service.listen_port, service.http.certificates) == ("https", 25, [shop.id])


@tries("LoadBalancer.add_target", "LoadBalancer.remove_target")
async def targets(face: Face) -> None:
    """A server in any form or one of its addresses, labels as a map or a selector, and an address."""
    lb, web = await balancer(face), await face.server(labels={"role": "web"})
    for ref in ("web", web.id, str(web.id), web):
        await done(lb.add_target(ref))
        assert [each.server.id for each in lb.targets] == [web.id]
        await done(lb.remove_target(ref))
        assert lb.targets == []
    await done(lb.add_target(web, ip=web.ipv6))
    assert [each.server.ip for each in lb.targets] == [web.ipv6]
    await done(lb.remove_target(web))
    for labels in ("role=web", {"role": "web"}):
        await done(lb.add_target(label_selector=labels))
        assert [each.label_selector.selector for each in lb.targets] == ["role=web"]
        assert [each.server.id for each in lb.targets[0].targets] == [web.id]
        await done(lb.remove_target(label_selector=labels))
        assert lb.targets == []
    with face.sandbox.inside() as project:
        project.kind_as(LoadBalancers).register_ip("192.0.2.7")
    await done(lb.add_target(ip="192.0.2.7"))
    assert [each.ip.ip for each in lb.targets] == ["192.0.2.7"]
    await done(lb.remove_target(ip="192.0.2.7"))
    assert lb.targets == []


@tries("LoadBalancer.attach_to_network", "LoadBalancer.detach_from_network")
async def membership(face: Face) -> None:
    """A network in any form; in it, targets are reached in private."""
    net = await face.network()
    lb, web = await balancer(face), await face.server(networks="net")
    for ref in ("net", net.id, str(net.id), net):
        await done(lb.attach_to_network(ref))
        assert lb.private_ip
        await done(lb.detach_from_network(ref))
        assert lb.private_ip is None
    await done(lb.attach_to_network(net, ip="10.0.1.20"))
    assert lb.private_ip == "10.0.1.20"
    await done(lb.add_target(web, use_private_ip=True))
    assert lb.targets[0].server.ip == web.private_ip


@tries("LoadBalancer.disable_public_interface", "LoadBalancer.enable_public_interface")
async def public_side(face: Face) -> None:
    """The public side goes off and on; the addresses stay."""
    await face.network()
    lb = await balancer(face, networks="net")
    address = lb.ipv4
    await done(lb.disable_public_interface())
    assert (lb.public_net.enabled, lb.ipv4) == (False, address)
    await done(lb.enable_public_interface())
    assert lb.public_net.enabled


@tries("LoadBalancer.change_algorithm")
async def change_algorithm(face: Face) -> None:
    """The record shows how targets take turns."""
    lb = await balancer(face)
    assert lb.algorithm.type == "round_robin"
    await done(lb.change_algorithm("least_connections"))
    assert lb.algorithm.type == "least_connections"


@tries("LoadBalancer.change_type")
async def change_type(face: Face) -> None:
    """The type is a name, an id or an object."""
    lb = await balancer(face)
    await done(lb.change_type("lb21"))
    assert lb.load_balancer_type.name == "lb21"
    await done(lb.change_type(await done(face.LoadBalancerType.find("lb31"))))
    assert lb.load_balancer_type.name == "lb31"


@tries("LoadBalancer.change_dns_ptr")
async def change_dns_ptr(face: Face) -> None:
    """Either public address has a reverse name; None goes back to the name it had."""
    lb = await balancer(face)
    before = lb.public_net.ipv4.dns_ptr
    await done(lb.change_dns_ptr(lb.ipv4, "lb.example.org"))
    await done(lb.change_dns_ptr(lb.ipv6, "lb.example.org"))
    assert lb.public_net.ipv4.dns_ptr == lb.public_net.ipv6.dns_ptr == "lb.example.org"
    await done(lb.change_dns_ptr(lb.ipv4, None))
    assert lb.public_net.ipv4.dns_ptr == before


@tries("LoadBalancer.change_protection")
async def change_protection(face: Face) -> None:
    """The record shows the protection."""
    lb = await balancer(face)
    await done(lb.change_protection(delete=True))
    assert lb.protection.delete
    await done(lb.change_protection(delete=False))
    assert not lb.protection.delete
