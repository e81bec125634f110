"""Resources: defaults, replicas, our own keys, and the checks of their fields."""

from __future__ import annotations

import pytest

from hetzner.apply.document import Meta
from tests.apply.document.conftest import Read, Refuse

BASE = "server_type: a, image: b"


def test_defaults(read: Read) -> None:
    """Labels merge, everything else replaces, the own value wins, and each value keeps its place."""
    document = read(
        "project: shop\ndefaults:\n  location: fsn1\n  labels: {env: prod, a: '1'}\n"
        "  servers:\n    image: debian-13\n    firewalls: [base]\n"
        "    labels: {a: '2', b: '2'}\n    protect: true\n"
        "servers:\n"
        "  web: {server_type: cx23, firewalls: [own], labels: {b: '3'}}\n"
        "  hel: {server_type: cx23, location: hel1, protect: false}\n"
        "volumes:\n  free: {size: 10}\n  bound: {size: 10, server: web}\n"
        "floating_ips:\n  ip: {type: ipv4}\n"
    )
    web, hel, free, bound, ip = document.resources
    labels = {"env": "prod", "a": "2", "b": "3"}
    assert web.spec == {
        "server_type": "cx23",
        "image": "debian-13",
        "location": "fsn1",
        "firewalls": ["own"],
        "labels": labels,
    }
    assert (web.meta.protect, hel.meta.protect, hel.spec["location"]) == (True, False, "hel1")
    assert free.spec["location"] == "fsn1"
    assert "location" not in bound.spec
    assert ip.spec["home_location"] == "fsn1"
    assert str(web.mark_at("location")) == "infra.yaml:3:13"
    assert str(web.mark_at("labels", "env")) == "infra.yaml:4:17"
    assert str(web.mark_at("labels", "b")) == "infra.yaml:11:58"
    assert str(web.key_mark("image")) == "infra.yaml:6:5"
    assert str(web.mark_at("nothing")) == "infra.yaml:11:3"
    assert document.defaults == {"location": "fsn1", "labels": {"env": "prod", "a": "1"}}


def test_an_error_in_the_defaults_is_told_where_it_is(refuse: Refuse) -> None:
    """A wrong default is one problem at its own line, not one for each resource."""
    printed = refuse(
        f"project: a\ndefaults: {{servers: {{backups: maybe}}}}\nservers: {{a: {{{BASE}}}, b: {{{BASE}}}}}\n"
    )
    assert "servers.a.backups must be true or false, not text\n --> infra.yaml:2:31" in printed


def test_a_number_that_stands_for_text_is_called_one(refuse: Refuse) -> None:
    """What is written may be text where its value is none: it is told what that is."""
    printed = refuse(f'project: a\nservers: {{a: {{count: 2, {BASE}, labels: {{x: "${{n}}"}}}}}}\n')
    assert "servers.a.labels.x must be text, and ${n} is a number\n" in printed
    assert "what stands alone keeps its type" in printed


@pytest.mark.parametrize(
    ("defaults", "message"),
    [
        ("{locaton: x}", "did you mean 'location'?"),
        ("{servers: {imge: x}}", "unknown field 'imge' in defaults.servers"),
        ("{servers: [a]}", "defaults.servers must be a mapping, not a list"),
        ("{labels: x}", "labels must be a mapping, not text"),
    ],
)
def test_bad_defaults(defaults: str, message: str, refuse: Refuse) -> None:
    """The section itself is checked."""
    text = f"project: a\ndefaults: {defaults}\nservers: {{a: {{{BASE}, labels: {{x: y}}}}}}\n"
    assert message in refuse(text)


def test_count(read: Read) -> None:
    """`count` makes numbered replicas from 1; text from outside counts too."""
    document = read(
        "variables: {c: {env: C}}\n"
        f"servers: {{web: {{count: '${{c}}', {BASE}, user_data: 'i${{n}}'}}}}\n",
        environ={"C": "2"},
    )
    assert [(r.name, r.base_name, r.index, r.spec["user_data"]) for r in document.resources] == [
        ("web-1", "web", 1, "i1"),
        ("web-2", "web", 2, "i2"),
    ]
    assert document.named("servers", "web") == document.resources
    assert document.named("servers", "web-2") == document.resources[1:]
    assert document.named("servers", "other") is None
    assert document.get("servers", "web") is None


def test_for_each(read: Read) -> None:
    """`for_each` takes a list or a mapping; a value may have parts."""
    document = read(
        "variables: {places: [nbg1, hel1]}\nservers:\n"
        f"  a: {{for_each: {{eu: nbg1, fi: hel1}}, {BASE}, location: '${{each.value}}'}}\n"
        f"  b: {{for_each: '${{places}}', {BASE}, location: '${{each.key}}'}}\n"
        f"  c: {{for_each: {{x: {{at: fsn1}}}}, {BASE}, location: '${{each.value.at}}'}}\n"
    )
    found = [(r.name, r.spec["location"]) for r in document.resources]
    assert found == [
        ("a-eu", "nbg1"),
        ("a-fi", "hel1"),
        ("b-nbg1", "nbg1"),
        ("b-hel1", "hel1"),
        ("c-x", "fsn1"),
    ]


@pytest.mark.parametrize(
    ("own", "message"),
    [
        ("count: -1", "servers.w.count must be a whole number from 0 to 20,000"),
        ("count: 1000000000000", "servers.w.count must be a whole number from 0 to 20,000"),
        ("count: yes", "servers.w.count must be"),
        ("count: true", "servers.w.count must be"),
        ("count: '${servers.w.id}'", "is known only after resources exist"),
        ("count: 1, for_each: [a]", "has both count and for_each"),
        ("for_each: 3", "servers.w.for_each must be a list or a mapping, not a number"),
        ("for_each: [a, a]", "servers.w.for_each has 'a' twice"),
        ("for_each: [[a]]", "servers.w.for_each must be a list of words"),
        ("for_each: {a: {b: 1}}, user_data: '${each.value.c}'", "this item has no 'c'"),
        ("for_each: [a], user_data: '${each.vlaue}'", "did you mean 'each.key' or 'each.value'?"),
        ("protect: maybe", "servers.w.protect must be true or false, not text"),
        ("protect: '${servers.w.id}'", "servers.w.protect must be known beforehand"),
        ("lifecycle: {rebuild_on: [imge]}", "servers.w.lifecycle.rebuild_on: unknown field 'imge'"),
        ("lifecycle: {rebuild_on: [labels]}", "rebuild_on: 'labels' changes without that"),
        ("lifecycle: {prevent: true}", "did you mean 'prevent_destroy'?"),
        ("lifecycle: {replace: never}", "Input should be 'destroy_before_create' or 'create_before_destroy'"),
        ("protct: true", "did you mean 'protect'?"),
        ("name: x", "the key 'w' is the name"),
    ],
)
def test_bad_own_keys(own: str, message: str, refuse: Refuse) -> None:
    """Our own keys are checked as strictly as the API's."""
    printed = refuse(f"project: a\nservers: {{w: {{{BASE}, {own}}}}}\n")
    assert message in printed
    assert printed.count("error: ") == 1


def test_meta(read: Read) -> None:
    """Our own keys are kept apart from the fields; a plain renamed_from is for the first replica."""
    document = read(
        "servers:\n"
        f"  a: {{{BASE}, count: 2, renamed_from: old,"
        " lifecycle: {rebuild_on: [image], ignore_changes: [labels]}}\n"
        f"  b: {{{BASE}, count: 2, renamed_from: 'old-${{n}}', protect: true}}\n"
        f"  c: {{{BASE}}}\n"
    )
    first, second, third, fourth, plain = (resource.meta for resource in document.resources)
    assert first == Meta(renamed_from=("old-1", "old"), rebuild_on=("image",), ignore_changes=("labels",))
    assert second.renamed_from == ("old-2",)
    assert (third.renamed_from, fourth.renamed_from, third.protect) == (("old-1",), ("old-2",), True)
    assert plain == Meta()


def test_names_that_clash(refuse: Refuse) -> None:
    """A replica and a declared name cannot be the same."""
    printed = refuse(f"project: a\nservers:\n  web: {{count: 2, {BASE}}}\n  web-1: {{{BASE}}}\n")
    assert "error: servers.web-1 makes 'web-1', which is there already\n --> infra.yaml:4:3" in printed
    assert "first defined at infra.yaml:3:3" in printed


@pytest.mark.parametrize("name", ['"a\\nb"', '"\\u202eb"', "x" * 300])
def test_names_with_invisible_characters(name: str, refuse: Refuse) -> None:
    """A name must be visible and of sane length."""
    assert "cannot be a name" in refuse(f"project: a\nservers: {{{name}: {{{BASE}}}}}\n")


def test_short_forms(read: Read, refuse: Refuse) -> None:
    """A bare text stands for the kind's main field, and takes defaults like a long form."""
    document = read(
        "defaults: {labels: {a: b}}\nssh_keys: {k: ssh-ed25519 AAAA, l: {public_key: x}}\nzones: {z: }\n"
    )
    assert document.resources[0].spec == {"public_key": "ssh-ed25519 AAAA", "labels": {"a": "b"}}
    assert str(document.resources[0].mark_at("public_key")) == "infra.yaml:3:15"
    assert document.resources[2].spec == {}
    assert "servers.w must be a mapping, not text" in refuse("project: a\nservers: {w: cx23}\n")
    assert "servers must be a mapping of names, not a list" in refuse("project: a\nservers: [w]\n")


def test_errors_of_the_schema_are_placed(refuse: Refuse) -> None:
    """Nested fields, list items, keys, unions and custom checks point to what is wrong."""
    printed = refuse(
        "project: a\n"
        "servers:\n"
        "  w:\n"
        "    server_type: [x]\n"
        "    labels: {v: 1.10}\n"
        "    public_net: {ipv5: true}\n"
        "    networks: 7\n"
        "firewalls:\n"
        "  f: {rules: [icmp, {protocol: tcp, source_ips: [10.0.0.1/24]}, sctp/1, {port: '1'}]}\n"
        "volumes:\n"
        "  v: {}\n"
    )
    for expected in (
        "'image' is required in servers.w\n --> infra.yaml:3:3",
        "servers.w.server_type must be text, not a list\n --> infra.yaml:4:18",
        "servers.w.labels.v must be text, not a number\n --> infra.yaml:5:17",
        'put it in quotes: "1.10"',
        "unknown field 'ipv5' in servers.w.public_net\n --> infra.yaml:6:18",
        "did you mean 'ipv6'?",
        "servers.w.networks must be a list or a mapping, not a number\n --> infra.yaml:7:15",
        "firewalls.f.rules[1].source_ips[0]: 10.0.0.1/24 has host bits; did you mean 10.0.0.0/24?"
        "\n --> infra.yaml:9:50",
        "firewalls.f.rules[2]: Input should be 'tcp', 'udp' or 'icmp'\n --> infra.yaml:9:65",
        "'protocol' is required in firewalls.f.rules[3]\n --> infra.yaml:9:73",
        "'size' is required in volumes.v\n --> infra.yaml:11:3",
    ):
        assert expected in printed.replace("\n  -->", "\n -->")
    assert printed.count("error: ") == 9


def test_outputs_and_sections(read: Read, refuse: Refuse) -> None:
    """Outputs are filled in; free sections are ignored; others are near-misses."""
    document = read("variables: {d: x.de}\nx-mine: ${anything}\noutputs: {url: 'https://${d}', n: 1}\n")
    assert document.outputs == {"url": "https://x.de", "n": 1}
    assert document.variables == {"d": "x.de"}
    assert "unknown section 'serverz'" in (printed := refuse("project: a\nserverz: {}\n"))
    assert "did you mean 'servers'?" in printed
    assert "the file must be a mapping, not a list" in refuse("- a\n")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("version: 2\nproject: a\n", "this version of the file format is not known"),
        ("project: -a\n", "'-a' cannot be a project"),
        ("project: " + "a" * 64, "cannot be a project"),
        ("project: [a]\n", "project must be text, not a list"),
        ("project:\n", "project must be text, not empty"),
        ("servers: {}\n", "no project in infra.yaml"),
    ],
)
def test_the_header(text: str, message: str, refuse: Refuse) -> None:
    """Version and project are checked, the project as a label value."""
    assert message in refuse(text)


def test_a_number_is_a_project_too(read: Read) -> None:
    """A project of digits keeps its spelling."""
    assert read("version: 1\nproject: 1.10\n").project == "1.10"
