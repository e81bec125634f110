"""Whether a server can be had as it is wanted, by what is sold: told before anything is switched off."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hetzner.domain.specs.worth import Catalogue


def unfit(actual: Any, spec: Mapping[str, Any], catalogue: Catalogue) -> str:
    """Tell why a server cannot be made (or the ``actual`` one be changed) like this, or nothing."""
    found = _found(catalogue.get("server_types", {}), spec.get("server_type"))
    if found is None:
        return ""
    return _unsold(found, spec.get("location")) if actual is None else _unmovable(found, actual)


def _found(known: Mapping[str, list[Any]], ref: Any) -> Any:
    every = (each for several in known.values() for each in several)
    return next((each for each in every if str(ref) in (each.name, str(each.id))), None)


def _unsold(server_type: Any, location: Any) -> str:
    places = server_type.locations or []
    if location is None or not places or any(str(location) in (each.name, str(each.id)) for each in places):
        return ""
    return f"{server_type.name} is not sold in {location}, only in {', '.join(each.name for each in places)}"


def _unmovable(server_type: Any, server: Any) -> str:
    have = server.server_type
    if server_type.id == have.id:
        return ""
    if server_type.architecture != have.architecture:
        both = f"{server_type.name} is {server_type.architecture} and the server's disk {have.architecture}"
        return f"{both}: only a new server can have that type"
    if server_type.disk < server.primary_disk_size:
        sizes = f"{server.primary_disk_size:g} GB, {server_type.name} has {server_type.disk:g} GB"
        return f"a disk never shrinks, and the server's has {sizes}: only a new server can have that type"
    return ""
