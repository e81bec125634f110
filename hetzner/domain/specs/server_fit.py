"""Whether a server can be had as it is wanted, by what is sold: told before anything is switched off."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hetzner.domain.reference import Selector
from hetzner.domain.specs.worth import Catalogue, known


def unfit(actual: Any, spec: Mapping[str, Any], catalogue: Catalogue) -> str:
    """Tell why a server cannot be made (or the ``actual`` one be changed) like this, or nothing."""
    found = known(catalogue, "server_types", spec.get("server_type"))
    if actual is not None:
        return unmovable(found[0], actual) if found else ""
    image = spec.get("image")
    if isinstance(image, Selector):
        return f"there is no image {image} to make it from"
    if not found:
        return ""
    return _unsold(found[0], spec.get("location")) or _unbootable(
        found[0], image, known(catalogue, "images", image)
    )


def scarce(spec: Mapping[str, Any], catalogue: Catalogue) -> str:
    """Tell why a type is better not ordered in a location although it is sold there, or nothing."""
    location = spec.get("location")
    for found in known(catalogue, "server_types", spec.get("server_type")):
        places = [each for each in found.locations or [] if _is(each, location)] or found.locations or []
        if places and all(each.available is False for each in places):
            return f"{found.name} is sold out{'' if location is None else f' in {location}'}"
        if found.deprecation or (places and all(each.deprecation for each in places)):
            return f"{found.name} is deprecated"
    return ""


def _is(each: Any, ref: Any) -> bool:
    return str(ref) in (each.name, str(each.id))


def _unsold(server_type: Any, location: Any) -> str:
    places = server_type.locations or []
    if location is None or not places or any(_is(each, location) for each in places):
        return ""
    return f"{server_type.name} is not sold in {location}, only in {', '.join(each.name for each in places)}"


def _unbootable(server_type: Any, image: Any, images: list[Any]) -> str:
    have = sorted({each.architecture for each in images})
    if not have or server_type.architecture in have:
        return ""
    return f"{server_type.name} is {server_type.architecture}, and the image {image} is for {', '.join(have)}"


def unmovable(server_type: Any, server: Any) -> str:
    """Tell why a server that exists cannot have a type, or nothing."""
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
