"""Zones: names, modes, protection, nameservers. See also test_zonefiles.py and test_rrsets.py."""

from typing import Any

import pytest

from hetzner.sandbox import Sandbox
from tests.sandbox.dns import NAMESERVERS, at, field_of, rrset, serial, shown, values, zone
from tests.sandbox.talk import Talk

PRIMARY = {"mode": "primary"}
SECONDARY: dict[str, Any] = {"mode": "secondary", "primary_nameservers": [{"address": "203.0.113.1"}]}


def test_a_new_zone_has_soa_and_nameservers(talk: Talk) -> None:
    """A zone comes with its SOA and three NS records, and is published a moment later."""
    answer = talk.post("/zones", {"name": "example.com", **PRIMARY})
    assert (answer["zone"]["status"], answer["action"]["command"]) == ("updating", "create_zone")
    assert answer["action"]["resources"] == [{"id": answer["zone"]["id"], "type": "zone"}]
    talk.wait(10)
    found = talk.get("/zones/example.com")["zone"]
    assert (found["status"], found["ttl"], found["record_count"]) == ("ok", 3600, 4)
    assert found["primary_nameservers"] == []
    assert found["authoritative_nameservers"] == {
        "assigned": [*NAMESERVERS],
        "delegated": [],
        "delegation_last_check": None,
        "delegation_status": "unknown",
    }
    assert sorted(values(shown(talk, "@", "NS"))) == sorted(NAMESERVERS)
    talk.wait()
    assert (
        talk.get("/zones/example.com")["zone"]["authoritative_nameservers"]["delegation_status"]
        == "unregistered"
    )


def test_a_zone_is_found_by_id_and_by_name(talk: Talk) -> None:
    """Both stand in the path, for the zone, its actions and its records."""
    ident = zone(talk)["id"]
    for which in (ident, "example.com"):
        assert talk.get(f"/zones/{which}")["zone"]["id"] == ident
        assert talk.get(f"/zones/{which}/actions")["actions"][0]["command"] == "create_zone"
        assert len(talk.get(f"/zones/{which}/rrsets")["rrsets"]) == 2
    assert talk.get("/zones?name=example.com&mode=primary")["zones"][0]["id"] == ident
    assert talk.get("/zones?mode=secondary")["zones"] == []
    assert talk.refused("GET", "/zones/example.org") == (404, "not_found")


@pytest.mark.parametrize("name", ["example.com", "xn--mnchen-3ya.de", "a.io", "example.co.uk", "0-1.com.au"])
def test_registrable_names_are_taken(talk: Talk, name: str) -> None:
    """Domains right below a public suffix, also below one of two labels."""
    assert zone(talk, name)["name"] == name


@pytest.mark.parametrize(
    "name",
    [
        "Example.com", "example.com.", "www.example.com", "www.example.co.uk", "co.uk", "com", "münchen.de",
        "-a.com", "a-.com", "a_b.com", "a..com", ".com", "", "example.test", "host.local", "192.0.2.1",
        "a" * 64 + ".com", "a b.com",
    ],
)  # fmt: skip
def test_other_names_are_refused(talk: Talk, name: str) -> None:
    """Upper case, trailing dots, subdomains, suffixes and what nobody can register: invalid_input on name."""
    assert field_of(talk, "POST", "/zones", {"name": name, **PRIMARY}) == ("invalid_input", "name")


def test_a_name_is_unique_among_all_customers() -> None:
    """A zone that another project has is taken, until it is deleted there."""
    sandbox = Sandbox(tokens={"mine": "mine", "theirs": "theirs"})
    mine, theirs = Talk(sandbox, "mine"), Talk(sandbox, "theirs")
    zone(theirs)
    for talk in (mine, theirs):
        body = {"name": "example.com", **PRIMARY}
        assert talk.refused("POST", "/zones", body) == (409, "uniqueness_error")
    theirs.delete("/zones/example.com")
    theirs.wait(10)
    assert zone(mine)["record_count"] == 4


def test_records_can_be_given_at_create(talk: Talk) -> None:
    """RRSets given inline are there at once, with labels and TTL."""
    www = {"name": "www", "type": "A", "ttl": 300, "labels": {"a": "b"}, "records": [{"value": "192.0.2.1"}]}
    mail = {"name": "@", "type": "MX", "records": [{"value": "10 mail", "comment": "in"}]}
    answer = talk.post("/zones", {"name": "example.com", "ttl": 60, "rrsets": [www, mail], **PRIMARY})
    assert (answer["zone"]["record_count"], answer["zone"]["ttl"]) == (6, 60)
    assert shown(talk)["labels"] == {"a": "b"}
    assert shown(talk, "@", "MX")["records"] == [{"value": "10 mail", "comment": "in"}]


@pytest.mark.parametrize(
    ("field", "fields"),
    [
        ("ttl", {"ttl": 59}),
        ("ttl", {"ttl": 2147483648}),
        ("mode", {"mode": "tertiary"}),
        ("labels", {"labels": {"": "x"}}),
        ("rrsets[].records[].value", {"rrsets": [{"name": "a", "type": "A", "records": [{"value": "x"}]}]}),
        ("rrsets[].records", {"rrsets": [{"name": "a", "type": "A", "records": []}]}),
        (
            "rrsets[].ttl",
            {"rrsets": [{"name": "a", "type": "A", "ttl": 1, "records": [{"value": "192.0.2.1"}]}]},
        ),
        ("primary_nameservers", {"mode": "secondary"}),
        (
            "zonefile",
            {"zonefile": "", "rrsets": [{"name": "a", "type": "A", "records": [{"value": "192.0.2.1"}]}]},
        ),
    ],
)
def test_bad_zones_are_refused_and_leave_nothing(talk: Talk, field: str, fields: dict[str, Any]) -> None:
    """invalid_input names the field, and there is no zone and no record afterwards."""
    body = {"name": "example.com", **PRIMARY, **fields}
    assert field_of(talk, "POST", "/zones", body) == ("invalid_input", field)
    assert talk.get("/zones")["zones"] == []
    assert zone(talk)["record_count"] == 4


def test_the_same_set_twice_is_refused(talk: Talk) -> None:
    """Two inline RRSets of one name and type are a uniqueness_error, also with what the API adds."""
    one = {"name": "@", "type": "NS", "records": [{"value": "ns.example.org."}]}
    body = {"name": "example.com", "rrsets": [one], **PRIMARY}
    assert talk.refused("POST", "/zones", body) == (409, "uniqueness_error")


def test_secondary_zones_refuse_work_on_records(talk: Talk) -> None:
    """Everything about records, TTL and zone files is incorrect_zone_mode; records given are ignored."""
    found = zone(talk, **SECONDARY, zonefile="nonsense")
    assert (found["mode"], found["record_count"]) == ("secondary", 0)
    assert found["primary_nameservers"] == [{"address": "203.0.113.1", "port": 53}]
    refused = (422, "incorrect_zone_mode")
    new = {"name": "www", "type": "A", "records": [{"value": "192.0.2.1"}]}
    for method, path, body in (
        ("GET", "/zones/example.com/rrsets", None),
        ("POST", "/zones/example.com/rrsets", new),
        ("GET", at(), None),
        ("POST", at(action="add_records"), {"records": new["records"]}),
        ("GET", "/zones/example.com/zonefile", None),
        ("POST", "/zones/example.com/actions/import_zonefile", {"zonefile": ""}),
        ("POST", "/zones/example.com/actions/change_ttl", {"ttl": 60}),
    ):
        assert talk.refused(method, path, body) == refused, path


def test_primary_nameservers_are_replaced(talk: Talk) -> None:
    """Only secondary zones have them; the key shows up where the API shows it."""
    path = "/zones/example.com/actions/change_primary_nameservers"
    new: list[dict[str, Any]] = [
        {"address": "2001:DB8::1", "port": 5353},
        {"address": "203.0.113.9", "tsig_key": "c2VjcmV0", "tsig_algorithm": "hmac-sha256"},
    ]
    zone(talk, **SECONDARY)
    assert talk.act(path, {"primary_nameservers": new})["status"] == "success"
    assert talk.get("/zones/example.com")["zone"]["primary_nameservers"] == [
        {"address": "2001:db8::1", "port": 5353},
        {**new[1], "port": 53},
    ]
    talk.delete("/zones/example.com")
    talk.wait()
    zone(talk)
    assert talk.refused("POST", path, {"primary_nameservers": new}) == (422, "incorrect_zone_mode")


@pytest.mark.parametrize(
    ("field", "servers"),
    [
        ("", []),
        ("[].address", [{"address": "ns.example.org"}]),
        ("[].address", [{"address": "10.0.0.1"}]),
        ("[].address", [{"address": "::1"}]),
        ("[].address", [{"address": "203.0.113.1"}, {"address": "203.0.113.1", "port": 54}]),
        ("[].port", [{"address": "203.0.113.1", "port": 0}]),
        ("[].tsig_key", [{"address": "203.0.113.1", "tsig_key": "c2VjcmV0"}]),
        ("[].tsig_key", [{"address": "203.0.113.1", "tsig_key": "no!", "tsig_algorithm": "hmac-md5"}]),
    ],
)
def test_bad_nameservers_are_refused(talk: Talk, field: str, servers: list[Any]) -> None:
    """Names, private addresses, doubles, bad ports and half a TSIG key: invalid_input."""
    body = {"name": "example.com", "mode": "secondary", "primary_nameservers": servers}
    assert field_of(talk, "POST", "/zones", body) == ("invalid_input", f"primary_nameservers{field}")


def test_protection_keeps_a_zone(talk: Talk) -> None:
    """Neither a protected zone nor one with a protected RRSet is deleted."""
    zone(talk)
    assert talk.act("/zones/example.com/actions/change_protection", {"delete": True})["status"] == "success"
    assert talk.error("DELETE", "/zones/example.com")[1]["message"] == "zone is delete protected"
    talk.act("/zones/example.com/actions/change_protection", {"delete": False})
    rrset(talk)
    talk.act(at(action="change_protection"), {"change": True})
    status, error = talk.error("DELETE", "/zones/example.com")
    assert (status, error["code"]) == (423, "protected")
    assert error["message"] == "RRSet(s) is/are change protected"


def test_deleting_takes_the_records_along(talk: Talk) -> None:
    """Until its action is done the zone is there and locked, then zone and records are gone."""
    zone(talk)
    rrset(talk)
    assert talk.send("DELETE", "/zones/example.com").status == 201
    assert talk.refused("POST", "/zones/example.com/actions/change_ttl", {"ttl": 60}) == (423, "locked")
    talk.wait()
    assert talk.refused("GET", at()) == (404, "not_found")
    assert zone(talk)["record_count"] == 4


def test_ttl_and_labels_change(talk: Talk) -> None:
    """The TTL changes when its action is done, labels at once; a TTL out of range is refused."""
    zone(talk, labels={"a": "b"})
    before = serial(talk)
    assert talk.act("/zones/example.com/actions/change_ttl", {"ttl": 300})["command"] == "change_ttl"
    assert serial(talk) > before
    found = talk.put("/zones/example.com", {"labels": {"c": "d"}, "name": "example.org"})["zone"]
    assert (found["ttl"], found["labels"], found["name"]) == (300, {"c": "d"}, "example.com")
    assert field_of(talk, "POST", "/zones/example.com/actions/change_ttl", {"ttl": 0}) == (
        "invalid_input",
        "ttl",
    )


def test_a_zone_that_cannot_be_published_shows_it(talk: Talk) -> None:
    """A failed action leaves the zone in status error; the next one that works heals it."""
    talk.sandbox.faults.fail_action("create_zone")
    talk.post("/zones", {"name": "example.com", **PRIMARY})
    talk.wait()
    assert talk.get("/zones/example.com")["zone"]["status"] == "error"
    talk.act("/zones/example.com/actions/change_ttl", {"ttl": 300})
    assert talk.get("/zones/example.com")["zone"]["status"] == "ok"
