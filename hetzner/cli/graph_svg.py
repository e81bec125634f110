"""The picture as SVG: no font, script or file from outside, readable in light and dark."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from importlib.resources import files

from hetzner.apply.document import harmless
from hetzner.apply.plans import Verdict
from hetzner.apply.topology import INTERNET, Topology
from hetzner.cli.graph_layout import Layout, Route, laid_out
from hetzner.cli.graph_measures import (
    FACT,
    INSET,
    LINE,
    ROW,
    Rect,
    Sheet,
    badge_width,
    fitted,
    span,
)
from hetzner.cli.graph_words import CLASSES, described, flowed, heading, legend, listed_aside, marker, title

MARGIN = 28.0
TOP, TOP_INSIDE = 104.0, 44.0
"""Height of what is above the columns; a page says name and marks itself."""
LEAST = 560.0
"""A picture is at least so wide, for what is written above and below it."""
ABOVE = (Verdict.DELETE, None, Verdict.CREATE)
"""Which lines are drawn over which, where they have a part in common."""


def style() -> str:
    """Return the style sheet."""
    return files("hetzner.cli").joinpath("graph.css").read_text(encoding="utf-8")


def svg(topology: Topology, *, inside: bool = False) -> Iterator[str]:
    """Yield the lines of a picture; one that is part of a page can be used by keyboard and has no style."""
    layout = laid_out(topology)
    width = max(layout.width + 2 * MARGIN, LEAST)
    foot = [*_foot(topology, width - 2 * MARGIN)]
    top = TOP_INSIDE if inside else TOP
    height = top + layout.height + MARGIN + (24 + 18 * len(foot) if foot else 0)
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="topology" viewBox="0 0 {_n(width)} {_n(height)}" '
        f'width="{_n(width)}" height="{_n(height)}" role="{"group" if inside else "img"}" '
        'aria-labelledby="topology-title topology-desc">'
    )
    name = harmless(topology.project)
    yield f'<title id="topology-title">{escape(name)}: topology</title>'
    yield f'<desc id="topology-desc">{escape(harmless(described(topology)))}</desc>'
    if not inside:
        yield f"<style>\n{style()}</style>"
    yield f'<rect class="paper" width="{_n(width)}" height="{_n(height)}"/>'
    if not inside:
        yield from _head(topology, width)
    for words, left in layout.headings:
        yield _text("column", MARGIN + left, top - 14, words.upper())
    yield f'<g transform="translate({_n(MARGIN)} {_n(top)})">'
    yield from _body(topology, layout, inside=inside)
    yield "</g>"
    for number, line in enumerate(foot):
        yield _text("foot", MARGIN, top + layout.height + MARGIN + 18 + 18 * number, line)
    yield "</svg>"


def _body(topology: Topology, layout: Layout, *, inside: bool) -> Iterator[str]:
    for address, rect in layout.frames:
        yield from _frame(topology, address, rect, inside=inside)
    for route in sorted(layout.routes, key=lambda route: ABOVE.index(route.edge.verdict)):
        yield from _route(route)
    for route in layout.routes:
        if route.label:
            words = fitted(route.label, FACT - 1, 150)
            yield _text("label" if route.is_label_first else "label end", *route.label_at, words)
    for address, rect in layout.nodes.items():
        if address == INTERNET:
            yield from _globe(rect)
        else:
            yield from _node(layout.sheets[address], rect, inside=inside)


def _head(topology: Topology, width: float) -> Iterator[str]:
    name = fitted(harmless(topology.project), 20, width - 2 * MARGIN)
    yield _text("project", MARGIN, 38, name)
    x = MARGIN
    for verdict, words in legend(topology):
        yield _mark(verdict, x + 9, 60)
        yield _text("legend", x + 24, 64, words)
        x += 24 + span(words, FACT) + 20
    if topology.planned and not legend(topology):
        yield _text("legend", MARGIN, 64, "nothing to do")


def _foot(topology: Topology, width: float) -> Iterator[str]:
    for kind, nodes in listed_aside(topology):
        names = [f"{title(node)} {marker(node.verdict)}".strip() for node in nodes]
        names[0] = f"{kind}: {names[0]}"
        yield from flowed(names, int(width / (FACT * 0.605)), ", ")


def _frame(topology: Topology, address: str, rect: Rect, *, inside: bool) -> Iterator[str]:
    node = topology.nodes[address]
    words = fitted(heading(topology, address), FACT, rect.w - 60)
    yield f'<g class="frame {node.role.value}{_fate(node.verdict)}"{_handle(address, words, inside)}>'
    yield f'<rect x="{_n(rect.x)}" y="{_n(rect.y)}" width="{_n(rect.w)}" height="{_n(rect.h)}" rx="10"/>'
    yield _text("name", rect.x + 14, rect.y + (20 if node.role.value == "box" else 17), words)
    if marker(node.verdict):
        yield _mark(node.verdict, rect.right - 16, rect.y + 15)
    yield "</g>"


def _route(route: Route) -> Iterator[str]:
    edge = route.edge
    ends = f'data-from="{_id(edge.source)}" data-to="{_id(edge.target)}"'
    path, before = [], (0.0, 0.0)
    for letter, (x, y) in route.steps:
        if letter == "C":
            bend = max(24.0, (x - before[0]) / 2)
            path.append(f"C{_n(before[0] + bend)} {_n(before[1])} {_n(x - bend)} {_n(y)} {_n(x)} {_n(y)}")
        else:
            path.append(f"{letter}{_n(x)} {_n(y)}")
        before = (x, y)
    yield f'<path class="line{_fate(edge.verdict)}" {ends} d="{"".join(path)}"/>'
    x, y = before
    is_down = route.steps[-2][1][0] == x
    corners = (
        f"{_n(x - 4)},{_n(y - 7)} {_n(x + 4)},{_n(y - 7)}"
        if is_down
        else f"{_n(x - 7)},{_n(y - 4)} {_n(x - 7)},{_n(y + 4)}"
    )
    yield f'<polygon class="tip{_fate(edge.verdict)}" {ends} points="{_n(x)},{_n(y)} {corners}"/>'


def _globe(rect: Rect) -> Iterator[str]:
    x, y, r = rect.x + rect.w / 2, rect.middle, rect.w / 2
    yield '<g class="globe"><title>Internet</title>'
    yield f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(r)}"/>'
    yield f'<ellipse cx="{_n(x)}" cy="{_n(y)}" rx="{_n(r / 2.2)}" ry="{_n(r)}"/>'
    for up in (-0.45, 0.0, 0.45):
        half = r * (1 - up * up) ** 0.5
        yield f'<path d="M{_n(x - half)} {_n(y + r * up)}H{_n(x + half)}"/>'
    yield _text("name", x, rect.bottom + 16, "Internet")
    yield "</g>"


def _node(sheet: Sheet, rect: Rect, *, inside: bool) -> Iterator[str]:
    card, x = sheet.card, rect.x + INSET
    box = f'x="{_n(rect.x)}" y="{_n(rect.y)}" width="{_n(rect.w)}" height="{_n(rect.h)}" rx="7"'
    many = " many" if card.count > 1 else ""
    yield f'<g class="node{many}{_fate(card.verdict)}"{_handle(card.address, card.spoken, inside)}>'
    yield f"<title>{escape(card.spoken)}</title>"
    if many:
        yield f'<rect class="behind" transform="translate(4 4)" {box}/>'
    yield f'<rect class="card" {box}/>'
    yield _text("caption", x, rect.y + 18, card.caption)
    yield _text("name", x, rect.y + 35, sheet.title)
    y = rect.y + 35
    for line in sheet.facts:
        y += LINE
        yield _text("fact", x, y, line)
    y = rect.y + 46 + LINE * len(sheet.facts) - 4
    for row in sheet.badges:
        left = x
        for words, number in row:
            wide = badge_width(words)
            yield f'<g class="badge{_fate(card.badges[number][1])}">'
            yield f'<rect x="{_n(left)}" y="{_n(y)}" width="{_n(wide)}" height="16" rx="8"/>'
            yield _text("small", left + 6, y + 11.5, words)
            yield "</g>"
            left += wide + 5
        y += ROW
    if card.marker:
        yield _mark(card.verdict, rect.right - 17, rect.y + 17)
    yield "</g>"


def _handle(address: str, words: str, inside: bool) -> str:
    """Return what makes something usable in a page."""
    name = f' data-node="{_id(address)}"'
    return f'{name} tabindex="0" role="button" aria-label="{escape(words)}"' if inside else name


def _id(address: str) -> str:
    return escape(harmless(address))


def _mark(verdict: Verdict | None, x: float, y: float) -> str:
    sign = marker(verdict).replace("-", "\N{MINUS SIGN}")
    return (
        f'<g class="mark{_fate(verdict)}"><circle cx="{_n(x)}" cy="{_n(y)}" r="9"/>'
        f'<text x="{_n(x)}" y="{_n(y + 4.5)}">{sign}</text></g>'
    )


def _fate(verdict: Verdict | None) -> str:
    return f" {CLASSES[verdict]}" if verdict in CLASSES else ""


def _text(kind: str, x: float, y: float, words: str) -> str:
    return f'<text class="{kind}" x="{_n(x)}" y="{_n(y)}">{escape(words)}</text>'


def _n(number: float) -> str:
    """Return a number without needless digits."""
    return f"{number:.1f}".removesuffix(".0")
