"""What zones and RRSets share: checked sets of records, the rules of a zone, and its serial."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from hetzner.sandbox.dns_names import APEX, record_name
from hetzner.sandbox.dns_values import canonical
from hetzner.sandbox.errors import Refusal, invalid, taken, unprocessable
from hetzner.sandbox.labels import check_labels
from hetzner.sandbox.table import Row
from hetzner.sandbox.zonefile import Fault, RRSet, read

Check = Callable[[str, Sequence[Mapping[str, Any]], str], list[dict[str, str]]]
TTL_LEAST, TTL_MOST = 60, 2147483647
MOST_RECORDS = 50
"""Records in one request."""
SINGLE = ("CNAME", "SOA")
"""Types of which a name has one record."""
SOA_TAIL = "86400 10800 3600000 3600"


def check_ttl(ttl: int | None, under: str = "") -> int | None:
    """Return a TTL, or refuse one that is out of range."""
    if ttl is not None and not TTL_LEAST <= ttl <= TTL_MOST:
        raise invalid(f"{under}ttl", f"must be between {TTL_LEAST} and {TTL_MOST}")
    return ttl


def check_records(kind: str, asked: Sequence[Mapping[str, Any]], under: str = "") -> list[dict[str, str]]:
    """Return the records of a request with their canonical values, or refuse them."""
    if not 1 <= len(asked) <= MOST_RECORDS:
        raise invalid(f"{under}records", f"must have between 1 and {MOST_RECORDS} records")
    return distinct_records(kind, asked, under)


def distinct_records(kind: str, asked: Sequence[Mapping[str, Any]], under: str = "") -> list[dict[str, str]]:
    """Return any number of records with their canonical values, or refuse them."""
    records: dict[str, dict[str, str]] = {}
    for each in asked:
        try:
            value = canonical(kind, each["value"])
        except ValueError as problem:
            raise invalid(f"{under}records[].value", str(problem)) from None
        if value in records:
            raise invalid(f"{under}records", f"has the value {value} more than once")
        records[value] = {"value": value, **({"comment": each["comment"]} if each.get("comment") else {})}
    if kind in SINGLE and len(records) > 1:
        raise invalid(f"{under}records", f"must be a single record of type {kind}")
    return [*records.values()]


def new_rrset(
    zone: Row, asked: Mapping[str, Any], now: float, under: str = "", check: Check = check_records
) -> Row:
    """Make the row of an RRSet from what a request asks for; the rules of the zone come after."""
    kind, name = asked["type"], record_name(asked["name"], zone["name"])
    records = check(kind, asked["records"], under)
    labels = check_labels(asked.get("labels", {}))
    return rrset_row(zone, name, kind, check_ttl(asked.get("ttl"), under), records, labels, now)


def read_zonefile(text: str, zone: Row, now: float) -> tuple[int | None, list[Row]]:
    """The default TTL and the RRSets of a zone file, or a refusal that names the field `zonefile`."""
    try:
        found = read(text, zone["name"])
        rows = [new_rrset(zone, each, now, check=distinct_records) for each in found.rrsets.values()]
        insist_sound(rows)
        return check_ttl(found.ttl), rows
    except (Fault, Refusal) as problem:
        raise invalid("zonefile", str(problem)) from None


def insist_nameservers(rows: Iterable[Row], nameservers: Sequence[str]) -> None:
    """Refuse records without a SOA or without all of the assigned nameservers."""
    apex = {
        row["type"]: {record["value"] for record in row["records"]} for row in rows if row["name"] == APEX
    }
    if "SOA" not in apex:
        raise invalid("zonefile", "must have a SOA record")
    if not apex.get("NS", set()) >= set(nameservers):
        raise invalid("zonefile", "must have the assigned nameservers as NS records")


def rrset_row(
    zone: Row,
    name: str,
    kind: str,
    ttl: int | None,
    records: Sequence[Mapping[str, str]],
    labels: Mapping[str, str],
    now: float,
) -> Row:
    """The row of an RRSet; its id has the zone in front of what the API shows."""
    return {
        "id": rrset_id(zone, name, kind),
        "zone": zone["id"],
        "name": name,
        "type": kind,
        "ttl": ttl,
        "records": list(records),
        "labels": dict(labels),
        "protection": {"change": False},
        "created": now,
    }


def rrset_id(zone: Row, name: str, kind: str) -> str:
    """The id of the row of an RRSet."""
    return f"{zone['id']}/{name}/{kind}"


def first_rrsets(zone: Row, nameservers: Sequence[str], now: float) -> list[Row]:
    """The SOA and NS records that every new zone gets."""
    soa = f"{nameservers[0]} dns.hetzner.com. {next_serial(0, now)} {SOA_TAIL}"
    rows = (("SOA", [soa]), ("NS", nameservers))
    return [
        rrset_row(zone, APEX, kind, None, [{"value": value} for value in values], {}, now)
        for kind, values in rows
    ]


def insist_sound(rrsets: Iterable[RRSet]) -> None:
    """Refuse a zone in which the same set comes twice, a CNAME has company, or a SOA is not at the apex."""
    types: dict[str, set[str]] = {}
    for rrset in rrsets:
        name, kind = rrset["name"], rrset["type"]
        others = types.setdefault(name, set())
        if kind in others:
            raise taken("name", f"RRSet {name}/{kind} already exists")
        others.add(kind)
        if name == APEX and kind == "CNAME":
            raise invalid("type", "must not be CNAME for the zone itself")
        if name != APEX and kind == "SOA":
            raise invalid("type", "must be at the zone itself for SOA")
        if "CNAME" in others and len(others) > 1:
            raise invalid("name", f"{name} has a CNAME, which must be its only RRSet")


def insist_mode(zone: Row, mode: str) -> Row:
    """Return the zone, or refuse with `incorrect_zone_mode`."""
    if zone["mode"] != mode:
        raise unprocessable("incorrect_zone_mode", f"this is only supported for zones in {mode} mode")
    return zone


def next_serial(serial: int, now: float) -> int:
    """The serial after this one: YYYYMMDDnn of today, or one more when there were changes today."""
    today: int = int(time.strftime("%Y%m%d", time.gmtime(now))) * 100
    return max(serial + 1, today)


def with_serial(soa: str, serial: int) -> str:
    """The value of a SOA record with another serial."""
    words = soa.split()
    return " ".join([*words[:2], str(serial), *words[3:]])


def serial_of(soa: str) -> int:
    """The serial in the value of a SOA record."""
    return int(soa.split()[2])
