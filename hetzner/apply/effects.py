"""What carrying out a plan does to those who use its objects: off, lost, dropped, grown for good; pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from hetzner.apply.cautions import listed
from hetzner.apply.document import holds_unknown
from hetzner.apply.making import wanted
from hetzner.apply.observe import Catalogue, Observed
from hetzner.apply.plans import DESTRUCTIVE, FieldChange, Item, Plan, Verdict
from hetzner.domain.reference import Named
from hetzner.domain.specs import kinds
from hetzner.domain.specs.effects import Effect, Toll
from hetzner.domain.specs.facts import Call, Change


def with_effects(plan: Plan, observed: Observed, catalogue: Catalogue) -> Plan:
    """Return the plan with what it does besides, on every item that does something."""
    items = [replace(item, effects=tuple(_effects(item, observed, catalogue))) for item in plan]
    by_name = {item.address: item for item in items}
    users = _users(observed) if any(_is_away(item) for item in items) else {}
    items = [
        replace(item, effects=(*item.effects, *_dropped(item, users, by_name))) if _is_away(item) else item
        for item in items
    ]
    return replace(plan, items=tuple(items))


def _effects(item: Item, observed: Observed, catalogue: Catalogue) -> Iterator[Effect]:
    if item.actual is None or item.verdict is Verdict.USE:
        return
    if item.verdict in DESTRUCTIVE:
        yield from _lost(item, observed)
    elif item.verdict is Verdict.UPDATE:
        yield from _off(item)
        yield from _told(item, observed, catalogue)


def _is_on(item: Item) -> bool:
    return bool(item.kind.window(item.named, item.actual, (), {})[0])


def _lost(item: Item, observed: Observed) -> Iterator[Effect]:
    """Yield what goes with an object that is deleted; what is made anew is only away, if it was on."""
    if item.verdict is Verdict.REPLACE and item.former is None and _is_on(item):
        yield Effect(Toll.OFF, seconds=item.seconds)
    spec = {} if item.resource is None or item.verdict is Verdict.DELETE else item.resource.spec
    known = {name: value for name, value in spec.items() if not holds_unknown(value)}
    for address in item.kind.addresses(item.actual, known, observed.get):
        yield Effect(Toll.ADDRESS, address)
    if stored := item.kind.data(item.actual):
        yield Effect(Toll.DATA, stored)


def _off(item: Item) -> Iterator[Effect]:
    """Yield how long something that is on has to be off: from the first call for that to the last."""
    fields = item.kind.fields
    changing = [change for change in item.changes if not change.noted]
    errand = item.errand.calls if item.errand is not None else ()
    if not (errand or any(fields[change.field].changes.off for change in changing)) or not _is_on(item):
        return
    off = [call for each in changing if fields[each.field].changes.off for call in _calls(item, each)]
    off += [call for call in errand if call in item.calls]
    spec = {} if item.resource is None else wanted(item.kind, item.resource)
    down, up = item.kind.window(item.named, item.actual, off, spec)
    yield Effect(Toll.OFF, "", sum(call.seconds for call in (*down, *off, *up) if not call.rarely))


def _calls(item: Item, change: FieldChange) -> list[Call]:
    made = _change(item, change, {})
    return [] if holds_unknown(made.new) else list(item.kind.fields[made.field].changes(made))


def _change(item: Item, change: FieldChange, has: Mapping[str, Any]) -> Change:
    spec = {} if item.resource is None else wanted(item.kind, item.resource)
    beside = frozenset(each.field for each in item.changes if not each.noted)
    return Change(item.named, change.field, change.old, change.new, item.actual, spec, has, beside)


def _told(item: Item, observed: Observed, catalogue: Catalogue) -> Iterator[Effect]:
    """Yield what the fields themselves say of their change, each once."""
    found: dict[Effect, None] = {}
    has: Mapping[str, Any] | None = None  # reading is not cheap, and few fields tell anything
    for each in item.changes:
        tell = item.kind.fields[each.field].changes.tell
        if tell is not None and not each.noted and not holds_unknown(each.new):
            has = item.kind.read(item.actual, observed.names) if has is None else has
            told = tell(_change(item, each, has), catalogue)
            found |= {replace(effect, field=_shared(effect, each.field)): None for effect in told}
    yield from found


def _shared(effect: Effect, field: str) -> str:
    """Return the field that an effect belongs to; one that several fields may have in common is told once."""
    return field if effect.toll in (Toll.GROWS, Toll.TARGET) else ""


def _is_away(item: Item) -> bool:
    """Tell whether an object is gone or off for a while; one that gets its successor first never is."""
    if item.actual is None:
        return False
    goes = item.verdict in DESTRUCTIVE and item.former is None
    return goes or any(effect.toll is Toll.OFF for effect in item.effects)


Uses = Mapping[str, list[tuple[str, str]]]
"""By address, who uses an object by which field."""


def _users(observed: Observed) -> Uses:
    """Return who is without something while an object is off."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for kind in kinds().values():
        for name, field in kind.fields.items():
            if field.refers is None or not field.refers.while_off:
                continue
            for user, actual in observed.objects.get(kind.name, {}).items():
                for used, other, ref in kind.refs(kind.read(actual, observed.names)):
                    if used == name:
                        found[f"{other}.{ref}"].append((f"{kind.name}.{user}", name))
    return found


def _dropped(item: Item, users: Uses, items: Mapping[str, Item]) -> Iterator[Effect]:
    """Yield who is without the object, and how long, where nothing else tells it."""
    seconds = next((each.seconds for each in item.effects if each.toll is Toll.OFF), None)
    without: dict[str, list[str]] = defaultdict(list)
    for user, name in dict.fromkeys(users.get(str(Named(item.kind.name, item.name)), ())):
        refers = kinds()[user.partition(".")[0]].fields[name].refers
        if refers is not None and not _tells(items.get(user), name, item):
            without[refers.while_off].append(user)
    for what, who in without.items():
        verb = "is" if len(who) == 1 else "are"
        yield Effect(Toll.TARGET, f"{listed(who)} {verb} without this {what}", seconds)


def _tells(user: Item | None, field: str, item: Item) -> bool:
    """Tell whether a user goes, too, or shows itself that it refers to an object no more."""
    if user is None:
        return False
    changes = any(change.field == field and not change.noted for change in user.changes)
    return user.verdict is Verdict.DELETE or (item.verdict is Verdict.DELETE and changes)
