"""Scenarios of the verbs of floating and primary IPs."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address
from typing import Any

from tests.domain.faces import Face, done
from tests.domain.verbs.registry import tries


async def floating(face: Face, **options: Any) -> Any:
    """Create a floating IP."""
    return await done(face.FloatingIP.create("vip", **{"type": "ipv4", "home_location": "fsn1", **options}))


async def primary(face: Face, **options: Any) -> Any:
    """Create a primary IP."""
    return await done(face.PrimaryIP.create("ip", **{"type": "ipv4", "location": "fsn1", **options}))


@tries("FloatingIP.assign", "FloatingIP.unassign")
async def assignment(face: Face) -> None:
    """It moves from server to server, which are named in any form."""
    web, db, vip = await face.server("web"), await face.server("db"), await floating(face)
    for ref, server in (("web", web), (db.id, db), (str(web.id), web), (db, db)):
        action = await done(vip.assign(ref))
        assert (action.command, action.status, vip.server) == ("assign_floating_ip", "success", server.id)
        await done(vip.unassign())
        assert vip.server is None


@tries("FloatingIP.update")
async def description(face: Face) -> None:
    """Name, description and labels change, together or alone."""
    vip = await floating(face)
    await done(vip.update(name="vip-2", description="web", labels={"role": "web"}))
    assert (vip.name, vip.description, vip.labels) == ("vip-2", "web", {"role": "web"})
    await done(vip.update(description=""))
    assert (vip.name, vip.description, vip.labels) == ("vip-2", "", {"role": "web"})


@tries("FloatingIP.change_dns_ptr")
async def floating_names(face: Face) -> None:
    """An address has one reverse name, a network as many as it has addresses."""
    vip, six = (
        await floating(face),
        await done(face.FloatingIP.create("six", type="ipv6", home_location="hel1")),
    )
    await done(vip.change_dns_ptr(vip.ip, "vip.example.org"))
    assert [each.dns_ptr for each in vip.dns_ptr] == ["vip.example.org"]
    await done(vip.change_dns_ptr(IPv4Address(vip.ip), None))
    assert "vip.example.org" not in [each.dns_ptr for each in vip.dns_ptr]
    other = IPv6Address(six.ipv6) + 1
    await done(six.change_dns_ptr(six.ipv6, "one.example.org"))
    await done(six.change_dns_ptr(other, "two.example.org"))
    assert {each.ip: each.dns_ptr for each in six.dns_ptr} == {
        six.ipv6: "one.example.org",
        str(other): "two.example.org",
    }


@tries("FloatingIP.change_protection")
async def floating_protection(face: Face) -> None:
    """The record shows the protection."""
    await _protects(await floating(face))


@tries("PrimaryIP.change_protection")
async def primary_protection(face: Face) -> None:
    """The record shows the protection."""
    await _protects(await primary(face))


async def _protects(address: Any) -> None:
    await done(address.change_protection(delete=True))
    assert address.protection.delete
    await done(address.change_protection(delete=False))
    assert not address.protection.delete


@tries("PrimaryIP.assign", "PrimaryIP.unassign")
async def primary_assignment(face: Face) -> None:
    """A server that is off and has no such address gets it, named in any form."""
    web, ip = await face.server(public_net={"ipv4": False}), await primary(face)
    await done(web.poweroff())
    for ref in ("web", web.id, str(web.id), web):
        action = await done(ip.assign(ref))
        assert (action.command, action.status) == ("assign_primary_ip", "success")
        assert (ip.assignee_type, ip.assignee_id) == ("server", web.id)
        await done(ip.unassign())
        assert ip.assignee_id is None


@tries("PrimaryIP.update")
async def auto_delete(face: Face) -> None:
    """Name, labels and what happens in the end change, together or alone."""
    ip = await primary(face)
    await done(ip.update(name="ip-2", auto_delete=True, labels={"role": "web"}))
    assert (ip.name, ip.auto_delete, ip.labels) == ("ip-2", True, {"role": "web"})
    await done(ip.update(auto_delete=False))
    assert (ip.name, ip.auto_delete, ip.labels) == ("ip-2", False, {"role": "web"})


@tries("PrimaryIP.change_dns_ptr")
async def primary_names(face: Face) -> None:
    """None goes back to the name that the address had."""
    ip = await primary(face)
    before = ip.dns_ptr[0].dns_ptr
    await done(ip.change_dns_ptr(ip.ip, "web.example.org"))
    assert [each.dns_ptr for each in ip.dns_ptr] == ["web.example.org"]
    await done(ip.change_dns_ptr(ip.ip, None))
    assert [each.dns_ptr for each in ip.dns_ptr] == [before]
