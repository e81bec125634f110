"""What an object has, as a document says it: plain values, without what goes without saying."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hetzner.domain.specs.seen import Default, Seen


def is_usual(value: Any) -> bool:
    """Tell whether a value is what there is when nothing is said: none, no, empty, or given by default."""
    if isinstance(value, Default):
        return True
    return value is None or value is False or (isinstance(value, str | list | dict) and not value)


def said(value: Any) -> Any:
    """Return a value in plain text, lists and maps; what is usual in a map is left out."""
    if isinstance(value, Mapping):
        found = {str(key): said(each) for key, each in value.items()}
        return {key: each for key, each in found.items() if not is_usual(each)}
    if isinstance(value, list | tuple):
        return [said(each) for each in value]
    if isinstance(value, Default) or value is None or isinstance(value, bool | int | float):
        return value
    return str.__str__(value) if isinstance(value, str) else str(value)


def said_of(
    have: Mapping[str, Any], usual: Mapping[str, Any], unless: Mapping[str, frozenset[str]]
) -> dict[str, Any]:
    """Return what is said of an object: nothing usual, and nothing that another field implies."""
    found = {name: said(value) for name, value in have.items()}
    found |= {"labels": dict(have["labels"])} if "labels" in found else {}  # an empty one says something
    spec = {name: value for name, value in found.items() if not is_usual(value) and usual.get(name) != value}
    implied = [name for name, others in unless.items() if others & spec.keys()]
    return {name: value for name, value in spec.items() if name not in implied}


def only(value: Mapping[str, Any], key: str) -> Any:
    """Return a map, or the one value in it when it has no other."""
    return value[key] if value.keys() == {key} else value


def without_public_side(have: Mapping[str, Any]) -> dict[str, Any]:
    """Return what an object has besides its public side, and reverse names without those of primary IPs.

    A primary IP that has a name says its reverse name itself.
    """
    named = {side for side, each in have["public_net"].items() if isinstance(each, Seen) and each.is_named}
    own = {side: name for side, name in have["dns_ptr"].items() if side not in named}
    return {**{name: value for name, value in have.items() if name != "public_net"}, "dns_ptr": own}


def said_sides(public: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is said of the public sides: which are missing, and which have an address with a name."""
    return {
        side: str(each) if each else False
        for side, each in public.items()
        if not each or (isinstance(each, Seen) and each.is_named)
    }
