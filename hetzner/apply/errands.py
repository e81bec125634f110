"""What must be done to one object while another one is off, and so goes into that one's window; pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from hetzner.apply.making import is_blank
from hetzner.apply.observe import Observed
from hetzner.apply.order import every_use
from hetzner.apply.plans import CHANGING, DESTRUCTIVE, Errand, Item, Verdict
from hetzner.apply.world import referred
from hetzner.domain.reference import Named
from hetzner.domain.specs import kinds
from hetzner.domain.specs.facts import Call, Refers

Again = Callable[[Item], Item]
"""Decides once more about an item, by its errand and the calls that it has lent."""


def with_errands(items: Sequence[Item], observed: Observed, again: Again) -> list[Item]:
    """Return the items, each call that needs another object to be off moved to where that is off.

    What goes is taken off what stays; what moves is moved by those between which it moves.
    """
    round_ = _Round({item.address: item for item in items}, observed)
    for item in items:
        round_.move(item)
    if any(item.verdict in DESTRUCTIVE for item in items):
        round_.release()
    changed = round_.errands.keys() | round_.lent.keys()
    for address in changed:
        errand, lent = round_.errands.get(address), tuple(round_.lent.get(address, ()))
        round_.items[address] = again(replace(round_.items[address], errand=errand, lent=lent))
    return [round_.items[item.address] for item in items]


@dataclass
class _Round:
    """All items, and what they have to do for each other."""

    items: dict[str, Item]
    observed: Observed
    errands: dict[str, Errand] = field(default_factory=dict)
    lent: dict[str, list[Call]] = field(default_factory=dict)

    def release(self) -> None:
        """Have what stays let go of what goes."""
        going = {
            str(item.leaving): item
            for item in self.items.values()
            if item.verdict in DESTRUCTIVE and not item.refused
        }
        for user, name, target in every_use(self.observed) if going else ():
            goer, holder = going.get(target), self.items.get(str(user))
            if goer is None or holder is None or not _stays(holder):
                continue
            if holder.kind.fields[name].changes.off:
                calls = tuple(goer.kind.release(goer.named, goer.actual, user))
                self._add(holder, Errand(calls, frozenset({goer.address}), f"{goer.address} goes"))

    def move(self, item: Item) -> None:
        """Have an item moved by those that must be off for that."""
        for refers, old, new in _moves(item):
            refused = self._refused(item, refers, new) if new is not None else ""
            if refused or item.verdict is not Verdict.UPDATE:
                self.items[item.address] = replace(item, refused=item.refused or refused)
                continue
            for call in item.calls:
                takes = any(named.kind == refers.kind for named, _ in referred(call.arguments))
                if takes or (call.lets_go and call.of == item.named and old is not None):
                    self._lend(item, call, Named(refers.kind, new if takes else old))

    def _lend(self, item: Item, call: Call, other: Named) -> None:
        """Have a call made by the item of another object; what is deleted lets go without any."""
        user = self.items.get(str(other))
        if user is None or not (_stays(user) or (user.verdict in DESTRUCTIVE and call.lets_go)):
            return
        self.lent.setdefault(item.address, []).append(call)
        if _stays(user):
            self._add(user, Errand((call,), why=f"{item.address} moves"))

    def _refused(self, item: Item, refers: Refers, new: object) -> str:
        """Tell why something that must be off to take an item cannot be, or nothing."""
        user = self.items.get(f"{refers.kind}.{new}")
        actual = user.actual if user is not None else self.observed.get(refers.kind, new)
        own = next((f.name for f in kinds()[refers.kind].fields.values() if _is_for(f.refers, item)), "")
        if user is not None and user.resource is not None and own in user.resource.spec:
            return f"{user.address} says itself what it has: name this one in its {own}"
        if user is not None and (user.verdict in DESTRUCTIVE or user.actual is None):
            return f"{user.address} is only made now: name this one in its {own}"
        if actual is not None and (has := self._rival(item, actual)):
            return f"{refers.kind}.{new} has {has} already: name this one in its {own}"
        if actual is None or not kinds()[refers.kind].window(item.named, actual, (), {})[0]:
            return ""
        if user is None or not _stays(user):
            return f"{refers.kind}.{new} must be off for that, and this project does not own it"
        made = item.verdict is not Verdict.UPDATE
        return f"{user.address} must be off for that: name this one in its {own}" if made else ""

    def _rival(self, item: Item, user: Any) -> str:
        """Tell what a user has, and keeps, in the place that an item would have there, or nothing."""
        found = item.kind.rival(item.resource.spec, user) if item.resource is not None else None
        if found is None or (item.actual is not None and item.actual.id == found[1]):
            return ""
        for other in self.items.values():
            if other.kind is item.kind and other.actual is not None and other.actual.id == found[1]:
                moves = any(old is not None for _, old, _ in _moves(other))
                goes = other.verdict in DESTRUCTIVE and not other.refused
                return "" if goes or moves else found[0]
        return found[0]

    def _add(self, user: Item, errand: Errand) -> None:
        known = self.errands.get(user.address)
        self.errands[user.address] = errand if known is None else known.with_more(errand)


def _moves(item: Item) -> Iterator[tuple[Refers, object, object]]:
    """Yield how an item refers to what must be off for that, to what it did so far, and to what it will."""
    for change in item.changes if item.verdict in CHANGING and not item.refused else ():
        each = item.kind.fields[change.field]
        if (
            each.refers is not None
            and each.refers.off
            and not change.noted
            and not is_blank(each, change.new)
        ):
            yield each.refers, change.old, change.new


def _stays(item: Item) -> bool:
    """Tell whether an item can switch its object off and on again."""
    stays = item.verdict in (Verdict.UPDATE, Verdict.KEEP, Verdict.NOTE)
    return stays and item.actual is not None and item.resource is not None


def _is_for(refers: Refers | None, item: Item) -> bool:
    return refers is not None and refers.kind == item.kind.name
