"""What only becomes known while a plan is carried out: filled in, and decided upon once more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from hetzner.apply.choosing import as_before
from hetzner.apply.decide import Decision, decide
from hetzner.apply.document import Reference, Resource, unknowns
from hetzner.apply.events import Listen, Waiting
from hetzner.apply.making import creation, permitted, replacement
from hetzner.apply.observe import Observed
from hetzner.apply.plans import Item, Plan, Verdict
from hetzner.apply.references import completed
from hetzner.apply.succession import succeeded
from hetzner.apply.waits import Unmet
from hetzner.apply.world import World


class Filling:
    """Fills in the values that come from other objects of the plan."""

    def __init__(self, plan: Plan, observed: Observed, world: World, listen: Listen) -> None:
        self._plan, self._observed, self._world, self._listen = plan, observed, world, listen

    async def filled_in(self, item: Item) -> Item:
        """Return the item with the values in its calls that only other objects could tell."""
        resource = item.resource
        if resource is None or item.verdict is Verdict.DELETE or not resource.references:
            return item
        late = {name for name, each in item.kind.fields.items() if each.changes.late}
        needed = [unknown for path, unknown in unknowns(resource.spec) if path[0] not in late]
        references = [reference for unknown in needed for reference in unknown.references]
        if not references:
            return item
        await self._after_references(item, references)
        values = {reference: await self._world.value(reference) for reference in references}
        resource = completed(
            self._plan.document, resource, lambda reference: values.get(reference, reference)
        )
        return self._again(item, resource)

    async def _after_references(self, item: Item, references: Iterable[Reference]) -> None:
        names = [named for reference in references for named in self._world.targets(reference)]
        left = [str(named) for named in names if not self._world.is_settled(named)]
        if left:
            self._listen(Waiting(item, tuple(dict.fromkeys(left))))
        for named in names:
            await self._world.settled(named)

    def _again(self, item: Item, resource: Resource) -> Item:
        """Decide once more, now that everything is known; what nobody has agreed to is not done."""
        project, kind = self._plan.project, item.kind
        if item.actual is None:
            return as_before(creation(kind, resource, project), item)
        about = Decision(project, self._observed.names, True, self._world.is_replaced)
        about = replace(about, errand=item.errand, lent=item.lent)
        if item.verdict is Verdict.REPLACE:
            again = replacement(kind, resource, item.actual, project, item.why, item.changes)
            again = again if item.former is None else succeeded(again, about, item.successor)
            return as_before(again, item)
        again = permitted(decide(kind, resource, item.actual, about))
        if again.refused or again.consent not in ("", item.consent):
            raise Unmet(again.refused or f"{again.consent}: {again.why or 'the plan did not say so'}")
        return as_before(again, item)
