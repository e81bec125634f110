"""What stands between a plan and its execution: things that must not be done, consent, approval."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from hetzner.apply.consent import is_sweeping, lost, swept
from hetzner.apply.plans import Item, Plan
from hetzner.cli.screen import Screen
from hetzner.cli.wishes import Wishes
from hetzner.cli.wording import change, decimal

UNCHANGED = "nothing was changed"
SHOWN = 12
"""Addresses that are listed at most."""


def refused(plan: Plan, wishes: Wishes, screen: Screen) -> bool:
    """Say what in a plan must not be done, whatever is allowed; tells whether there is anything."""
    found = [*plan.refused]
    for item in found:
        place = f" ({item.resource.mark})" if item.resource is not None else ""
        screen.wrapped(("refused: ", "bold red"), f"{item.address}: {item.refused}{place}")
    if wishes.no_downtime and (stopping := [item for item in plan if item.takes_down]):
        screen.wrapped(("refused: ", "bold red"), f"--no-downtime forbids to stop {_listed(stopping)}")
        found += stopping
    if wishes.max_destroy is not None and len(plan.destroying) > wishes.max_destroy:
        many = f"{len(plan.destroying)} objects would go, and --max-destroy allows {wishes.max_destroy}"
        screen.wrapped(("refused: ", "bold red"), f"{many}: {_listed(plan.destroying)}")
        found += plan.destroying
    if reason := too_dear(plan, wishes):
        screen.wrapped(("refused: ", "bold red"), reason)
    if found or reason:
        screen.wrapped(UNCHANGED.capitalize() + ".")
    return bool(found or reason)


def too_dear(plan: Plan, wishes: Wishes) -> str:
    """Tell why a plan costs more than is allowed, or nothing."""
    most, bill = wishes.max_monthly_increase, plan.bill
    if most is None or bill is None:
        return ""
    allowed = f"--max-monthly-increase allows {most} {bill.currency}"
    if bill.unpriced:
        return f"nobody tells what {', '.join(bill.unpriced[:SHOWN])} costs, and {allowed}"
    if decimal(bill.increase, gross=wishes.gross) <= most:
        return ""
    vat = "with" if wishes.gross else "without"
    return f"{change(bill.increase, gross=wishes.gross)} {bill.currency} a month {vat} VAT, and {allowed}"


def approved(
    plan: Plan, wishes: Wishes, screen: Screen, *, interactive: bool, details: Callable[[], object] = tuple
) -> bool:
    """Get consent to what is lost and approval of the rest; says why not when there is none.

    ``details`` shows everything there is to the plan, when somebody wants to see it before.
    """
    if wishes.max_destroy is None and is_sweeping(plan):
        return _meant(plan, screen, interactive)
    if plan.needing_consent and not wishes.allow_destroy:
        return _consented(plan, screen, interactive)
    if wishes.yes:
        return True
    if not interactive:
        screen.error(f"{UNCHANGED}: there is no terminal to ask on", "--yes applies the plan")
        return False
    while (said := screen.ask("Apply? [y/N, d = full diff]").lower()) in ("d", "diff"):
        details()
    if said in ("y", "yes"):
        return True
    screen.wrapped(UNCHANGED.capitalize() + ".")
    return False


def _meant(plan: Plan, screen: Screen, interactive: bool) -> bool:
    going, told = len(plan.destroying), swept(plan)
    if not interactive:
        raised = f"--allow-destroy --max-destroy {going} allows it"
        screen.error(f"{UNCHANGED}: {told}: {_listed(plan.destroying)}", f"if that is meant, {raised}")
        return False
    screen.wrapped((f"{told}: ", "bold red"), _listed(plan.destroying))
    return _named(plan, screen, f"--allow-destroy --max-destroy {going}")


def _consented(plan: Plan, screen: Screen, interactive: bool) -> bool:
    if not interactive:
        screen.error(f"{UNCHANGED}: this plan {lost(plan)}", "--allow-destroy allows it")
        return False
    screen.wrapped(("Not to be undone: ", "bold red"), f"this plan {lost(plan)}")
    return _named(plan, screen, "--allow-destroy")


def _named(plan: Plan, screen: Screen, otherwise: str) -> bool:
    if screen.ask("Type the project's name to go on:") == plan.project:
        return True
    screen.error(f"{UNCHANGED}: this is not the project's name", f"{otherwise} skips the question")
    return False


def _listed(items: Iterable[Item]) -> str:
    addresses = [item.address for item in items]
    more = f" and {len(addresses) - SHOWN} more" if len(addresses) > SHOWN else ""
    return ", ".join(addresses[:SHOWN]) + more
