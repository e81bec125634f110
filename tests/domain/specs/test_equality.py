"""When two values are the same although they are not written the same."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from hetzner.domain.specs.rules import shown
from hetzner.domain.specs.seen import Default, Seen, seen
from hetzner.domain.specs.server_fit import unfit
from hetzner.domain.specs.ssh_keys import PublicKey


def test_what_is_seen_equals_its_name_its_id_and_itself() -> None:
    """An object that another one shows is meant by name, by id, by digits, and by an object of that id."""
    net = Seen(42, "net")
    assert all(net == same for same in ("net", 42, "42", SimpleNamespace(id=42, name="other")))
    assert not any(net == other for other in ("other", 43, SimpleNamespace(id=43, name="net")))
    assert "net" in [net]
    assert Seen(42) == "42"
    assert seen(None) is None


def test_a_default_name_equals_no_name() -> None:
    """A reverse name given by default is what a reset leads to, and still has its text."""
    name = Default("static.1.2.3.4.example")
    assert name == None  # noqa: E711  this very comparison is what it is for
    assert name == "static.1.2.3.4.example"
    assert name != "web.example"


def test_a_comment_does_not_make_another_key() -> None:
    """Keys are compared by type and data."""
    assert PublicKey("ssh-ed25519 AAAA me@home") == "ssh-ed25519 AAAA"
    assert PublicKey("ssh-ed25519 AAAA") != PublicKey("ssh-ed25519 BBBB")
    assert hash(PublicKey("ssh-ed25519 AAAA a")) == hash(PublicKey("ssh-ed25519 AAAA b"))


def sold(name: str, **fields: object) -> SimpleNamespace:
    """Return a server type as the catalogue has it."""
    places = [SimpleNamespace(id=1, name="fsn1"), SimpleNamespace(id=2, name="nbg1")]
    return SimpleNamespace(
        **{"id": name, "name": name, "architecture": "x86", "disk": 40.0, "locations": places, **fields}
    )


CATALOGUE = {"server_types": {name: [sold(name)] for name in ("small", "other")}} | {
    "images": {"debian-13": [SimpleNamespace(id=1, name="debian-13")]}
}
CATALOGUE["server_types"]["big"] = [sold("big", disk=80.0)]
CATALOGUE["server_types"]["arm"] = [sold("arm", architecture="arm")]


@pytest.mark.parametrize(
    ("have", "wanted", "told"),
    [
        (None, {"server_type": "small", "location": "nbg1"}, ""),
        (None, {"server_type": "small", "location": "ash"}, "not sold in ash, only in fsn1, nbg1"),
        (None, {"server_type": "small"}, ""),
        (None, {"server_type": "unknown", "location": "ash"}, ""),
        ("small", {"server_type": "big"}, ""),
        ("big", {"server_type": "small"}, "never shrinks"),
        ("small", {"server_type": "arm"}, "only a new server"),
        ("big", {"server_type": "big"}, ""),
    ],
)
def test_what_cannot_be_had_is_told(have: str | None, wanted: dict[str, str], told: str) -> None:
    """A type that is not sold there, a smaller disk and another processor are known beforehand."""
    actual = None
    if have is not None:
        [kind] = CATALOGUE["server_types"][have]
        actual = SimpleNamespace(server_type=kind, primary_disk_size=kind.disk)
    reason = unfit(actual, wanted, CATALOGUE)
    assert told in reason
    assert bool(told) == bool(reason)


def test_all_ports_have_two_names() -> None:
    """A rule that somebody made for `any` port is the rule for 1 to 65535."""
    rule = SimpleNamespace(direction="in", protocol="tcp", port="any", source_ips=["::/0"], description=None)
    assert shown(rule) == shown(SimpleNamespace(**{**vars(rule), "port": "1-65535"}))
