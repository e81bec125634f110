"""Values of DNS records: as people write them, as the API keeps them, and that both are the same."""

from __future__ import annotations

import pytest

from hetzner.domain.specs.dns import Shown, name_in, value_of

NAME = "shop.example.com"
LONG = "x" * 300


@pytest.mark.parametrize(
    ("type", "value", "sent"),
    [
        ("A", "192.0.2.7", "192.0.2.7"),
        ("AAAA", "2001:DB8:0::1", "2001:db8::1"),
        ("TXT", "v=spf1 mx -all", '"v=spf1 mx -all"'),
        ("TXT", '"is quoted" "already"', '"is quoted" "already"'),
        ("TXT", 'say "a\\b"', '"say \\"a\\\\b\\""'),
        ("TXT", LONG, f'"{"x" * 255}" "{"x" * 45}"'),
        ("TXT", "ü" * 128, f'"{"ü" * 127}" "ü"'),
        ("TXT", "", '""'),
        ("CNAME", "@", f"{NAME}."),
        ("CNAME", "www", f"www.{NAME}."),
        ("CNAME", "WWW.Example.NET.", "www.example.net."),
        ("CNAME", f"www.{NAME}", f"www.{NAME}."),
        ("NS", "ns", f"ns.{NAME}."),
        ("MX", "10 mx.example.net.", "10 mx.example.net."),
        ("MX", "10  mx", f"10 mx.{NAME}."),
        ("SRV", "0 5 5060 sip", f"0 5 5060 sip.{NAME}."),
        ("HTTPS", "1 . alpn=h2", "1 . alpn=h2"),
        ("CAA", "0 issue letsencrypt.org", '0 issue "letsencrypt.org"'),
        ("CAA", '0 issue "letsencrypt.org"', '0 issue "letsencrypt.org"'),
        ("TLSA", "3 1 1 AB", "3 1 1 AB"),
    ],
)
def test_values_are_sent_in_the_form_that_the_api_keeps(type: str, value: str, sent: str) -> None:
    """Quotes, pieces of 255 bytes, and absolute names are made, and making them again changes nothing."""
    assert value_of(type, value, NAME) == sent
    assert value_of(type, sent, NAME) == sent
    assert Shown(type, sent, NAME) == value


@pytest.mark.parametrize(
    ("type", "value", "told"),
    [
        (
            "CNAME",
            "www.example.net",
            rf"could be www.example.net. or www.example.net.{NAME}.; end it with a dot",
        ),
        ("MX", "10 mx.example.net", "end it with a dot"),
        ("A", "192.0.2.300", "300"),
        ("A", "2001:db8::1", "2001"),
        ("AAAA", "192.0.2.7", "192"),
    ],
)
def test_what_cannot_be_meant_is_refused(type: str, value: str, told: str) -> None:
    """A name that could be meant in two ways, and an address of the other kind."""
    with pytest.raises(ValueError, match=told):
        value_of(type, value, NAME)
    assert Shown(type, "192.0.2.1", NAME) != value


def test_without_the_name_of_the_zone_bare_names_stay() -> None:
    """The API takes them as relative; a name with dots has to tell."""
    assert value_of("CNAME", "www") == "www"
    assert value_of("CNAME", "@") == "@"
    with pytest.raises(ValueError, match="or a name in the zone; end it with a dot"):
        value_of("CNAME", "www.example.net")


@pytest.mark.parametrize(
    ("name", "relative"),
    [
        ("www", "www"),
        ("WWW", "www"),
        (f"www.{NAME}", "www"),
        (f"www.{NAME}.", "www"),
        (NAME, "@"),
        ("@", "@"),
    ],
)
def test_names_become_relative(name: str, relative: str) -> None:
    """The API wants the names of RRSets relative to their zone."""
    assert name_in(NAME, name) == relative
    assert name_in(None, "www.x") == "www.x"
