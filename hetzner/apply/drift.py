"""Drift: in what the objects that a project owns are not as its files say; nothing is planned for it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from hetzner.apply.plans import Item, Plan, Verdict

DIFFERS = frozenset({Verdict.UPDATE, Verdict.REPLACE, Verdict.NOTE})


@dataclass(frozen=True, slots=True)
class Drift:
    """What differs; changes go from what is there to what is declared, as in a plan; there are no calls."""

    plan: Plan
    missing: tuple[str, ...]
    """Addresses of what is declared and not there, which nobody can tell from what was never made."""

    @property
    def is_empty(self) -> bool:
        """Whether everything that is there is as it is declared."""
        return not self.plan.items


def drift(plan: Plan) -> Drift:
    """Return what a plan shows of drift: differences of what is owned, and what is owned and not declared."""
    items = tuple(_seen(item) for item in plan if item.verdict in DIFFERS or _is_left(item))
    missing = tuple(item.address for item in plan if item.verdict is Verdict.CREATE)
    return Drift(replace(plan, items=items, warnings=(), bill=None, work=None), missing)


def _is_left(item: Item) -> bool:
    return item.verdict is Verdict.DELETE and item.resource is None


def _seen(item: Item) -> Item:
    changes = tuple(replace(change, noted=False, effect="") for change in item.changes)
    why = item.why if _is_left(item) else "is not as declared"
    plain = replace(item, verdict=Verdict.NOTE, changes=changes, calls=(), why=why)
    return replace(plain, effects=(), refused="", loses_data=False)
