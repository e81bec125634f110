"""The whole way, as a library: look, plan, carry out.

::

    document = load(["infra.yaml"])
    async with AsyncHetzner() as client:
        prepared = await prepare(client, document)
        print(prepared.plan)
        result = await prepared.execution().run()
"""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from hetzner.apply import document as documents
from hetzner.apply.appraise import appraised
from hetzner.apply.choice import Options
from hetzner.apply.document import Document
from hetzner.apply.document.variables import Ask
from hetzner.apply.events import Listen, ignore
from hetzner.apply.examine import examine
from hetzner.apply.execute import IN_FLIGHT, Execution
from hetzner.apply.faces import faces
from hetzner.apply.looking import looked
from hetzner.apply.observe import Observed
from hetzner.apply.outputs import known_outputs
from hetzner.apply.plans import Plan
from hetzner.apply.succession import viewed


def load(
    paths: Sequence[str | os.PathLike[str]],
    *,
    variables: Mapping[str, object] | None = None,
    tokens: Collection[str] = (),
    allow_outside: bool = False,
    ask: Ask | None = None,
) -> Document:
    """Read and check a document, offline; ``ask`` is called for a variable that nothing else gives.

    Raises:
        DocumentError: with every problem found, each at its line and column.
    """
    found = documents.load(
        paths, faces(), variables=variables, tokens=tokens, allow_outside=allow_outside, ask=ask
    )
    examine(found)
    return found


@dataclass(frozen=True, slots=True)
class Prepared:
    """A plan, with what is needed to carry it out."""

    client: Any
    plan: Plan
    observed: Observed

    def execution(self, listen: Listen = ignore, in_flight: int = IN_FLIGHT) -> Execution:
        """Return a run of the plan that was not started; it has at most so many requests in flight."""
        return Execution(self.client, self.plan, self.observed, listen, in_flight)


async def prepare(
    client: Any,
    document: Document,
    options: Options | None = None,
    *,
    settle: bool = False,
    figures: bool = False,
    costs: bool = False,
) -> Prepared:
    """Look at what is there and plan.

    ``settle`` first waits for what an interrupted run left going; ``figures`` asks what everything costs (one
    request more) and goes through what it takes, unless there is nothing to do; ``costs`` asks for the prices
    even then.

    Raises:
        DocumentError: for references to what does not exist.
        APIError: the API refused, or could not be reached.
    """
    options, client = options or Options(), client.with_options(patient=True)
    observed, plan = await looked(client, document, options, settle=settle)
    view = viewed(observed, plan)
    plan = await appraised(client, plan, view, figures=figures, costs=costs)
    if not options.destroy:
        plan = replace(plan, outputs=known_outputs(plan, view))
    return Prepared(client, plan, view)
