"""What stands between a plan and its execution: things that must not be done, consent, approval."""

from __future__ import annotations

from hetzner.apply.plan import Plan
from hetzner.cli.screen import Screen
from hetzner.cli.wishes import Wishes

UNCHANGED = "nothing was changed"


def refused(plan: Plan, screen: Screen) -> bool:
    """Say what in a plan must not be done, whatever is allowed; tells whether there is anything."""
    for item in plan.refused:
        place = f" ({item.resource.mark})" if item.resource is not None else ""
        screen.wrapped(("refused: ", "bold red"), f"{item.address}: {item.refused}{place}")
    if plan.refused:
        screen.wrapped(UNCHANGED.capitalize() + ".")
    return bool(plan.refused)


def approved(plan: Plan, wishes: Wishes, screen: Screen, *, interactive: bool) -> bool:
    """Get consent to what is lost and approval of the rest; says why not when there is none."""
    if plan.needing_consent and not wishes.allow_destroy:
        return _consented(plan, screen, interactive)
    if wishes.yes:
        return True
    if not interactive:
        screen.error(f"{UNCHANGED}: there is no terminal to ask on", "--yes applies the plan")
        return False
    if screen.ask("Apply? [y/N]").lower() in ("y", "yes"):
        return True
    screen.wrapped(UNCHANGED.capitalize() + ".")
    return False


def _consented(plan: Plan, screen: Screen, interactive: bool) -> bool:
    losing = ", ".join(f"{item.address} ({item.consent})" for item in plan.needing_consent)
    if not interactive:
        screen.error(f"{UNCHANGED}: this plan loses data: {losing}", "--allow-destroy allows it")
        return False
    screen.wrapped(("This loses data for good: ", "bold red"), losing)
    if screen.ask("Type the project's name to go on:") == plan.project:
        return True
    screen.error(f"{UNCHANGED}: this is not the project's name", "--allow-destroy skips the question")
    return False
