"""The picture in the DOT language, for Graphviz.

https://graphviz.org/doc/info/lang.html
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from hetzner.apply.document import harmless
from hetzner.apply.plans import Verdict
from hetzner.apply.topology import INTERNET, Edge, Topology
from hetzner.cli.graph_frames import nested
from hetzner.cli.graph_words import (
    COLOURS,
    Card,
    card,
    described,
    heading,
    label,
    listed_aside,
    marker,
    title,
)
from hetzner.domain.specs.drawing import Role

FRAME = "#7c9cd6"


def dot(topology: Topology) -> Iterator[str]:
    """Yield the lines of a graph."""
    yield f"digraph {quoted(harmless(topology.project))} {{"
    yield f"  graph [rankdir=LR, tooltip={quoted(described(topology))}]"
    yield '  node [shape=box, style="rounded,filled", fillcolor="#f8fafc", color="#94a3b8"]'
    yield '  edge [color="#7b8aa0"]'
    if any(edge.source == INTERNET for edge in topology.edges):
        yield f"  {quoted(INTERNET)} [label=Internet, shape=circle]"
    for node in topology.placed:
        if node.role is not Role.MACHINE:
            yield f"  {_node(card(topology, node))}"
    yield from nested(topology, partial(_opening, topology), lambda node: _node(card(topology, node)), "}")
    for edge in topology.edges:
        yield f"  {_edge(edge)}"
    for kind, nodes in listed_aside(topology):
        yield f"  // {kind}: {', '.join(map(title, nodes))}"
    yield "}"


def _opening(topology: Topology, address: str, name: str) -> str:
    node = topology.nodes[address]
    words = f"{heading(topology, address)} {marker(node.verdict)}".strip()
    style = "rounded,dashed" if node.role is Role.OUTLINE else "rounded"
    colour = COLOURS.get(node.verdict, FRAME) if node.verdict else FRAME
    said = f"label={quoted(words)}; style={quoted(style)}; color={quoted(colour)}"
    return f"subgraph {quoted(harmless(f'cluster {name}'))} {{ {said}"


def _node(on: Card) -> str:
    badges = [f"{text} {marker(verdict)}".strip() for text, verdict in on.badges]
    lines = [on.caption, f"{on.title} {on.marker}".strip(), " · ".join(on.facts), " · ".join(badges)]
    more = ""
    if on.verdict in COLOURS:
        dashed = ', style="rounded,filled,dashed"' if on.verdict is Verdict.DELETE else ""
        more = f", color={quoted(COLOURS[on.verdict])}, penwidth=2{dashed}"
    return f"{quoted(harmless(on.address))} [label={quoted(*filter(None, lines))}{more}]"


def _edge(edge: Edge) -> str:
    said = [f"label={quoted(label(edge))}"] if edge.labels else []
    if edge.verdict in COLOURS:
        said.append(f"color={quoted(COLOURS[edge.verdict])}")
    if edge.verdict is Verdict.DELETE:
        said.append("style=dashed")
    ends = f"{quoted(harmless(edge.source))} -> {quoted(harmless(edge.target))}"
    return f"{ends} [{', '.join(said)}]" if said else ends


def quoted(*lines: str) -> str:
    """Return a text of one or more lines in quotes; `&` would begin a character's name."""
    every = (line.replace("\\", "\\\\").replace('"', '\\"').replace("&", "&amp;") for line in lines)
    return '"' + "\\n".join(every) + '"'
