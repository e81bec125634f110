"""What may be wanted of a zone, its records included.

https://docs.hetzner.cloud/reference/cloud#zones
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from ipaddress import IPv4Address, IPv6Address
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, Required

from pydantic import BeforeValidator, Field
from typing_extensions import TypedDict

from hetzner.domain.reference import Named
from hetzner.domain.shapes import TEXT, Short
from hetzner.domain.specs import zone_changes as change
from hetzner.domain.specs.dns import APEX, Shown, name_in, value_of
from hetzner.domain.specs.facts import NEVER, Call, Change, by, replace
from hetzner.domain.specs.kind import STRICT, Names
from hetzner.domain.specs.labels import Labels, declared
from hetzner.domain.specs.protection import protected, protection
from hetzner.domain.specs.saying import only, said
from hetzner.domain.specs.zone_picture import ZonePicture
from hetzner.schema.zone_rrset_actions import RRSetType

DOMAIN = re.compile(r"(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}")
MOST_VALUES = 50
Ttl = Annotated[int, Field(ge=60, le=2**31 - 1)]


class ValueSpec(TypedDict, total=False):
    """One record."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    value: Required[str]
    comment: str


def _value(value: Any) -> Any:
    """Take a text, an address, or the API's form."""
    return {"value": str(value)} if isinstance(value, str | IPv4Address | IPv6Address) else value


def _rrset(value: Any) -> Any:
    """Take one value, a list of them, or a map with `values` (or `records`, the API's word) and a `ttl`."""
    if not isinstance(value, Mapping):
        return {"values": list(value) if isinstance(value, list | tuple) else [value]}
    if "value" in value:
        return {"values": [value]}
    values = value.get("values", value.get("records", []))
    rest = {key: said for key, said in value.items() if key not in ("values", "records")}
    return {**rest, "values": list(values) if isinstance(values, list | tuple) else [values]}


if TYPE_CHECKING:  # what may be written; at run time each type is what that becomes
    Value = ValueSpec | str | IPv4Address | IPv6Address
    Values = Value | Sequence[Value]
else:
    Value = Annotated[ValueSpec, BeforeValidator(_value), Short(TEXT)]
    Values = list[Value]


class RRSetSpec(TypedDict, total=False):
    """The records of one name and type."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    values: Required[Annotated[Values, Field(min_length=1, max_length=MOST_VALUES)]]
    ttl: Ttl | None


if TYPE_CHECKING:
    RRSets = Mapping[str, Mapping[RRSetType, RRSetSpec | Values]]
else:
    RRSets = dict[str, dict[RRSetType, Annotated[RRSetSpec, BeforeValidator(_rrset), Short(Value, Values)]]]


class NameserverSpec(TypedDict, total=False):
    """Where a secondary zone gets its records."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    address: Required[Annotated[str, "Its address."]]
    port: Annotated[int, Field(ge=1, le=65535), "Its port (default: 53)."]
    tsig_key: Annotated[str, "The key that it wants."]
    tsig_algorithm: Annotated[Literal["hmac-md5", "hmac-sha1", "hmac-sha256"], "What the key is for."]


def _others(wanted: Change) -> str | None:
    if wanted.spec.get("mode", wanted.actual.mode) == "primary":
        return None
    return "it is a secondary zone, which has its records from other nameservers"


class ZoneSpec(TypedDict, total=False):
    """What may be wanted of a zone."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    mode: Annotated[
        Literal["primary", "secondary"],
        replace("mode is fixed at creation"),
        "`primary` (default) has its records here, `secondary` gets them from other nameservers.",
    ]
    ttl: Annotated[Ttl, by(change.ttl), "Seconds that answers may be kept, from 60 (default: 3600)."]
    records: Annotated[
        RRSets,
        by(change.records, late=True, refused=_others),
        "By name and type: a value, a list, or `{ttl, values}`.",
    ]
    records_mode: Annotated[
        Literal["declared", "all"],
        NEVER,
        "Whether other records stay (`declared`, default), those taken out of the file too, or go (`all`); "
        "SOA and NS of the zone itself stay.",
    ]
    primary_nameservers: Annotated[
        list[NameserverSpec], by(change.primary_nameservers), "Where a secondary zone gets its records."
    ]
    protect: Annotated[bool, by(protection), "Forbid deletion."]
    labels: Annotated[Labels, "Your own key/value pairs."]


class ZoneKind(ZonePicture):
    """Zones."""

    name, singular, spec, seconds = "zones", "zone", ZoneSpec, 3.0
    usual: ClassVar = {"mode": "primary", "ttl": 3600}

    code = "dns"
    parts: ClassVar = {"records": "rrsets"}
    inline = frozenset({"ttl", "labels", "primary_nameservers"})
    attributes: ClassVar = {
        "id": lambda zone: zone.id,
        "name": lambda zone: zone.name,
        "nameservers": lambda zone: zone.authoritative_nameservers.assigned,
    }

    def create(self, name: str, spec: Mapping[str, Any]) -> list[Call]:
        """Return the calls that make a zone: one with all records that are known, then all others.

        These are the ones that the API makes itself, and those that need what may itself need the zone.
        """
        rrsets = change.sent(name, spec.get("records", {}))
        asked = {"name": name, "mode": spec.get("mode", "primary"), **self.arguments(spec)}
        late = [rrset for rrset in rrsets if change.is_own(rrset) or not change.is_known(rrset)]
        if now := [rrset for rrset in rrsets if rrset not in late]:
            asked["rrsets"] = now
        of = Named(self.name, name)
        calls = [Call("zones.create", asked, seconds=self.seconds)]
        calls += [(change.set_records if change.is_own(each) else change.make)(of, each) for each in late]
        return [*calls, *([protected(of, True)] if spec.get("protect") else [])]

    def alone(self, spec: Mapping[str, Any], actual: Any, names: Names) -> str:
        """Return why there cannot be another one: its name is what it is."""
        return "there can be one zone of a name only"

    def read(self, actual: Any, names: Names) -> dict[str, Any]:
        """Return a zone as the API shows it in the terms of the spec.

        Its records are told when they were loaded into an attribute ``rrsets`` of it.
        """
        have = {
            "mode": actual.mode,
            "ttl": actual.ttl,
            "protect": actual.protection.delete,
            "labels": declared(actual.labels),
            "primary_nameservers": [
                {name: said for name, said in each.to_dict().items() if said is not None}
                for each in actual.primary_nameservers or []
            ],
        }
        rrsets = getattr(actual, "rrsets", [] if actual.mode == "secondary" else None)
        return have if rrsets is None else {**have, "records": _seen(actual.name, rrsets)}

    def parts_of(self, actual: Any) -> Mapping[str, str]:
        """Return the records, which only a primary zone has."""
        return self.parts if actual.mode == "primary" else {}

    def declare(self, have: Mapping[str, Any]) -> dict[str, Any]:
        """Return what a document says of a zone: all records but those that the API keeps by itself."""
        shown = {name: value for name, value in have.items() if name != "records"}
        shown["primary_nameservers"] = [
            {name: value for name, value in each.items() if name != "tsig_key"}
            for each in have.get("primary_nameservers", ())
        ]
        spec = super().declare(shown)
        if have["mode"] == "primary" and (records := dict(_said_records(have.get("records", {})))):
            spec["records"] = records
        return spec

    def withheld(self, spec: Mapping[str, Any]) -> Iterator[tuple[str | int, ...]]:
        """Yield the keys of its nameservers, each of which has an algorithm beside it."""
        yield from super().withheld(spec)
        for index, each in enumerate(spec.get("primary_nameservers", ())):
            if "tsig_algorithm" in each:
                yield "primary_nameservers", index, "tsig_key"

    def surplus(self, field: str, spec: Mapping[str, Any], have: Any) -> Mapping[Any, Any]:
        """Return the record sets of a zone that shall have no others than are declared."""
        if field != "records":
            return {}
        values = (
            each["value"] for types in have.values() for rrset in types.values() for each in rrset["values"]
        )
        found: dict[str, dict[str, Any]] = {}
        for name, type in change.unwanted(next((value.zone for value in values), None), spec, have):
            found.setdefault(name, {})[type] = have[name][type]
        return found

    def is_unsettled(self, actual: Any) -> bool:
        """Tell whether a zone is still being published, or could not be."""
        return bool(actual.status != "ok")

    def lacks(self, spec: Mapping[str, Any]) -> str | None:
        """Tell that a zone which shall have no other records must say which ones it shall have."""
        if spec.get("records_mode") == "all" and "records" not in spec:
            return (
                "records_mode: all is about records, and there are none: write `records: {}` if that is meant"
            )
        return super().lacks(spec)

    def problems(self, name: str, spec: Mapping[str, Any]) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Yield what the API would refuse whatever else there is."""
        if not DOMAIN.fullmatch(name):
            yield (), f"'{name}' cannot be a zone: a domain in lower case, without a dot at the end"
        if spec.get("mode") == "secondary":
            if spec.get("records"):
                yield ("records",), "a secondary zone gets its records from its primary nameservers"
        elif spec.get("primary_nameservers"):
            yield ("primary_nameservers",), "only a secondary zone has primary nameservers"
        for host, types in spec.get("records", {}).items():
            for type, message in _wrong(name, host, types):
                yield ("records", host, type), message


def _wrong(zone: str, host: str, types: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if "SOA" in types:
        yield "SOA", "the API keeps the SOA record by itself"
    if "CNAME" in types and name_in(zone, host) == APEX:
        yield "CNAME", "a zone itself cannot have a CNAME"
    if "CNAME" in types and len(types) > 1:
        yield "CNAME", f"'{host}' has a CNAME, which must be its only type"
    for type, rrset in types.items():
        for each in rrset["values"]:
            try:
                value_of(type, each["value"], zone)
            except ValueError as error:
                yield type, f"{type}: {error}"


def _said_records(records: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, types in records.items():
        kept = {
            type: _said_rrset(rrset)
            for type, rrset in types.items()
            if type != "SOA" and (name, type) != (APEX, "NS")
        }
        if kept:
            yield name, kept


def _said_rrset(rrset: Mapping[str, Any]) -> Any:
    values = [only(said(each), "value") for each in rrset["values"]]
    if rrset["ttl"] is not None:
        return {"ttl": rrset["ttl"], "values": values}
    return values[0] if len(values) == 1 and isinstance(values[0], str) else values


def _seen(zone: str, rrsets: Sequence[Any]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for rrset in rrsets:
        values = [
            {"value": Shown(rrset.type, each.value, zone), "comment": each.comment or ""}
            for each in rrset.records
        ]
        found.setdefault(rrset.name, {})[rrset.type] = {"ttl": rrset.ttl, "values": values}
    return found


KIND = ZoneKind()
