"""The picture as a Mermaid flowchart, which many forges and editors draw in Markdown.

https://mermaid.js.org/syntax/flowchart.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import partial

from hetzner.apply.plans import Verdict
from hetzner.apply.topology import INTERNET, Edge, Topology
from hetzner.cli.graph_frames import nested
from hetzner.cli.graph_words import CLASSES, COLOURS, Card, card, heading, label, listed_aside, marker, title
from hetzner.domain.specs.drawing import COLUMNS, Role

_ODD = re.compile(r"(?<![A-Za-z0-9])-|[\"#$%&()*+;<>\[\]\\^`{|}~]|\.(?= )")
"""What means something to Mermaid, to Markdown or to HTML; letters beyond ASCII mean nothing."""


def mermaid(topology: Topology) -> Iterator[str]:
    """Yield the lines of a flowchart."""
    names = {node.address: f"n{number}" for number, node in enumerate(topology.placed)}
    names[INTERNET] = INTERNET
    yield "flowchart LR"
    if any(edge.source == INTERNET for edge in topology.edges):
        yield f"  {INTERNET}((Internet))"
    for node in topology.placed:
        if node.role is not Role.MACHINE:
            yield f"  {_node(names[node.address], card(topology, node))}"
    opening = partial(_opening, topology, names)
    yield from nested(topology, opening, lambda node: _node(names[node.address], card(topology, node)), "end")
    for edge in topology.edges:
        yield f"  {_edge(edge, names)}"
    yield from _classes(topology, names)
    for kind, nodes in listed_aside(topology):
        yield f"  %% {kind}: {', '.join(_plain(title(node)) for node in nodes)}"


def _opening(topology: Topology, names: dict[str, str], address: str, unique: str) -> str:
    name = names.setdefault(unique, f"n{len(names)}")
    words = f"{heading(topology, address)} {marker(topology.nodes[address].verdict)}".strip()
    return f'subgraph {name}["{escaped(words)}"]'


def _node(name: str, on: Card) -> str:
    first = f"<b>{escaped(on.title)}</b>{' ' + escaped(on.marker) if on.marker else ''}"
    badges = [f"{text} {mark}".strip() for text, mark in ((text, marker(of)) for text, of in on.badges)]
    lines = [escaped(on.caption), first, *(escaped(" · ".join(each)) for each in (on.facts, badges) if each)]
    return f'{name}["{"<br>".join(lines)}"]'


def _edge(edge: Edge, names: Mapping[str, str]) -> str:
    arrow = "-.->" if edge.verdict is Verdict.DELETE else "-->"
    words = f'|"{escaped(label(edge))}"|' if edge.labels else ""
    return f"{names[edge.source]} {arrow}{words} {names[edge.target]}"


def _classes(topology: Topology, names: Mapping[str, str]) -> Iterator[str]:
    for verdict, name in CLASSES.items():
        nodes = [names[node.address] for node in topology.in_role(*COLUMNS) if node.verdict is verdict]
        if nodes:
            dashed = ",stroke-dasharray:6 4" if verdict is Verdict.DELETE else ""
            yield f"  classDef {name} stroke:{COLOURS[verdict]},stroke-width:2px{dashed}"
            yield f"  class {','.join(nodes)} {name}"


def escaped(text: str) -> str:
    """Return a text for a quoted label: whatever might mean something is a character code."""
    codes = _ODD.sub(lambda found: f"#{ord(found[0])};", text)
    return codes.replace("#36;#36;", "#36;<wbr>#36;")  # two dollars would be a formula, also as codes


def _plain(text: str) -> str:
    """Return a text for a comment, in which braces would mean something."""
    return re.sub(r"[{}%]", "?", text)
