"""The plan as people read it: what happens to what, why, and what it costs in data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hetzner.apply.diff import mark_of
from hetzner.apply.plans import FieldChange, Item, Plan, Verdict
from hetzner.cli.chosen import selection_lines
from hetzner.cli.screen import Line, Part
from hetzner.cli.values import changed, rows, shown

STYLES = {
    Verdict.CREATE: "green",
    Verdict.UPDATE: "yellow",
    Verdict.REPLACE: "magenta",
    Verdict.DELETE: "red",
    Verdict.USE: "cyan",
    Verdict.NOTE: "bold",
    Verdict.KEEP: "dim",
}
COUNTED = {
    Verdict.CREATE: "add",
    Verdict.UPDATE: "change",
    Verdict.REPLACE: "replace",
    Verdict.DELETE: "destroy",
    Verdict.USE: "used as it is",
}
LOSSES = (("id", "id {}"), ("ipv4", "ipv4 {}"), ("ipv6", "ipv6 {}"), ("private_ip", "private {}"))
"""Attributes that an object takes with it, and how they are told."""
WIDTH = 15
"""Columns for the name of a field; values begin at column 24."""


def plan_lines(plan: Plan, *, verbose: bool = False, where: str = "", consent: str = "") -> Iterator[Line]:
    """Yield the plan; ``verbose`` lists what is unchanged, ``consent`` says how losses are allowed."""
    yield (plan.project, "bold"), where
    yield ()
    for item in plan:
        if item.verdict is not Verdict.KEEP or verbose or item.refused:
            yield from _item(item)
    unchanged = plan.count(Verdict.KEEP)
    if unchanged:
        yield ((f"    {unchanged} unchanged" + ("" if verbose else " (-v lists them)"), "dim"),)
    yield from selection_lines(plan.selection)
    if unchanged or plan.items:
        yield ()
    if not plan.is_empty:
        yield (f"Plan   {summary(plan)}",)
    elif not plan.refused:
        yield ("Nothing to do.",)
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


def _losing(plan: Plan, consent: str) -> Line:
    losing = plan.needing_consent
    count = "1 loss" if len(losing) == 1 else f"{len(losing)} losses"
    return "Data   ", (count, "bold red"), consent and f" ({consent})", f": {_listed(losing)}"


def _listed(items: tuple[Item, ...]) -> str:
    return ", ".join(item.address for item in items)


def _item(item: Item) -> Iterator[Line]:
    style = STYLES[item.verdict]
    said = headline(item)
    address = f"{item.address.ljust(WIDTH + 2)}  " if said else item.address
    yield "  ", (item.verdict.value, f"bold {style}"), " ", (address, style), said
    for change in item.changes:
        yield from _change(item, change)
    if item.actual is not None and item.consent and (lost := ", ".join(losses(item))):
        yield _field("loses", (lost, "red"))
    if item.refused:
        place = f"  {item.resource.mark}" if item.resource is not None else ""
        yield _field("refused", (item.refused, "bold red"), (place, "dim"))


def headline(item: Item) -> str:
    """Return what is said beside the address."""
    if item.verdict is Verdict.REPLACE:
        return f"replaced: {item.why}"
    if item.verdict is not Verdict.UPDATE:
        return item.why
    effects = [item.why, "rebuilt: everything on its disk is lost" if item.loses_data else ""]
    return "; ".join([effect for effect in (*effects, _off(item)) if effect])


def _off(item: Item) -> str:
    """Say that something that runs now has to be off for a change."""
    off = any(item.kind.fields[change.field].changes.off for change in item.changes if not change.noted)
    running = getattr(item.actual, "status", None) == "running"
    return "off while it changes" if off and running else ""


def losses(item: Item) -> Iterator[str]:
    """Yield what goes with an object that is deleted or overwritten."""
    if item.verdict in (Verdict.DELETE, Verdict.REPLACE):
        for name, words in LOSSES:
            if (
                name in item.kind.attributes
                and (value := item.kind.attributes[name](item.actual)) is not None
            ):
                yield words.format(value)
    disk = getattr(item.actual, "primary_disk_size", None)
    if disk is not None:
        yield f"local disk {disk} GB"


def _field(name: str, *value: Part, marker: str = " ") -> Line:
    return "    ", (marker, "bold"), " ", name.ljust(WIDTH), "  ", *value


def _change(item: Item, change: FieldChange) -> Iterator[Line]:
    field = item.kind.fields[change.field]
    if item.verdict is Verdict.CREATE:
        values: list[tuple[Part, ...]] = [(row,) for row in rows(field, change.new)]
    else:
        values = [*_values(item, change)]
        values[0] = (*values[0], *_remark(item, change))
    marker = "!" if change.noted else " "
    for number, value in enumerate(values):
        yield _field("" if number else change.field, *value, marker=" " if number else marker)
    if change.noted:
        yield _field("", (unseen(item, change), "dim"))


def _values(item: Item, change: FieldChange) -> Iterator[tuple[Part, ...]]:
    field = item.kind.fields[change.field]
    if is_fingerprint(item, change):
        yield (f"sha256:{change.old} → {shown(field, change.new)}",)
    elif (parts := changed(field, change.old, change.new)) is not None:
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
    return (f"  {change.effect}",) if change.effect and not change.noted else ()


def unseen(item: Item, change: FieldChange) -> str:
    """Return why a difference is left alone, and what to do about it."""
    changes: Any = item.kind.fields[change.field].changes
    if changes.calls:
        return f"left alone; lifecycle: {{rebuild_on: [{change.field}]}} rebuilds it ({changes.effect})"
    return f"left alone: it mattered at creation; lifecycle: {{ignore_changes: [{change.field}]}} hides this"
