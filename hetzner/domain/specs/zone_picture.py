"""How zones are drawn: with lines from their names to whatever has the address of a record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from hetzner.domain.specs.dns import APEX, name_in
from hetzner.domain.specs.drawing import Link, Role, entries, items
from hetzner.domain.specs.kind import Kind

ADDRESSES = frozenset({"A", "AAAA"})


class ZonePicture(Kind):
    """Zones in a picture."""

    role = Role.NAME

    def gist(self, spec: Mapping[str, Any]) -> Iterator[Any]:
        """Yield what sort of zone it is, and how many records it has."""
        if spec.get("mode") == "secondary":
            yield "secondary"
        sets = [rrset for _, types in entries(spec.get("records")) for _, rrset in entries(types)]
        if sets:
            yield "1 record set" if len(sets) == 1 else f"{len(sets)} record sets"

    def is_public(self, spec: Mapping[str, Any]) -> bool:
        """Everybody may ask for names."""
        return True

    def links(self, name: str, spec: Mapping[str, Any]) -> Iterator[Link]:
        """Yield the address of every record, aliases followed inside the zone."""
        yield from super().links(name, spec)
        records = dict(entries(spec.get("records")))
        for host in records:
            for value in _addresses(name, records, host):
                yield Link(value=value, label=str(host))


def _addresses(zone: str, records: Mapping[str, Any], host: str) -> Iterator[Any]:
    """Yield the addresses of a host; an alias has those of what it stands for."""
    for _ in records:
        types = dict(entries(records.get(host)))
        for type in sorted(ADDRESSES & types.keys()):
            yield from _values(types[type])
        alias = next(_values(types.get("CNAME")), None)
        if not isinstance(alias, str):
            return
        host = APEX if alias == APEX else name_in(zone, str(alias))


def _values(rrset: Any) -> Iterator[Any]:
    """Yield the values of a record set, or itself as long as it is not known."""
    values = rrset.get("values") if isinstance(rrset, Mapping) else rrset
    for each in [values] if values is not None and not isinstance(values, list | tuple) else items(values):
        yield each.get("value") if isinstance(each, Mapping) else each
