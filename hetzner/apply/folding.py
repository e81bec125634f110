"""A picture in which replicas that are alike are drawn as one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from hetzner.apply.plans import Verdict
from hetzner.apply.topology import INTERNET, Edge, Node, Topology
from hetzner.domain.specs.drawing import COLUMNS

FOLD = 6
"""So many replicas are drawn as one, if nothing else is asked for."""


def folded(topology: Topology, most: int = FOLD) -> Topology:
    """Return the picture with ``most`` or more replicas drawn as one, if they are alike; 0 for never.

    Alike are those that have the same fate, frames and badges, and lines from and to the same (or alike).
    """
    if most < 2:
        return topology
    into = _representatives(topology, most)
    nodes = {
        address: replace(node, others=tuple(topology.nodes[each].name for each in into[address][1:]))
        for address, node in topology.nodes.items()
        if address in into
    }
    standing = {each: address for address, several in into.items() for each in several}
    edges: dict[tuple[str, str], Edge] = {}
    for edge in topology.edges:
        ends = standing.get(edge.source, INTERNET), standing[edge.target]
        known = edges.get(ends)
        edges[ends] = replace(edge, source=ends[0], target=ends[1]) if known is None else _merged(known, edge)
    return replace(topology, nodes=nodes, edges=tuple(edges.values()))


def _merged(one: Edge, other: Edge) -> Edge:
    labels = tuple(dict.fromkeys((*one.labels, *other.labels)))
    return replace(one, labels=labels, verdict=one.verdict if one.verdict is other.verdict else None)


def _representatives(topology: Topology, most: int) -> dict[str, list[str]]:
    """Return, by the address of each node that is drawn, the addresses of all that it stands for."""
    alike: dict[Any, list[str]] = defaultdict(list)
    around = _around(topology)
    for address, node in topology.nodes.items():
        alike[_signature(node, topology, around)].append(address)
    found: dict[str, list[str]] = {}
    for several in alike.values():
        if len(several) >= most and topology.nodes[several[0]].role in COLUMNS:
            found[several[0]] = several
        else:
            found |= {each: [each] for each in several}
    return found


def _signature(node: Node, topology: Topology, around: Mapping[str, Any]) -> Any:
    bases = [_base(topology, each) for each in node.badges]
    boxes = tuple(box for box, _ in node.boxes)
    return node.kind.name, node.base, node.verdict, boxes, node.outline, (*bases,), around[node.address]


def _around(topology: Topology) -> dict[str, frozenset[tuple[str, Any, Verdict | None]]]:
    """Return what leads to and from every node, replicas by what they are called together."""
    found: dict[str, set[tuple[str, Any, Verdict | None]]] = {address: set() for address in topology.nodes}
    for edge in topology.edges:
        found[edge.target].add(("from", _base(topology, edge.source), edge.verdict))
        if edge.source in found:
            found[edge.source].add(("to", _base(topology, edge.target), edge.verdict))
    return {address: frozenset(each) for address, each in found.items()}


def _base(topology: Topology, address: str) -> Any:
    node = topology.nodes.get(address)
    return address if node is None else (node.kind.name, node.base)
