"""What the specs of volumes, addresses, certificates and load balancers take, and what they refuse."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from pydantic import ValidationError

from hetzner.domain.specs import kind_of, kinds

PEM = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
KEY = "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n"
FORMS: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("certificates", {"domain_names": "a.org"}, {"domain_names": ["a.org"]}),
    ("load_balancers", {"algorithm": {"type": "round_robin"}}, {"algorithm": "round_robin"}),
    ("load_balancers", {"networks": "net"}, {"networks": {"net": {}}}),
    ("load_balancers", {"networks": ["net"]}, {"networks": {"net": {}}}),
    ("load_balancers", {"networks": {"net": None}}, {"networks": {"net": {}}}),
    ("load_balancers", {"dns_ptr": "lb.a.org"}, {"dns_ptr": {"ipv4": "lb.a.org"}}),
    ("load_balancers", {"targets": ["web", 42]}, {"targets": [{"server": "web"}, {"server": 42}]}),
    (
        "load_balancers",
        {"targets": [{"type": "server", "server": {"id": 42}, "use_private_ip": True}]},
        {"targets": [{"server": 42, "use_private_ip": True}]},
    ),
    (
        "load_balancers",
        {"targets": [{"type": "server", "server": {"id": "web", "ip": "2001:DB8::1"}}]},
        {"targets": [{"server": "web", "ip": "2001:db8::1"}]},
    ),
    (
        "load_balancers",
        {"targets": [{"type": "label_selector", "label_selector": {"selector": "a=b"}}]},
        {"targets": [{"label_selector": "a=b"}]},
    ),
    (
        "load_balancers",
        {"targets": [{"type": "ip", "ip": {"ip": "192.0.2.7"}}, {"ip": "192.0.2.8"}]},
        {"targets": [{"ip": "192.0.2.7"}, {"ip": "192.0.2.8"}]},
    ),
    (
        "load_balancers",
        {"services": [{"protocol": "https", "http": {"certificates": "shop"}}]},
        {"services": [{"protocol": "https", "listen_port": 443, "http": {"certificates": ["shop"]}}]},
    ),
    (
        "load_balancers",
        {"services": [{"protocol": "http", "health_check": {"http": {"status_codes": 200}}}]},
        {
            "services": [
                {"protocol": "http", "listen_port": 80, "health_check": {"http": {"status_codes": ["200"]}}}
            ]
        },
    ),
]


@pytest.mark.parametrize(("name", "written", "meant"), FORMS)
def test_short_forms_and_the_forms_of_the_api_mean_the_same(
    name: str, written: dict[str, Any], meant: dict[str, Any]
) -> None:
    """Whatever is written, it has one canonical form."""
    needed = {"load_balancer_type": "lb11"} if name == "load_balancers" else {}
    found = kind_of(name).canonical({**needed, **written})
    assert {field: found[field] for field in meant} == meant


PROBLEMS: list[tuple[str, str, dict[str, Any], str]] = [
    ("volumes", "-data", {"size": 10}, "'-data' cannot be the name of a volume"),
    ("volumes", "d" * 65, {"size": 10}, "at most 64"),
    ("volumes", "data", {"size": 10, "server": None, "automount": True}, "and this one has none"),
    ("primary_ips", "ip", {"type": "ipv4", "auto_delete": True, "protect": True}, "cannot be protected"),
    ("certificates", "shop", {"domain_names": []}, "for at least one name"),
    ("certificates", "shop", {"domain_names": ["a.de"], "private_key": KEY}, "has its own"),
    ("certificates", "shop", {"certificate": PEM}, "needs its private_key"),
    (
        "certificates",
        "shop",
        {"certificate": PEM, "private_key": KEY, "type": "managed"},
        "makes it uploaded",
    ),
    ("load_balancers", " lb", {}, "no blanks at its ends"),
    ("load_balancers", "lb", {"networks": ["a", "b"]}, "one network at most"),
    ("load_balancers", "lb", {"networks": [], "public_interface": False}, "needs a network"),
    (
        "load_balancers",
        "lb",
        {"networks": [], "targets": [{"server": "web", "use_private_ip": True}]},
        "a target with a private address needs a network",
    ),
    ("load_balancers", "lb", {"networks": [], "targets": [{"ip": "10.0.0.1"}]}, "needs a network"),
    (
        "load_balancers",
        "lb",
        {"public_interface": False, "targets": ["web"]},
        "without a public side every target needs use_private_ip",
    ),
    ("load_balancers", "lb", {"services": [{"protocol": "http"}] * 2}, "port 80 is taken by another"),
    (
        "load_balancers",
        "lb",
        {"services": [{"protocol": "http"}, {"protocol": "https", "http": {"redirect_http": True}}]},
        "port 80 is taken by another service",
    ),
]


@pytest.mark.parametrize(("kind", "name", "spec", "text"), PROBLEMS)
def test_what_the_api_would_refuse_is_told(kind: str, name: str, spec: dict[str, Any], text: str) -> None:
    """Every problem says what is wrong with a spec that has the right types."""
    needed = {"load_balancer_type": "lb11"} if kind == "load_balancers" else {}
    canonical = kind_of(kind).canonical({**needed, **spec})
    (problem,) = kind_of(kind).problems(name, canonical)
    assert text in problem[1]


WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("servers", {"networks": [{"net": "10.0.1.7"}]}, "for addresses write a map"),
    ("load_balancers", {"networks": [{"net": "10.0.1.7"}]}, "for addresses write a map"),
    ("volumes", {"size": 10_241}, "less than or equal to 10240"),
    ("certificates", {"certificate": KEY}, "that belongs into private_key"),
    ("certificates", {"private_key": "c2VjcmV0"}, "expected a private key in PEM format"),
    ("load_balancers", {"targets": [{"server": "web", "label_selector": "a"}]}, "stands alone"),
    ("load_balancers", {"targets": [{"ip": "192.0.2.1", "use_private_ip": True}]}, "without an ip"),
    ("load_balancers", {"targets": [{"serve": "web"}]}, "serve"),
    ("load_balancers", {"services": [{"listen_port": 80}]}, "a service needs a protocol"),
    ("load_balancers", {"services": [{"protocol": "http", "listen_port": 70_000}]}, "less than or equal"),
    ("load_balancers", {"services": [{"protocol": "http", "http": {"redirect_http": True}}]}, "https only"),
    (
        "load_balancers",
        {
            "services": [
                {"protocol": "tcp", "listen_port": 1, "destination_port": 1, "http": {"timeout_idle": 30}}
            ]
        },
        "'http' is not for tcp",
    ),
]


@pytest.mark.parametrize(("name", "spec", "text"), WRONG)
def test_what_cannot_be_is_refused(name: str, spec: dict[str, Any], text: str) -> None:
    """A value that no spec can have is refused when it is read, and a secret is not repeated."""
    with pytest.raises(ValidationError) as caught:
        kind_of(name).canonical(spec)
    assert any(text in f"{error['loc']} {error['msg']}" for error in caught.value.errors())
    assert not any("c2VjcmV0" in error["msg"] for error in caught.value.errors())


NESTED: list[Any] = [
    [None],
    [[]],
    [{}],
    [{"x": 1}],
    [{"x": []}],
    {"x": {}},
    {"x": []},
    {"x": [{}]},
    {1: {2: 3}},
]


@pytest.mark.parametrize("name", kinds())
def test_no_shape_of_a_value_is_more_than_an_error(name: str) -> None:
    """Whatever lists and maps a field is given, it takes them or says what is wrong."""
    for field in kinds()[name].fields:
        for value in NESTED:
            with suppress(ValidationError):
                kind_of(name).canonical({field: value})
