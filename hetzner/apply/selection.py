"""A part of a plan: the objects that were chosen, with what they need, without what cannot go alone; pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatchcase

from hetzner.apply.choice import Choice, Selection
from hetzner.apply.document import Document, DocumentError, Problem, did_you_mean, quoted
from hetzner.apply.observe import Observed
from hetzner.apply.order import every_use
from hetzner.apply.plans import CHANGING, DESTRUCTIVE, Item, Verdict
from hetzner.domain.specs import kinds
from hetzner.domain.specs.labels import PROJECT

Items = Mapping[str, Item]
GONE = {
    Verdict.REPLACE: ", which would be replaced",
    Verdict.DELETE: ", which would be deleted",
    Verdict.UPDATE: ", which would lose data",
}
"""Why something is not added to a choice although it is needed."""


def selected(
    items: Sequence[Item], document: Document, observed: Observed, choice: Choice
) -> tuple[list[Item], Selection]:
    """Return the chosen items and what was added or left out.

    Raises:
        DocumentError: something was chosen that is not there.
    """
    every = {item.address: item for item in items}
    unwanted = _matched(choice.exclude, every, document)
    wanted = _matched(choice.targets, every, document) if choice.targets else set(every)
    choosing = _Choosing(every, document, observed, wanted - unwanted, unwanted)
    choosing.add_needs()
    choosing.leave_out()
    kept = [item for item in items if item.address in choosing.chosen]
    beyond = sum(_is_owned(item, document) for item in items) - sum(_is_owned(i, document) for i in kept)
    return kept, Selection(choosing.included, choosing.left_out, beyond)


def _is_owned(item: Item, document: Document) -> bool:
    return item.actual is not None and item.actual.labels.get(PROJECT) == document.project


def _matched(patterns: Sequence[str], items: Items, document: Document) -> set[str]:
    """Return the addresses that are meant; the name of something replicated means all its replicas."""
    found: set[str] = set()
    problems = []
    for pattern in patterns:
        matched = set(_meant(pattern, items))
        if not matched and pattern not in kinds():
            known = dict.fromkeys((*items, *kinds(), *map(_base_address, items.values())))
            hint = did_you_mean(pattern, known) or "an address is KIND.NAME, such as servers.web"
            problems.append(Problem(f"{document.project} has no object {quoted(pattern)}", None, hint))
        found |= matched
    if problems:
        raise DocumentError(problems)
    return found


def _meant(pattern: str, items: Items) -> Iterator[str]:
    for address, item in items.items():
        names = (address, item.kind.name, _base_address(item))
        if any(fnmatchcase(name, pattern) for name in names):
            yield address


def _base_address(item: Item) -> str:
    """Return what replicas are called together."""
    return f"{item.kind.name}.{item.resource.base_name if item.resource is not None else item.name}"


class _Choosing:
    """What is chosen, while it grows by what it needs and shrinks by what cannot be had."""

    def __init__(
        self, items: Items, document: Document, observed: Observed, chosen: set[str], unwanted: set[str]
    ) -> None:
        self.items, self.document = items, document
        self.chosen, self.unwanted = chosen, unwanted
        self.included: dict[str, str] = {}
        self.left_out: dict[str, str] = {}
        self._users: dict[str, list[str]] = {}
        if any(item.verdict in DESTRUCTIVE for item in items.values()):
            for user, _, target in every_use(observed):
                self._users.setdefault(target, []).append(str(user))

    def add_needs(self) -> None:
        """Add what the chosen items need, but nothing that is excluded or takes something away."""
        left = [address for address in self.items if address in self.chosen]
        while left:
            item = self.items[left.pop(0)]
            added = [(each, f"{item.address} needs it") for each in self._needs(item)]
            added += [(each, f"it uses {item.address}") for each in self._uses(item)]
            for address, because in added:
                if address not in self.chosen | self.unwanted and not self.items[address].consent:
                    self.chosen.add(address)
                    self.included[address] = because
                    left.append(address)

    def leave_out(self) -> None:
        """Take away, again and again, what cannot be done without something that is not chosen."""
        while missing := {
            address: because
            for address in self.items
            if address in self.chosen and (because := self._missing(self.items[address]))
        }:
            self.left_out |= missing
            self.chosen -= missing.keys()
            for address in missing:
                self.included.pop(address, None)

    def _missing(self, item: Item) -> str:
        without = self.unwanted | self.left_out.keys()
        for address in self._needs(item):
            if address not in self.chosen:
                why = (
                    "" if address in without else GONE.get(self.items[address].verdict, GONE[Verdict.UPDATE])
                )
                return f"it needs {address}{why}; choose that, too"
        user = next((address for address in self._uses(item) if address in without), None)
        return "" if user is None else f"{user} uses it; choose that, too"

    def _needs(self, item: Item) -> list[str]:
        """Return the addresses of pending items that an item refers to."""
        if item.verdict not in CHANGING or item.verdict is Verdict.DELETE or item.resource is None:
            return []
        refs = item.kind.refs(item.resource.spec)
        found = [address for _, other, ref in refs for address in self._declared(other, str(ref))]
        for use in item.resource.references:
            found += [f"{use.reference.kind}.{target}" for target in use.reference.targets]
        return [each for each in dict.fromkeys(found) if each != item.address and self._matters(each)]

    def _declared(self, kind: str, ref: str) -> Iterator[str]:
        for each in (self.document.named(kind, ref) or ()) if kind in kinds() else ():
            yield each.address

    def _uses(self, item: Item) -> list[str]:
        """Return the addresses of pending items that use, as yet, what an item takes away."""
        if item.verdict not in DESTRUCTIVE:
            return []
        return [each for each in self._users.get(item.address, ()) if self._matters(each)]

    def _matters(self, address: str) -> bool:
        """Tell whether something is done to an object, other than that it is taken over."""
        item = self.items.get(address)
        if item is None or item.verdict not in CHANGING:
            return False
        return item.actual is None or _is_owned(item, self.document)
