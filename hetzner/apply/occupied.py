"""What a plan wants that can be had once only and that somebody keeps, such as an address; pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from hetzner.apply.allotting import everybody, seats
from hetzner.apply.document import Problem, holds_unknown
from hetzner.apply.observe import Observed
from hetzner.apply.plans import DESTRUCTIVE, Item, Plan, Verdict
from hetzner.apply.together import targets

ASKING = frozenset({Verdict.CREATE, Verdict.UPDATE})


def occupied(plan: Plan, observed: Observed) -> Iterator[Problem]:
    """Yield a problem for each such thing, at the place where it is asked for."""
    going = {item.address for item in plan if item.verdict in DESTRUCTIVE}
    moving = {(item.address, kind) for item in plan for kind in _changing(item)}
    held: dict[tuple[str, Any], str] = {}
    known = set[str]()
    for item in plan:
        for field, target, said in _wishes(plan, item):
            if target.address not in known:
                known.add(target.address)
                for holder, has in everybody(target, observed):
                    held.update({(target.address, seat): holder for seat in seats(target.kind, has)})
            for seat in seats(target.kind, said):
                holder = held.get((target.address, seat), item.address)
                if holder not in {item.address, *going} and (holder, target.kind) not in moving:
                    assert item.resource is not None  # noqa: S101  it has wishes
                    whose = f"{seat} in {target.address} is that of {holder}"
                    what = f"{item.address}: {whose}: this will be refused"
                    yield Problem(what, item.resource.mark_at(field, target.base_name), "choose another one")


def _wishes(plan: Plan, item: Item) -> Iterator[tuple[str, Any, Mapping[str, Any]]]:
    """Yield what an item asks of declared objects: the field, the object, and what is said of it."""
    if item.resource is None or item.verdict not in ASKING:
        return
    for field, target in targets(plan.document, item.resource):
        said = item.resource.spec[field]
        if target.kind in _changing(item) and isinstance(said, Mapping) and not holds_unknown(said):
            mine = said.get(target.name)
            if isinstance(mine, Mapping):
                yield field, target, mine


def _changing(item: Item) -> set[str]:
    """Return the kinds of the objects of which an item is going to say something else."""
    fields = (item.kind.fields[change.field] for change in item.changes if not change.noted)
    return {field.refers.kind for field in fields if field.refers is not None}
