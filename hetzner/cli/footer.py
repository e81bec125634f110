"""What stands below a plan: how much of what, what it costs, what it takes, what is lost."""

from __future__ import annotations

from collections.abc import Iterator

from hetzner.apply.plans import Item, Plan, Verdict
from hetzner.cli.screen import Line
from hetzner.cli.wording import change, counted, duration, money, several, symbol
from hetzner.domain.specs.effects import Toll

COUNTED = {
    Verdict.CREATE: "add",
    Verdict.UPDATE: "change",
    Verdict.REPLACE: "replace",
    Verdict.DELETE: "destroy",
    Verdict.USE: "used as it is",
}
NAMED = 6
"""So many objects are named that something is lost with."""


def footer(plan: Plan, *, consent: str = "", gross: bool = False) -> Iterator[Line]:
    """Yield what a plan comes to; ``consent`` says how losses are allowed."""
    if plan.is_empty:
        if not plan.refused:
            yield ("Nothing to do.",)
    else:
        yield (f"Plan   {summary(plan)}",)
        if cost := costs(plan, gross=gross):
            yield "Cost   ", *cost
        if work := effort(plan):
            yield (f"Work   {work}",)
    if plan.needing_consent:
        yield _losing(plan, consent)


def summary(plan: Plan) -> str:
    """Return the counts of a plan in one line."""
    counts = [(plan.count(verdict), words) for verdict, words in COUNTED.items()]
    noted = plan.count(Verdict.NOTE) + sum(
        item.verdict is Verdict.UPDATE and any(change.noted for change in item.changes) for item in plan
    )
    counts += [(noted, "note" if noted == 1 else "notes"), (plan.count(Verdict.KEEP), "unchanged")]
    return " · ".join(f"{count} {words}" for count, words in counts if count) or "nothing declared"


def costs(plan: Plan, *, gross: bool = False) -> Line:
    """Return what everything costs a month, now and then; nothing when nobody asked or all of it is free."""
    bill = plan.bill
    if bill is None or not (bill.now.net or bill.then.net or bill.unpriced):
        return ()
    now, then = money(bill.now, gross=gross), money(bill.then, gross=gross)
    more = change(bill.increase, gross=gross)
    vat = "gross" if gross else "net"
    unpriced = f" · without {', '.join(bill.unpriced[:NAMED])}: no price is told" if bill.unpriced else ""
    style = "bold" if bill.increase.net > 0 else ""
    return f"{now} → {then} {symbol(bill.currency)} a month  (", (more, style), f", {vat})", unpriced


def effort(plan: Plan) -> str:
    """Return what carrying it out takes; nothing when nobody went through it."""
    work = plan.work
    if work is None:
        return ""
    left = f" of {counted(work.left)} left this hour" if work.left is not None else ""
    more = "" if work.fits else ", the rest as the rate limit allows"
    told = f"{several(work.requests, 'request')}{left}{more} · about {duration(work.seconds)}"
    if work.longest is None or len(plan.pending) < 2:
        return told
    address, operation, _ = work.longest
    return f"{told}, longest: {address} ({operation})"


def _losing(plan: Plan, consent: str) -> Line:
    losing = plan.needing_consent
    allowed = consent and f" → {consent}"
    return "Data   ", (several(len(losing), "loss", "losses"), "bold red"), f": {_listed(losing)}", allowed


def _listed(items: tuple[Item, ...]) -> str:
    told = ", ".join(_what(item) for item in items[:NAMED])
    return told + (f" and {len(items) - NAMED} more" if len(items) > NAMED else "")


def _what(item: Item) -> str:
    stored = ", ".join(item.lost(Toll.DATA))
    return f"{item.address} ({stored})" if stored else item.address
