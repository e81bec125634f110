"""What the objects of a plan cost a month, now and then; pure but for one request for the price list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from hetzner.apply.document import holds_unknown
from hetzner.apply.figures import Bill
from hetzner.apply.making import wanted
from hetzner.apply.observe import Catalogue, Observed
from hetzner.apply.plans import MADE, Item, Plan, Verdict
from hetzner.domain.money import NOTHING, Amount, Cost
from hetzner.domain.specs.tariff import Tariff

STAYS = frozenset({Verdict.KEEP, Verdict.NOTE, Verdict.UPDATE})


def is_billed(plan: Plan) -> bool:
    """Tell whether anything in a plan has a price."""
    return any(item.kind.billed for item in plan)


def priced(plan: Plan, observed: Observed, catalogue: Catalogue, prices: Any) -> Plan:
    """Return the plan with what everything costs, by the price list of the API."""
    own = _own(plan)
    known: dict[str, list[Any]] = {
        kind: [each for several in found.values() for each in several] for kind, found in catalogue.items()
    }
    items, unpriced = [], []
    for item in plan:
        if item.kind.billed and item.verdict is not Verdict.USE:
            tariff = Tariff(prices, _with(known, item), lambda kind, ref: (kind, str(ref)) in own)
            item = replace(item, now=_now(item, observed, tariff), then=_then(item, observed, tariff))
            if None in (item.now, item.then):
                unpriced.append(item.address)
        items.append(item)
    kept = _kept(items, catalogue, Tariff(prices))
    now, then = (_sum(costs) + kept for costs in ([i.now for i in items], [i.then for i in items]))
    bill = Bill(now, then, prices.currency, tuple(unpriced), kept)
    return replace(plan, items=tuple(items), bill=bill)


def _kept(items: Iterable[Item], catalogue: Catalogue, tariff: Tariff) -> Amount:
    """Return what the images cost that objects are made of, each once; no plan makes or deletes any."""
    found: dict[int, Any] = {}
    for item in items:
        if item.kind.billed and item.verdict is not Verdict.USE:
            found.update((each.id, each) for each in item.kind.made_of(_asked(item), item.actual, catalogue))
    return _sum(tariff.of_size("image", each.image_size) for each in found.values())


def _asked(item: Item) -> Mapping[str, Any]:
    """Return what is asked for anew."""
    if item.resource is not None and item.verdict in MADE:
        return _known(item.resource.spec)
    return _known({change.field: change.new for change in item.changes if not change.noted})


def _sum(costs: Any) -> Amount:
    return sum((cost for cost in costs if cost is not None), NOTHING).monthly


def _own(plan: Plan) -> frozenset[tuple[str, str]]:
    """Return the kind, with the name and with the id, of everything that the plan counts on its own."""
    names = {(item.kind.name, item.name) for item in plan if item.verdict is not Verdict.USE}
    ids = {(item.kind.name, str(item.actual.id)) for item in plan if item.actual is not None}
    return frozenset(names | ids)


def _with(known: Mapping[str, list[Any]], item: Item) -> Mapping[str, list[Any]]:
    own = item.kind.types_of(item.actual)
    return {kind: [*own.get(kind, ()), *known.get(kind, ())] for kind in {*own, *known}}


def _now(item: Item, observed: Observed, tariff: Tariff) -> Cost | None:
    if item.actual is None:
        return NOTHING
    return item.kind.cost(item.kind.read(item.actual, observed.names), tariff)


def _then(item: Item, observed: Observed, tariff: Tariff) -> Cost | None:
    if item.resource is not None and item.verdict in MADE:
        return item.kind.cost(_known(wanted(item.kind, item.resource)), tariff)
    if item.verdict not in STAYS:
        return NOTHING
    have = item.kind.read(item.actual, observed.names)
    become = {change.field: change.new for change in item.changes if not change.noted}
    return item.kind.cost({**have, **_known(become)}, tariff)


def _known(spec: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in spec.items() if not holds_unknown(value)}
