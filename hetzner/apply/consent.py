"""When a plan must not be carried out, or takes away more than anybody is likely to mean."""

from __future__ import annotations

from collections.abc import Iterator

from hetzner.api.errors import HetznerError
from hetzner.apply.plans import DESTRUCTIVE, Item, Plan
from hetzner.domain.specs.effects import Toll

FEW = 3
"""So many objects may always be destroyed or replaced, if that is allowed at all."""


def is_sweeping(plan: Plan) -> bool:
    """Tell whether most of what the project owns would go although nobody asked to destroy it."""
    going = len(plan.destroying)
    return not plan.options.destroy and going > FEW and 2 * going > plan.owned


def swept(plan: Plan) -> str:
    """Say how much would go, where that is most of it."""
    going = len(plan.destroying)
    return f"{going} of the {plan.owned} objects that '{plan.project}' owns would be destroyed or replaced"


CONSENTS = {
    "delete": "deletes",
    "replace": "replaces",
    Toll.DATA.value: "loses data of",
    Toll.ADDRESS.value: "gives back addresses of",
}
"""What a plan does, by the name of the consent that it needs for that."""
LISTED = 12
"""Objects that are named at most, of each of these."""


def lost(plan: Plan) -> str:
    """Say what a plan does that needs consent: `deletes volumes.a and loses data of servers.b (...)`."""
    found: dict[str, list[str]] = {name: [] for name in CONSENTS}
    for item in plan.needing_consent:
        for consent, of_it in _told(item):
            found[consent].append(of_it)
    told = [f"{CONSENTS[name]} {_listed(several)}" for name, several in found.items() if several]
    return " and ".join(filter(None, (", ".join(told[:-1]), told[-1]))) if told else ""


def _told(item: Item) -> Iterator[tuple[str, str]]:
    """Yield what an item needs consent for, with what is lost; of what goes as a whole, its name."""
    losses = {toll.value: item.lost(toll) for toll in (Toll.DATA, Toll.ADDRESS)}
    if item.verdict in DESTRUCTIVE or not any(losses.values()):
        yield item.consent, item.address
        return
    for consent, lost in losses.items():
        if lost:
            yield consent, f"{item.address} ({', '.join(lost)})"


def _listed(several: list[str]) -> str:
    more = f" and {len(several) - LISTED} more" if len(several) > LISTED else ""
    return ", ".join(several[:LISTED]) + more


class Refused(HetznerError):
    """A plan that must not be carried out, or takes something away that nobody allowed to take."""

    def __init__(self, message: str, plan: Plan, allow: str = "", value: object = True) -> None:
        super().__init__(f"{message}; {allow}={value} allows it" if allow else message)
        self.plan = plan
        """The plan."""
        self.why = message
        """What is the matter, without what would allow it."""
        option = f"--{allow.replace('_', '-')}{'' if value is True else f' {value}'}"
        self.option = option if allow else ""
        """What of the command line would allow it, if anything does."""


def insist(plan: Plan, *, allow_destroy: bool, max_destroy: int | None) -> None:
    """Let a plan pass that may be carried out.

    Raises:
        Refused: it must not be, or takes away more than is allowed.
    """
    for item in plan.refused:
        raise Refused(f"{item.address}: {item.refused}", plan)
    going = len(plan.destroying)
    if plan.needing_consent and not allow_destroy:
        raise Refused(f"this plan {lost(plan)}", plan, "allow_destroy")
    if max_destroy is None and is_sweeping(plan):
        raise Refused(swept(plan), plan, "max_destroy", going)
    if max_destroy is not None and going > max_destroy:
        raise Refused(f"{going} objects would go, and at most {max_destroy} may", plan, "max_destroy", going)
