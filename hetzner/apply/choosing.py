"""Where several types or locations will do: which one is there, which one can be had; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from hetzner.apply.diff import covers
from hetzner.apply.document import Resource
from hetzner.apply.plans import FieldChange, Item, Verdict
from hetzner.domain.reference import Ordered
from hetzner.domain.specs.facts import Call, How
from hetzner.domain.specs.kind import Kind
from hetzner.domain.specs.worth import Catalogue

Offer = Mapping[str, Any]


def settled(resource: Resource, have: Mapping[str, Any]) -> Resource:
    """Return what is wanted of an object that exists, with what it has where that is one of several."""
    taken = {
        name: each
        for name, value in resource.spec.items()
        if isinstance(value, Ordered) and name in have
        for each in value
        if covers(each, have[name])
    }
    return replace(resource, spec={**resource.spec, **taken}) if taken else resource


def reopened(kind: Kind, resource: Resource, written: Resource) -> Resource:
    """Return what is wanted of an object that is made anew: the others will do again, after what it has.

    Where it stands is not chosen once more, since others are there because of it.
    """
    again = {
        name: Ordered((has, *(each for each in value if each != has)))
        for name, value in written.spec.items()
        if isinstance(value, Ordered)
        and not isinstance(has := resource.spec[name], Ordered)
        and kind.fields[name].changes.how is not How.REPLACE
    }
    return replace(resource, spec={**resource.spec, **again}) if again else resource


def chosen(item: Item, known: Catalogue) -> Item:
    """Return an item that asks for the first that can be had, or is refused when it cannot be had."""
    if item.resource is None or item.refused:
        return item
    spec, actual = item.resource.spec, item.actual if item.verdict is Verdict.UPDATE else None
    if not any(call.offers for call in item.calls):
        return replace(item, refused=item.kind.unfit(actual, spec, known))
    calls: list[Call] = []
    for call in item.calls:
        if call.offers:
            unfit = [item.kind.unfit(actual, {**spec, **offer}, known) for offer in call.offers]
            fit = [offer for offer, why in zip(call.offers, unfit, strict=True) if not why]
            if not fit:
                return replace(item, refused="; ".join(dict.fromkeys(unfit)))
            item, call = _told(item, call, fit, unfit, known)
        calls.append(call)
    return replace(item, calls=tuple(calls))


def _told(
    item: Item, call: Call, fit: Sequence[Offer], unfit: Sequence[str], known: Catalogue
) -> tuple[Item, Call]:
    """Return the item and the call with the best offer first, and the reasons for it."""
    assert item.resource is not None  # noqa: S101  only what is wanted is chosen
    spec = item.resource.spec
    scarce = [item.kind.scarce({**spec, **offer}, known) for offer in fit]
    offers = [offer for _, offer in sorted(zip(scarce, fit, strict=True), key=lambda each: bool(each[0]))]
    first = offers[0]
    passed = [*unfit[: call.offers.index(first)], *scarce[: fit.index(first)]]
    why = "; ".join(reason for reason in dict.fromkeys((item.why, *passed)) if reason)
    changes = tuple(_shown(change, offers) for change in item.changes)
    resource = replace(item.resource, spec={**spec, **first})
    call = replace(call, arguments={**call.arguments, **first}, offers=tuple(offers))
    return replace(item, resource=resource, changes=changes, why=why), call


def _shown(change: FieldChange, offers: Sequence[Offer]) -> FieldChange:
    """Return a change with what is tried in which order."""
    values = [*dict.fromkeys(offer[change.field] for offer in offers if change.field in offer)]
    if not values:
        return change
    return replace(change, new=values[0] if len(values) == 1 else Ordered(values))


def as_before(made: Item, item: Item) -> Item:
    """Return an item that was made anew with the choice that the plan had made."""
    before = {call.operation: call for call in item.calls if call.offers}
    calls = [
        replace(call, arguments={**call.arguments, **old.offers[0]}, offers=old.offers)
        if call.offers and (old := before.get(call.operation))
        else call
        for call in made.calls
    ]
    return replace(made, calls=tuple(calls))
