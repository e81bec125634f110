"""The plan for a pull request: Markdown, in which nothing from a file or from the cloud acts as markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from hetzner.apply.document.frames import harmless
from hetzner.apply.plans import CHANGING, Item, Plan, Verdict
from hetzner.cli.footer import costs, effort, summary
from hetzner.cli.output import badges, item_lines
from hetzner.cli.screen import Line
from hetzner.cli.wording import change, difference, several, symbol
from hetzner.domain.specs.effects import Toll

TOLD = frozenset({*CHANGING, Verdict.NOTE})
_MARKUP = re.compile(r"([\\`*_\[\]#|<>&~@$]|:(?=//)|(?<=www)\.)")


def markdown(plan: Plan, *, gross: bool = False) -> str:
    """Return a plan as Markdown: a table of what happens, and all the rest folded away."""
    return "\n".join(_sections(plan, gross)) + "\n"


def escaped(text: str) -> str:
    """Return a text that Markdown shows as it is: no markup, no HTML, no mention, no link."""
    return _MARKUP.sub(r"\\\1", harmless(text)).replace("\\<", "&lt;").replace("\\&", "&amp;")


def code(text: str) -> str:
    """Return a text as a code span, whatever is in it; fit for a table."""
    text = harmless(text).replace("|", "\\|") or " "
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", text)), default=0))
    blank = " " if text[0] == "`" or text[-1] == "`" else ""
    return f"{fence}{blank}{text}{blank}{fence}"


def _sections(plan: Plan, gross: bool) -> Iterator[str]:
    yield f"### {code(plan.project)}: {_title(plan)}"
    yield ""
    told = [item for item in plan if item.verdict in TOLD or item.refused]
    if told:
        yield from _table(plan, told, gross)
    yield from _figures(plan, gross)
    if plan.warnings:
        yield "**Warnings**"
        yield ""
        for warning in plan.warnings:
            place = f" ({code(str(warning.mark))})" if warning.mark else ""
            yield f"- {escaped(warning.message)}{place}" + (
                f": {escaped(warning.help)}" if warning.help else ""
            )
        yield ""
    if told:
        yield from _details(told, plan, gross)


def _title(plan: Plan) -> str:
    if plan.refused:
        return f"refused, {several(len(plan.refused), 'object')} must not be changed like this"
    return "nothing to do" if plan.is_empty else summary(plan)


def _table(plan: Plan, told: list[Item], gross: bool) -> Iterator[str]:
    currency = symbol(plan.bill.currency) if plan.bill else ""
    priced = [f"{currency} a month"] if plan.bill else []
    yield f"| {' | '.join(['', 'Object', 'What it does', *priced])} |"
    yield f"| {' | '.join([':-:', '---', '---', *(['--:'] if priced else [])])} |"
    for item in told:
        cells = [code(item.verdict.value), code(item.address), "<br>".join(_does(item))]
        more = difference(item)
        amount = change(more, gross=gross) if more is not None and item.kind.billed else ""
        yield f"| {' | '.join([*cells, *([amount] if priced else [])])} |"
    yield ""


def _does(item: Item) -> Iterator[str]:
    if item.refused:
        yield f"**refused**: {escaped(item.refused)}"
    if item.why:
        yield escaped(item.why)
    if fields := [each.field for each in item.changes if not each.noted and item.actual is not None]:
        yield "changes " + ", ".join(code(name) for name in dict.fromkeys(fields))
    if noted := [each.field for each in item.changes if each.noted]:
        yield "left alone: " + ", ".join(code(name) for name in noted)
    yield from (f"**{escaped(each)}**" for each in badges(item))
    if lost := item.lost(Toll.ADDRESS, Toll.DATA):
        yield f"**loses** {escaped(', '.join(lost))}"


def _figures(plan: Plan, gross: bool) -> Iterator[str]:
    if cost := costs(plan, gross=gross):
        yield f"**Cost** {escaped(plain(cost))}  "
    if work := effort(plan):
        yield f"**Work** {escaped(' · '.join(work))}  "
    if losing := plan.needing_consent:
        yield f"**Needs consent** ({code('--allow-destroy')}): {', '.join(code(i.address) for i in losing)}"
    if cost or work or losing:
        yield ""


def _details(told: list[Item], plan: Plan, gross: bool) -> Iterator[str]:
    text = [plain(line) for line in chain.from_iterable(item_lines(item, plan, None, gross) for item in told)]
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", "\n".join(text))), default=0))
    yield "<details><summary>All that changes</summary>"
    yield ""
    yield f"{fence}diff"
    yield from (line.removeprefix("  ").rstrip() for line in text)
    yield fence
    yield ""
    yield "</details>"


def plain(line: Line) -> str:
    """Return the text of a line."""
    return "".join(harmless(part if isinstance(part, str) else part[0]) for part in line)
