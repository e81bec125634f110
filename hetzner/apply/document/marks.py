"""Where something was written: a text, a line, a column."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property

# The line breaks that the YAML reader counts; str.splitlines() knows more of them and would disagree.
_BREAK = re.compile("\r\n|[\r\n\x85\u2028\u2029]")


@dataclass(eq=False)
class Source:
    """One text that was read: the name to show for it, the folder it lies in, its place among the files."""

    name: str
    text: str
    folder: str = "."
    order: int = 0
    hidden: list[Mark] = field(default_factory=list["Mark"])
    """Places that hold a secret and are blanked in every excerpt."""

    @cached_property
    def lines(self) -> list[str]:
        """The lines without their ends; made only when an excerpt or a place is asked for."""
        return _BREAK.split(self.text)

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(found.end() for found in _BREAK.finditer(self.text))]

    def mark(self, start: int, end: int) -> Mark:
        """The stretch from the character at `start` to before the one at `end`, both counted from 0."""
        first, last = (bisect_right(self._starts, index) for index in (start, end))
        return Mark(self, first, start - self._starts[first - 1] + 1, last, end - self._starts[last - 1] + 1)

    def line(self, number: int) -> str:
        """Line `number`, counted from 1; empty beyond the end."""
        return self.lines[number - 1] if 1 <= number <= len(self.lines) else ""

    def __repr__(self) -> str:
        return f"Source({self.name!r})"


@dataclass(frozen=True)
class Mark:
    """A stretch of a source: lines and columns count from 1, the end column is the one after the last."""

    source: Source
    line: int
    column: int
    end_line: int
    end_column: int

    def __str__(self) -> str:
        return f"{self.source.name}:{self.line}:{self.column}"

    @property
    def order(self) -> tuple[int, int, int]:
        """Sorts marks by file, then line, then column."""
        return (self.source.order, self.line, self.column)

    def find(self, text: str, occurrence: int = 0) -> Mark:
        """The place of `text` inside this stretch, or this mark itself where the spelling differs."""
        for number in range(self.line, self.end_line + 1):
            line = self.source.line(number)
            start = self.column - 1 if number == self.line else 0
            stop = self.end_column - 1 if number == self.end_line else len(line)
            while (at := line.find(text, start, stop)) >= 0:
                if occurrence == 0:
                    return Mark(self.source, number, at + 1, number, at + 1 + len(text))
                occurrence, start = occurrence - 1, at + len(text)
        return self
