"""Problems as people read them: message, place, the line itself, a caret and a hint."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from hetzner.apply.document.marks import Mark
from hetzner.apply.document.problems import Problem

SHOWN = 10
"""So many problems are printed; the rest is counted."""

_WIDTH = 110
_LONGEST = 400
_LOOK_BACK = 1 << 16  # how far before the part shown a secret is noticed
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_CONFIDENTIAL = re.compile(
    r"""(?ix) (?: ^ | [\s{,"'] )
    (?: password | private_key | user_data | [a-z_]*secret | [a-z_]*token ) ["']? \s* : \s+"""
)

# A variable, a file's path and the `secret: true` of a variable show nothing and may be what is wrong.
_WORTH_SEEING = re.compile(r"""["']?\$\{|\{\s*file\b|(?:true|false)\b""")
_FLOW_END = re.compile(r"[,}\]]")


def render(problems: Sequence[Problem]) -> str:
    """The text for a terminal: no control, bidirectional or zero-width character gets through."""
    blocks = [_frame(problem) for problem in problems[:SHOWN]]
    if len(problems) > SHOWN:
        blocks.append(f"... and {len(problems) - SHOWN} more")
    return "\n\n".join(blocks)


def harmless(text: str) -> str:
    """The text with every character that a terminal might obey, or not show, spelled as an escape."""
    return text if text.isascii() and text.isprintable() else "".join(map(_cell, text))


def quoted(text: str, longest: int = 60) -> str:
    """A word of the user's in quotes, harmless and not longer than a line."""
    return f"'{harmless(text if len(text) <= longest else text[: longest - 3] + '...')}'"


def _short(text: str) -> str:
    """A message, cut where no reader would follow any more."""
    return harmless(text if len(text) <= _LONGEST else text[: _LONGEST - 3] + "...")


def _cell(char: str) -> str:
    if char == "\t":
        return "    "
    if unicodedata.category(char) not in _INVISIBLE:
        return char
    code = ord(char)
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}" if code < 65536 else f"\\U{code:08x}"


def _frame(problem: Problem) -> str:
    lines = [f"error: {_short(problem.message)}"]
    if problem.mark:
        lines += _excerpt(problem.mark, _short(problem.help))
    elif problem.help:
        lines.append(f"  = {_short(problem.help)}")
    return "\n".join([*lines, *(f"  = {_short(note)}" for note in problem.notes)])


def _excerpt(mark: Mark, help: str) -> list[str]:
    numbers = [
        n for n in range(mark.line - 1, mark.line + 2) if n == mark.line or mark.source.line(n).strip()
    ]
    gutter = len(str(numbers[-1]))
    first = max(0, mark.column - _WIDTH // 2) if mark.column > _WIDTH * 3 // 4 else 0
    lines = [f"{'':{gutter}}--> {harmless(str(mark))}", f"{'':{gutter}} |"]
    for number in numbers:
        cells = _cells(mark, number, first)
        lines.append(f"{number:{gutter}} | {''.join(cells)}".rstrip())
        if number == mark.line:
            lines.append(f"{'':{gutter}} | {_caret(mark, cells, first)} {help}".rstrip())
    return lines


def _caret(mark: Mark, cells: list[str], first: int) -> str:
    start = mark.column - 1 - first
    while 0 < start < len(cells) and not cells[start]:  # inside something blanked: point to the blank
        start -= 1
    stop = mark.end_column - 1 - first if mark.end_line == mark.line else 0
    length = min(_columns(cells[start : max(stop, start + 1)]), _WIDTH - 10)
    return " " * _columns(cells[:start]) + "^" * max(1, length)


def _columns(cells: list[str]) -> int:
    text = "".join(cells)
    return len(text) + sum(unicodedata.east_asian_width(char) in "WF" for char in text if not char.isascii())


def _cells(mark: Mark, number: int, first: int) -> list[str]:
    """What to print for each character of a line, long lines cut, secrets blanked."""
    line = mark.source.line(number)
    cells = [_cell(char) for char in line[first : first + _WIDTH]]
    near = max(0, first - _LOOK_BACK)
    for start, stop in _secrets(mark, number, line[near : first + _WIDTH + _LOOK_BACK], near):
        start, stop = max(0, start - first), min(len(cells), stop - first)
        if start < stop:
            cells[start:stop] = ["(secret)", *[""] * (stop - start - 1)]
    return cells


def _secrets(mark: Mark, number: int, line: str, offset: int) -> list[tuple[int, int]]:
    """The stretches of a line that must not be shown: of hidden values, and after confidential words.

    `line` is the part of the line from `offset` on that matters.
    """
    end = offset + len(line)
    if _inside_confidential_block(mark, number):
        return [(end - len(line.lstrip()), end)]
    spans = [(found.end(), _value_end(line, found)) for found in _CONFIDENTIAL.finditer(line)]
    spans = [(start, stop) for start, stop in spans if not _WORTH_SEEING.match(line, start, stop)]
    spans = [(start + offset, stop + offset) for start, stop in spans]
    for hidden in mark.source.hidden:
        if hidden.line <= number <= hidden.end_line:
            start = hidden.column - 1 if number == hidden.line else 0
            spans.append((start, hidden.end_column - 1 if number == hidden.end_line else end))
    return spans


def _value_end(line: str, key: re.Match[str]) -> int:
    """Where the value after a key ends; in doubt the end of the line, for hiding too much does no harm."""
    start, quote = key.end(), line[key.end() : key.end() + 1]
    if quote in ("'", '"') and (at := line.find(quote, start + 1)) > 0:
        return at + 1
    if quote not in ("'", '"') and "{" in line[:start] and (end := _FLOW_END.search(line, start)):
        return end.start()
    return len(line)


def _inside_confidential_block(mark: Mark, number: int) -> bool:
    """Whether a line belongs to the indented text of `user_data: |` or the like."""
    indent = _indent(mark.source.line(number))
    for above in range(number - 1, max(0, number - 500), -1):
        line = mark.source.line(above)
        if line.strip() and _indent(line) < indent:
            found = _CONFIDENTIAL.search(line)
            if found and line[found.end() :][:1] in ("|", ">"):
                return True
            indent = _indent(line)
    return False


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
