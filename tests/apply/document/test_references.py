"""References to attributes of other resources: kept, checked as far as possible, completed later."""

from __future__ import annotations

import pytest

from hetzner.apply.document import (
    DocumentError,
    Edge,
    Problem,
    Reference,
    Secret,
    Template,
    Use,
    cycles,
    holds_unknown,
    plain,
    render,
    resolve,
)
from tests.apply.document.conftest import Read, Refuse
from tests.apply.document.faces import KINDS

BASE = "server_type: a, image: b"


def test_references_pass_where_they_stand(read: Read) -> None:
    """In patterns, literals, numbers, lists, short forms: an unknown is kept, the rest checked."""
    document = read(
        f"servers:\n  db: {{{BASE}}}\n"
        f"  web: {{{BASE}, dns_ptr: 'x.${{servers.db.name}}', backups: '${{servers.db.b}}'}}\n"
        "networks:\n  net:\n    ip_range: 10.0.0.0/8\n    subnets: [{ip_range: '${servers.db.range}'}]\n"
        "    routes: [{destination: 10.1.0.0/24, gateway: '${servers.db.private_ip}'}]\n"
        "firewalls: {f: {rules: ['tcp/${servers.db.port}', icmp,"
        " {protocol: tcp, source_ips: ['${servers.db.ip}/32']}]}}\n"
        "volumes: {v: {size: '${servers.db.size}', format: '${servers.db.format}'}}\n"
    )
    by_name = {resource.name: resource for resource in document.resources}
    web, net, firewall, volume = (by_name[name] for name in ("web", "net", "f", "v"))
    assert str(web.spec["dns_ptr"]) == "x.${servers.db.name}"
    gateway = net.spec["routes"][0]["gateway"]
    assert isinstance(gateway, Reference)
    assert (gateway.kind, gateway.base, gateway.targets, gateway.attribute) == (
        "servers",
        "db",
        ("db",),
        "private_ip",
    )
    assert Use(("routes", 0, "gateway"), gateway) in net.references
    assert str(gateway.mark) == f"infra.yaml:{gateway.mark.line}:51"
    assert isinstance(firewall.spec["rules"][0], Template)
    assert firewall.spec["rules"][1] == {"protocol": "icmp"}
    assert [holds_unknown(volume.spec[field]) for field in ("size", "format")] == [True, True]


def test_what_is_known_beside_an_unknown_is_still_checked(refuse: Refuse) -> None:
    """An unknown in one field does not hide an error in another."""
    printed = refuse(
        f"project: a\nservers: {{db: {{{BASE}}}}}\n"
        "networks: {n: {ip_range: 10.0.0.1/8, routes: [{destination: '${servers.db.x}', gatway: 1.1.1.1}]}}\n"
    )
    assert "networks.n.ip_range: 10.0.0.1/8 has host bits" in printed
    assert "unknown field 'gatway' in networks.n.routes[0]" in printed
    assert printed.count("error: ") == 2


def test_completing(read: Read) -> None:
    """Once looked up, the resource is checked in full, and a misfit is told at its place."""
    document = read(
        f"servers: {{db: {{{BASE}}}}}\nnetworks:\n  n:\n    ip_range: 10.0.0.0/8\n"
        "    routes: [{destination: 10.1.0.0/24, gateway: '${servers.db.private_ip}'}]\n"
    )
    network = document.get("networks", "n")
    assert network is not None
    spec = network.complete(KINDS["networks"], lambda reference: "10.0.0.2")
    assert spec["routes"] == [{"destination": "10.1.0.0/24", "gateway": "10.0.0.2"}]
    with pytest.raises(DocumentError) as caught:
        network.complete(KINDS["networks"], lambda reference: "nonsense")
    assert "networks.n.routes[0].gateway: String should match pattern" in str(caught.value)
    assert "--> infra.yaml:6:50" in str(caught.value)


def test_replicas_make_a_list(read: Read, refuse: Refuse) -> None:
    """`[*]`, or a replicated name alone, stands for one value of each replica."""
    text = f"servers: {{web: {{count: 2, {BASE}}}, one: {{{BASE}}}}}\n"
    text += "zones: {z.de: {records: {a: {A: %s}}}}\n"
    for written, targets in (
        ("'${servers.web[*].ip}'", ("web-1", "web-2")),
        ("'${servers.web.ip}'", ("web-1", "web-2")),
        ("'${servers.one[*].ip}'", ("one",)),
    ):
        zone = read(text % written).get("zones", "z.de")
        assert zone is not None
        found = zone.spec["records"]["a"]["A"]
        assert (found.targets, found.many) == (targets, True)
    zone = read(text % "[x, '${servers.web.ip}']").get("zones", "z.de")
    assert zone is not None
    assert zone.complete(KINDS["zones"], lambda reference: list(reference.targets))["records"]["a"]["A"] == [
        "x", "web-1", "web-2"
    ]  # fmt: skip
    printed = refuse("project: a\n" + text % "'x-${servers.web.ip}'")
    assert "web has 2 replicas, which make a list" in printed
    assert "name one, like web-1" in printed


def test_names_with_dots(read: Read) -> None:
    """The longest declared name counts, for the names of zones have dots."""
    document = read(
        "zones: {de: {}, shop.de: {}}\noutputs: {a: '${zones.shop.de.id}', b: '${zones.de.soa.ttl}'}\n"
    )
    a, b = document.outputs["a"], document.outputs["b"]
    assert (a.base, a.attribute, b.base, b.attribute) == ("shop.de", "id", "de", "soa.ttl")


@pytest.mark.parametrize(
    ("written", "message", "hint"),
    [
        ("${servers.bd.ip}", "unknown name 'bd' in servers", "did you mean 'db'?"),
        ("${server.db.ip}", "unknown name 'server.db.ip'", "did you mean 'servers'?"),
        ("${servers.db}", "'${servers.db}' names no attribute", "like ${servers.db.id}"),
        ("${servers.db.}", "names no attribute", "like ${servers.db.id}"),
        ("${servers.db.a b}", "names no attribute", "like ${servers.db.id}"),
        ("${zones.shop.dee.id}", "unknown name 'shop' in zones", "did you mean 'shop.de'?"),
    ],
)
def test_references_to_nothing(written: str, message: str, hint: str, refuse: Refuse) -> None:
    """Unknown kinds, names and missing attributes are told at the very `${`."""
    printed = refuse(
        f"project: a\nservers: {{db: {{{BASE}}}}}\nzones: {{shop.de: {{}}}}\n"
        f"outputs: {{long: 'ab ${{zones.shop.de.id}} {written}'}}\n"
    )
    assert message in printed
    assert hint in printed
    assert "--> infra.yaml:4:41" in printed


def test_plain_names_get_the_same_help(read: Read) -> None:
    """The problem for an unknown plain name is made here too, with the place of the near one."""
    document = read("firewalls:\n  base: {}\nservers:\n  web: {server_type: a, image: b, firewalls: [bas]}\n")
    web = document.resources[-1]
    assert web.kind == "servers"
    problem = document.reference_problem(
        "firewalls", "bas", web.mark_at("firewalls", 0), "servers.web.firewalls"
    )
    assert str(problem) == (
        "error: servers.web.firewalls: unknown name 'bas' in firewalls\n"
        " --> infra.yaml:5:47\n"
        "  |\n"
        "4 | servers:\n"
        "5 |   web: {server_type: a, image: b, firewalls: [bas]}\n"
        "  |                                               ^^^ did you mean 'base'?\n"
        "  = 'base' is declared at infra.yaml:3:3"
    )
    foreign = document.reference_problem("firewalls", "gloabl", None, "here", ["global"])
    assert foreign.help == "did you mean 'global'?"


def test_cycles() -> None:
    """A circle is told with every step; depth does not matter, and what has no circle gives nothing."""
    edges = [Edge("a", "b"), Edge("b", "c"), Edge("c", "a"), Edge("x", "a"), Edge("y", "y"), Edge("c", "d")]
    found = cycles(edges)
    assert [problem.message for problem in found] == [
        "they need each other: a → b → c → a",
        "they need each other: y → y",
    ]
    assert found[0].notes == ("a needs b", "b needs c", "c needs a")
    assert cycles([Edge(str(n), str(n + 1)) for n in range(100_000)]) == []
    assert cycles([Edge("a", "c"), Edge("a", "b"), Edge("b", "c")]) == []
    (long,) = cycles([Edge(str(n), str((n + 1) % 5000)) for n in range(5000)])
    assert len(str(long)) < 1000


def test_a_cycle_shows_its_lines(read: Read) -> None:
    """The edges of a document's references carry their places."""
    document = read(
        f"servers:\n  a: {{{BASE}, user_data: '${{servers.b.ip}}'}}\n"
        f"  b: {{{BASE}, user_data: '${{servers.a.ip}}'}}\n"
    )
    edges = [
        Edge(resource.address, f"{use.reference.kind}.{target}", use.reference.mark)
        for resource in document.resources
        for use in resource.references
        for target in use.reference.targets
    ]
    (problem,) = cycles(edges)
    assert isinstance(problem, Problem)
    printed = render([problem])
    assert "they need each other: servers.a → servers.b → servers.a" in printed
    assert "servers.a needs servers.b at infra.yaml:3:45" in printed
    assert "servers.b needs servers.a at infra.yaml:4:45" in printed


def test_resolving_and_revealing(read: Read) -> None:
    """Holes are filled, secrets stay hidden until `plain`, and the unknown cannot be sent."""
    document = read(
        f"variables: {{pw: {{default: s3cret, secret: true}}}}\nservers: {{a: {{{BASE}}}}}\n"
        "outputs: {t: ['x-${servers.a.ip}', '${pw}-${servers.a.ip}', '${pw}']}\n"
    )
    with pytest.raises(ValueError, match="not known yet"):
        plain(document.outputs)
    assert "s3cret" not in repr(document.outputs)
    done = resolve(document.outputs, lambda reference: 7)
    assert done == {"t": ["x-7", Secret("s3cret-7"), Secret("s3cret")]}
    assert "s3cret" not in repr(done)
    assert plain(done) == {"t": ["x-7", "s3cret-7", "s3cret"]}
