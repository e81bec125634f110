"""Zones: what a spec is made into, how it is compared, and by which calls it changes."""

from __future__ import annotations

from ipaddress import IPv4Address
from typing import Any

import pytest
from pydantic import ValidationError

from hetzner.apply.diff import covers
from hetzner.domain.reference import Named
from hetzner.domain.specs import kind_of
from hetzner.domain.specs.facts import Change
from hetzner.domain.specs.kind import Names
from hetzner.domain.specs.zone_changes import sent
from hetzner.schema.zone_rrsets import RRSet
from hetzner.schema.zones import Zone

KIND = kind_of("zones")
NAME = "shop.example.com"


def canonical(**spec: Any) -> dict[str, Any]:
    """Return the canonical form of a spec."""
    return KIND.canonical(spec)


@pytest.mark.parametrize(
    "written",
    [
        "192.0.2.7",
        IPv4Address("192.0.2.7"),
        ["192.0.2.7"],
        {"value": "192.0.2.7"},
        [{"value": "192.0.2.7"}],
        {"values": "192.0.2.7"},
        {"values": ["192.0.2.7"]},
        {"records": [{"value": "192.0.2.7"}]},
    ],
)
def test_records_are_written_in_many_ways(written: Any) -> None:
    """One value or a list, a map with values, or the API's own form."""
    assert canonical(records={"www": {"A": written}}) == {
        "records": {"www": {"A": {"values": [{"value": "192.0.2.7"}]}}}
    }


@pytest.mark.parametrize(
    "records",
    [
        {"www": "192.0.2.7"},
        {"www": {"B": "192.0.2.7"}},
        {"www": {"A": []}},
        {"www": {"A": ["192.0.2.7"] * 51}},
        {"www": {"A": {"ttl": 59, "values": "192.0.2.7"}}},
        {"www": {"A": {"values": "192.0.2.7", "type": "A"}}},
        {"www": {"A": {"ttl": 60}}},
    ],
)
def test_records_that_cannot_be(records: Any) -> None:
    """A type that does not exist, no values or too many, and fields that are unknown."""
    with pytest.raises(ValidationError):
        canonical(records=records)


@pytest.mark.parametrize(
    ("name", "spec", "told"),
    [
        ("Example.com", {}, "in lower case"),
        ("example.com.", {}, "without a dot at the end"),
        ("com", {}, "cannot be a zone"),
        (NAME, {"records": {"@": {"CNAME": "www"}}}, "a zone itself cannot have a CNAME"),
        (NAME, {"records": {"www": {"CNAME": "@", "TXT": "x"}}}, "'www' has a CNAME, which must be its only"),
        (NAME, {"records": {"@": {"SOA": "x"}}}, "keeps the SOA record by itself"),
        (NAME, {"records": {"www": {"CNAME": "example.net"}}}, "CNAME: 'example.net' could be"),
        (NAME, {"mode": "secondary", "records": {"www": {"A": "192.0.2.7"}}}, "secondary zone gets its"),
        (NAME, {"primary_nameservers": [{"address": "192.0.2.1"}]}, "only a secondary zone"),
    ],
)
def test_problems_are_told_offline(name: str, spec: dict[str, Any], told: str) -> None:
    """What the API would refuse whatever else there is."""
    (problem,) = [message for _, message in KIND.problems(name, canonical(**spec))]
    assert told in problem


def test_a_zone_is_made_by_one_call() -> None:
    """Only what the API makes with it, the nameservers at its apex, has to be changed afterwards."""
    spec = canonical(
        ttl=600,
        protect=True,
        labels={"a": "b"},
        records={
            "@": {"NS": "ns1.example.net.", "MX": "10 mx"},
            "www": {"A": {"ttl": 60, "values": "192.0.2.7"}},
        },
    )
    of = Named("zones", NAME)
    apex = {"name": "@", "type": "MX", "records": [{"value": f"10 mx.{NAME}."}]}
    www = {"name": "www", "type": "A", "records": [{"value": "192.0.2.7"}], "ttl": 60}
    first, *rest = KIND.create(NAME, spec)
    assert first.operation == "zones.create"
    assert first.arguments == {
        "name": NAME, "mode": "primary", "ttl": 600, "labels": {"a": "b"}, "rrsets": [apex, www],
    }  # fmt: skip
    assert [(call.operation, dict(call.arguments), call.of) for call in rest] == [
        (
            "zones.rrsets.actions.set_records",
            {"rr_name": "@", "rr_type": "NS", "records": [{"value": "ns1.example.net."}]},
            of,
        ),
        ("zones.actions.change_protection", {"delete": True}, of),
    ]
    lifted = KIND.unprotect(of)
    assert lifted
    assert (lifted.operation, lifted.arguments) == ("zones.actions.change_protection", {"delete": False})


def zone(**rrsets: list[str]) -> Any:
    """Return a zone as the API shows it, with its RRSets loaded: ``www_A=["192.0.2.7"]``."""
    shown = [
        RRSet.lenient({"name": name, "type": type, "ttl": None, "records": [{"value": v} for v in values]})
        for name, type, values in ((*key.split("_"), values) for key, values in rrsets.items())
    ]
    fields = {"name": NAME, "mode": "primary", "ttl": 3600, "labels": {}, "protection": {"delete": False}}
    return Zone.lenient({**fields, "rrsets": shown})


def calls(actual: Any, **spec: Any) -> list[tuple[str, dict[str, Any]]]:
    """Return the calls by which a zone becomes what is wanted, field by field."""
    wanted, have = canonical(**spec), KIND.read(actual, Names({}))
    of = Named("zones", NAME)
    return [
        (call.operation.removeprefix("zones."), dict(call.arguments))
        for name, value in wanted.items()
        if not covers(value, have[name])
        for call in KIND.fields[name].changes(Change(of, name, have[name], value, actual, wanted))
    ]


def path(name: str, type: str, **more: Any) -> dict[str, Any]:
    """Return the arguments of a call on an RRSet."""
    return {"rr_name": name, "rr_type": type, **more}


SAME: dict[str, Any] = {"www_A": ["192.0.2.1", "192.0.2.2"], "t_TXT": ['"a b"'], "c_CNAME": [f"www.{NAME}."]}


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        ({"www": {"A": ["192.0.2.2", "192.0.2.1"]}, "t": {"TXT": "a b"}, "c": {"CNAME": "www"}}, []),
        (
            {"www": {"A": ["192.0.2.1"]}},
            [("rrsets.actions.set_records", path("www", "A", records=[{"value": "192.0.2.1"}]))],
        ),
        (
            {"www": {"A": {"values": ["192.0.2.1", "192.0.2.2"], "ttl": 60}}},
            [("rrsets.actions.change_ttl", path("www", "A", ttl=60))],
        ),
        (
            {"new": {"A": "192.0.2.1"}},
            [("rrsets.create", {"name": "new", "type": "A", "records": [{"value": "192.0.2.1"}]})],
        ),
        (
            {"www": {"CNAME": "@"}},
            [
                ("rrsets.delete", path("www", "A")),
                ("rrsets.create", {"name": "www", "type": "CNAME", "records": [{"value": f"{NAME}."}]}),
            ],
        ),
        (
            {"c": {"TXT": "x"}},
            [
                ("rrsets.delete", path("c", "CNAME")),
                ("rrsets.create", {"name": "c", "type": "TXT", "records": [{"value": '"x"'}]}),
            ],
        ),
        (
            {"t": {"TXT": {"value": "a b", "comment": "hello"}}},
            [
                (
                    "rrsets.actions.set_records",
                    path("t", "TXT", records=[{"value": '"a b"', "comment": "hello"}]),
                )
            ],
        ),
    ],
)
def test_records_change_by_few_calls(records: Any, expected: list[tuple[str, dict[str, Any]]]) -> None:
    """What is there in another spelling stays, what is not declared stays, and a CNAME stands alone."""
    assert calls(zone(**SAME), records=records) == expected


def test_other_fields_change_by_their_actions() -> None:
    """A TTL, the nameservers of a secondary zone, and the protection."""
    assert calls(zone(), ttl=60, protect=True, mode="primary", labels={}) == [
        ("actions.change_ttl", {"ttl": 60}),
        ("actions.change_protection", {"delete": True}),
    ]
    servers = [{"address": "192.0.2.1"}]
    assert calls(zone(), primary_nameservers=servers) == [
        ("actions.change_primary_nameservers", {"primary_nameservers": servers})
    ]


def test_what_is_not_known_yet_stands_for_a_value_or_for_all_of_them() -> None:
    """A reference may be one of the values, or all that there is of an RRSet."""
    later = object()
    wanted: dict[str, dict[str, Any]] = {
        "a": {"A": {"values": [later, {"value": "192.0.2.1"}]}},
        "b": {"A": later},
    }
    assert [rrset["records"] for rrset in sent(NAME, wanted)] == [
        [{"value": later}, {"value": "192.0.2.1"}],
        [{"value": later}],
    ]


def test_records_are_not_compared_unless_they_were_loaded() -> None:
    """A zone as a list shows it says nothing about its records."""
    bare = Zone.lenient({"name": NAME, "protection": {"delete": False}, "labels": {}})
    assert "records" not in KIND.read(bare, Names({}))


def test_attributes() -> None:
    """Other objects can refer to the nameservers of a zone."""
    shown = Zone.lenient({"id": 7, "name": NAME, "authoritative_nameservers": {"assigned": ["a.", "b."]}})
    assert KIND.attribute(shown, "nameservers") == ["a.", "b."]
    assert (KIND.attribute(shown, "id"), KIND.attribute(shown, "name")) == (7, NAME)
