"""Characters by place, for pictures that are drawn with them."""

from __future__ import annotations

from dataclasses import dataclass, field

from hetzner.cli.graph_words import cells, cut, width
from hetzner.cli.screen import Line, Part


def cut_line(line: Line, most: int) -> Line:
    """Return as much of a line as fits."""
    found: list[Part] = []
    for part in line:
        words, style = (part, "") if isinstance(part, str) else part
        if cells(words) > most:
            return (*found, (cut(words, most), style))
        found.append((words, style))
        most -= cells(words)
    return tuple(found)


@dataclass(frozen=True)
class Cell:
    """A node where it is drawn."""

    address: str
    column: int
    row: int
    parts: tuple[tuple[str, str], ...]

    @property
    def width(self) -> int:
        """How many columns of the terminal it takes."""
        return sum(cells(text) for text, _ in self.parts)


@dataclass
class Canvas:
    """Characters by place."""

    rows: dict[int, dict[int, tuple[str, str]]] = field(default_factory=dict)

    def put(self, x: int, y: int, text: str, style: str = "") -> int:
        """Write a text and return the column after it."""
        row, last = self.rows.setdefault(y, {}), x
        for char in text:
            if not width(char) and last in row:
                row[last] = (row[last][0] + char, style)
                continue
            row[x], last = (char, style), x
            x += width(char)
        return x

    def line(self, y: int) -> Line:
        """Return a row."""
        row, parts, at = self.rows.get(y, {}), list[Part](), 0
        for x in sorted(row):
            char, style = row[x]
            parts.append((" " * (x - at) + char, style) if x >= at else ("", ""))
            at = x + cells(char)
        return tuple(parts)
