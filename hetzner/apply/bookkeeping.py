"""Which kinds a project has, kept in a label of what it owns, so that not every kind must be looked at.

A look begins with the kinds that a document is about and goes on with those that the labels of what is
owned name, until nothing new is named. It finds everything as long as one gets from every owned object to
every kind that has one: labels that are written for other reasons name every kind, and where that does not
do, one object gets a new label before anything else happens. An object without the label names all kinds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from hetzner.apply.document import Document
from hetzner.apply.observe import Observed
from hetzner.apply.plans import CHANGING, DESTRUCTIVE, Item, Plan, Verdict
from hetzner.domain.reference import Named
from hetzner.domain.specs import kinds
from hetzner.domain.specs.facts import Call
from hetzner.domain.specs.kind import Kind
from hetzner.domain.specs.labels import KINDS, PROJECT


def mentioned(document: Document) -> frozenset[str]:
    """Return the kinds that a document declares or refers to."""
    found = {resource.kind for resource in document.resources}
    for resource in document.resources:
        found |= {other for _, other, _ in kinds()[resource.kind].refs(resource.spec)}
        found |= {use.reference.kind for use in resource.references}
    return frozenset(found & kinds().keys())


def unseen(observed: Observed, project: str) -> frozenset[str]:
    """Return the kinds that were not looked at and may have something that the project owns."""
    owned = [actual.labels for _, _, actual in observed.owned(project)]
    named = frozenset(kinds()) if not owned else frozenset().union(*map(_named, owned))
    return named - observed.objects.keys()


def _named(labels: Mapping[str, str]) -> frozenset[str]:
    """Return the kinds that labels name: all of them when they do not say, or say what is not known here."""
    by_code = {kind.code: name for name, kind in kinds().items()}
    codes = labels.get(KINDS, "").split(".")
    return frozenset(by_code[code] for code in codes) if {*codes} <= by_code.keys() else frozenset(kinds())


@dataclass(frozen=True)
class _Object:
    """Something owned, and what becomes of it."""

    kind: Kind
    name: str
    actual: Any
    verdict: Verdict
    is_telling: bool
    """Whether its label names every kind that matters."""


class Bookkeeping:
    """What a run of a plan has to keep of it; pure."""

    def __init__(self, plan: Plan, observed: Observed) -> None:
        owned = [*observed.owned(plan.project)]
        items = {item.address: item for item in plan if item.verdict in CHANGING and not item.refused}
        self._items, self._observed = items, observed
        self._present = frozenset(
            {kind.name for kind, _, _ in owned} | {item.kind.name for item in items.values()}
        )
        followed = {str(item.former): Verdict.REPLACE for item in items.values() if item.former}
        followed |= {item.address: Verdict.UPDATE for item in items.values() if item.former}
        self._owned: dict[str, list[_Object]] = defaultdict(list)
        for kind, name, actual in owned:
            address = f"{kind.name}.{name}"
            item = items.get(address)
            verdict = followed.get(address, item.verdict if item else Verdict.KEEP)
            is_telling = self._present <= _named(actual.labels)
            self._owned[kind.name].append(_Object(kind, name, actual, verdict, is_telling))

    @property
    def label(self) -> str:
        """The label of whatever is labelled in this run."""
        return ".".join(kind.code for name, kind in kinds().items() if name in self._present)

    def stamped(self, call: Call) -> Call:
        """Return a call that names the kinds where it says who owns something."""
        labels = call.arguments.get("labels")
        if not isinstance(labels, Mapping) or PROJECT not in labels:
            return call
        return replace(call, arguments={**call.arguments, "labels": {**labels, KINDS: self.label}})

    def first(self) -> list[Call]:
        """Return the calls that come before all others: mostly none, or one."""
        if not self._items:
            return []
        return [self._told(each) for each in (*self._untold_survivors(), *self._untold_goners())]

    def _told(self, each: _Object) -> Call:
        labels = {**each.actual.labels, KINDS: self.label}
        return each.kind.update(Named(each.kind.name, each.name), {"labels": labels})

    def _untold_survivors(self) -> Iterator[_Object]:
        """Yield what must name every kind so that whatever stays leads to all of them."""
        staying = {kind: [e for e in found if not _goes(e)] for kind, found in self._owned.items()}
        leads = {kind: _union(_named(e.actual.labels) for e in found) for kind, found in staying.items()}
        for kind in kinds():
            if staying.get(kind) and not self._present <= _reached(kind, leads):
                leads[kind] = self._present
                yield staying[kind][0]

    def _untold_goners(self) -> Iterator[_Object]:
        """Yield what must name every kind so that those of which nothing stays lead to all until the end."""
        for found in self._owned.values():
            if not all(map(_goes, found)):
                continue
            last = self._last(found)
            yield from (each for each in found if not each.is_telling and (last is None or each is last))

    def last(self) -> Mapping[str, Sequence[str]]:
        """Return what goes only after others of its kind, since they do not lead to all kinds: addresses."""
        order = {}
        for found in self._owned.values():
            if (
                all(map(_goes, found))
                and (last := self._last(found))
                and not all(e.is_telling for e in found)
            ):
                order[_address(last)] = [_address(each) for each in found if each is not last]
        return order

    def _last(self, found: Iterable[_Object]) -> _Object | None:
        """Return what can go last, best one that leads to all kinds.

        What is made anew cannot wait for others, nor can what has something that one of these needs.
        """
        deleted = [each for each in found if each.verdict is Verdict.DELETE and not self._is_waited_for(each)]
        return next((each for each in deleted if each.is_telling), deleted[0] if deleted else None)

    def _is_waited_for(self, each: _Object) -> bool:
        if not self._anew:
            return False
        have = each.kind.refs(each.kind.read(each.actual, self._observed.names))
        return any(f"{other}.{ref}" in self._anew for _, other, ref in have)

    @cached_property
    def _anew(self) -> frozenset[str]:
        """What objects that are made anew refer to otherwise than before."""
        made = [item for item in self._items.values() if item.verdict is Verdict.REPLACE]
        return frozenset(ref for item in made for ref in _new_refs(item))


def _new_refs(item: Item) -> Iterator[str]:
    """Yield the addresses of what an item refers to in fields that change."""
    changing = {change.field for change in item.changes}
    for field, other, ref in item.kind.refs(item.resource.spec) if item.resource else ():
        if field in changing and other in kinds():
            yield f"{other}.{ref}"


def _goes(each: _Object) -> bool:
    return each.verdict in DESTRUCTIVE


def _address(each: _Object) -> str:
    return f"{each.kind.name}.{each.name}"


def _union(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*sets)


def _reached(kind: str, leads: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Return the kinds that one gets to from a kind."""
    found, new = frozenset({kind}), frozenset({kind})
    while new:
        new = _union(leads.get(each, frozenset()) for each in new) - found
        found |= new
    return found
