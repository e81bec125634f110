"""What belongs together at one time, before or after a plan: lines between columns, frames and badges."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from ipaddress import ip_address
from typing import Any

from hetzner.apply.document import Resource, Unknown
from hetzner.apply.observe import Observed
from hetzner.apply.plans import Item, Verdict
from hetzner.domain.reference import HasId, label_of
from hetzner.domain.specs import kinds
from hetzner.domain.specs.drawing import COLUMNS, Link, Role
from hetzner.domain.specs.kind import Kind
from hetzner.domain.specs.labels import PROJECT
from hetzner.domain.specs.selecting import picks

Lines = dict[tuple[str, str], dict[str, None]]
"""Labels by the two ends of a line."""


@dataclass(frozen=True, slots=True)
class Object:
    """One object of a scene."""

    kind: Kind
    name: str
    spec: Mapping[str, Any] = field(repr=False)
    base: str
    resource: Resource | None = None
    item: Item | None = None
    actual: Any = field(default=None, repr=False)
    wanted: Mapping[str, Any] = field(default_factory=dict, repr=False)
    """What is declared of it."""
    is_stranger: bool = False
    """Whether it is only referred to."""

    @property
    def address(self) -> str:
        """How it is called."""
        return f"{self.kind.name}.{self.name}"

    @property
    def verdict(self) -> Verdict | None:
        """What is done to it; nothing is done to what is only referred to."""
        return self.item.verdict if self.item else Verdict.USE if self.is_stranger else None

    @property
    def is_going(self) -> bool:
        """Whether it is deleted."""
        return self.verdict is Verdict.DELETE


@dataclass(frozen=True)
class Scene:
    """The objects of a project at one time."""

    project: str
    objects: Mapping[str, Object]

    @cached_property
    def rank(self) -> Mapping[str, int]:
        """The place of every object in the order in which people read them."""
        return {address: index for index, address in enumerate(self.objects)}

    def lines(self) -> Lines:
        """Return the lines between objects in different columns, each from left to right."""
        found: Lines = {}
        for one, other, label in self._links:
            ends = self._ordered(one, other)
            if ends is not None:
                labels = found.setdefault(ends, {})
                labels |= {label: None} if label else {}
        return found

    def wears(self, address: str, role: Role) -> dict[str, str]:
        """Return what an object has that is drawn in this way, with what is said of it."""
        return self._worn.get((address, role), {})

    @cached_property
    def _worn(self) -> Mapping[tuple[str, Role], dict[str, str]]:
        found: dict[tuple[str, Role], dict[str, str]] = defaultdict(dict)
        for one, other, label in self._links:
            for wearer, worn in ((one, other), (other, one)):
                role = self.objects[worn].kind.role
                if self.objects[wearer].kind.role in COLUMNS and role not in COLUMNS:
                    found[wearer, role].setdefault(worn, label)
        return found

    def strangers(self, observed: Observed | None) -> Iterator[tuple[str, Object]]:
        """Yield what is referred to and not declared, as far as it would be drawn."""
        for each in self.objects.values():
            for link in each.kind.links(each.name, each.wanted):
                if link.ref is None or [*self._meant(link)] or link.kind not in kinds():
                    continue
                kind = kinds()[link.kind]
                actual = observed.get(kind.name, link.ref) if observed else None
                name = str(getattr(actual, "name", None) or label_of(link.ref))
                spec = kind.read(actual, observed.names) if observed and actual is not None else {}
                yield f"{kind.name}.{name}", Object(kind, name, spec, name, actual=actual, is_stranger=True)

    def earlier(self, observed: Observed | None) -> Scene:
        """Return the same as it is now; what is not there yet is as it will be."""
        if observed is None:
            return self
        return Scene(self.project, {address: _now(each, observed) for address, each in self.objects.items()})

    @cached_property
    def _links(self) -> list[tuple[str, str, str]]:
        """Every two objects that belong together, and what is said of that."""
        return [
            (each.address, other, link.label)
            for each in self.objects.values()
            for link in each.kind.links(each.name, each.spec)
            for other in self._meant(link)
            if other != each.address
        ]

    def _meant(self, link: Link) -> Iterable[str]:
        if isinstance(link.value, Unknown):
            every = [f"{ref.kind}.{target}" for ref in link.value.references for target in ref.targets]
            return [address for address in every if address in self.objects]
        if link.value is not None:
            return self._owners.get(str(link.value), ())
        if link.selector:
            return [
                each.address
                for each in self.objects.values()
                if each.kind.name == link.kind
                and not each.is_going
                and picks(link.selector, self._labels(each))
            ]
        address = self._by_ref.get((link.kind, label_of(link.ref)))
        address = address or self._by_ref.get((link.kind, str(getattr(link.ref, "id", link.ref))))
        return () if address is None else (address,)

    @cached_property
    def _by_ref(self) -> Mapping[tuple[str, str], str]:
        by_id = {
            (each.kind.name, str(each.actual.id)): each.address
            for each in self.objects.values()
            if isinstance(each.actual, HasId)
        }
        return by_id | {(each.kind.name, each.name): each.address for each in self.objects.values()}

    def _labels(self, each: Object) -> dict[str, str]:
        own = each.resource is not None
        return {**(each.spec.get("labels") or {}), **({PROJECT: self.project} if own else {})}

    @cached_property
    def _owners(self) -> Mapping[str, list[str]]:
        """The objects in columns that have an address."""
        found: dict[str, list[str]] = defaultdict(list)
        for each in self.objects.values():
            if each.kind.role in COLUMNS:
                for ip in dict.fromkeys((*addresses(each.kind, each.actual), *_given(each))):
                    found[ip].append(each.address)
        return found

    def _ordered(self, one: str, other: str) -> tuple[str, str] | None:
        roles = [self.objects[each].kind.role for each in (one, other)]
        if not all(role in COLUMNS for role in roles) or roles[0] is roles[1]:
            return None
        return (one, other) if COLUMNS.index(roles[0]) < COLUMNS.index(roles[1]) else (other, one)


def addresses(kind: Kind, actual: Any) -> dict[str, str]:
    """Return the addresses that an object has, each with the name of the attribute."""
    found: dict[str, str] = {}
    for name, read in kind.attributes.items() if actual is not None else ():
        value = read(actual)
        if isinstance(value, str) and name != "name" and _is_address(value):
            found.setdefault(value, name)
    return found


def completed(wanted: Mapping[str, Any], have: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is wanted, each field that is a map completed by what is there under the same keys."""
    return {name: _completed(value, have.get(name)) for name, value in wanted.items()}


def _completed(wanted: Any, have: Any) -> Any:
    if not isinstance(wanted, Mapping) or not isinstance(have, Mapping):
        return wanted
    there = {str(key): value for key, value in have.items()}
    return {
        key: there.get(str(key)) if value == {} else _completed(value, there.get(str(key)))
        for key, value in wanted.items()
    }


def _now(each: Object, observed: Observed) -> Object:
    if each.actual is None:
        return each
    return replace(each, spec={**each.spec, **each.kind.read(each.actual, observed.names)})


def _given(each: Object) -> Iterator[str]:
    for link in each.kind.links(each.name, each.spec):
        if link.kind in kinds() and kinds()[link.kind].role is Role.BOX and link.label:
            yield link.label


def _is_address(value: str) -> bool:
    try:
        ip_address(value)
    except ValueError:
        return False
    return True
