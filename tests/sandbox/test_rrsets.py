"""RRSets: names, records, TTL, protection, and one change at a time. Values are in test_dns_values.py."""

from pathlib import Path
from typing import Any

import pytest

from hetzner.sandbox import FileStore, Sandbox
from tests.sandbox.dns import at, field_of, of, rrset, serial, shown, values, zone
from tests.sandbox.talk import Talk

NEW = "/zones/example.com/rrsets"


@pytest.fixture(autouse=True)
def example(talk: Talk) -> Any:
    """The zone example.com."""
    return zone(talk)


def act(talk: Talk, name: str, body: object, rr_name: str = "www", kind: str = "A") -> Any:
    """Carry out an action to its good end."""
    assert talk.act(at(rr_name, kind, name), body)["status"] == "success"
    return shown(talk, rr_name, kind)


def test_an_rrset_is_there_at_once(talk: Talk, example: Any) -> None:
    """A create answers with the RRSet and an action on the zone."""
    body = {"name": "www", "type": "A", "ttl": 300, "labels": {"a": "b"}, **of("192.0.2.1", "192.0.2.2")}
    answer = talk.post(NEW, body)
    assert answer["rrset"] == {
        "id": "www/A",
        "name": "www",
        "type": "A",
        "ttl": 300,
        "labels": {"a": "b"},
        "protection": {"change": False},
        "records": [{"value": "192.0.2.1"}, {"value": "192.0.2.2"}],
        "zone": example["id"],
    }
    assert answer["action"]["command"] == "create_rrset"
    assert answer["action"]["resources"] == [{"id": example["id"], "type": "zone"}]
    assert talk.get("/zones/example.com")["zone"]["record_count"] == 6
    assert talk.refused("POST", NEW, body) == (409, "uniqueness_error")


@pytest.mark.parametrize("name", ["@", "*", "*.sub", "_acme-challenge", "a.b.c", "xn--4bi", "_sip._tcp", "0"])
def test_names_stand_in_paths(talk: Talk, name: str) -> None:
    """Every name can be created and reached, percent-encoded in the path."""
    assert rrset(talk, name, "TXT", '"x"')["id"] == f"{name}/TXT"


@pytest.mark.parametrize(
    "name",
    [
        "",
        "WWW",
        "www.",
        "example.com",
        "www.example.com",
        "a..b",
        "-a",
        "a-",
        "a b",
        "a.*",
        "x" * 64,
        "ä",
        "a.@",
    ],
)
def test_bad_names_are_refused(talk: Talk, name: str) -> None:
    """Upper case, trailing dots, the name of the zone at the end, and what is no name: invalid_input."""
    body = {"name": name, "type": "A", **of("192.0.2.1")}
    assert field_of(talk, "POST", NEW, body) == ("invalid_input", "name")


def test_a_cname_is_alone(talk: Talk) -> None:
    """A CNAME shares its name with nothing, is a single record, and never stands at the zone itself."""
    rrset(talk, "www", "CNAME", "example.org.")
    assert field_of(talk, "POST", NEW, {"name": "www", "type": "A", **of("192.0.2.1")})[1] == "name"
    rrset(talk, "blog")
    assert field_of(talk, "POST", NEW, {"name": "blog", "type": "CNAME", **of("www")})[1] == "name"
    assert field_of(talk, "POST", NEW, {"name": "@", "type": "CNAME", **of("www")})[1] == "type"
    assert field_of(talk, "POST", NEW, {"name": "two", "type": "CNAME", **of("a", "b")})[1] == "records"
    assert field_of(talk, "POST", at("www", "CNAME", "add_records"), of("b"))[1] == "records"


def test_records_are_counted_and_distinct(talk: Talk) -> None:
    """Between 1 and 50 records a request, no canonical value twice."""
    many = [f"192.0.2.{number}" for number in range(51)]
    for records in ([], many, ["192.0.2.1", "192.0.2.1"]):
        assert field_of(talk, "POST", NEW, {"name": "www", "type": "A", **of(*records)})[1] == "records"
    assert len(rrset(talk, "www", "A", *many[:50])["records"]) == 50
    double = of("2001:db8::1", "2001:DB8:0::1")
    assert field_of(talk, "POST", NEW, {"name": "www", "type": "AAAA", **double})[1] == "records"


def test_lists_filter_sort_and_hold_a_hundred(talk: Talk) -> None:
    """By name, types and labels, sorted by id, and up to 100 on a page."""
    for number in range(60):
        rrset(talk, f"n{number}", labels={"n": str(number)})
    rrset(talk, "n7", "TXT", '"x"')
    ids = [each["id"] for each in talk.get(f"{NEW}?name=n7&type=A&type=TXT&sort=id:desc")["rrsets"]]
    assert ids == ["n7/TXT", "n7/A"]
    assert [each["id"] for each in talk.get(f"{NEW}?label_selector=n=7")["rrsets"]] == ["n7/A"]
    page = talk.get(f"{NEW}?per_page=100")
    assert (len(page["rrsets"]), page["meta"]["pagination"]["last_page"]) == (63, 1)
    assert len(talk.get(NEW)["rrsets"]) == 25


def test_records_are_set_added_and_removed(talk: Talk) -> None:
    """Each action changes the records when it is done."""
    rrset(talk)
    talk.post(at(action="set_records"), of("192.0.2.5"))
    assert values(shown(talk)) == ["192.0.2.1"]
    talk.wait()
    assert values(shown(talk)) == ["192.0.2.5"]
    assert values(act(talk, "add_records", of("192.0.2.6", "192.0.2.7"))) == [
        "192.0.2.5",
        "192.0.2.6",
        "192.0.2.7",
    ]
    assert values(act(talk, "remove_records", of("192.0.2.6"))) == ["192.0.2.5", "192.0.2.7"]
    assert talk.refused("POST", at(action="add_records"), of("192.0.2.5")) == (409, "uniqueness_error")
    assert field_of(talk, "POST", at(action="remove_records"), of("192.0.2.6"))[1] == "records"


def test_adding_makes_and_removing_the_last_deletes(talk: Talk) -> None:
    """add_records makes the RRSet with the TTL given, remove_records lets it go with its last record."""
    assert act(talk, "add_records", {**of("192.0.2.1"), "ttl": 300})["ttl"] == 300
    assert field_of(talk, "POST", at(action="add_records"), {**of("192.0.2.2"), "ttl": 60})[1] == "ttl"
    assert len(act(talk, "add_records", {**of("192.0.2.2"), "ttl": 300})["records"]) == 2
    talk.act(at(action="remove_records"), of("192.0.2.1", "192.0.2.2"))
    assert talk.refused("GET", at()) == (404, "not_found")
    for action in ("set_records", "remove_records", "update_records"):
        assert (
            talk.refused("POST", at(action=action), {"records": [{"value": "192.0.2.1", "comment": ""}]})[0]
            == 404
        )


def test_comments_change_by_an_action_that_answers_200(talk: Talk) -> None:
    """update_records changes comments of records that are there, keeps the order, and no serial rises."""
    rrset(talk, "www", "A", "192.0.2.1", "192.0.2.2")
    before = serial(talk)
    answer = talk.send(
        "POST", at(action="update_records"), {"records": [{"value": "192.0.2.2", "comment": "two"}]}
    )
    talk.wait(10)
    assert answer.status == 200
    assert shown(talk)["records"] == [{"value": "192.0.2.1"}, {"value": "192.0.2.2", "comment": "two"}]
    assert serial(talk) == before
    strange = {"records": [{"value": "192.0.2.9", "comment": "?"}]}
    assert field_of(talk, "POST", at(action="update_records"), strange)[1] == "records"


def test_the_ttl_can_go_back_to_that_of_the_zone(talk: Talk) -> None:
    """A TTL is set, and taken off by null; out of range it is refused."""
    rrset(talk)
    assert act(talk, "change_ttl", {"ttl": 60})["ttl"] == 60
    assert act(talk, "change_ttl", {"ttl": None})["ttl"] is None
    assert field_of(talk, "POST", at(action="change_ttl"), {"ttl": 59})[1] == "ttl"
    assert field_of(talk, "POST", at(action="change_ttl"), {})[1] == "ttl"


def test_protection_forbids_every_change_but_labels(talk: Talk) -> None:
    """Records, TTL and deletion are refused as the API words it; labels and taking it off are not."""
    rrset(talk)
    assert talk.post(at(action="change_protection"), {"change": True})["action"]["status"] == "success"
    for method, action, body in (
        ("POST", "set_records", of("192.0.2.5")),
        ("POST", "add_records", of("192.0.2.5")),
        ("POST", "remove_records", of("192.0.2.1")),
        ("POST", "update_records", {"records": [{"value": "192.0.2.1", "comment": "x"}]}),
        ("POST", "change_ttl", {"ttl": 60}),
        ("DELETE", "", None),
    ):
        status, error = talk.error(method, at(action=action), body)
        assert (status, error["code"]) == (423, "protected")
        assert error["message"] == "RRSet(s) is/are change protected"
    assert talk.put(at(), {"labels": {"a": "b"}})["rrset"]["labels"] == {"a": "b"}
    talk.post(at(action="change_protection"), {"change": False})
    assert act(talk, "change_ttl", {"ttl": 60})["ttl"] == 60


def test_one_change_of_an_rrset_at_a_time(talk: Talk) -> None:
    """A second change of the same RRSet is a conflict, other RRSets are free; the zone itself waits."""
    rrset(talk)
    talk.post(at(action="add_records"), of("192.0.2.2"))
    assert talk.refused("POST", at(action="add_records"), of("192.0.2.3")) == (409, "conflict")
    assert talk.refused("DELETE", "/zones/example.com") == (409, "conflict")
    talk.post(NEW, {"name": "blog", "type": "A", **of("192.0.2.9")})
    talk.wait()
    assert values(act(talk, "add_records", of("192.0.2.3"))) == ["192.0.2.1", "192.0.2.2", "192.0.2.3"]


def test_an_rrset_is_deleted_by_an_action(talk: Talk) -> None:
    """A delete answers 201; the RRSet is there until the action is done."""
    rrset(talk)
    answer = talk.send("DELETE", at())
    assert (answer.status, shown(talk)["id"]) == (201, "www/A")
    talk.wait()
    assert talk.refused("GET", at()) == (404, "not_found")


def test_the_zone_keeps_soa_and_nameservers(talk: Talk) -> None:
    """SOA and NS of the zone itself can be changed but not deleted; the serial stays the API's."""
    for kind in ("SOA", "NS"):
        assert field_of(talk, "DELETE", at("@", kind), None)[1] == "rr_type"
        records = {"records": shown(talk, "@", kind)["records"]}
        assert field_of(talk, "POST", at("@", kind, "remove_records"), records)[1] == "rr_type"
    before = serial(talk)
    soa = "hydrogen.ns.hetzner.com. hostmaster.example.com. 0 3600 1800 604800 3600"
    value = values(act(talk, "set_records", of(soa), "@", "SOA"))[0]
    assert value == soa.replace(" 0 ", f" {before + 1} ")
    assert field_of(talk, "POST", NEW, {"name": "www", "type": "SOA", **of(soa)})[1] == "type"


def test_the_serial_rises_with_the_date(talk: Talk) -> None:
    """YYYYMMDDnn: one more for each change of a day, and the next day starts at 00."""
    first = serial(talk)
    assert first % 100 == 0
    rrset(talk)
    assert serial(talk) == first + 1
    talk.wait(86400)
    act(talk, "change_ttl", {"ttl": 60})
    assert serial(talk) == first + 100


def test_an_rrset_whose_creation_fails_is_gone(talk: Talk) -> None:
    """A failed create_rrset takes the RRSet away again."""
    talk.sandbox.faults.fail_action("create_rrset")
    talk.post(NEW, {"name": "www", "type": "A", **of("192.0.2.1")})
    assert shown(talk)["id"] == "www/A"
    talk.wait()
    assert talk.refused("GET", at()) == (404, "not_found")


def test_unknown_types_are_refused(talk: Talk) -> None:
    """A type that is not supported is invalid_input, in a body and in a path."""
    assert field_of(talk, "POST", NEW, {"name": "www", "type": "SPF", **of("x")})[1] == "type"
    assert field_of(talk, "GET", at("www", "SPF"), None)[1] == "rr_type"
    assert field_of(talk, "POST", at("www", "SPF", "add_records"), of("x"))[1] == "rr_type"


def test_rrsets_outlive_the_process(tmp_path: Path) -> None:
    """Their ids are texts; a file gives them back as they were, and knows what is still going on."""
    path = tmp_path / "state.db"
    first = Talk(Sandbox(store=FileStore(path)))
    zone(first)
    rrset(first, "*", "TXT", '"x"')
    first.post(at("*", "TXT", "add_records"), of('"y"'))
    first.sandbox.close()
    second = Talk(Sandbox(store=FileStore(path)))
    assert values(shown(second, "*", "TXT")) == ['"x"']
    second.wait()
    assert values(shown(second, "*", "TXT")) == ['"x"', '"y"']
    second.sandbox.close()
