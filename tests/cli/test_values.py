"""How values are written in a plan."""

from hashlib import sha256
from ipaddress import IPv4Address, IPv4Network
from typing import Any

import pytest

from hetzner.apply.document import Secret, Template, loads
from hetzner.apply.faces import faces
from hetzner.cli.as_json import value
from hetzner.cli.values import changed, digest, rows, shown
from hetzner.domain.reference import Found, Ordered, Selector
from hetzner.domain.specs import kinds
from hetzner.domain.specs.kind import SpecField
from hetzner.domain.specs.seen import Seen
from tests.cli.files import KEY

SERVER, NETWORK = kinds()["servers"].fields, kinds()["networks"].fields
BOX, ZONE = kinds()["storage_boxes"].fields, kinds()["zones"].fields
UNKNOWN = loads(
    "project: shop\n"
    f"ssh_keys: {{ops: {KEY}}}\n"
    "servers:\n"
    "  web: {server_type: cx23, image: debian-13, user_data: 'id ${ssh_keys.ops.id}'}\n",
    faces(),
).get("servers", "web")
assert UNKNOWN is not None
LATER = UNKNOWN.spec["user_data"]


@pytest.mark.parametrize(
    ("field", "given", "text"),
    [
        (SERVER["server_type"], "cx23", "cx23"),
        (SERVER["server_type"], Seen(4, "cx23"), "cx23"),
        (SERVER["backups"], True, "true"),
        (SERVER["server_type"], Ordered(("cx33", "cpx32")), "cx33, else cpx32"),
        (SERVER["image"], Found(7, "7 (app)"), "7 (app)"),
        (SERVER["image"], Selector("app=x", filters=(("type", "backup"),)),
         "with the labels 'app=x', type backup"),
        (SERVER["placement_group"], None, "none"),
        (SERVER["firewalls"], ["a", Seen(7, "b")], "a, b"),
        (SERVER["firewalls"], [], "none"),
        (SERVER["labels"], {"a": "b", "c": ""}, "a=b c="),
        (SERVER["networks"], {"net": {}, Seen(3, "other"): {"ip": None}},
         "net (address given by Hetzner), other (address given by Hetzner)"),
        (SERVER["networks"], {"net": {"ip": IPv4Address("10.0.0.2"), "alias_ips": [IPv4Address("10.0.0.3")]}},
         "net 10.0.0.2 and 10.0.0.3"),
        (SERVER["networks"], {"net": {"alias_ips": [IPv4Address("10.0.0.3")]}}, "net with 10.0.0.3"),
        (SERVER["networks"], {"net": {"alias_ips": []}}, "net with no more addresses"),
        (SERVER["public_net"], {"ipv4": False, "ipv6": "mine"}, "ipv4=false ipv6=mine"),
        (SERVER["user_data"], "#!", digest("#!")),
        (SERVER["user_data"], Secret("hunter2"), "(secret)"),
        (SERVER["user_data"], LATER, "(after ssh_keys.ops)"),
        (SERVER["dns_ptr"], {"ipv4": Secret("hunter2")}, "ipv4=(secret)"),
        (NETWORK["ip_range"], IPv4Network("10.0.0.0/8"), "10.0.0.0/8"),
    ],
)  # fmt: skip
def test_one_line(field: Any, given: Any, text: str) -> None:
    """Every kind of value has its short form, and secrets have none."""
    assert shown(field, given) == text


def test_long_texts_are_fingerprints() -> None:
    """A long text, or one of several lines, is shown by fingerprint and size; a key is short enough."""
    assert shown(SERVER["server_type"], "x" * 201).startswith("sha256:")
    digest_of_lines = sha256(b"a\nb").hexdigest()[:12]
    assert shown(SERVER["server_type"], "a\nb") == f"sha256:{digest_of_lines}, 3 bytes"
    assert shown(kinds()["ssh_keys"].fields["public_key"], KEY) == KEY


def test_rules_stand_below_each_other() -> None:
    """Firewall rules are shown in their short form, one a line, unknown parts included."""
    spec = kinds()["firewalls"].canonical({"rules": ["tcp/22 from 10.0.0.0/8, 192.0.2.1", "icmp"]})
    assert rows(kinds()["firewalls"].fields["rules"], spec["rules"]) == [
        "in icmp from any",
        "in tcp/22 from 10.0.0.0/8, 192.0.2.1/32",
    ]
    later = {"direction": "in", "protocol": "icmp", "source_ips": [LATER]}
    assert rows(kinds()["firewalls"].fields["rules"], [later]) == ["in icmp from (after ssh_keys.ops)"]


@pytest.mark.parametrize(
    ("field", "old", "new", "lines"),
    [
        (SERVER["labels"], {"a": "1", "b": "2"}, {"b": "3"}, ["- a=1", "- b=2", "+ b=3"]),
        (SERVER["dns_ptr"], {"ipv4": "a", "ipv6": "b"}, {"ipv4": "c"}, ["- ipv4=a", "+ ipv4=c"]),
        (SERVER["networks"], {Seen(3, "net"): {"ip": IPv4Address("10.0.0.2")}}, {"net": {}}, []),
        (SERVER["networks"], {Seen(3, "net"): {"ip": IPv4Address("10.0.0.2")}}, {},
         ["- net 10.0.0.2"]),
        (NETWORK["subnets"], [{"ip_range": "a", "type": "cloud"}], [{"ip_range": "a"}, {"ip_range": "b"}],
         ["+ b"]),
    ],
)  # fmt: skip
def test_only_what_differs(field: Any, old: Any, new: Any, lines: list[str]) -> None:
    """Of a map or a list of maps only the entries that differ are shown."""
    found = changed(field, old, new)
    assert found is not None
    assert [f"{sign} {text}" for sign, text in found] == lines


HIDDEN = {"home_directory": "db", "password": "hush"}
CONFIDENTIAL: list[tuple[SpecField, Any]] = [
    (BOX["subaccounts"], {"db": HIDDEN}),
    (BOX["subaccounts"], {"db": {**HIDDEN, "access_settings": {"ssh_enabled": True}}}),
    (BOX["subaccounts"], {"db": {"password": "hush"}}),
    (BOX["password"], "hush"),
    (ZONE["primary_nameservers"], [{"address": "192.0.2.1", "tsig_key": "hush"}, {"tsig_key": "hush"}]),
    (ZONE["records"], {"@": {"A": {"values": ["192.0.2.1"], "password": "hush"}}}),
]


@pytest.mark.parametrize(("field", "given"), CONFIDENTIAL)
def test_a_secret_is_shown_nowhere(field: SpecField, given: Any) -> None:
    """Whatever it stands in, a map, a list or a map of maps, and whether it comes, goes or is there."""
    empty: Any = type(given)()
    told = [shown(field, given), *rows(field, given), str(value(field.name, given))]
    told += [
        text for old, new in ((empty, given), (given, empty)) for _, text in changed(field, old, new) or ()
    ]
    assert "(secret)" in told[0]
    assert "hush" not in str(told)


def test_plain_values_have_no_entries() -> None:
    """A text, a number and a list of names change as a whole."""
    assert changed(SERVER["server_type"], "cx23", "cx33") is None
    assert changed(SERVER["firewalls"], ["a"], ["b"]) is None


@pytest.mark.parametrize(
    ("name", "given", "told"),
    [
        ("server_type", Seen(4, "cx23"), "cx23"),
        ("user_data", "#!", digest("#!")),
        ("password", "hunter2", "(secret)"),
        ("anything", Secret("hunter2"), "(secret)"),
        ("anything", LATER, {"after": ["ssh_keys.ops"]}),
        ("networks", {Seen(3, "net"): {"ip": IPv4Address("10.0.0.2")}}, {"net": {"ip": "10.0.0.2"}}),
        ("deep", [{"password": "hunter2", "n": 1, "b": True, "x": None}],
         [{"password": "(secret)", "n": 1, "b": True, "x": None}]),
    ],
)  # fmt: skip
def test_json(name: str, given: Any, told: Any) -> None:
    """In JSON values keep their shape, and secrets have none."""
    assert value(name, given) == told


def test_a_template_with_a_secret_shows_neither() -> None:
    """A text that holds a secret and something unknown is only said to be unknown."""
    reference = LATER.references[0]
    assert shown(SERVER["user_data"], Template((Secret("hunter2"), reference))) == "(after ssh_keys.ops)"


def test_record_sets_are_told_one_by_one() -> None:
    """Of a name only the record sets that change are shown, and what the zone has beside them is not."""
    have = {
        "@": {
            "A": {"ttl": None, "values": [{"value": "192.0.2.1", "comment": ""}]},
            "MX": {"ttl": None, "values": [{"value": "10 mx.example.net.", "comment": ""}]},
            "SOA": {"ttl": None, "values": [{"value": "ns.example.net. ...", "comment": ""}]},
        },
        "web": {"A": {"ttl": 60, "values": [{"value": "192.0.2.1", "comment": ""}]}},
    }
    want = {
        "@": {
            "A": {"values": [{"value": "192.0.2.1"}]},
            "MX": {"values": [{"value": "20 mx.example.net."}]},
            "TXT": {"values": [{"value": "x"}]},
        },
        "web": {"A": LATER},
    }
    assert changed(ZONE["records"], have, want) == [
        ("-", "@ MX 10 mx.example.net."),
        ("+", "@ MX 20 mx.example.net., TXT x"),
        ("-", "web A 192.0.2.1 ttl 60"),
        ("+", "web A (after ssh_keys.ops)"),
    ]
    beside = {"old": {"A": {"ttl": None, "values": [{"value": "192.0.2.9", "comment": ""}]}}}
    assert changed(ZONE["records"], {**beside, **have}, have, beside) == [("-", "old A 192.0.2.9")]
    assert rows(ZONE["records"], {"web": {"A": LATER}}) == ["web A (after ssh_keys.ops)"]


def test_services_are_told_by_what_differs() -> None:
    """A service that changes is known by its ports, and shows only what is other; maps in it have braces."""
    services = kinds()["load_balancers"].fields["services"]
    check = {"protocol": "http", "interval": 10, "http": {"path": "/", "tls": False}}
    have = [
        {"protocol": "tcp", "listen_port": 25, "proxyprotocol": False, "health_check": {"interval": 15}},
        {"protocol": "http", "listen_port": 80, "proxyprotocol": False, "health_check": check},
    ]
    want = [
        {"protocol": "http", "listen_port": 80, "health_check": {"interval": 20, "http": {"path": "/up"}}},
        {"protocol": "tcp", "listen_port": 26, "health_check": {"interval": 15}},
    ]
    assert changed(services, have, want) == [
        ("-", "protocol=http listen_port=80 health_check={interval=10 http={path=/}}"),
        ("-", "protocol=tcp listen_port=25"),
        ("+", "protocol=http listen_port=80 health_check={interval=20 http={path=/up}}"),
        ("+", "protocol=tcp listen_port=26"),
    ]
