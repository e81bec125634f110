"""The rules of firewalls: how they are shown, their grammar, and how many there may be."""

from typing import Any

import pytest

from tests.sandbox.talk import Talk
from tests.sandbox.test_firewalls import SSH, create


def test_a_firewall_shows_its_rules_completed(talk: Talk) -> None:
    """Rules come back with all fields, IPv6 in canonical form, and set_firewall_rules is done at once."""
    rule = {**SSH, "source_ips": ["192.0.2.0/24", "2001:0DB8:0::/32"], "description": "office"}
    answer = talk.post("/firewalls", {"name": "fw", "rules": [rule]})
    shown = {**rule, "source_ips": ["192.0.2.0/24", "2001:db8::/32"], "destination_ips": []}
    assert answer["firewall"]["rules"] == [shown]
    assert [(each["command"], each["status"]) for each in answer["actions"]] == [
        ("set_firewall_rules", "success")
    ]
    assert talk.post("/firewalls", {"name": "empty"})["actions"] == []
    assert talk.refused("POST", "/firewalls", {"name": "fw"}) == (409, "uniqueness_error")


@pytest.mark.parametrize(
    ("direction", "protocol", "port"),
    [
        ("in", "tcp", "80"),
        ("in", "udp", "1024-5000"),
        ("out", "tcp", "65535"),
        ("out", "icmp", None),
        ("in", "gre", None),
    ],
)
def test_sound_rules_are_accepted(talk: Talk, direction: str, protocol: str, port: str | None) -> None:
    """Ports and ranges go with tcp and udp, no port with the other protocols."""
    ips = "source_ips" if direction == "in" else "destination_ips"
    rule = {
        "direction": direction,
        "protocol": protocol,
        ips: ["0.0.0.0/0"],
        **({"port": port} if port else {}),
    }
    assert create(talk, rules=[rule])["rules"][0]["port"] == port


def test_any_port_is_a_word(talk: Talk) -> None:
    """The word any stands for all ports and is shown as it was sent."""
    assert create(talk, rules=[{**SSH, "port": "any"}])["rules"][0]["port"] == "any"


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("rules[].port", {"port": "0"}),
        ("rules[].port", {"port": "65536"}),
        ("rules[].port", {"port": "90-80"}),
        ("rules[].port", {"port": "80,443"}),
        ("rules[].port", {"protocol": "icmp"}),
        ("rules[].source_ips", {"source_ips": ["10.0.0.1/24"]}),
        ("rules[].source_ips", {"source_ips": ["2001:db8::1/32"]}),
        ("rules[].source_ips", {"source_ips": ["10.0.0.1"]}),
        ("rules[].source_ips", {"source_ips": []}),
        ("rules[].source_ips", {"source_ips": [f"10.0.0.{number}/32" for number in range(101)]}),
        ("rules[].source_ips", {"direction": "out", "destination_ips": ["0.0.0.0/0"]}),
        ("rules[].destination_ips", {"destination_ips": ["0.0.0.0/0"]}),
        ("rules[].description", {"description": "x" * 256}),
        ("rules.0.protocol", {"protocol": "sctp"}),
        ("rules.0.direction", {"direction": "both"}),
    ],
)
def test_bad_rules_are_refused(talk: Talk, field: str, change: dict[str, Any]) -> None:
    """A rule that breaks the grammar answers invalid_input on its field."""
    status, error = talk.error("POST", "/firewalls", {"name": "fw", "rules": [{**SSH, **change}]})
    assert (status, error["code"], error["details"]["fields"][0]["name"]) == (422, "invalid_input", field)


def test_a_port_is_needed_for_tcp(talk: Talk) -> None:
    """A tcp rule without a port is refused."""
    rule = {name: value for name, value in SSH.items() if name != "port"}
    assert talk.refused("POST", "/firewalls", {"name": "fw", "rules": [rule]}) == (422, "invalid_input")


def test_the_number_of_rules_is_limited(talk: Talk) -> None:
    """At most 50 rules, and at most 500 when every range counts."""
    wide = {**SSH, "source_ips": [f"10.0.0.{number}/32" for number in range(100)]}
    for rules in ([SSH] * 51, [wide] * 6):
        status, error = talk.error("POST", "/firewalls", {"name": "fw", "rules": rules})
        assert (status, error["details"]["fields"][0]["name"]) == (422, "rules")
    assert len(create(talk, rules=[wide] * 5)["rules"]) == 5
