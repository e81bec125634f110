"""What a plan wants of others that can be had once only and that somebody keeps, such as an address; pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from hetzner.apply.allotting import everybody, seats
from hetzner.apply.diff import known
from hetzner.apply.document import Document, Resource, holds_unknown
from hetzner.apply.observe import Observed
from hetzner.apply.plans import DESTRUCTIVE, Item, Verdict
from hetzner.apply.together import targets

ASKING = frozenset({Verdict.CREATE, Verdict.UPDATE})


@dataclass
class Occupied:
    """Who has such things now and has them still when a plan is carried out."""

    items: Sequence[Item]
    document: Document
    observed: Observed
    _held: dict[str, dict[Any, str]] = field(default_factory=dict)

    def by_others(self, item: Item) -> str:
        """Tell what of that an item wants although somebody else keeps it, or nothing."""
        for name, target, said in _wishes(self.document, item):
            for seat in seats(target.kind, said):
                holder = self._holders(target).get(seat, item.address)
                if holder in {item.address, *self._going} or (holder, target.kind) in self._moving:
                    continue
                keeps = f"{seat} in {target.address} is that of {holder}"
                if holder in self._declared:
                    return f"{keeps}, which keeps it: choose another one, or say there in {name} what it has"
                return f"{keeps}, which this plan does not change: choose another one"
        return ""

    def unseated(self, item: Item) -> str:
        """Tell who keeps something for which there is no room once an item has changed, or nothing."""
        if item.verdict is not Verdict.UPDATE or item.resource is None or not item.kind.seated:
            return ""
        have = item.kind.read(item.actual, self.observed.names)
        wanted = {**have, **known(item.kind, item.resource.spec)}
        for holder, has in everybody(item.resource, self.observed):
            stays = holder not in self._going and (holder, item.kind.name) not in self._moving
            if not stays or not isinstance(has, Mapping) or item.kind.admits(have, has):
                continue
            if why := item.kind.admits(wanted, has):
                return f"{holder} keeps its address, and {why}: say there which one it gets"
        return ""

    def _holders(self, target: Resource) -> Mapping[Any, str]:
        if target.address not in self._held:
            everyone = everybody(target, self.observed)
            held = {seat: holder for holder, has in everyone for seat in seats(target.kind, has)}
            self._held[target.address] = held
        return self._held[target.address]

    @cached_property
    def _going(self) -> frozenset[str]:
        return frozenset(item.address for item in self.items if item.verdict in DESTRUCTIVE)

    @cached_property
    def _moving(self) -> frozenset[tuple[str, str]]:
        return frozenset((item.address, kind) for item in self.items for kind in _changing(item))

    @cached_property
    def _declared(self) -> frozenset[str]:
        return frozenset(item.address for item in self.items if item.resource is not None)


def _wishes(document: Document, item: Item) -> Iterator[tuple[str, Resource, Mapping[str, Any]]]:
    """Yield what an item asks of declared objects: the field, the object, and what is said of it."""
    if item.resource is None or item.verdict not in ASKING:
        return
    for name, target in targets(document, item.resource):
        said = item.resource.spec[name]
        if target.kind in _changing(item) and isinstance(said, Mapping) and not holds_unknown(said):
            mine = said.get(target.name)
            if isinstance(mine, Mapping):
                yield name, target, mine


def _changing(item: Item) -> set[str]:
    """Return the kinds of the objects of which an item is going to say something else."""
    fields = (item.kind.fields[change.field] for change in item.changes if not change.noted)
    return {field.refers.kind for field in fields if field.refers is not None}
