"""Where everything is in a drawn picture: columns from left to right, lines that pass beside nodes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from hetzner.apply.topology import INTERNET, Edge, Topology
from hetzner.cli.graph_frames import APART, Column, framed
from hetzner.cli.graph_measures import FACT, Rect, Sheet, natural_width, sheet, span
from hetzner.cli.graph_words import card, label
from hetzner.domain.specs.drawing import COLUMNS, Role

GAP = 84.0
"""Between two columns, without what is written on the lines."""
LANE = 10.0
"""Height that a line takes where it passes a column."""
GLOBE = 62.0
"""Width and height of the Internet."""
Point = tuple[float, float]


@dataclass(frozen=True)
class Route:
    """A line as it is drawn: curves between points, `straight` ones where it passes something."""

    edge: Edge
    steps: tuple[tuple[str, Point], ...]
    """From point to point: `M` is the start, `L` a straight line, `C` a curve that begins and ends level."""
    label: str = ""
    label_at: Point = (0, 0)
    is_label_first: bool = False
    """Whether the label stands where the line begins, else where it ends."""


@dataclass(frozen=True)
class Layout:
    """A picture without its colours; the upper left corner is 0, 0."""

    sheets: Mapping[str, Sheet]
    nodes: Mapping[str, Rect]
    frames: Sequence[tuple[str, Rect]]
    routes: Sequence[Route]
    headings: Sequence[tuple[str, float]]
    """What is written above the columns, and where from the left."""
    width: float
    height: float


def laid_out(topology: Topology) -> Layout:
    """Lay a picture out."""
    return _Builder(topology).build()


@dataclass
class _Item:
    """A node or a lane that wants to be at some height."""

    key: object
    height: float
    middle: float


class _Builder:
    """Builds one layout."""

    def __init__(self, topology: Topology) -> None:
        self._topology = topology
        self._cards = {node.address: card(topology, node) for node in topology.placed}
        self._roles = {address: topology.nodes[address].role for address in self._cards}
        self._columns = [role for role in COLUMNS if role in self._roles.values()]
        self._widths = {
            role: max(
                natural_width(self._cards[each]) for each, other in self._roles.items() if other is role
            )
            for role in self._columns
        }
        self._sheets = {
            address: sheet(self._cards[address], self._widths[role]) for address, role in self._roles.items()
        }
        self._bundles: dict[object, list[Edge]] = defaultdict(list)
        self._leave: dict[str, list[Edge]] = defaultdict(list)
        for edge in topology.edges:
            self._bundles[self._bundle(edge)].append(edge)
            self._leave[edge.source].append(edge)
        self._nodes: dict[str, Rect] = {}
        self._lanes: dict[tuple[Role, object], float] = {}
        self._machines: Column = framed(topology, topology.in_role(Role.MACHINE), self._sheets)
        self._internet = any(edge.source == INTERNET for edge in topology.edges)
        self._x = self._across()

    def build(self) -> Layout:
        """Lay out the servers, then what stands beside them, then the lines."""
        for address, rect in self._machines.nodes.items():
            self._nodes[address] = Rect(rect.x + self._x[Role.MACHINE], rect.y, rect.w, rect.h)
        left = [role for role in reversed(self._columns) if COLUMNS.index(role) < COLUMNS.index(Role.MACHINE)]
        for role in left:
            self._stack(role, self._ends(forward=True))
        if Role.STORE in self._columns:
            self._stack(Role.STORE, self._ends(forward=False))
        if self._internet:
            ends = self._ends(forward=True)[INTERNET]
            middle = fmean(self._nodes[each].middle for each in ends if each in self._nodes)
            self._nodes[INTERNET] = Rect(0, middle - GLOBE / 2, GLOBE, GLOBE)
        self._shift()
        routes = self._routes()
        rects = [*self._nodes.values(), *(rect for _, rect in self._frames())]
        height = max((rect.bottom for rect in rects), default=0)
        lanes = max(self._lanes.values(), default=0) + LANE
        headings = [(role.value, self._x[role]) for role in self._columns]
        return Layout(
            self._sheets, self._nodes, self._frames(), routes, headings, self._total, max(height, lanes)
        )

    def _across(self) -> dict[Role, float]:
        """Return where each column begins."""
        x, found = (GLOBE if self._internet else -GAP), {}
        for role in self._columns:
            x += self._gap(role)
            found[role] = x
            x += self._machines.width if role is Role.MACHINE else self._widths[role]
        self._total = max(x, 0)
        return found

    def _gap(self, role: Role) -> float:
        if not self._internet and role is self._columns[0]:
            return GAP
        edges = [edge for edge in self._topology.edges if self._roles[edge.target] is role]
        return GAP + min(max((span(label(edge), FACT - 1) for edge in edges), default=0), 150)

    def _ends(self, *, forward: bool) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for edge in self._topology.edges:
            one, other = (edge.source, edge.target) if forward else (edge.target, edge.source)
            found[one].append(other)
        return found

    def _stack(self, role: Role, ends: Mapping[str, list[str]]) -> None:
        """Place the nodes of a column, and the lanes of lines that pass it, near to what they lead to."""
        items: list[_Item] = []
        alone: list[str] = []
        for address, other in self._roles.items():
            if other is role:
                near = [self._nodes[each].middle for each in ends.get(address, ()) if each in self._nodes]
                if near:
                    items.append(_Item(address, self._sheets[address].height, fmean(near)))
                else:
                    alone.append(address)
        for key, targets in self._passing(role).items():
            items.append(_Item(key, LANE, fmean(self._nodes[each].middle for each in targets)))
        below = 0.0
        for item, top in _packed(items):
            if isinstance(item.key, str):
                self._nodes[item.key] = Rect(self._x[role], top, self._widths[role], item.height)
            else:
                self._lanes[role, item.key] = top + LANE / 2
            below = max(below, top + item.height + 2 * APART)
        for address in alone:
            self._nodes[address] = Rect(
                self._x[role], below, self._widths[role], self._sheets[address].height
            )
            below = self._nodes[address].bottom + APART

    def _passing(self, role: Role) -> Mapping[object, list[str]]:
        """Return the lines that pass a column, those from one node to a frame or to replicas as one."""
        found: dict[object, list[str]] = defaultdict(list)
        for edge in self._topology.edges:
            if role in self._between(edge):
                found[self._bundle(edge)].append(edge.target)
        return found

    def _bundle(self, edge: Edge) -> object:
        node = self._topology.nodes[edge.target]
        if node.role is not Role.MACHINE:
            return edge.source, edge.target
        frame = (node.boxes[0][0] if node.boxes else "", node.outline)
        return edge.source, frame if any(frame) else node.base

    def _between(self, edge: Edge) -> list[Role]:
        first = -1 if edge.source == INTERNET else self._columns.index(self._roles[edge.source])
        return self._columns[first + 1 : self._columns.index(self._roles[edge.target])]

    def _frames(self) -> list[tuple[str, Rect]]:
        x, y = self._x.get(Role.MACHINE, 0), self._moved
        return [(name, Rect(at.x + x, at.y + y, at.w, at.h)) for name, at in self._machines.frames]

    def _shift(self) -> None:
        """Move everything down so that nothing is above the upper border."""
        tops = [rect.y for rect in self._nodes.values()] + [y - LANE / 2 for y in self._lanes.values()]
        self._moved = max(0.0, -min(tops, default=0))
        down = self._moved
        self._nodes = {key: Rect(at.x, at.y + down, at.w, at.h) for key, at in self._nodes.items()}
        self._lanes = {key: y + down for key, y in self._lanes.items()}

    def _routes(self) -> list[Route]:
        into: dict[str, list[Edge]] = defaultdict(list)
        for edge in self._topology.edges:
            into[edge.target].append(edge)
        alike = {source for source, every in self._leave.items() if len({*map(label, every)}) == 1}
        routes = []
        for edges in into.values():
            edges.sort(key=lambda edge: self._comes_from(edge))
            for index, edge in enumerate(edges):
                share = (index + 1) / (len(edges) + 1)
                routes.append(self._route(edge, share, same=edge.source in alike))
        return routes

    def _comes_from(self, edge: Edge) -> float:
        passing = self._between(edge)
        if passing:
            return self._lanes[passing[-1], self._bundle(edge)]
        return self._nodes[edge.source].middle

    def _route(self, edge: Edge, share: float, *, same: bool) -> Route:
        source, target = self._nodes[edge.source], self._nodes[edge.target]
        steps = [*self._leaving(edge.source, source)]
        for role in self._between(edge):
            y = self._lanes[role, self._bundle(edge)]
            steps += [("C", (self._x[role] - 6, y)), ("L", (self._x[role] + self._widths[role] + 6, y))]
        end = target.y + target.h * share
        if edge.target in self._machines.gutters:
            y, x = self._machines.gutters[edge.target] + self._moved, target.x + 12 + 10 * share
            steps += [("C", (self._x[Role.MACHINE] + 4, y)), ("L", (x, y)), ("L", (x, target.y))]
        else:
            level = span(label(edge), FACT - 1) + 12 if edge.labels and not same else 0
            steps += [("C", (target.x - level, end)), *([("L", (target.x, end))] if level else [])]
        return Route(edge, tuple(steps), *self._labelled(edge, end, same=same))

    def _labelled(self, edge: Edge, end: float, *, same: bool) -> tuple[str, Point, bool]:
        """Return what is written on a line, where, and whether it begins there: once for lines in common."""
        source, target = self._nodes[edge.source], self._nodes[edge.target]
        if same:
            is_first = edge is self._leave[edge.source][0]
            return label(edge) if is_first else "", (source.right + 6, source.middle - 5), True
        if passed := self._between(edge):
            bundle = self._bundles[self._bundle(edge)]
            words = ", ".join(dict.fromkeys(label(each) for each in bundle if label(each)))
            at = (self._x[passed[-1]], self._lanes[passed[-1], self._bundle(edge)] - 5)
            return words if edge is bundle[0] else "", at, True
        return label(edge), (target.x - 9, end - 5), False

    def _leaving(self, address: str, rect: Rect) -> Iterator[tuple[str, Point]]:
        """Yield the steps out of the column of a node."""
        if self._roles.get(address) is not Role.MACHINE:
            yield "M", (rect.right, rect.middle)
            return
        right = self._x[Role.MACHINE] + self._machines.width
        if address in self._machines.exits:
            x, y = rect.x + rect.w / 2, self._machines.exits[address] + self._moved
            yield from (("M", (x, rect.bottom)), ("L", (x, y)), ("L", (right, y)))
        else:
            yield from (("M", (rect.right, rect.middle)), ("L", (right, rect.middle)))


def _packed(items: Iterable[_Item]) -> list[tuple[_Item, float]]:
    """Place items above each other, each as near to where it wants to be as the others let it."""
    blocks: list[tuple[list[_Item], float, float]] = []
    for item in sorted(items, key=lambda each: each.middle):
        block = ([item], item.height, item.middle - item.height / 2)
        while blocks and blocks[-1][2] + blocks[-1][1] + APART > block[2]:
            before = blocks.pop()
            several, height = before[0] + block[0], before[1] + APART + block[1]
            tops, offset = [], 0.0
            for each in several:
                tops.append(each.middle - each.height / 2 - offset)
                offset += each.height + APART
            block = (several, height, fmean(tops))
        blocks.append(block)
    placed = []
    for several, _, top in blocks:
        for item in several:
            placed.append((item, top))
            top += item.height + APART
    return placed
