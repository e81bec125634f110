"""The picture in the DOT language, for Graphviz.

https://graphviz.org/doc/info/lang.html
"""

from __future__ import annotations

from collections.abc import Iterator

from hetzner.apply.document import harmless
from hetzner.apply.plans import Verdict
from hetzner.apply.topology import INTERNET, Edge, Topology
from hetzner.cli.graph_frames import groups
from hetzner.cli.graph_words import Card, card, described, heading, label, listed_aside, marker, title
from hetzner.domain.specs.drawing import Role

COLOURS = {
    Verdict.CREATE: "#15803d",
    Verdict.UPDATE: "#a16207",
    Verdict.REPLACE: "#a21caf",
    Verdict.DELETE: "#b91c1c",
    Verdict.USE: "#0e7490",
    Verdict.NOTE: "#4338ca",
}


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
    yield from _frames(topology)
    for edge in topology.edges:
        yield f"  {_edge(edge)}"
    for kind, nodes in listed_aside(topology):
        yield f"  // {kind}: {', '.join(map(title, nodes))}"
    yield "}"


def _frames(topology: Topology) -> Iterator[str]:
    opened = ""
    for group in groups(topology, topology.in_role(Role.MACHINE)):
        if group.box != opened:
            if opened:
                yield "  }"
            if group.box:
                yield from _opening(topology, group.box, group.box, "  ")
            opened = group.box
        inner = "    " if group.box else "  "
        if group.outline:
            yield from _opening(topology, group.outline, f"{group.box} {group.outline}", inner)
        for address in group.nodes:
            yield f"{inner}{_node(card(topology, topology.nodes[address]))}"
        if group.outline:
            yield f"{inner}}}"
    if opened:
        yield "  }"


def _opening(topology: Topology, address: str, name: str, indent: str) -> Iterator[str]:
    verdict = topology.nodes[address].verdict
    words = f"{heading(topology, address)} {marker(verdict)}".strip()
    style = "rounded,dashed" if topology.nodes[address].role is Role.OUTLINE else "rounded"
    yield f"{indent}subgraph {quoted(f'cluster {name}')} {{"
    colour = COLOURS.get(verdict, "#7c9cd6") if verdict else "#7c9cd6"
    yield f"{indent}  label={quoted(words)}; style={quoted(style)}; color={quoted(colour)}"


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
