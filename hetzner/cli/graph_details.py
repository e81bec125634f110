"""What a page tells of one object of a picture: what happens to it, what it is, what it belongs to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hetzner.apply.document import harmless
from hetzner.apply.plans import FieldChange, Item, Verdict
from hetzner.apply.topology import INTERNET, Node, Topology
from hetzner.cli.graph_words import FATES, caption, title
from hetzner.cli.output import headline, is_fingerprint
from hetzner.cli.values import changed, rows, scalar, shown
from hetzner.domain.money import Cost

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
    said = headline(item) if item else "referred to, and not declared" if node.verdict else ""
    if word or said:
        yield f"{word}: {said}" if word and said and not said.startswith(word) else said or word or ""
    if item is None:
        return
    for effect in item.effects:
        lasts = f", for about {effect.seconds:.0f} s" if effect.seconds else ""
        yield f"{effect.toll.value}{f': {effect.what}' if effect.what else ''}{lasts}"
    if item.refused:
        yield f"refused: {item.refused}"
    if prices := _price(item.now, item.then):
        yield prices


def _price(now: Cost | None, then: Cost | None) -> str:
    """Say what it costs; nothing for what costs nothing or what nobody asked the price of."""
    told = [f"{cost.monthly.net:.2f}" for cost in (now, then) if cost is not None]
    if not told or all(cost is None or not cost.monthly.net for cost in (now, then)):
        return ""
    return f"costs {' → '.join(dict.fromkeys(told))} a month, net"


def _changes(item: Item) -> Iterator[Row]:
    for change in item.changes:
        effect = [f"({change.effect})"] if change.effect else []
        yield f"{change.field}{' !' if change.noted else ''}", [*_lines(item, change), *effect]


def _lines(item: Item, change: FieldChange) -> list[str]:
    field = item.kind.fields[change.field]
    if is_fingerprint(item, change):
        return [f"sha256:{change.old} → {shown(field, change.new)}"]
    if (parts := changed(field, change.old, change.new)) is not None:
        return [f"{sign} {text}" for sign, text in parts]
    return [f"{shown(field, change.old)} → {shown(field, change.new)}"]


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
