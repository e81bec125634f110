"""Mistakes in what is asked for: told in a sentence, before any request, without repeating secrets."""

from __future__ import annotations

from typing import Any

import pytest

from hetzner.domain.asking import checked
from tests.domain.faces import Face, done

SECRET = "c2VjcmV0LWtleQ"
WRONG: list[tuple[str, dict[str, Any], type[Exception], str]] = [
    ("Server", {"imag": "x"}, TypeError, "unexpected keyword argument 'imag'; did you mean 'image'?"),
    ("Server", {"zzz": 1}, TypeError, "unexpected keyword argument 'zzz'; there are image, location"),
    (
        "Server",
        {"datacenter": "fsn1-dc14"},
        TypeError,
        "the API removed 'datacenter' on 2026-07-01; give 'location'",
    ),
    ("Server", {"automount": True}, TypeError, "Volume.create(..., server=..., automount=True)"),
    ("Server", {"start_after_create": False}, TypeError, "give power='off' for a server that is not started"),
    (
        "Server",
        {"image": 1.5},
        ValueError,
        "image: expected a text or a whole number or an object that has an id",
    ),
    ("Server", {"image": True}, ValueError, "image: expected a name or an id"),
    (
        "Server",
        {"image": {"labels": "app=shop"}},
        ValueError,
        "image: expected a text or a whole number or an object that has an id; "
        "image.label_selector: field required; image.labels: there is no such field",
    ),
    ("Server", {"labels": {"a b": "c"}}, ValueError, "labels: 'a b' cannot be a label"),
    ("Server", {"labels": {"a": 5}}, ValueError, "labels.a: expected a text"),
    ("Server", {"user_data": 5}, ValueError, "user_data: expected a text"),
    ("Server", {"user_data": "x" * 40_000}, ValueError, "user_data is larger than 32 KiB"),
    ("Server", {"networks": {"net": "10.0.0.300"}}, ValueError, "networks.net: "),
    ("Server", {"public_net": {"ipv5": True}}, ValueError, "public_net.ipv5: there is no such field"),
    ("Server", {"backups": "maybe"}, ValueError, "backups: "),
    ("Firewall", {"rules": ["tcp/22", "tcp"]}, ValueError, "rules.1: tcp needs a port"),
    ("Firewall", {"rules": [{"protocol": "ftp"}]}, ValueError, "rules.0.protocol: expected 'tcp', 'udp'"),
    (
        "Firewall",
        {"rules": ["tcp/80", {"protocol": "tcp", "port": 22, "source_ips": []}]},
        ValueError,
        "rules.1: source_ips is empty; leave the rule out to let nobody through, source_ips for everybody",
    ),
    (
        "Firewall",
        {"rules": [{"direction": "out", "protocol": "icmp", "destination_ips": ()}]},
        ValueError,
        "rules.0: destination_ips is empty",
    ),
    ("SSHKey", {"public_key": f"PRIVATE KEY {SECRET}"}, ValueError, "public_key: this is a private key"),
    ("Network", {"ip_range": "10.0.0.1/8"}, ValueError, "did you mean '10.0.0.0/8'?"),
    ("Volume", {"size": 9}, ValueError, "size: expected greater than or equal to 10"),
    ("Volume", {"location": 1.5}, ValueError, "location: expected a text"),
    ("FloatingIP", {"type": "ipv5"}, ValueError, "type: expected 'ipv4' or 'ipv6'"),
    ("FloatingIP", {"location": "fsn1"}, TypeError, "did you mean 'home_location'?"),
    ("PrimaryIP", {"protect": True, "auto_delete": True}, ValueError, "cannot be protected"),
    ("PrimaryIP", {"datacenter": "x"}, TypeError, "the API removed 'datacenter' on 2026-07-01"),
    ("Certificate", {"private_key": SECRET}, ValueError, "private_key: expected a private key in PEM format"),
    ("Certificate", {"certificate": SECRET}, ValueError, "certificate: expected one or more certificates"),
    ("Certificate", {"type": "uploaded"}, ValueError, "what is given makes it managed"),
    ("LoadBalancer", {"network_zone": "eu-central"}, ValueError, "give location or network_zone, not both"),
    ("LoadBalancer", {"targets": [{"use_private_ip": True}]}, ValueError, "a target is a server, a label_"),
    ("LoadBalancer", {"targets": [{"ip": "10.0.0.300"}]}, ValueError, "'10.0.0.300' is no IP address"),
    ("LoadBalancer", {"services": [{"protocol": "tcp"}]}, ValueError, "services.0: tcp needs a listen_port"),
    ("LoadBalancer", {"services": [{"protocol": "ftp"}]}, ValueError, "services.0.protocol: expected 'tcp'"),
    ("LoadBalancer", {"networks": ["a", "b"]}, ValueError, "a load balancer is in one network at most"),
]
KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGq3SF6oVdP2Zt0s5WyUqC0h1yV4M0w0nO0dQ5c5J9mT me"
WHOLE: dict[str, dict[str, Any]] = {
    "Server": {"server_type": "cx23", "image": "debian-13"},
    "Firewall": {},
    "SSHKey": {"public_key": KEY},
    "Network": {"ip_range": "10.0.0.0/8"},
    "Volume": {"size": 10, "location": "fsn1"},
    "FloatingIP": {"type": "ipv4", "home_location": "fsn1"},
    "PrimaryIP": {"type": "ipv4", "location": "fsn1"},
    "Certificate": {"domain_names": "www.example.org"},
    "LoadBalancer": {"load_balancer_type": "lb11", "location": "fsn1"},
}


@pytest.mark.parametrize(("kind", "options", "error", "sentence"), WRONG)
@pytest.mark.parametrize("call", ["create", "ensure"])
async def test_mistakes_are_told_before_any_request(
    face: Face, call: str, kind: str, options: dict[str, Any], error: type[Exception], sentence: str
) -> None:
    """The error names the call, the field and what would do, in both faces, and nothing was sent."""
    with face.requests() as made, pytest.raises(error) as caught:
        await done(getattr(getattr(face, kind), call)("web", **{**WHOLE[kind], **options}))
    assert str(caught.value).startswith(f"{kind}.{call}()")
    assert sentence in str(caught.value)
    assert made == []


async def test_volumes_belong_to_the_create_of_a_server_alone(face: Face) -> None:
    """Where a server is looked for first, a volume says itself where it is."""
    with face.requests() as made:
        with pytest.raises(TypeError, match=r"Server\.create\(\.\.\., volumes=\[\.\.\.\]\), Volume\.create"):
            await done(face.Server.ensure("web", "cx23", image="debian-13", volumes=["data"]))
        with pytest.raises(ValueError, match=r"Server\.create\(\): volumes: .*expected a text"):
            await face.server("web", volumes=[1.5])
    assert made == []
    net = await face.network()
    with pytest.raises(TypeError, match=r"Server\.create\(\): volumes: expected .* of volumes, not Network"):
        await face.server("web", volumes=[net])


async def test_what_is_missing_is_named(face: Face) -> None:
    """A server needs an image, a network a range."""
    with pytest.raises(TypeError, match=r"Server\.create\(\) is missing required arguments: 'image'"):
        await done(face.Server.create("web", "cx23"))
    with pytest.raises(TypeError, match=r"Network\.ensure\(\) is missing required arguments: 'ip_range'"):
        await done(face.Network.ensure("net"))
    for record, options, one_of in (
        (face.Volume, {"size": 10}, "server and location"),
        (face.FloatingIP, {"type": "ipv4", "server": None}, "server and home_location"),
        (face.PrimaryIP, {"type": "ipv4"}, "assignee and location"),
        (face.Certificate, {}, "domain_names and certificate"),
        (face.LoadBalancer, {"load_balancer_type": "lb11"}, "location and network_zone"),
    ):
        with pytest.raises(TypeError, match=rf"create\(\): one of {one_of} is needed$"):
            await done(record.create("one", **options))


@pytest.mark.parametrize("name", ["", None, 5, "we b", "-web"])
async def test_a_name_must_be_one(face: Face, name: Any) -> None:
    """The name of a server is a text that can be a host name."""
    with face.requests() as made, pytest.raises((TypeError, ValueError), match="name"):
        await face.server(name)
    assert made == []


async def test_an_object_of_another_kind_is_no_reference(face: Face) -> None:
    """The id of a network is not taken for that of an image, a group or a firewall."""
    net, web = await face.network(), await face.server()
    for options in ({"image": net}, {"placement_group": net}, {"firewalls": [net]}, {"server_type": net}):
        with pytest.raises(TypeError, match=r"expected a name, an id or an object of \w+, not Network\(net"):
            await face.server("other", **options)
    for call, arguments in (
        (web.attach_to_network, (web,)),
        (web.add_to_placement_group, (net,)),
        (web.rebuild, (net,)),
        (web.attach_iso, (True,)),
    ):
        with pytest.raises(TypeError, match="expected a name, an id or an object of"):
            await done(call(*arguments))
    with pytest.raises(TypeError, match="expected a name, an id or an object of server_types"):
        await done(web.change_type(net, upgrade_disk=False))


async def test_firewall_verbs_tell_mistakes_too(face: Face) -> None:
    """A rule that cannot be, and resources that are none, are refused before any request."""
    wall = await done(face.Firewall.create("wall"))
    with face.requests() as made:
        with pytest.raises(ValueError, match=r"set_rules\(\): 0: tcp needs a port"):
            await done(wall.set_rules(["tcp"]))
        with pytest.raises(ValueError, match="name at least one server, or labels"):
            await done(wall.apply_to_resources())
        with pytest.raises(ValueError, match="empty labels would fit everything"):
            await done(wall.remove_from_resources(labels={}))
    assert made == []


async def test_verbs_of_load_balancers_tell_mistakes_too(face: Face) -> None:
    """A service or target that cannot be, and objects of another kind, are refused before any request."""
    lb = await done(face.LoadBalancer.create("lb", "lb11", location="fsn1"))
    calls: list[tuple[Any, tuple[Any, ...], dict[str, Any], type[Exception], str]] = [
        (lb.add_service, ("tcp",), {}, ValueError, r"add_service\(\): tcp needs a listen_port"),
        (lb.add_service, ("http",), {"listen_port": 0}, ValueError, "listen_port: expected greater than"),
        (lb.add_service, ("https",), {"http": {"certificates": [lb]}}, TypeError, "object of certificates"),
        (lb.update_service, (80,), {"health_check": {"interval": 1}}, ValueError, "health_check.interval"),
        (
            lb.add_target,
            (),
            {},
            ValueError,
            r"add_target\(\): a target is a server, a label_selector or an ip",
        ),
        (lb.add_target, (lb,), {}, TypeError, "expected a name, an id or an object of servers, not"),
        (lb.add_target, ("web",), {"label_selector": "a"}, ValueError, "a label_selector stands alone"),
        (lb.add_target, (), {"label_selector": {}}, ValueError, "empty labels would fit everything"),
        (lb.remove_target, (), {"ip": "web"}, ValueError, "'web' is no IP address"),
    ]
    with face.requests() as made:
        for call, arguments, options, error, sentence in calls:
            with pytest.raises(error, match=sentence):
                await done(call(*arguments, **options))
    assert made == []


def test_no_value_is_repeated() -> None:
    """Complaints about types do not show what was given, whatever it was."""
    with pytest.raises(ValueError, match="expected") as caught:
        checked(list[int], "it", [SECRET])
    assert SECRET not in str(caught.value)
    assert caught.value.__cause__ is caught.value.__context__ is None


async def test_what_is_wrong_several_times_is_told_once(face: Face) -> None:
    """Two targets with the same fault make one sentence."""
    options = {**WHOLE["LoadBalancer"], "public_interface": False, "networks": "net", "targets": ["a", "b"]}
    with pytest.raises(ValueError, match=r"^[^;]* needs use_private_ip$"):
        await done(face.LoadBalancer.create("lb", **options))
