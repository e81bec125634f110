"""Whether objects go with those that they refer to, and keep what others need of them; pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from hetzner.apply.diff import known
from hetzner.apply.document import Document, Problem
from hetzner.apply.held import Held
from hetzner.apply.leaning import gets, leans
from hetzner.apply.making import wanted
from hetzner.apply.observe import Observed
from hetzner.apply.occupied import Occupied
from hetzner.apply.plans import CHANGING, DESTRUCTIVE, MADE, Item, Verdict
from hetzner.domain.reference import Named, plain
from hetzner.domain.specs import kinds
from hetzner.domain.specs.company import Need, Odds


def mismatches(document: Document) -> Iterator[Problem]:
    """Yield what does not go together of what a document declares, offline."""

    def find(kind: str, ref: Any) -> Mapping[str, Any] | None:
        targets = (document.named(kind, str(ref)) or ()) if kind in kinds() else ()
        return known(kinds()[kind], targets[0].spec) if len(targets) == 1 else None

    for resource in document.resources:
        kind = kinds()[resource.kind]
        spec = known(kind, resource.spec)
        for path, message in (*kind.at_odds(spec, find), *kind.disputed(spec, find)):
            yield Problem(f"{resource.address}: {message}", resource.mark_at(*path))


def matched(items: Sequence[Item], document: Document, observed: Observed) -> list[Item]:
    """Return the items, those refused that would not go with others once everything is done."""
    after, held = _After(items, observed), Held(items, observed)
    occupied = Occupied(items, document, observed)

    def told(item: Item) -> str:
        looks = (
            after.mismatch,
            after.deprived,
            after.cut_off,
            after.late,
            held.by_others,
            occupied.by_others,
            occupied.unseated,
        )
        return item.refused or next((why for look in looks if (why := look(item))), "")

    return [replace(item, refused=told(item)) if item.verdict in CHANGING else item for item in items]


@dataclass
class _After:
    """What will be there once a plan is carried out."""

    items: Sequence[Item]
    observed: Observed

    @cached_property
    def _by_name(self) -> Mapping[str, Item]:
        return {item.address: item for item in self.items}

    @cached_property
    def _by_id(self) -> Mapping[tuple[str, int], Item]:
        return {(item.kind.name, item.actual.id): item for item in self.items if item.actual is not None}

    def find(self, kind: str, ref: Any) -> Mapping[str, Any] | None:
        """Return what an object will be like; None when it is unknown, or goes."""
        item, actual = self._by_name.get(str(Named(kind, ref))), None
        if item is None and (actual := self.observed.get(kind, plain(ref))) is not None:
            item = self._by_id.get((kind, actual.id))
        if item is not None:
            return self._spec(item)
        return None if actual is None else kinds()[kind].read(actual, self.observed.names)

    def _spec(self, item: Item) -> Mapping[str, Any] | None:
        if item.verdict is Verdict.DELETE:
            return None
        said = {} if item.resource is None else wanted(item.kind, item.resource)
        spec = known(item.kind, said)
        if item.verdict in MADE:
            return {**{name: value for name, value in item.kind.unsaid.items() if name not in said}, **spec}
        if item.actual is None:
            return spec
        return item.kind.joined(item.kind.read(item.actual, self.observed.names), spec)

    def mismatch(self, item: Item) -> str:
        """Tell what of an item that changes does not go with what it refers to, or nothing."""
        if (spec := self._spec(item)) is None:
            return ""
        changing = {change.field for change in item.changes if not change.noted}
        found = [*item.kind.at_odds(spec, self.find), *self._lacking(item, spec)]
        return next((told for path, told in found if item.verdict in MADE or path[0] in changing), "")

    def _lacking(self, item: Item, spec: Mapping[str, Any]) -> Odds:
        """Yield what a new object does not go without, although its spec alone does not tell that it does."""
        required = {name for name, field in item.kind.fields.items() if field.required}
        if item.verdict in MADE and item.kind.unsaid and required <= spec.keys():
            yield from item.kind.problems(item.name, spec)

    def deprived(self, item: Item) -> str:
        """Tell who would still need what an update takes away, or nothing."""
        if item.verdict is not Verdict.UPDATE:
            return ""
        given_up = {*item.kind.gives_up(item.actual, item.calls, self.observed.names)}
        for user, need in self._needs if given_up else ():
            if (need.kind, need.id) == (item.kind.name, item.actual.id) and need.attribute in given_up:
                return f"{user} needs its {need.attribute}, which cannot be taken away then: {need.help}"
        return ""

    def cut_off(self, item: Item) -> str:
        """Tell who of the project goes on needing what is deleted, and does not say so, or nothing."""
        if item.verdict is not Verdict.DELETE:
            return ""
        for user, need in self._needs:
            declared = (it := self._by_name.get(user)) is not None and it.resource is not None
            if declared and (need.kind, need.id) == (item.kind.name, item.actual.id) and not need.attribute:
                return f"{user} needs it: {need.help}"
        return ""

    def late(self, item: Item) -> str:
        """Tell what an item would go on to refer to for something that is lost by then, or nothing."""
        for other, attribute in leans(item, self._by_name):
            if other.verdict is not Verdict.UPDATE or gets(other, attribute):
                continue
            if attribute in other.kind.gives_up(other.actual, other.calls, self.observed.names):
                help = f"say in its {other.kind.depends[attribute]} which one it gets"
                return f"{other.address} loses its {attribute}, which this one needs: {help}"
        return ""

    @cached_property
    def _needs(self) -> list[tuple[str, Need]]:
        return [
            (f"{kind.name}.{name}", need)
            for kind in kinds().values()
            for name, actual in self.observed.objects.get(kind.name, {}).items()
            if not self._goes(user := self._by_id.get((kind.name, actual.id)))
            for need in kind.needs(actual, self._own(user), self.observed.names)
        ]

    def _goes(self, user: Item | None) -> bool:
        return user is not None and user.verdict in DESTRUCTIVE and not user.refused

    def _own(self, user: Item | None) -> Mapping[str, Any]:
        """Return what changes of an object, if it is ours and may be changed."""
        is_done = user is not None and user.verdict is Verdict.UPDATE and not user.refused
        return known(user.kind, user.resource.spec) if is_done and user is not None and user.resource else {}
