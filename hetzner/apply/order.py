"""Who uses what: an object goes only after everything that uses it has let go of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from hetzner.apply.observe import Observed
from hetzner.apply.plan import CHANGING, Item, Plan, Verdict


def users(plan: Plan, observed: Observed) -> Mapping[str, Sequence[Item]]:
    """Return, by address, the items that use an object now and will not when they are carried out.

    What is replaced is only waited for by what goes for good: all others come back to its successor.
    """
    names = observed.names
    found: dict[str, list[Item]] = defaultdict(list)
    goes = {item.address: item.verdict for item in plan if item.verdict in (Verdict.DELETE, Verdict.REPLACE)}
    for item in plan:
        if item.actual is None or item.verdict not in CHANGING:
            continue
        for _, kind, ref in item.kind.refs(item.kind.read(item.actual, names)):
            target = goes.get(f"{kind}.{ref}")
            if target is Verdict.DELETE or (target is Verdict.REPLACE and item.verdict is Verdict.DELETE):
                found[f"{kind}.{ref}"].append(item)
    return found
