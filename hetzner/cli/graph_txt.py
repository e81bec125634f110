"""The picture in box characters, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hetzner.apply.document import harmless
from hetzner.apply.plans import Verdict
from hetzner.apply.topology import INTERNET, Edge, Topology
from hetzner.cli.graph_canvas import Canvas, Cell, cut_line
from hetzner.cli.graph_words import (
    card,
    cells,
    cut,
    heading,
    label,
    legend,
    listed_aside,
    marker,
    plural,
    title,
    told,
)
from hetzner.cli.output import STYLES
from hetzner.cli.screen import Line, Part
from hetzner.domain.specs.drawing import COLUMNS, Role

GAP = 5
"""Columns between two columns of nodes: ` ─┬─ `."""
EVERYTHING, FACTS, FIRST, SHORT, NAMES = 4, 3, 2, 1, 0
LEVELS = (EVERYTHING, FACTS, FIRST, SHORT, NAMES)
"""How much is told: all, no labels, only the first fact, that and names of frames, only names."""
ABOVE = " ↑"
"""Behind the name of what is drawn further up already."""


def txt(topology: Topology, width: int) -> Iterator[Line]:
    """Yield the lines of a picture that is at most so wide."""
    yield cut_line(((harmless(topology.project), "bold"), *_legend(topology)), width)
    yield ()
    drawing = next(
        (each for each in (Drawing(topology, level) for level in LEVELS) if each.width <= width), None
    )
    drawing = drawing or Drawing(topology, LEVELS[-1])
    yield from (cut_line(line, width) for line in drawing.lines())
    yield from (cut_line(line, width) for line in _below(topology))


def _legend(topology: Topology) -> Iterator[Part]:
    for verdict, words in legend(topology):
        yield "   "
        yield f"{verdict.value} {words}", STYLES[verdict]
    if topology.planned and not legend(topology):
        yield "   nothing to do"


def _below(topology: Topology) -> Iterator[Line]:
    """Yield what is no node: badges and inner frames with those that have them, and the rest."""
    rows = [
        (node, " ".join(told(node)), ", ".join(title(each) for each in topology.wearing(node.address)))
        for node in topology.in_role(Role.OUTLINE, Role.BADGE)
        if node.address in topology.used
    ]
    names = max((cells(title(node)) for node, _, _ in rows), default=0)
    before = None
    for node, facts, wearers in rows:
        if node.kind is not before:
            yield ()
            words = plural(node.kind)
            yield ((words[0].upper() + words[1:], "bold"),)
            before = node.kind
        name = title(node) + " " * (names - cells(title(node)))
        yield (
            "  ",
            _mark(node.verdict),
            " ",
            (name, _style(node.verdict)),
            f"  {facts}",
            (f"  on {wearers}", "dim"),
        )
    if aside := listed_aside(topology):
        yield ()
        yield (("Besides", "bold"),)
    for kind, nodes in aside:
        yield "    ", (f"{kind}: ", "dim"), *_named(nodes)


def _named(nodes: list[Any]) -> Iterator[Part]:
    for number, node in enumerate(nodes):
        mark = marker(node.verdict)
        yield ", " if number else ""
        yield title(node) + (f" {mark}" if mark else ""), _style(node.verdict)


def _mark(verdict: Verdict | None) -> Part:
    return (marker(verdict) or " ", f"bold {_style(verdict)}".strip())


def _style(verdict: Verdict | None) -> str:
    return STYLES[verdict] if verdict and verdict is not Verdict.KEEP else ""


class Drawing:
    """The picture, telling more or less."""

    def __init__(self, topology: Topology, level: int) -> None:
        self._topology, self._level = topology, level
        self._cards = {node.address: card(topology, node) for node in topology.placed}
        self._edges: dict[str, list[Edge]] = {}
        for edge in sorted(topology.edges, key=self._turn):
            self._edges.setdefault(edge.source, []).append(edge)
        self._cells: list[Cell] = []
        self._wires: list[tuple[Cell, list[tuple[Edge, Cell]]]] = []
        self._seen: set[str] = set()
        self.height = self._roots()
        self._x = self._columns()
        self._end = max((self._x[cell.column] + cell.width for cell in self._cells), default=0)

    @property
    def width(self) -> int:
        """How wide it is."""
        return self._end + max((cells(words) + 4 for _, _, words in self._runs()), default=0)

    def lines(self) -> Iterator[Line]:
        """Yield its lines."""
        canvas = Canvas()
        for cell in self._cells:
            x = self._x[cell.column]
            for text, style in cell.parts:
                x = canvas.put(x, cell.row, text, style)
        for parent, children in self._wires:
            self._wire(canvas, parent, children)
        for first, last, words in self._runs():
            self._bracket(canvas, first, last, words)
        yield from map(canvas.line, range(self.height))

    def _turn(self, edge: Edge) -> tuple[int, bool]:
        """Return when a line has its turn: first those to near columns, and into frames."""
        return self._column(edge.target), not self._topology.nodes[edge.target].boxes

    def _roots(self) -> int:
        targets = {edge.target for edge in self._topology.edges}
        row = self._place(INTERNET, 0)[1] if INTERNET in self._edges else 0
        for node in self._topology.placed:
            if node.address not in targets and node.address not in self._seen:
                row = self._place(node.address, row)[1]
        return row

    def _place(self, address: str, row: int) -> tuple[Cell, int]:
        """Place a node and what it leads to; return it, and the next free row."""
        cell = Cell(address, self._column(address), row, tuple(self._parts(address)))
        self._cells.append(cell)
        if address in self._seen:
            return cell, row + 1
        self._seen.add(address)
        children, at = [], row
        for edge in self._edges.get(address, ()):
            child, at = self._place(edge.target, at)
            children.append((edge, child))
        self._wires.append((cell, children))
        return cell, max(at, row + 1)

    def _column(self, address: str) -> int:
        return 0 if address == INTERNET else COLUMNS.index(self._topology.nodes[address].role) + 1

    def _parts(self, address: str) -> Iterator[tuple[str, str]]:
        if address == INTERNET:
            yield "Internet", "bold"
            return
        on = self._cards[address]
        yield on.title, _style(on.verdict)
        if on.marker:
            yield f" {on.marker}", f"bold {_style(on.verdict)}"
        facts = on.facts if self._level >= FACTS else on.facts[:1] if self._level >= SHORT else ()
        if address in self._seen:
            yield ABOVE, "dim"
        elif facts:
            yield f"  {' · '.join(facts)}", "dim"

    def _columns(self) -> list[int]:
        """Return where each column begins."""
        found, x = [], 0
        for column in range(len(COLUMNS) + 1):
            here = [cell for cell in self._cells if cell.column == column]
            words = [self._label(edge) for _, wires in self._wires for edge, to in wires if to in here]
            x += max((cells(each) + 2 for each in words if each), default=0)
            found.append(x)
            x += max((cell.width for cell in here), default=-GAP) + GAP
        return found

    def _label(self, edge: Edge) -> str:
        return cut(label(edge), 24) if self._level >= EVERYTHING else ""

    def _wire(self, canvas: Canvas, parent: Cell, children: list[tuple[Edge, Cell]]) -> None:
        if not children:
            return
        start = self._x[parent.column] + parent.width + 1
        inside = [cell.width for cell in self._cells if cell.column == parent.column]
        trunk = self._x[parent.column] + max(inside) + 2
        last = children[-1][1].row
        for y in range(parent.row, last):
            canvas.put(trunk, y + 1, "│", "dim")
        for edge, child in children:
            style = STYLES[edge.verdict] if edge.verdict else "dim"
            dash = "╌" if edge.verdict is Verdict.DELETE else "─"
            first = child.row == parent.row
            if first:
                canvas.put(start, child.row, "─" * (trunk - start), "dim")
            knee = ("┬" if last > parent.row else "─") if first else "└" if child.row == last else "├"
            canvas.put(trunk, child.row, knee, "dim")
            stop = self._x[child.column] - 1
            canvas.put(trunk + 1, child.row, dash * (stop - trunk - 1), style)
            if words := self._label(edge):
                canvas.put(stop - cells(words) - 2, child.row, f" {words} ", style)

    def _runs(self) -> list[tuple[int, int, str]]:
        """Return the rows that belong to one frame, from first to last, and what is written on that."""
        by_row = {
            cell.row: node.boxes[0][0]
            for cell in self._cells
            if cell.address != INTERNET
            and (node := self._topology.nodes[cell.address]).role is Role.MACHINE
            and node.boxes
        }
        runs: list[list[int]] = []
        for row in sorted(by_row):
            if runs and by_row[runs[-1][-1]] == by_row[row] and self._is_open(runs[-1][-1], row, by_row):
                runs[-1].append(row)
            else:
                runs.append([row])
        return [(run[0], run[-1], self._heading(by_row[run[0]])) for run in runs]

    def _is_open(self, first: int, last: int, by_row: dict[int, str]) -> bool:
        """Tell whether no server outside of every frame stands between two rows."""
        machines = {cell.row for cell in self._cells if cell.column == COLUMNS.index(Role.MACHINE) + 1}
        return not any(first < row < last and row not in by_row for row in machines)

    def _heading(self, address: str) -> str:
        mark = marker(self._topology.nodes[address].verdict)
        words = (
            heading(self._topology, address) if self._level >= FIRST else title(self._topology.nodes[address])
        )
        return words + (f" {mark}" if mark else "")

    def _bracket(self, canvas: Canvas, first: int, last: int, words: str) -> None:
        x = self._end + 1
        for y in range(first, last + 1):
            sign = "╴" if first == last else "┐" if y == first else "┘" if y == last else "│"
            canvas.put(x, y, sign, "dim")
        canvas.put(x + 2, first, words, "cyan")
