"""What every kind with a spec keeps to: what is wanted is had, what is had is read in the same terms."""

from __future__ import annotations

from typing import Any

import pytest

from hetzner.domain.specs import NAMES, kind_of, kinds
from hetzner.domain.specs.certificates import Chain
from hetzner.domain.specs.facts import How
from hetzner.domain.specs.kind import Kind, Names
from hetzner.domain.specs.labels import VALUE
from hetzner.domain.specs.load_balancer_services import fits
from hetzner.domain.specs.referring import refs_in, with_refs
from tests.domain.faces import Face, done
from tests.domain.verbs.common import records

PEM = "-----BEGIN CERTIFICATE-----\nAAAA\nBBBB\n-----END CERTIFICATE-----\n"
KEY = "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n"
WHOLE: dict[str, tuple[str, dict[str, Any]]] = {
    "volumes": (
        "Volume",
        {
            "size": 20,
            "location": "fsn1",
            "server": "web",
            "automount": True,
            "format": "xfs",
            "protect": True,
            "labels": {"a": "b"},
        },
    ),
    "floating_ips": (
        "FloatingIP",
        {
            "type": "ipv6",
            "description": "mail",
            "home_location": "hel1",
            "server": "web",
            "dns_ptr": "mail.example.org",
            "protect": True,
            "labels": {"a": "b"},
        },
    ),
    "primary_ips": (
        "PrimaryIP",
        {
            "type": "ipv4",
            "location": "fsn1",
            "assignee": "off",
            "auto_delete": False,
            "dns_ptr": "db.example.org",
            "protect": True,
            "labels": {"a": "b"},
        },
    ),
    "load_balancers": (
        "LoadBalancer",
        {
            "load_balancer_type": "lb11",
            "location": "fsn1",
            "algorithm": {"type": "least_connections"},
            "networks": {"net": "10.0.1.20"},
            "services": [
                {"protocol": "https", "http": {"certificates": ["shop"]}, "health_check": {"retries": 2}},
                {"protocol": "tcp", "listen_port": 25, "destination_port": 25, "proxyprotocol": True},
            ],
            "targets": [{"server": "web", "use_private_ip": True}, {"label_selector": "role=web"}],
            "public_interface": True,
            "public_net": {"ipv4": "lb-ip"},
            "dns_ptr": {"ipv4": "lb.example.org", "ipv6": "lb6.example.org"},
            "protect": True,
            "labels": {"a": "b"},
        },
    ),
    "certificates": ("Certificate", {"domain_names": ["www.example.org"], "labels": {"a": "b"}}),
}
NOT_AT_ONCE = {
    "load_balancers": {"network_zone"},
    "certificates": {"certificate", "private_key", "type"},
}
"""Fields that cannot be given together with the others."""


async def stage(face: Face) -> Names:
    """Make what the specs refer to, and return what it is called."""
    net, shop = await face.network(), (await records(face, "Certificate"))
    web = await face.server("web", networks="net", labels={"role": "web"})
    other = await face.server("off", public_net={"ipv4": False})
    await done(other.poweroff())
    made = {
        "networks": net,
        "certificates": await done(shop.create("shop", domain_names="shop.example.org")),
        "primary_ips": await done(face.PrimaryIP.create("lb-ip", type="ipv4", location="fsn1")),
    }
    names = {kind: {each.id: each.name} for kind, each in made.items()}
    return Names({**names, "servers": {web.id: "web", other.id: "off"}})


@pytest.mark.parametrize("name", WHOLE)
async def test_all_that_can_be_wanted_is_had_and_read(face: Face, name: str) -> None:
    """A record made with every field has each of them, in the terms of the spec."""
    record, spec = WHOLE[name]
    kind, names = kind_of(name), await stage(face)
    made = await done(getattr(face, record).create("one", **spec))
    assert set(spec) | NOT_AT_ONCE.get(name, set()) == set(kind.fields)
    have = kind.read(made, names)
    shown = {field for field, fact in kind.fields.items() if fact.changes.how is not How.NEVER}
    assert set(have) == shown
    wanted = kind.canonical(spec)
    assert {
        field: have[field] for field in wanted if field in shown and not fits(wanted[field], have[field])
    } == {}
    for attribute in kind.attributes:
        kind.attribute(made, attribute)
    assert kind.attribute(made, "id") == made.id
    for field, other, ref in kind.refs(have):
        refers = kind.fields[field].refers
        assert refers is None or refers.kind == other
        assert ref is not None


def test_every_kind_with_a_spec_is_known_by_its_name() -> None:
    """Each can be declared and has a short name that fits into one label; what has no spec is refused."""
    assert tuple(kinds()) == NAMES
    for name in NAMES:
        assert kind_of(name).name == name
    codes = [kind.code for kind in kinds().values()]
    assert len({*codes}) == len(codes)
    assert VALUE.fullmatch(".".join(codes))
    with pytest.raises(LookupError, match="there is no spec of images"):
        kind_of("images")


def test_certificates_are_compared_by_what_is_in_them() -> None:
    """Line ends and text around the blocks do not matter, the blocks do."""
    assert Chain(PEM) == Chain("subject: shop\r\n" + PEM.replace("\n", "\r\n"))
    assert Chain(PEM) != Chain(PEM + PEM)
    assert Chain(PEM) != Chain(PEM.replace("BBBB", "CCCC"))
    assert len({Chain(PEM), Chain(PEM + "\n")}) == 1


def test_a_private_key_is_in_the_call_and_shown_nowhere() -> None:
    """What makes an uploaded certificate has the key, and its repr has not."""
    kind: Kind = kind_of("certificates")
    spec = kind.canonical({"certificate": PEM, "private_key": KEY})
    (call,) = kind.create("shop", spec)
    assert call.arguments["private_key"] == KEY
    assert call.arguments["type"] == "uploaded"
    assert "c2VjcmV0" not in repr(call)


REFERENCES: list[tuple[Any, tuple[str, ...], list[Any], Any]] = [
    (None, (), [], None),
    ("a", (), ["a"], "a-1"),
    ("b", (), ["b"], None),
    (["a", "b", "c"], (), ["a", "b", "c"], ["a-1", "a-2", "c"]),
    ({"a": 1, "b": 2}, (), ["a", "b"], {"a-1": 1, "a-2": 1}),
    ([{"x": "a", "y": 1}, {"y": 2}], ("x",), ["a"], [{"x": "a-1", "y": 1}, {"x": "a-2", "y": 1}, {"y": 2}]),
    ([{"x": "b"}], ("x",), ["b"], []),
    ([{"x": {"z": ["a", "b"]}}], ("x", "z"), ["a", "b"], [{"x": {"z": ["a-1", "a-2"]}}]),
    ([{"x": {"q": 1}}, {"x": None}], ("x", "z"), [], [{"x": {"q": 1}}, {"x": None}]),
]


@pytest.mark.parametrize(("value", "inside", "refs", "become"), REFERENCES)
def test_references_are_found_and_replaced_where_they_stand(
    value: Any, inside: tuple[str, ...], refs: list[Any], become: Any
) -> None:
    """Each becomes nothing, itself, or several; one that stands alone becomes the first of them."""
    others = {"a": ["a-1", "a-2"], "b": []}
    assert list(refs_in(value, inside)) == refs
    assert with_refs(value, lambda ref: others.get(ref, [ref]), inside) == become
