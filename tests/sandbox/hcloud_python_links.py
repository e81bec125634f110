"""What hcloud-python is asked to do with volumes, addresses and certificates."""

from __future__ import annotations

from typing import Any

import pytest
from hcloud import APIException

from tests.sandbox.hcloud_python import DEBIAN, HERE, SMALL, done, lists, named
from tests.sandbox.talk import Talk


def refused(code: str, call: Any, *args: Any, **fields: Any) -> None:
    """Insist on a refusal."""
    with pytest.raises(APIException) as error:
        call(*args, **fields)
    assert error.value.code == code


def protects(thing: Any) -> None:
    """Forbid to delete something, try it, and allow it again."""
    done(thing.change_protection(delete=True))
    refused("protected", thing.delete)
    done(thing.change_protection(delete=False))


def volumes(client: Any, talk: Talk) -> None:
    """A volume that a new server takes, detached, grown, attached and deleted."""
    created = client.volumes.create(10, "data", location=HERE, format="xfs")
    done(created.action)
    made = client.servers.create("host", SMALL, DEBIAN, location=HERE, volumes=[created.volume])
    done(made.action, *made.next_actions)
    server, volume = made.server, named(client.volumes, "data")
    assert (volume.server.id, volume.status) == (server.id, "available")
    refused("invalid_input", volume.delete)
    done(volume.resize(20))
    done(volume.detach())
    refused("invalid_input", volume.resize, 20)
    done(volume.attach(server, automount=False))
    done(volume.detach())
    protects(volume)
    assert volume.update(name="kept", labels={"a": "b"}).name == "kept"
    assert client.volumes.get_by_id(volume.id).size == 20
    lists(client.volumes, volume)
    assert volume.delete()
    done(server.delete())


def primary_ips(client: Any, talk: Talk) -> None:
    """A primary IP in place of the one that a server came with."""
    made = client.servers.create("bare", SMALL, DEBIAN, location=HERE, start_after_create=False)
    done(made.action, *made.next_actions)
    server = client.servers.get_by_name("bare")
    ip = client.primary_ips.create("ipv4", "ip", location=HERE, auto_delete=False).primary_ip
    assert named(client.primary_ips, "ip").assignee_type == "unassigned"
    own = client.primary_ips.get_by_id(server.public_net.primary_ipv4.id)
    refused("server_has_ipv4", ip.assign, server.id, "server")
    refused("must_be_unassigned", own.delete)
    done(own.unassign())
    done(ip.assign(server.id, "server"))
    refused("primary_ip_already_assigned", ip.assign, server.id, "server")
    done(ip.change_dns_ptr(ip.ip, "a.example.com"))
    assert client.primary_ips.get_by_name("ip").dns_ptr[0]["dns_ptr"] == "a.example.com"
    lists(client.primary_ips, ip)
    assert own.delete()
    done(server.delete())
    protects(ip)
    assert ip.update(name="kept", auto_delete=True).name == "kept"
    assert ip.delete()


def floating_ips(client: Any, talk: Talk) -> None:
    """A floating IP that comes to a server and leaves it."""
    made = client.servers.create("front", SMALL, DEBIAN, location=HERE)
    done(made.action, *made.next_actions)
    ip = client.floating_ips.create("ipv4", home_location=HERE, description="front").floating_ip
    done(ip.assign(made.server))
    refused("floating_ip_assigned", ip.assign, made.server)
    assert [each.id for each in client.servers.get_by_name("front").public_net.floating_ips] == [ip.id]
    done(ip.change_dns_ptr(ip.ip, "front.example.com"))
    done(ip.unassign())
    refused("service_error", ip.unassign)
    ip.update(name="kept", labels={"a": "b"})
    assert named(client.floating_ips, "kept").labels == {"a": "b"}
    protects(ip)
    lists(client.floating_ips, ip)
    assert ip.delete()
    done(made.server.delete())


def certificates(client: Any, talk: Talk) -> None:
    """An uploaded one, one that is issued, and one that cannot be."""
    from tests.sandbox.pems import Holder

    web = Holder("web", "example.com")
    uploaded = client.certificates.create("up", web.pem, web.key_pem(), labels={"a": "b"})
    assert named(client.certificates, "up").domain_names == ["example.com"]
    assert uploaded.delete()
    talk.sandbox.faults.fail_action("create_certificate", code="ca_dns_validation_failed")
    done(client.zones.create(name="example.org", mode="primary").action)
    made = client.certificates.create_managed("web", ["www.example.org"])
    assert made.certificate.status.issuance == "pending"
    with pytest.raises(Exception, match="failed"):
        done(made.action)
    done(made.certificate.retry_issuance())
    found = client.certificates.get_by_name("web")
    assert (found.status.issuance, bool(found.fingerprint)) == ("completed", True)
    refused("unsupported_error", found.retry_issuance)
    assert found.update(name="new", labels={}).name == "new"
    lists(client.certificates, found)
    assert found.delete()
    done(client.zones.get("example.org").delete().action)
