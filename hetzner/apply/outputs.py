"""The `outputs:` of a document: what is known of them beforehand, and after a run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

from hetzner.api.errors import APIError
from hetzner.apply.document import Reference, resolve, unknowns
from hetzner.apply.execute import Execution
from hetzner.apply.observe import Observed
from hetzner.apply.planning import unsure
from hetzner.apply.plans import CHANGING, Plan
from hetzner.apply.references import from_cloud
from hetzner.domain.reference import Named
from hetzner.domain.specs import kinds


def known_outputs(plan: Plan, observed: Observed) -> Mapping[str, Any]:
    """Return the outputs as far as they are known before anything is changed; secrets stay secrets."""
    lookup = from_cloud(observed, frozenset(unsure(plan)))
    found: Mapping[str, Any] = resolve(plan.document.outputs, lookup)
    return found


async def outputs_after(execution: Execution) -> Mapping[str, Any]:
    """Return the outputs after a run; what changed is read afresh, once, and what failed stays unknown."""
    plan, world = execution.plan, execution.world
    changed = {str(item.named) for item in plan if item.verdict in CHANGING}
    objects: dict[tuple[str, str], Any] = {}
    for reference in _references(plan.document.outputs):
        for target in reference.targets:
            key, named = (reference.kind, target), Named(reference.kind, target)
            if key in objects:
                continue
            objects[key] = execution.observed.get(*key)
            if str(named) in changed:
                objects[key] = None
                with suppress(APIError, LookupError):
                    if world.has(named):
                        objects[key] = await world.fresh(named)

    def lookup(reference: Reference) -> object:
        found = [objects[reference.kind, target] for target in reference.targets]
        if any(each is None for each in found):
            return reference
        kind = kinds()[reference.kind]
        values = [kind.attribute(each, reference.attribute) for each in found]
        return values if reference.many else values[0]

    outputs: Mapping[str, Any] = resolve(plan.document.outputs, lookup)
    return outputs


def _references(outputs: Any) -> Iterator[Reference]:
    for _, unknown in unknowns(outputs):
        yield from unknown.references
