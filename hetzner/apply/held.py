"""What only one object can refer to, such as an address, and which others keep; pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from hetzner.apply.document import holds_unknown
from hetzner.apply.observe import Observed
from hetzner.apply.order import every_use
from hetzner.apply.plans import DESTRUCTIVE, MADE, Item
from hetzner.domain.reference import Named, plain
from hetzner.domain.specs import kinds


@dataclass
class Held:
    """Who has such things now and has them still when a plan is carried out."""

    items: Sequence[Item]
    observed: Observed

    def by_others(self, item: Item) -> str:
        """Tell what of that an item wants although somebody else keeps it, or nothing."""
        for target in map(self._called, _wishes(item)):
            user, field = self._keepers.get(target, (item.named, ""))
            if user in (item.named, item.former):
                continue
            keeps = f"{target} is that of {user}, "
            if str(user) not in self._declared:
                return keeps + "which this plan does not change"
            return keeps + f"which keeps it: say in its {field} what it has instead"
        if any(each is item for each in self._all_before(item)):
            return "it wants what others have until it is there itself; use 'replace: destroy_before_create'"
        return ""

    def _all_before(self, item: Item) -> Iterator[Item]:
        """Yield the items that must be done before one can be begun, which may be that one itself."""
        seen, left = set[str](), [*self._before(item)]
        while left:
            if (each := left.pop()).address not in seen:
                seen.add(each.address)
                yield each
                left += self._before(each)

    def _before(self, item: Item) -> Iterator[Item]:
        """Yield the items with a successor whose old object has what an item wants until it goes."""
        for target in map(self._called, _wishes(item) if item.former else ()):
            user, _ = self._holders.get(target, (item.named, ""))
            other = self._succeeded.get(str(user))
            if other is not None and other is not item and target not in self._let_go:
                yield other

    @cached_property
    def _succeeded(self) -> Mapping[str, Item]:
        return {str(item.former): item for item in self.items if item.former and not item.refused}

    @cached_property
    def _declared(self) -> frozenset[str]:
        return frozenset(item.address for item in self.items if item.resource is not None)

    @cached_property
    def _let_go(self) -> frozenset[str]:
        calls = (call for item in self.items for call in item.calls)
        return frozenset(self._called(call.of) for call in calls if call.lets_go and call.of)

    @cached_property
    def _holders(self) -> Mapping[str, tuple[Named, str]]:
        """Who has what now, by which field."""
        return {
            target: (user, field)
            for user, field, target in every_use(self.observed)
            if target.partition(".")[0] in _single()
        }

    @cached_property
    def _keepers(self) -> Mapping[str, tuple[Named, str]]:
        """Who keeps what by which field."""
        going = {str(item.leaving) for item in self.items if item.verdict in DESTRUCTIVE and not item.refused}
        return {
            target: holder
            for target, holder in self._holders.items()
            if target not in self._let_go and str(holder[0]) not in going
        }

    def _called(self, named: Named) -> str:
        """Return the address of an object by its name, although it may be given by its id."""
        ref = str(named.ref)
        if ref.isdecimal() and ref not in self.observed.objects.get(named.kind, {}):
            ref = str(self.observed.names.of(named.kind, int(ref)))
        return f"{named.kind}.{ref}"


@cache
def _single() -> frozenset[str]:
    """Return the kinds of which each object can be referred to by one only."""
    fields = (field for kind in kinds().values() for field in kind.fields.values())
    return frozenset(field.refers.kind for field in fields if field.refers is not None and field.refers.alone)


def _wishes(item: Item) -> Iterator[Named]:
    """Yield what an item begins to refer to that only one can."""
    if item.resource is None:
        return
    changing = {change.field for change in item.changes if not change.noted}
    spec = {name: value for name, value in item.resource.spec.items() if not holds_unknown(value)}
    for name, other, ref in item.kind.refs(spec):
        if other in _single() and (item.verdict in MADE or name in changing):
            yield Named(other, plain(ref))
