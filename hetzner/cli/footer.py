"""What stands below a plan: how much of what, what it costs, what it takes, what is lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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
INDENT = 7
NAMED = 6
"""So many objects are named that something is lost with."""


def footer(plan: Plan, *, width: int | None = None, consent: str = "", gross: bool = False) -> Iterator[Line]:
    """Yield what a plan comes to, in so many columns; ``consent`` says how losses are allowed."""
    if plan.is_empty:
        if not plan.refused:
            yield ("Nothing to do.",)
    else:
        yield from folded("Plan", counts(plan), width)
        if cost := costs(plan, gross=gross):
            yield "Cost   ", *cost
        if work := effort(plan):
            yield from folded("Work", work, width)
    if plan.needing_consent:
        yield from _losing(plan, consent, width)


def folded(label: str, pieces: Sequence[str], width: int | None, between: str = " · ") -> Iterator[Line]:
    """Yield pieces in lines of so many columns, none of them broken."""
    line = label.ljust(INDENT)
    for number, piece in enumerate(pieces):
        joint = between if number and line.strip() else ""
        if width is not None and len(line + joint + piece) > width and line.strip() not in ("", label):
            yield (line + between.rstrip(),)
            line, joint = " " * INDENT, ""
        line += joint + piece
    yield (line,)


def summary(plan: Plan) -> str:
    """Return the counts of a plan in one line."""
    return " · ".join(counts(plan))


def counts(plan: Plan) -> list[str]:
    """Return how many objects there are of each verdict, in words."""
    found = [(plan.count(verdict), words) for verdict, words in COUNTED.items()]
    noted = plan.count(Verdict.NOTE) + sum(
        item.verdict is Verdict.UPDATE and any(change.noted for change in item.changes) for item in plan
    )
    found += [(noted, "note" if noted == 1 else "notes"), (plan.count(Verdict.KEEP), "unchanged")]
    return [f"{count} {words}" for count, words in found if count] or ["nothing declared"]


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
    sources = f" · {money(bill.snapshots, gross=gross)} of it for snapshots" if bill.snapshots.net else ""
    return f"{now} → {then} {symbol(bill.currency)} a month  (", (more, style), f", {vat})", sources, unpriced


def effort(plan: Plan) -> list[str]:
    """Return what carrying it out takes; nothing when nobody went through it."""
    work = plan.work
    if work is None:
        return []
    left = f" of {counted(work.left)} left this hour" if work.left is not None else ""
    more = "" if work.fits else ", the rest as the rate limit allows"
    told = [f"{several(work.requests, 'request')}{left}{more}", f"about {duration(work.seconds)}"]
    if work.longest is None or len(plan.pending) < 2:
        return told
    address, operation, _ = work.longest
    return [*told, f"longest: {address} ({operation})"]


def _losing(plan: Plan, consent: str, width: int | None) -> Iterator[Line]:
    losing = plan.needing_consent
    told = [_what(item) for item in losing[:NAMED]]
    if more := len(losing) - NAMED if len(losing) > NAMED else 0:
        told.append(f"and {more} more")
    is_data = all(item.lost(Toll.DATA) for item in losing)
    label, count = (
        ("Data", several(len(losing), "loss", "losses")) if is_data else ("Losses", str(len(losing)))
    )
    (first, *_), *others = folded(label, [f"{count}: {told[0]}", *told[1:]], width, between=", ")
    label = label.ljust(INDENT)
    yield label, (count, "bold red"), str(first).removeprefix(label + count)
    yield from others
    if consent:
        yield (" " * INDENT + f"→ {consent}",)


def _what(item: Item) -> str:
    """Return what is lost of an object: what was stored, else its addresses, else just the object."""
    what = ", ".join(item.lost(Toll.DATA) or item.lost(Toll.ADDRESS))
    return f"{item.address} ({what})" if what else item.address
