"""What a plan means: whether it can be had, what it does besides, costs and takes, what to be warned of.

Costs a few requests and no change: what can be ordered, when something is, and the prices, when asked for.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from hetzner.apply.cautions import cautions
from hetzner.apply.choosing import chosen
from hetzner.apply.costs import is_billed, priced
from hetzner.apply.document import DocumentError, Resource
from hetzner.apply.effects import with_effects
from hetzner.apply.forecast import forecast
from hetzner.apply.observe import Observed, catalogue
from hetzner.apply.plans import Item, Plan, Verdict
from hetzner.apply.references import orderable, unorderable

ORDERED = frozenset({Verdict.CREATE, Verdict.REPLACE, Verdict.UPDATE})


async def appraised(
    client: Any, plan: Plan, observed: Observed, *, figures: bool = False, costs: bool = False
) -> Plan:
    """Return the plan with everything that is known of it besides what is done.

    ``figures`` asks what everything costs, in one request, and goes through what it takes; neither when there
    is nothing to do, unless ``costs`` asks for the prices all the same.

    Raises:
        DocumentError: for names of what cannot be ordered because it does not exist.
    """
    resources = [item.resource for item in plan if item.resource is not None and item.verdict in ORDERED]
    wanted = orderable(resources)
    asks = ((figures and not plan.is_empty) or costs) and is_billed(plan)
    known, told = await asyncio.gather(
        catalogue(client, wanted), client.pricing.retrieve() if asks else _nothing()
    )
    if problems := unorderable([_ordered(item) for item in plan if item.verdict in ORDERED], known):
        raise DocumentError(problems)
    if known:
        items = (chosen(item, known) if item.verdict in ORDERED else item for item in plan)
        plan = replace(plan, items=tuple(items))
    port = client._core.port
    warnings = cautions(plan, observed, known, datetime.fromtimestamp(port.wall(), UTC))
    plan = replace(with_effects(plan, observed, known), warnings=(*plan.warnings, *warnings))
    if told is not None:
        plan = priced(plan, observed, known, told.pricing)
    if figures and not plan.is_empty:
        left = client._core.paces["cloud"].left(port.clock.now())
        plan = replace(plan, work=forecast(plan, observed, left=left))
    return plan


async def _nothing() -> None:
    """Ask nobody."""


def _ordered(item: Item) -> Resource:
    """Return what of an item has to be had anew: of what exists, the fields that change."""
    assert item.resource is not None  # noqa: S101  only what is declared is ordered
    if item.verdict is not Verdict.UPDATE:
        return item.resource
    changing = {change.field for change in item.changes if not change.noted}
    spec = {name: value for name, value in item.resource.spec.items() if name in changing}
    return replace(item.resource, spec=spec)
