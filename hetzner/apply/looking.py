"""Where to look before a plan is made, and again when that is not enough."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from hetzner.api.errors import ActionFailed, ActionTimeout
from hetzner.api.waiting import wait
from hetzner.apply.allotting import allotted
from hetzner.apply.bookkeeping import mentioned, unseen
from hetzner.apply.by_labels import found_by_labels
from hetzner.apply.choice import Options
from hetzner.apply.document import Document
from hetzner.apply.observe import Observed, observe, read_parts, with_actions
from hetzner.apply.planning import make_plan
from hetzner.apply.plans import Plan
from hetzner.domain.poller import PATIENCE
from hetzner.domain.specs import kinds


async def looked(client: Any, document: Document, options: Options, *, settle: bool) -> tuple[Observed, Plan]:
    """Look at no more than it takes to see that nothing is to be done, and at everything if anything is.

    ``settle`` first waits for what an interrupted run left going, if anything is to be done.
    """
    looking = Looking(client, document)
    observed: Observed | None = None
    if not options.destroy:
        observed = await looking.around()
        plan = await looking.planned(observed, options)
        if plan.is_empty and (unsettled := looking.unsettled(plan)):
            observed = await with_actions(client, observed, unsettled)
            plan = make_plan(plan.document, observed, options)
        if plan.is_empty and not running_of(document.project, observed):
            return observed.called(document, adopt=options.adopt), plan
    observed = await looking.everywhere(observed)
    observed = await looking.settled(observed) if settle else observed
    return observed.called(document, adopt=options.adopt), await looking.planned(observed, options)


@dataclass(frozen=True)
class Looking:
    """Looks at a project with a document in mind."""

    client: Any
    document: Document

    async def around(self) -> Observed:
        """Look at what the document is about and at what else the project owns."""
        observed = await observe(self.client, mentioned(self.document))
        while more := unseen(observed, self.document.project):
            observed = observed.with_more(await observe(self.client, more))
        await read_parts(self.client, observed, self.document)
        return observed

    async def everywhere(self, observed: Observed | None = None) -> Observed:
        """Look at all kinds, or at those that are left, and at what is going on."""
        seen = observed.objects if observed else {}
        more = await observe(self.client, kinds().keys() - seen.keys())
        observed = observed.with_more(more) if observed else more
        if not seen:
            await read_parts(self.client, observed, self.document)
        return await with_actions(self.client, observed, self._concerned(observed))

    def unsettled(self, plan: Plan) -> set[str]:
        """Return the kinds of objects whose state leaves open what is going on with them."""
        return {item.kind.name for item in plan if item.actual and item.kind.is_unsettled(item.actual)}

    async def settled(self, observed: Observed) -> Observed:
        """Wait for what an interrupted run left going, and look again if there was anything."""
        if not (ours := running_of(self.document.project, observed)):
            return observed
        with suppress(ActionFailed, ActionTimeout):  # what became of them shows in what is there now
            await wait(self.client, ours, timeout=PATIENCE)
        return await self.everywhere()

    async def planned(self, observed: Observed, options: Options) -> Plan:
        """Return the plan for what was seen, after what the document refers to by labels was looked up."""
        if options.destroy:
            return make_plan(self.document, observed, options)
        known = observed.called(self.document, adopt=options.adopt)
        document = await found_by_labels(self.client, self.document, known)
        return make_plan(allotted(document, known), observed, options)

    def _concerned(self, observed: Observed) -> list[str]:
        """Return the kinds of which the project owns, or declares, something that is there."""
        owned = {kind.name for kind, _, _ in observed.owned(self.document.project)}
        for resource in self.document.resources:
            names = (resource.name, *resource.meta.renamed_from)
            if any(name in observed.objects[resource.kind] for name in names):
                owned.add(resource.kind)
        return [kind for kind in kinds() if kind in owned]


def running_of(project: str, observed: Observed) -> list[Any]:
    """Return the running actions on objects that a project owns."""
    owned = {(kind.singular, each.id) for kind, _, each in observed.owned(project)}
    return [a for a in observed.running if any((r.type, r.id) in owned for r in a.resources)]
