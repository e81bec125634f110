"""The column of servers: in frames, inner frames, and more than one abreast when there are many."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from math import ceil

from hetzner.apply.topology import Node, Topology
from hetzner.cli.graph_measures import Rect, Sheet
from hetzner.domain.specs.drawing import Role

BORDER, INNER = 18.0, 12.0
"""Between a frame and what is in it, outside and inside."""
HEAD, INNER_HEAD = 30.0, 24.0
"""Heights of what is written on top of a frame."""
APART, GUTTER = 12.0, 22.0
"""Between nodes above each other; the same where lines run between them."""
ABREAST = 14
"""So many servers above each other are readable; of more, some stand abreast."""
MOST_ABREAST = 6


@dataclass
class Column:
    """Where everything in the column is, from its own upper left corner."""

    nodes: dict[str, Rect] = field(default_factory=dict)
    frames: list[tuple[str, Rect]] = field(default_factory=list)
    """Frames by the address of what they are, outer ones before those inside."""
    gutters: dict[str, float] = field(default_factory=dict)
    """For nodes that do not stand at the left: the height at which a line comes to them."""
    exits: dict[str, float] = field(default_factory=dict)
    """For nodes that do not stand at the right: the height at which a line leaves from below them."""
    width: float = 0
    height: float = 0


@dataclass(frozen=True)
class Group:
    """Servers with the same frames."""

    box: str
    outline: str
    nodes: tuple[str, ...]


def groups(topology: Topology, nodes: Sequence[Node]) -> Iterator[Group]:
    """Yield the servers by frame, inner frames first, those without a frame last."""
    keys: dict[tuple[str, str], list[str]] = {}
    for node in nodes:
        box = node.boxes[0][0] if node.boxes else ""
        keys.setdefault((box, node.outline), []).append(node.address)
    place = {address: index for index, address in enumerate(topology.nodes)}
    last = len(place)
    for box, outline in sorted(keys, key=lambda key: [place.get(each, last) for each in key]):
        yield Group(box, outline, tuple(keys[box, outline]))


def nested(
    topology: Topology, opening: Callable[[str, str], str], line: Callable[[Node], str], closing: str
) -> Iterator[str]:
    """Yield the lines of servers inside of those that open and close their frames.

    ``opening`` gets the address of a frame and a name that only this frame has.
    """
    every = groups(topology, topology.in_role(Role.MACHINE))
    for box, inside in groupby(every, key=lambda group: group.box):
        indent = "    " if box else "  "
        if box:
            yield f"  {opening(box, box)}"
        for group in inside:
            deeper = f"{indent}  " if group.outline else indent
            if group.outline:
                yield f"{indent}{opening(group.outline, f'{box} {group.outline}')}"
            yield from (f"{deeper}{line(topology.nodes[address])}" for address in group.nodes)
            if group.outline:
                yield f"{indent}{closing}"
        if box:
            yield f"  {closing}"


def framed(topology: Topology, nodes: Sequence[Node], sheets: Mapping[str, Sheet]) -> Column:
    """Lay out the column."""
    column, y = Column(), 0.0
    if not nodes:
        return column
    width = max(sheets[node.address].width for node in nodes)
    abreast = min(MOST_ABREAST, max(1, ceil(len(nodes) / ABREAST)))
    every = [*groups(topology, nodes)]
    for box in dict.fromkeys(group.box for group in every):
        inside = [group for group in every if group.box == box]
        y = _box(column, box, inside, sheets, (y, width, abreast)) + GUTTER
    widest = max(rect.right for rect in column.nodes.values()) + BORDER + INNER
    column.frames = [(name, Rect(at.x, at.y, widest - 2 * at.x, at.h)) for name, at in column.frames]
    column.width, column.height = widest, y - GUTTER
    return column


def _box(
    column: Column,
    box: str,
    inside: Sequence[Group],
    sheets: Mapping[str, Sheet],
    at: tuple[float, float, int],
) -> float:
    """Lay out a frame and return where it ends."""
    top, width, abreast = at
    y = top + (HEAD if box else 0)
    place = len(column.frames)
    for number, group in enumerate(inside):
        y += APART if number else 0
        y = _inner(column, group, sheets, (y, width, abreast))
    if box:
        y += BORDER
        column.frames.insert(place, (box, Rect(0, top, 0, y - top)))
    return y


def _inner(column: Column, group: Group, sheets: Mapping[str, Sheet], at: tuple[float, float, int]) -> float:
    top, width, abreast = at
    y = top + (INNER_HEAD if group.outline else 0)
    between = GUTTER if abreast > 1 else APART
    y += between - 4 if abreast > 1 else 0
    for start in range(0, len(group.nodes), abreast):
        row = group.nodes[start : start + abreast]
        height = max(sheets[each].height for each in row)
        for index, address in enumerate(row):
            x = BORDER + INNER + index * (width + GUTTER)
            column.nodes[address] = Rect(x, y, width, height)
            if index:
                column.gutters[address] = y - 7
            if index < len(row) - 1:
                column.exits[address] = y + height + 7
        y += height + between
    y -= between
    y += between - 4 if abreast > 1 else 0
    if group.outline:
        y += INNER
        column.frames.append((group.outline, Rect(BORDER / 1.5, top, 0, y - top)))
    return y
