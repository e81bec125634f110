"""Who uses what: an object goes only after everything that uses it has let go of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from hetzner.apply.bookkeeping import Bookkeeping
from hetzner.apply.observe import Observed
from hetzner.apply.plans import CHANGING, DESTRUCTIVE, Item, Plan, Verdict
from hetzner.domain.reference import Named
from hetzner.domain.specs import kinds
from hetzner.domain.specs.labels import PROJECT

Use = tuple[Named, str]
"""Who uses an object, and by which field."""


def users(plan: Plan, observed: Observed) -> Mapping[str, Sequence[Item]]:
    """Return, by address, the items that use an object now and will not when they are carried out.

    What is replaced is only waited for by what goes for good: all others come back to its successor.
    What goes last for the sake of the books waits for all others of its kind.
    """
    items, going = _by_name(plan), _going(plan)
    found: dict[str, list[Item]] = defaultdict(list)
    for address, others in Bookkeeping(plan, observed).last().items():
        found[address] += [items[other] for other in others]
    for target, uses in _uses(going, observed).items():
        goer = going[target]
        for user, field in uses:
            item = items.get(str(user))
            if item is None or item is goer or item.verdict not in CHANGING or not _does(item, field):
                continue
            if goer.former or goer.verdict is Verdict.DELETE or item.verdict is Verdict.DELETE:
                found[goer.address].append(item)
    for item in plan:
        for goer in _told_of(item, items):
            found[goer.address].append(item)
    return found


def _does(item: Item, field: str) -> bool:
    """Tell whether an item does anything about what it uses by a field: else nobody has to wait for that."""
    if item.verdict is not Verdict.UPDATE or item.errand is not None:
        return True
    return any(change.field == field for change in item.changes) or any(call.lets_go for call in item.calls)


def _told_of(item: Item, items: Mapping[str, Item]) -> Iterator[Item]:
    """Yield the objects with a successor of which an item has an attribute, such as an address."""
    if item.resource is None or item.verdict not in CHANGING or item.verdict is Verdict.DELETE:
        return
    for use in item.resource.references:
        for target in use.reference.targets:
            goer = items.get(f"{use.reference.kind}.{target}")
            if goer is not None and goer is not item and goer.former:
                yield goer


def _by_name(items: Iterable[Item]) -> dict[str, Item]:
    """Return items by all that they are called."""
    every = [*items]
    return {**{item.address: item for item in every}, **{str(i.former): i for i in every if i.former}}


def _going(items: Iterable[Item]) -> dict[str, Item]:
    """Return items after which something is gone, by what that is called."""
    return {str(item.leaving): item for item in items if item.verdict in DESTRUCTIVE}


def released(items: Sequence[Item], observed: Observed, project: str, every: Sequence[Item]) -> list[Item]:
    """Return the items, with those that delete or replace an object that stays in use by others adapted.

    It is taken off what is ours, and kept when it is used by what is not ours or would not come back to it.
    ``every`` is all that is declared, of which ``items`` may be a part.
    """
    by_name = _by_name(items)
    uses, wanted = _uses(_going(items), observed), _wanted(every)
    found = []
    for item in items:
        item = _released(item, uses.get(str(item.leaving), ()), by_name, observed, project)
        if item.verdict is Verdict.DELETE and (who := wanted.get(item.address)):
            item = replace(item, refused=f"{', '.join(who)} still refer to it: declare it, or take that away")
        found.append(item)
    return found


def _wanted(items: Sequence[Item]) -> Mapping[str, list[str]]:
    """Return, by address, who shall refer to an object."""
    found: dict[str, list[str]] = defaultdict(list)
    for item in items:
        if item.resource is not None and item.verdict is not Verdict.DELETE:
            for _, other, ref in item.kind.refs(item.resource.spec):
                found[f"{other}.{ref}"].append(item.address)
    return found


def _released(
    item: Item, uses: Sequence[Use], items: Mapping[str, Item], observed: Observed, project: str
) -> Item:
    left = [user for user, field in uses if not _lets_go(items.get(str(user)), field, item)]
    if not left:
        return item
    actual = {user: observed.objects[user.kind][user.ref] for user in left}
    foreign = [user for user in left if actual[user].labels.get(PROJECT) != project]
    if item.verdict is Verdict.REPLACE or foreign:
        stuck = [user for user in left if str(user) in items and items[str(user)].refused]
        why = _stuck(stuck) if stuck and not foreign else _why(item, foreign or left)
        return replace(item, refused=item.refused or why)
    if on := [str(user) for user, field in uses if user in left and _needs_off(item, user, field)]:
        who = ", ".join(on)
        return replace(item, refused=f"{who} has it, must be off to let go of it, and that is not to be done")
    calls = [call for user in left for call in item.kind.release(item.named, item.actual, user)]
    return replace(item, calls=(*calls, *item.calls))


def _stuck(left: Sequence[Named]) -> str:
    who = ", ".join(map(str, left))
    return f"it is used by {who}, which would lose it, and must not be changed as it is wanted"


def _why(item: Item, left: Sequence[Named]) -> str:
    who = ", ".join(map(str, left))
    if item.verdict is Verdict.REPLACE:
        return f"it is used by {who}, which would lose it: nothing here says that they use it"
    return f"it is still used by {who}, which this project does not own"


def _lets_go(user: Item | None, field: str, item: Item) -> bool:
    """Tell whether a user goes too, or changes the field by which it uses an object."""
    if user is None or user.refused:
        return False
    if user.verdict is Verdict.DELETE or (user.verdict is Verdict.REPLACE and item.verdict is Verdict.DELETE):
        return True
    says = user.resource is not None and field in user.resource.spec
    if _needs_off(item, user.named, field):
        if user.verdict is Verdict.REPLACE and user.former is None:  # it is deleted before, and made after
            return says
        return any(call.lets_go and str(call.of) == str(item.leaving) for call in user.calls)
    return says


def _needs_off(item: Item, user: Named, field: str) -> bool:
    """Tell whether a user must be off to let go of something."""
    off = kinds()[user.kind].fields[field].changes.off
    return off and any(True for _ in item.kind.release(item.named, item.actual, user))


def _uses(going: Collection[str], observed: Observed) -> Mapping[str, list[Use]]:
    found: dict[str, list[Use]] = defaultdict(list)
    for user, field, target in every_use(observed) if going else ():
        if target in going:
            found[target].append((user, field))
    return found


def every_use(observed: Observed) -> Iterator[tuple[Named, str, str]]:
    """Yield who uses what as it is now: the user, its field, and the address of what it uses."""
    for kind_name, objects in observed.objects.items():
        kind = kinds()[kind_name]
        if not any(field.refers for field in kind.fields.values()):
            continue
        for name, actual in objects.items():
            for field, other, ref in kind.refs(kind.read(actual, observed.names)):
                yield Named(kind_name, name), field, f"{other}.{ref}"
