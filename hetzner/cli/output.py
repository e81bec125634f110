"""The plan as people read it: what happens to what, why, and what it costs in data."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from textwrap import wrap
from typing import Any

from hetzner.apply.diff import mark_of
from hetzner.apply.document import Problem, harmless
from hetzner.apply.plans import CHANGING, FieldChange, Item, Plan, Verdict
from hetzner.cli.chosen import selection_lines
from hetzner.cli.footer import footer
from hetzner.cli.screen import Line, Part, aligned
from hetzner.cli.values import changed, rows, shown
from hetzner.cli.wording import duration, price
from hetzner.domain.specs.effects import Effect, Toll

STYLES = {
    Verdict.CREATE: "green",
    Verdict.UPDATE: "yellow",
    Verdict.REPLACE: "magenta",
    Verdict.DELETE: "red",
    Verdict.USE: "cyan",
    Verdict.NOTE: "bold",
    Verdict.KEEP: "dim",
}
WIDTH = 15
"""Columns for the name of a field; values begin at column 24."""


def plan_lines(
    plan: Plan,
    *,
    width: int | None = None,
    verbose: bool = False,
    where: str = "",
    consent: str = "",
    gross: bool = False,
    full: bool = False,
) -> Iterator[Line]:
    """Yield the plan, prices at the right end of ``width`` columns if there are so many.

    ``verbose`` lists what is unchanged, ``full`` also tells what will be asked for; ``consent`` says how
    losses are allowed, ``gross`` shows prices with VAT.
    """
    yield (plan.project, "bold"), where
    yield ()
    for item in plan:
        if item.verdict is not Verdict.KEEP or verbose or full or item.refused:
            yield from item_lines(item, plan, width, gross)
            if full:
                yield from _listed("calls", operations(item))
    unchanged = plan.count(Verdict.KEEP)
    if unchanged:
        hint = "" if verbose or full else " (-v lists them)"
        yield ((f"    {unchanged} unchanged{hint}", "dim"),)
    yield from selection_lines(plan.selection)
    if unchanged or plan.items:
        yield ()
    for warning in plan.warnings:
        yield from _warning(warning, width)
    if plan.warnings:
        yield ()
    yield from footer(plan, width=width, consent=consent, gross=gross)


def operations(item: Item) -> list[str]:
    """Return what an item asks for, in order; the same several times in a row once, with how often."""
    runs = groupby(call.operation for call in item.calls)
    counted = [(name, len([*several])) for name, several in runs]
    return [name if count == 1 else f"{name} x{count}" for name, count in counted]


def _listed(name: str, values: list[str]) -> Iterator[Line]:
    for number, value in enumerate(values):
        yield _field("" if number else name, (value, "dim"))


def _warning(warning: Problem, width: int | None) -> Iterator[Line]:
    """Yield a warning, broken between words where there is no more room."""
    place = f"{warning.mark}  " if warning.mark else ""
    label = "warning  "
    for told, first in ((place + warning.message, label), (warning.help, " " * len(label))):
        room = max(width or 0, 40) - len(label) if width is not None else len(told) + 1
        for number, line in enumerate(
            wrap(harmless(told), room, break_long_words=False, break_on_hyphens=False)
        ):
            yield (" " * len(label) if number else first, "bold yellow"), line


def item_lines(item: Item, plan: Plan, width: int | None, gross: bool) -> Iterator[Line]:
    """Yield what happens to one object."""
    style = STYLES[item.verdict]
    said = headline(item)
    address = f"{item.address.ljust(WIDTH + 2)}  " if said else item.address
    head: Line = ("  ", (item.verdict.value, f"bold {style}"), " ", (address, style), said)
    cost = price(item, plan.bill.currency, gross=gross) if plan.bill and item.verdict in CHANGING else ""
    yield aligned(head, cost, width) if cost else head
    if meanwhile := _meanwhile(item):
        yield _field("meanwhile", (meanwhile, "yellow"))
    for change in item.changes:
        yield from change_lines(item, change)
    if lost := ", ".join(item.lost(Toll.ADDRESS, Toll.DATA)):
        yield _field("loses", (lost, "red"))
    if item.refused:
        place = f"  {item.resource.mark}" if item.resource is not None else ""
        yield _field("refused", (item.refused, "bold red"), (place, "dim"))


def headline(item: Item) -> str:
    """Return what is said beside the address: why, else the first thing that it does besides."""
    why = f"replaced: {item.why}" if item.verdict is Verdict.REPLACE else item.why
    rebuilt = item.loses_data and item.verdict is Verdict.UPDATE
    said = [each for each in (why, "rebuilt: everything on its disk is lost" if rebuilt else "") if each]
    return "; ".join(said or [*badges(item)][:1])


def _meanwhile(item: Item) -> str:
    """Return what it does to those who use the object, as far as the headline does not say it."""
    return "; ".join(badge for badge in badges(item) if badge != headline(item))


def badges(item: Item) -> Iterator[str]:
    """Yield what a change does to those who use the object, in words: for how long it is off, what drops."""
    for effect in item.effects:
        about = f" for about {duration(effect.seconds)}" if effect.seconds else ""
        if effect.toll is Toll.OFF:
            yield f"off{about}"
        elif effect.toll is Toll.TARGET:
            yield f"{effect.what} gets nothing{about}" if effect.field else effect.what


def _field(name: str, *value: Part, marker: str = " ") -> Line:
    return "    ", (marker, "bold"), " ", name.ljust(WIDTH), "  ", *value


def change_lines(item: Item, change: FieldChange) -> Iterator[Line]:
    """Yield what happens to one field of an object, or in what it differs."""
    marker = "!" if change.noted else " "
    for number, value in enumerate(told(item, change)):
        yield _field("" if number else change.field, *value, marker=" " if number else marker)
    if change.noted:
        yield _field("", (unseen(item, change), "dim"))


def told(item: Item, change: FieldChange) -> list[tuple[Part, ...]]:
    """Return how a field changes, in lines; what it brings about stands in the first."""
    if item.verdict is Verdict.CREATE:
        return [(row,) for row in rows(item.kind.fields[change.field], change.new)]
    values = [*_values(item, change)]
    return [(*values[0], *_remark(item, change)), *values[1:]]


def _values(item: Item, change: FieldChange) -> Iterator[tuple[Part, ...]]:
    field = item.kind.fields[change.field]
    if is_fingerprint(item, change):
        yield (f"sha256:{change.old} → {shown(field, change.new)}",)
    elif (parts := changed(field, change.old, change.new, change.surplus)) is not None:
        yield from (
            ((f"{sign} {text}", "red" if sign == "-" else "green"),) for sign, text in parts or [(" ", "")]
        )
    else:
        yield (f"{shown(field, change.old)} → {shown(field, change.new)}",)


def is_fingerprint(item: Item, change: FieldChange) -> bool:
    """Tell whether the old value is known only by the fingerprint in a label."""
    return item.actual is not None and change.old == item.actual.labels.get(mark_of(change.field), ...)


def _remark(item: Item, change: FieldChange) -> tuple[Part, ...]:
    if item.verdict is Verdict.REPLACE and change.mark is not None:
        return ((f"  {change.mark}", "dim"),)
    told = [effect for effect in item.effects if effect.field == change.field and effect.toll is Toll.GROWS]
    if told:
        return tuple((f"  {remark(effect)}", "yellow") for effect in told)
    return (f"  {change.effect}",) if change.effect and not change.noted else ()


def remark(effect: Effect) -> str:
    """Return what is said of something that grows."""
    return ", ".join(each for each in (effect.what, "cannot shrink later") if each)


def unseen(item: Item, change: FieldChange) -> str:
    """Return why a difference is left alone, and what to do about it."""
    changes: Any = item.kind.fields[change.field].changes
    meta = item.resource.meta if item.resource is not None else None
    if meta is not None and change.field in (*meta.rebuild_on, *meta.replace_on):
        return "left alone: nothing says what it was made with"
    if changes.calls:
        return f"left alone; lifecycle: {{rebuild_on: [{change.field}]}} rebuilds it ({changes.effect})"
    return f"left alone: it mattered at creation; lifecycle: {{ignore_changes: [{change.field}]}} hides this"
