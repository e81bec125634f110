"""What objects demand of those that they refer to, and of those that refer to them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any, ClassVar

from hetzner.domain.reference import Ordered, label_of
from hetzner.domain.specs.seen import Names, Seen

Find = Callable[[str, Any], Mapping[str, Any] | None]
"""Finds what an object is going to be like, in the terms of its spec, by its kind and its name or id."""
Odds = Iterator[tuple[tuple[str | int, ...], str]]
"""Where in a spec, and what does not go together there."""


@dataclass(frozen=True, slots=True)
class Need:
    """What an object goes on needing of one that it refers to."""

    kind: str
    id: int
    attribute: str
    """Nothing when it is the object itself."""
    help: str
    """What to do in order to need it no more."""


class Company:
    """The part of a kind that is about neighbours; one that goes with everybody needs none of it."""

    single: ClassVar[frozenset[str]] = frozenset()
    """Fields whose value no two objects of the kind can have."""

    seated: ClassVar[bool] = False
    """Whether those that refer to an object have something in it that can be had once only."""

    def meant(self, spec: dict[str, Any]) -> dict[str, Any]:
        """Return a spec with what one of its fields says of another one that leaves it open."""
        return spec

    def bereft(self, have: dict[str, Any], had: Mapping[str, Any]) -> dict[str, Any]:
        """Return what is left to an object that loses references, less what goes together with them."""
        return have

    def joined(self, have: Mapping[str, Any], spec: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return what an object that is there is like once it is changed as a spec says."""
        return {**have, **spec}

    def admits(self, spec: Mapping[str, Any], said: Mapping[str, Any]) -> str:
        """Tell why an object cannot refer to this one by what it says of it (an address), or nothing."""
        return ""

    def seats(self, said: Mapping[str, Any]) -> Iterable[Hashable]:
        """Yield what can be had once only, of what an object says of this one."""
        return ()

    def rival(self, spec: Mapping[str, Any], user: Any) -> tuple[str, int] | None:
        """Return what a user has in the place that an object would have there, in words, and its id."""
        return None

    def pick(self, spec: Mapping[str, Any], taken: Set[Any]) -> Mapping[str, Any] | None:
        """Return what to say of an object in order to have a seat that is not taken, if that matters."""
        return None

    def at_odds(self, spec: Mapping[str, Any], find: Find) -> Odds:
        """Yield what of a spec does not go with the objects that it refers to."""
        yield from ()

    def disputed(self, spec: Mapping[str, Any], find: Find) -> Odds:
        """Yield what a spec says of one and the same thing in another way than what it refers to declares."""
        yield from ()

    def needs(self, actual: Any, spec: Mapping[str, Any], names: Names) -> Iterator[Need]:
        """Yield what an object needs of others now, and will need when it is as a spec says."""
        yield from ()

    def leans_on(self, spec: Mapping[str, Any]) -> Iterator[tuple[str, Any, str]]:
        """Yield what others must have before they can be referred to: their kind, reference and attribute."""
        yield from ()

    def gives_up(self, actual: Any, calls: Sequence[Any], names: Names) -> Iterator[str]:
        """Yield the attributes that others may need and that calls take away, be it for something else."""
        yield from ()


def sides_at_odds(spec: Mapping[str, Any], find: Find) -> Odds:
    """Yield the public sides of an object for which its primary IPs cannot be."""
    for side, ref in spec.get("public_net", {}).items():
        found = None if isinstance(ref, bool) else find("primary_ips", ref)
        if found is None:
            continue
        if found.get("type", side) != side:
            yield ("public_net", side), f"its {side} cannot be {label_of(ref)}, which is {found['type']}"
        yield from places_at_odds(("public_net", side), ref, spec.get("location"), found.get("location"))


def names_disputed(spec: Mapping[str, Any], find: Find) -> Odds:
    """Yield the public sides whose reverse name is another one than their primary IP declares."""
    for side, ref in spec.get("public_net", {}).items():
        found = None if isinstance(ref, bool) else find("primary_ips", ref)
        name = spec.get("dns_ptr", {}).get(side, ...)
        if found is not None and ... not in (name, found.get("dns_ptr", ...)) and name != found["dns_ptr"]:
            yield ("dns_ptr", side), f"{label_of(ref)}, its {side}, has another reverse name: say it once"


def places_at_odds(path: tuple[str | int, ...], ref: Any, here: Any, there: Any) -> Odds:
    """Yield that an object cannot be used from another location, if it stands in another one for sure."""
    if all(are_apart(one, other) for one in _each(here) for other in _each(there)):
        yield path, f"{label_of(ref)} is in {there} and this one in {here}: both have to be in one location"


def _each(location: Any) -> Sequence[Any]:
    return location if isinstance(location, Ordered) else (location,)


def are_apart(one: Any, other: Any) -> bool:
    """Tell whether two locations differ; an id and a name may mean the same."""
    if isinstance(one, Seen) or isinstance(other, Seen):
        return one is not None and other is not None and bool(one != other)
    names = [each for each in (one, other) if isinstance(each, str) and not each.isdecimal()]
    return len(set(names)) == len(names) == 2
