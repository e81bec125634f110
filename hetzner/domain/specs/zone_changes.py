"""How a zone and its records change.

https://docs.hetzner.cloud/reference/cloud#zone-rrset-actions
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from hetzner.domain.reference import Named
from hetzner.domain.specs.dns import APEX, name_in, value_of
from hetzner.domain.specs.facts import Call, Change

Sent = dict[str, Any]
"""An RRSet as it is sent: name, type, records, and the TTL when it is wanted."""


def ttl(change: Change) -> Iterator[Call]:
    """Change how long answers may be kept."""
    yield Call("zones.actions.change_ttl", {"ttl": change.new}, change.of, seconds=2)


def primary_nameservers(change: Change) -> Iterator[Call]:
    """Replace the nameservers that a secondary zone gets its records from."""
    arguments = {"primary_nameservers": change.new}
    yield Call("zones.actions.change_primary_nameservers", arguments, change.of, seconds=2)


def records(change: Change) -> Iterator[Call]:
    """Make and change the RRSets that are wanted; those go that a CNAME cannot be beside, or all others."""
    zone = change.actual.name
    wanted = sent(zone, change.new)
    for rrset in wanted:
        for type in change.old.get(rrset["name"], {}):
            if type != rrset["type"] and "CNAME" in (type, rrset["type"]):
                yield _delete(change.of, rrset["name"], type)
    for name, type in unwanted(zone, change.spec, change.old):
        yield _delete(change.of, name, type)
    for rrset in wanted:
        have = change.old.get(rrset["name"], {}).get(rrset["type"])
        if have is None:
            yield make(change.of, rrset)
            continue
        if not _is_same(rrset["records"], have["values"]):
            yield set_records(change.of, rrset)
        if "ttl" in rrset and rrset["ttl"] != have["ttl"]:
            arguments = {"rr_name": rrset["name"], "rr_type": rrset["type"], "ttl": rrset["ttl"]}
            yield Call("zones.rrsets.actions.change_ttl", arguments, change.of, seconds=2)


def unwanted(zone: str | None, spec: Mapping[str, Any], have: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield name and type of all RRSets that are not wanted where a zone shall have no others."""
    if spec.get("records_mode") != "all":
        return
    wanted = {(rrset["name"], rrset["type"]) for rrset in sent(zone, spec["records"])}
    for name, types in have.items():
        for type in types:
            if (name, type) not in wanted and not (name == APEX and type in ("SOA", "NS")):
                yield name, type


def _delete(of: Named, name: str, type: str) -> Call:
    return Call("zones.rrsets.delete", {"rr_name": name, "rr_type": type}, of, seconds=2)


def make(of: Named, rrset: Sent) -> Call:
    """Return the call that makes an RRSet."""
    return Call("zones.rrsets.create", rrset, of, seconds=2)


def is_known(rrset: Sent) -> bool:
    """Tell whether nothing else has to exist before the values of an RRSet are known."""
    return all(isinstance(record["value"], str) for record in rrset["records"])


def set_records(of: Named, rrset: Sent) -> Call:
    """Return the call that replaces all records of an RRSet."""
    arguments = {"rr_name": rrset["name"], "rr_type": rrset["type"], "records": rrset["records"]}
    return Call("zones.rrsets.actions.set_records", arguments, of, seconds=2)


def is_own(rrset: Sent) -> bool:
    """Tell whether the API makes an RRSet with the zone, so that it can only be changed."""
    return bool(rrset["name"] == APEX and rrset["type"] == "NS")


def sent(zone: str | None, wanted: Mapping[str, Mapping[str, Any]]) -> list[Sent]:
    """Return the wanted RRSets as they are sent."""
    return [
        {
            "name": name_in(zone, name),
            "type": type,
            "records": [sent_value(type, _record(each), zone) for each in rrset["values"]],
            **({"ttl": rrset["ttl"]} if "ttl" in rrset else {}),
        }
        for name, types in wanted.items()
        for type, rrset in ((type, _whole(said)) for type, said in types.items())
    ]


def _whole(rrset: Any) -> Mapping[str, Any]:
    """Return an RRSet; what stands for a value that is not known yet is the only one."""
    return rrset if isinstance(rrset, Mapping) else {"values": [{"value": rrset}]}


def _record(value: Any) -> Mapping[str, Any]:
    """Return one record, also for what stands for a value that is not known yet."""
    return value if isinstance(value, Mapping) else {"value": value}


def sent_value(type: str, record: Mapping[str, Any], zone: str | None) -> dict[str, Any]:
    """Return one record as it is sent; a value that is not known yet stays what it is."""
    value = record["value"]
    return {**record, "value": value_of(type, value, zone) if isinstance(value, str) else value}


def _is_same(wanted: list[dict[str, Any]], have: list[dict[str, Any]]) -> bool:
    """Compare values without regard to order, and the comments that are wanted."""
    if len(wanted) != len(have):
        return False
    left = list(have)
    for each in wanted:
        found = next((one for one in left if all(one[name] == said for name, said in each.items())), None)
        if found is None:
            return False
        left.remove(found)
    return True
