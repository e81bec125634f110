"""What a page tells of one object of a picture: what happens to it, what it is, what it belongs to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hetzner.apply.document import harmless
from hetzner.apply.plans import Item, Verdict
from hetzner.apply.topology import INTERNET, Node, Topology
from hetzner.cli import output
from hetzner.cli.graph_words import FATES, caption, title
from hetzner.cli.screen import Part
from hetzner.cli.values import rows, scalar
from hetzner.cli.wording import money
from hetzner.domain.money import Cost
from hetzner.domain.specs.effects import Toll

Row = tuple[str, list[str]]
"""A name, and the lines of its value."""


@dataclass(frozen=True, slots=True)
class Details:
    """What is told of one node."""

    address: str
    caption: str
    title: str
    verdict: Verdict | None
    fate: tuple[str, ...]
    """What happens to it, a sentence each."""
    changes: tuple[Row, ...]
    fields: tuple[Row, ...]
    live: tuple[Row, ...]
    """What the API shows of it."""
    related: tuple[tuple[str, tuple[str, ...]], ...]
    """In which way it belongs to others, and their addresses."""


def details(topology: Topology, node: Node) -> Details:
    """Return what is told of a node; no secret and no control character is in it."""
    item = node.item
    is_changed = item is not None and item.verdict is not Verdict.CREATE
    return Details(
        harmless(node.address),
        caption(node),
        title(node),
        node.verdict,
        tuple(map(harmless, _fate(node, item))),
        tuple(_safe(_changes(item)) if item and is_changed else ()),
        tuple(_safe(_fields(node))),
        tuple(_safe(_live(node))),
        tuple((words, found) for words, found in _related(topology, node) if found),
    )


def _safe(found: Iterator[Row]) -> Iterator[Row]:
    for name, lines in found:
        yield harmless(name), [harmless(line) for line in lines]


def _fate(node: Node, item: Item | None) -> Iterator[str]:
    word = FATES.get(node.verdict) if node.verdict else None
    said = output.headline(item) if item else "referred to, and not declared" if node.verdict else ""
    if word or said:
        yield f"{word}: {said}" if word and said and not said.startswith(word) else said or word or ""
    if item is None:
        return
    for lost in item.lost(Toll.ADDRESS, Toll.DATA):
        yield f"loses {lost}"
    if item.refused:
        yield f"refused: {item.refused}"
    if prices := _price(item.now, item.then):
        yield prices


def _price(now: Cost | None, then: Cost | None) -> str:
    """Say what it costs; nothing for what costs nothing or what nobody asked the price of."""
    costs = [cost.monthly for cost in (now, then) if cost is not None and cost.monthly.net]
    return f"costs {' → '.join(dict.fromkeys(map(money, costs)))} a month, net" if costs else ""


def _changes(item: Item) -> Iterator[Row]:
    for change in item.changes:
        lines = ["".join(map(_text, line)) for line in output.told(item, change)]
        left = [output.unseen(item, change)] if change.noted else []
        yield f"{change.field}{' !' if change.noted else ''}", [*lines, *left]


def _text(part: Part) -> str:
    return part if isinstance(part, str) else part[0]


def _fields(node: Node) -> Iterator[Row]:
    if node.others:
        yield "names", [", ".join(node.names)]
    if node.resource is not None:
        yield "declared", [str(node.resource.mark)]
    wanted = node.resource.spec if node.resource is not None else {}
    for name, field in node.kind.fields.items():
        if name in wanted or node.spec.get(name) not in (None, False, "", [], {}):
            yield name, rows(field, node.spec[name])


def _live(node: Node) -> Iterator[Row]:
    if node.others or node.actual is None:
        return
    for name, read in node.kind.attributes.items():
        if name != "name" and (value := read(node.actual)) is not None:
            yield name, [scalar(value)]


def _related(topology: Topology, node: Node) -> Iterator[tuple[str, tuple[str, ...]]]:
    mine = node.address
    yield "from", tuple(e.source for e in topology.edges if e.target == mine and e.source != INTERNET)
    yield "to", tuple(edge.target for edge in topology.edges if edge.source == mine)
    yield "in", (*(box for box, _ in node.boxes), *((node.outline,) if node.outline else ()))
    yield "has", node.badges
    yield "on", tuple(each.address for each in topology.wearing(mine))
