"""Zone files: export, import, and zones that begin with one."""

import pytest

from tests.sandbox.dns import HEAD, NAMESERVERS, at, field_of, rrset, serial, shown, values, zone
from tests.sandbox.talk import Talk

IMPORT = "/zones/example.com/actions/import_zonefile"
EXPORT = "/zones/example.com/zonefile"
ALL = """
$ORIGIN\texample.com.
$TTL 2h ; becomes the zone's

@ 300 IN CAA 0 issue "letsencrypt.org"
@\t600\tIN\tA\t192.0.2.2
\t600\tIN\tA\t192.0.2.3       ; the same name again
@\tIN 600 MX\t10 mail
www.example.com.\tIN\tCNAME\texample.com.
anything TXT "some; value" (
    "in two lines" ) ; gone
SRV-less IN TXT unquoted
"""


def imported(talk: Talk, text: str) -> None:
    """Import a zone file to its good end."""
    assert talk.act(IMPORT, {"zonefile": text})["status"] == "success"


def test_an_import_replaces_everything(talk: Talk) -> None:
    """Records, TTLs and the zone's TTL are those of the file; sets that it lacks are gone, comments too."""
    zone(talk)
    rrset(talk, "old", labels={"a": "b"})
    before = serial(talk)
    talk.post(IMPORT, {"zonefile": HEAD + ALL})
    assert talk.get("/zones/example.com")["zone"]["status"] == "updating"
    assert talk.refused("POST", at(action="add_records"), {"records": [{"value": "192.0.2.1"}]}) == (
        423,
        "locked",
    )
    talk.wait()
    found = talk.get("/zones/example.com")["zone"]
    assert (found["status"], found["ttl"], found["record_count"]) == ("ok", 7200, 11)
    assert talk.refused("GET", at("old")) == (404, "not_found")
    assert (shown(talk, "@")["ttl"], values(shown(talk, "@"))) == (600, ["192.0.2.2", "192.0.2.3"])
    assert (shown(talk, "@", "MX")["ttl"], shown(talk, "www", "CNAME")["ttl"]) == (600, None)
    assert shown(talk, "anything", "TXT")["records"] == [{"value": '"some; value" "in two lines"'}]
    assert values(shown(talk, "srv-less", "TXT")) == ['"unquoted"']
    assert serial(talk) == before + 1


def test_what_is_exported_can_be_imported(talk: Talk) -> None:
    """A zone file comes in BIND's format, SOA and NS first, and means the same when it is read."""
    zone(talk)
    rrset(talk, "www", "A", "192.0.2.1", "192.0.2.2", ttl=300)
    rrset(talk, "*", "TXT", r'"a;b" "\"c\""')
    before = talk.get("/zones/example.com/rrsets")["rrsets"]
    text = talk.get(EXPORT)["zonefile"]
    lines = text.splitlines()
    assert lines[0].startswith(";; Exported on 2026-")
    assert lines[1:3] == ["$ORIGIN\texample.com.", "$TTL\t3600"]
    assert lines[4].startswith("@\tIN\tSOA\thydrogen.ns.hetzner.com. dns.hetzner.com. 20")
    assert lines[6:8] == ["; NS records", f"@\tIN\tNS\t{NAMESERVERS[0]}"]
    assert "www\t300\tIN\tA\t192.0.2.2" in lines
    imported(talk, text)
    after = talk.get("/zones/example.com/rrsets")["rrsets"]
    assert [each for each in after if each["type"] != "SOA"] == [
        each for each in before if each["type"] != "SOA"
    ]


def test_comments_are_exported_and_lost_by_an_import(talk: Talk) -> None:
    """A comment of a record stands behind it in the file, and is discarded when the file is read."""
    zone(talk)
    rrset(talk)
    talk.act(at(action="update_records"), {"records": [{"value": "192.0.2.1", "comment": "one\ntwo"}]})
    text = talk.get(EXPORT)["zonefile"]
    assert "www\tIN\tA\t192.0.2.1 ; one two\n" in text
    imported(talk, text)
    assert shown(talk)["records"] == [{"value": "192.0.2.1"}]


def test_a_zone_can_begin_with_a_zone_file(talk: Talk) -> None:
    """SOA and NS may be left out then; the API adds them."""
    found = zone(talk, zonefile=ALL)
    assert (found["ttl"], found["record_count"]) == (7200, 11)
    assert len(values(shown(talk, "@", "NS"))) == 3
    assert zone(talk, "example.org", zonefile=HEAD)["record_count"] == 4


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "must have a SOA record"),
        (HEAD.replace("@ IN NS helium.ns.hetzner.de.\n", ""), "assigned nameservers"),
        (f"$ORIGIN example.org.\n{HEAD}", "$ORIGIN must be example.com."),
        (f"$TTL 5\n{HEAD}", "between 60"),
        (f"$TTL soon\n{HEAD}", "line 1: $TTL"),
        (f"$INCLUDE other\n{HEAD}", "$INCLUDE is not supported"),
        (f"{HEAD}www CH A 192.0.2.1", "line 5: only records of class IN"),
        (f"{HEAD}www IN A 192.0.2", "line 5: "),
        (f"{HEAD}www IN SPF x", "'SPF' is not a supported record type"),
        (f"{HEAD}www IN", "a record has no type"),
        (f"{HEAD}www.example.org. A 192.0.2.1", "is not in the zone"),
        (f"{HEAD}www A 192.0.2.1\nwww 60 A 192.0.2.2", "different TTLs"),
        (f"{HEAD}www 30 A 192.0.2.1", "between 60"),
        (f"{HEAD}www A 192.0.2.1\nwww A 192.0.2.1", "more than once"),
        (f"{HEAD}www CNAME a\nwww TXT b", "has a CNAME"),
        (f"{HEAD}@ CNAME a", "CNAME"),
        (f"{HEAD}{HEAD.splitlines()[0].replace('2024010100', '1')}\n", "single record of type SOA"),
        (f'{HEAD}www TXT "open', "quote is not closed"),
        (f"{HEAD}www TXT ( a", "parenthesis is not closed"),
        (f" A 192.0.2.1\n{HEAD}", "has no name"),
        (f"{HEAD}w\u00e4w A 192.0.2.1", "is not a valid name"),
    ],
)
def test_bad_zone_files_are_refused_and_change_nothing(talk: Talk, text: str, reason: str) -> None:
    """invalid_input on zonefile says what is wrong, with the line where there is one."""
    zone(talk)
    rrset(talk)
    status, error = talk.error("POST", IMPORT, {"zonefile": text})
    assert (status, error["code"], error["details"]["fields"][0]["name"]) == (
        422,
        "invalid_input",
        "zonefile",
    )
    assert reason in error["message"]
    assert shown(talk)["records"] == [{"value": "192.0.2.1"}]


def test_protected_sets_forbid_an_import(talk: Talk) -> None:
    """One change-protected RRSet keeps the whole zone as it is."""
    zone(talk)
    rrset(talk)
    talk.post(at(action="change_protection"), {"change": True})
    assert talk.refused("POST", IMPORT, {"zonefile": HEAD}) == (423, "protected")


def test_a_bad_zone_file_at_create_leaves_nothing(talk: Talk) -> None:
    """Other nameservers than the assigned ones are refused there too."""
    body = {"name": "example.com", "mode": "primary", "zonefile": "@ NS ns.example.org.\n"}
    assert field_of(talk, "POST", "/zones", body) == ("invalid_input", "zonefile")
    assert talk.get("/zones")["zones"] == []
