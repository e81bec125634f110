"""Values of DNS records: what is taken, in which form it comes back, and what is refused."""

import pytest

from hetzner.sandbox.dns_values import TYPES, canonical

DIGEST = "AB" * 32
LONG = "x" * 255
GOOD = [
    ("A", "192.0.2.1", "192.0.2.1"),
    ("AAAA", "2001:DB8:0:0::1", "2001:db8::1"),
    ("CAA", '0 ISSUE "letsencrypt.org"', '0 issue "letsencrypt.org"'),
    ("CAA", '128   issue "ca.example; a=b"', '128 issue "ca.example; a=b"'),
    ("CNAME", "WWW.example.org.", "www.example.org."),
    ("CNAME", "@", "@"),
    ("CNAME", "_dkim.other", "_dkim.other"),
    ("DS", f"60485 5 2 {DIGEST[:32]} {DIGEST[32:]}", f"60485 5 2 {DIGEST.lower()}"),
    ("HINFO", '"AMD64" "Linux"', '"AMD64" "Linux"'),
    ("HTTPS", "1 . alpn=h2,h3 port=443", "1 . alpn=h2,h3 port=443"),
    ("HTTPS", '1 example.com. alpn="h2,h3"', '1 example.com. alpn="h2,h3"'),
    ("MX", "010  Mail.example.com.", "10 mail.example.com."),
    ("MX", "0 .", "0 ."),
    ("NS", "ns1.example.org.", "ns1.example.org."),
    ("PTR", "host.example.com.", "host.example.com."),
    ("RP", "mail.example.com. .", "mail.example.com. ."),
    ("SOA", "a.example. b.example. 1 2 3 4 5", "a.example. b.example. 1 2 3 4 5"),
    ("SRV", "10 5 5060 sip.example.com.", "10 5 5060 sip.example.com."),
    ("SVCB", "0 other.example.com.", "0 other.example.com."),
    ("TLSA", f"3 1 1 {DIGEST}", f"3 1 1 {DIGEST.lower()}"),
    ("TXT", '"v=spf1 mx -all"', '"v=spf1 mx -all"'),
    ("TXT", f'"{LONG}"   "more"', f'"{LONG}" "more"'),
    ("TXT", r'"say \"hi\""', r'"say \"hi\""'),
]
BAD = [
    ("A", "192.0.2"), ("A", "192.0.2.256"), ("A", "2001:db8::1"), ("A", ""), ("A", "192.0.2.1 192.0.2.2"),
    ("AAAA", "192.0.2.1"), ("AAAA", "fe80::1%eth0"), ("AAAA", "2001:db8::1\n"),
    ("CAA", "0 issue letsencrypt.org"), ("CAA", '256 issue "x"'), ("CAA", '0 is-sue "x"'),
    ("CNAME", "a b"), ("CNAME", ""), ("CNAME", "."), ("CNAME", "a..b"), ("CNAME", "http://example.com/"),
    ("DS", "60485 5 2 abcd"), ("DS", "60485 5 xyz"), ("DS", "1 2"),
    ("HINFO", "AMD64 Linux"),
    ("HTTPS", "1"), ("HTTPS", "0 . alpn=h2"), ("HTTPS", "1 . alpn=h2 alpn=h3"), ("HTTPS", "1 . ALPN=h2"),
    ("MX", "mail.example.com."), ("MX", "65536 mail"), ("MX", "-1 mail"), ("MX", "10 mail extra"),
    ("NS", "192.0.2.1 x"), ("RP", "a@b ."), ("SOA", "a. b. 1 2 3 4"), ("SOA", "a. b. x 2 3 4 5"),
    ("SRV", "10 5 65536 x"), ("SRV", "10 5 5060"),
    ("TLSA", "3 1 1 zz"), ("TLSA", "3 1 1 abcd"),
    ("TXT", "no quotes"), ("TXT", '"open'), ("TXT", ""), ("TXT", f'"{LONG}x"'), ("TXT", '"a" b'),
    ("TXT", '"a\nb"'),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "value", "expected"), GOOD)
def test_values_come_back_canonical(kind: str, value: str, expected: str) -> None:
    """Numbers, names and digests have one form, which stays as it is when it is read again."""
    assert canonical(kind, value) == expected
    assert canonical(kind, expected) == expected


@pytest.mark.parametrize(("kind", "value"), BAD)
def test_bad_values_are_refused(kind: str, value: str) -> None:
    """Wrong numbers of fields, ranges, names and quotes are refused with a reason."""
    with pytest.raises(ValueError, match=r"\S"):
        canonical(kind, value)


def test_every_type_is_tried() -> None:
    """No type of record is without an example here."""
    assert {kind for kind, _, _ in GOOD} == set(TYPES)
