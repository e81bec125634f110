"""When a plan takes away more than anybody is likely to mean."""

from __future__ import annotations

from hetzner.apply.plans import Plan

FEW = 3
"""So many objects may always be destroyed or replaced, if that is allowed at all."""


def is_sweeping(plan: Plan) -> bool:
    """Tell whether most of what the project owns would go although nobody asked to destroy it."""
    going = len(plan.destroying)
    return not plan.options.destroy and going > FEW and 2 * going > plan.owned
