"""Whether something would answer at an address: started servers do, where firewalls let somebody in."""

from __future__ import annotations

from typing import Any

import pytest

from hetzner.sandbox import SandboxTransport
from hetzner.sandbox.reach import BOOT
from tests.sandbox.talk import Talk


def server(talk: Talk, **fields: Any) -> Any:
    """Create a server and let it boot."""
    body = {"name": "web", "server_type": "cx23", "image": "debian-13", "location": "fsn1", **fields}
    ident = talk.post("/servers", body)["server"]["id"]
    talk.wait()
    return talk.get(f"/servers/{ident}")["server"]


def answers(talk: Talk, address: str, port: int = 22) -> str:
    """Return what trying to connect comes to: an empty text when something answers."""
    try:
        SandboxTransport(talk.sandbox).reach(address, port)
    except OSError as error:
        return str(error)
    return ""


def wall(talk: Talk, *rules: tuple[str, str, str]) -> int:
    """Create a firewall of protocols, ports and sources."""
    made = [
        {"direction": "in", "protocol": protocol, "port": port, "source_ips": [source]}
        for protocol, port, source in rules
    ]
    ident: int = talk.post("/firewalls", {"name": "wall", "rules": made})["firewall"]["id"]
    return ident


def test_a_server_answers_at_all_its_addresses(talk: Talk) -> None:
    """Public ones of both versions, floating ones, private ones; elsewhere there is nothing."""
    net = {"name": "net", "ip_range": "10.0.0.0/16"}
    net["subnets"] = [{"type": "cloud", "network_zone": "eu-central", "ip_range": "10.0.0.0/24"}]  # type: ignore[assignment]
    network = talk.post("/networks", net)["network"]["id"]
    shown = server(talk, networks=[network])
    floating = talk.post("/floating_ips", {"type": "ipv4", "server": shown["id"]})["floating_ip"]["ip"]
    talk.wait()
    public = shown["public_net"]
    inside = talk.get(f"/servers/{shown['id']}")["server"]["private_net"][0]["ip"]
    for address in (public["ipv4"]["ip"], public["ipv6"]["ip"].replace("/64", "1"), floating, inside):
        assert answers(talk, address) == ""
    assert answers(talk, "192.0.2.250") == "timed out"
    assert answers(talk, "no address") == "timed out"


def test_it_has_to_boot_each_time(talk: Talk) -> None:
    """Connections are refused for some seconds after every start, and time out while it is off."""
    shown = server(talk)
    address = shown["public_net"]["ipv4"]["ip"]
    talk.post(f"/servers/{shown['id']}/actions/reset")
    seen = [answers(talk, address)]
    for _ in range(60):
        talk.wait(1)
        seen.append(answers(talk, address))
    assert list(dict.fromkeys(seen)) == ["timed out", "connection refused", ""]
    assert BOOT - 2 <= seen.count("connection refused") <= BOOT + 2
    talk.act(f"/servers/{shown['id']}/actions/poweroff", {})
    assert answers(talk, address) == "timed out"


@pytest.mark.parametrize(
    ("rule", "open"),
    [
        (("tcp", "22", "0.0.0.0/0"), True),
        (("tcp", "20-25", "::/0"), True),
        (("tcp", "any", "203.0.113.7/32"), True),
        (("tcp", "22", "10.0.0.0/8"), False),
        (("tcp", "23", "0.0.0.0/0"), False),
        (("udp", "22", "0.0.0.0/0"), False),
    ],
)
def test_firewalls_let_in_what_they_say(talk: Talk, rule: tuple[str, str, str], open: bool) -> None:
    """A rule for the port and some public address will do; private ones and other protocols will not."""
    shown = server(talk, firewalls=[{"firewall": wall(talk, rule)}])
    assert (answers(talk, shown["public_net"]["ipv4"]["ip"]) == "") is open


def test_a_firewall_without_rules_lets_nobody_in(talk: Talk) -> None:
    """That is what the API means by it."""
    shown = server(talk, firewalls=[{"firewall": wall(talk)}])
    assert answers(talk, shown["public_net"]["ipv4"]["ip"]) == "timed out"
