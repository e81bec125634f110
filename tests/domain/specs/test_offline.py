"""What is refused of a spec before any request, and what two ways of writing the same thing come to."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from hetzner.domain.specs import kinds
from tests.apply.stage import KEY

SERVER = {"server_type": "cx23", "image": "debian-13"}
RANGE = {"ip_range": "10.0.0.0/16"}


def canonical(kind: str, **spec: Any) -> dict[str, Any]:
    """Return the canonical form of a spec."""
    return kinds()[kind].canonical(spec)


def problems(kind: str, name: str = "x", **spec: Any) -> list[str]:
    """Return what is wrong with a spec that its types do not tell."""
    return [message for _, message in kinds()[kind].problems(name, canonical(kind, **spec))]


@pytest.mark.parametrize(
    ("kind", "spec", "told"),
    [
        ("servers", {**SERVER, "user_data": "x" * 32769}, "32 KiB"),
        ("servers", {**SERVER, "firewalls": list("abcdef")}, "at most 5 firewalls"),
        ("servers", {**SERVER, "networks": list("abcd")}, "at most 3 networks"),
        ("servers", {**SERVER, "public_net": {"ipv4": False, "ipv6": False}}, "needs a network"),
        (
            "servers",
            {**SERVER, "public_net": {"ipv4": False, "ipv6": False}, "networks": "a", "firewalls": "b"},
            "this server has none",
        ),
        ("servers", {**SERVER, "public_net": {"ipv4": False}, "dns_ptr": "a.example"}, "has no ipv4"),
        ("firewalls", {"rules": ["icmp"] * 51}, "at most 50 rules"),
        ("networks", {"ip_range": "11.0.0.0/16"}, "not private"),
        ("networks", {"ip_range": "10.0.0.0/25"}, "at least a /24"),
        ("networks", {**RANGE, "subnets": ["10.1.0.0/24"]}, "outside"),
        ("networks", {**RANGE, "subnets": ["10.0.0.0/24", "10.0.0.128/25"]}, "overlaps 10.0.0.0/24"),
    ],
)
def test_limits_of_the_api_are_told_offline(kind: str, spec: dict[str, Any], told: str) -> None:
    """What the API would refuse whatever else there is, is refused with the reason."""
    assert any(told in message for message in problems(kind, **spec))


@pytest.mark.parametrize("name", ["-web", "web_1", "a..b", "x" * 64, ""])
def test_names_of_servers_are_host_names(name: str) -> None:
    """A server cannot have a name that is no host name."""
    assert problems("servers", name, **SERVER)


@pytest.mark.parametrize(
    ("kind", "spec"),
    [
        ("servers", {**SERVER, "labels": {"hetzner-apply/project": "x"}}),
        ("servers", {**SERVER, "labels": {"a b": "x"}}),
        ("servers", {**SERVER, "labels": {"a": "x" * 64}}),
        ("servers", {**SERVER, "networks": {"net": "10.0.0.300"}}),
        ("servers", {**SERVER, "size": "cx23"}),
        ("networks", {"ip_range": "10.0.0.1/16"}),
        ("networks", {**RANGE, "subnets": [{"ip_range": "10.0.0.0/24", "type": "wireless"}]}),
        ("ssh_keys", {"public_key": "-----BEGIN OPENSSH PRIVATE KEY-----"}),
        ("ssh_keys", {"public_key": "ssh-ed25519"}),
        ("placement_groups", {"type": "cluster"}),
        ("firewalls", {"rules": ["tcp"]}),
        ("firewalls", {"rules": ["icmp/80"]}),
        ("firewalls", {"rules": ["tcp/80-70"]}),
        ("firewalls", {"rules": ["tcp/70000"]}),
        ("firewalls", {"rules": ["tcp/80 from 10.0.0.1/8"]}),
        ("firewalls", {"rules": ["tcp/80 through 10.0.0.0/8"]}),
        ("firewalls", {"rules": [{"protocol": "tcp", "port": 80, "destination_ips": ["10.0.0.0/8"]}]}),
    ],
)
def test_what_does_not_fit_is_refused(kind: str, spec: dict[str, Any]) -> None:
    """A spec that cannot be meant is an error, not a request."""
    with pytest.raises(ValidationError):
        canonical(kind, **spec)


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("firewalls", {"rules": ["tcp/80"]}, {"rules": ["in tcp/80 from any"]}),
        ("firewalls", {"rules": ["tcp/any"]}, {"rules": ["tcp/1-65535 from 0.0.0.0/0, ::/0"]}),
        ("firewalls", {"rules": ["icmp", "gre"]}, {"rules": ["gre", "icmp"]}),
        ("firewalls", {"rules": ["out udp/53"]}, {"rules": ["udp/53 to any"]}),
        (
            "firewalls",
            {"rules": ["tcp/22 from 10.0.0.1"]},
            {"rules": [{"protocol": "tcp", "port": 22, "source_ips": "10.0.0.1/32"}]},
        ),
        ("firewalls", {"apply_to": "a=b"}, {"apply_to": [{"label_selector": "a=b"}]}),
        ("servers", {**SERVER, "networks": "net"}, {**SERVER, "networks": {"net": None}}),
        ("servers", {**SERVER, "networks": {"a": {}, "b": {}}}, {**SERVER, "networks": {"b": {}, "a": {}}}),
        ("servers", {**SERVER, "dns_ptr": "a.b"}, {**SERVER, "dns_ptr": {"ipv4": "a.b"}}),
        (
            "networks",
            {**RANGE, "subnets": ["10.0.0.0/24"]},
            {**RANGE, "subnets": [{"ip_range": "10.0.0.0/24"}]},
        ),
        ("ssh_keys", {"public_key": KEY + " me@home\n"}, {"public_key": KEY}),
    ],
)
def test_two_ways_to_say_the_same(kind: str, one: dict[str, Any], other: dict[str, Any]) -> None:
    """Short and long forms come to the same, in the same order."""
    first, second = canonical(kind, **one), canonical(kind, **other)
    assert first == second
    assert repr(kinds()[kind].create("x", first)) == repr(kinds()[kind].create("x", second))


def test_every_field_says_how_it_changes() -> None:
    """No field is left to chance: each has a way to change, and each of those by calls has calls."""
    for kind in kinds().values():
        for name, field in kind.fields.items():
            assert field.doc, (kind.name, name)
            assert (field.changes.calls is not None) or field.changes.how.value != "calls", (kind.name, name)
        assert set(kind.depends.values()) <= set(kind.fields)
        assert set(kind.depends) <= set(kind.attributes)
