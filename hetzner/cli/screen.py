"""The two streams: one way to print a line, and nothing from outside acts on the terminal in it."""

from __future__ import annotations

import os
import select
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from typing import IO, TYPE_CHECKING, TextIO, cast

from hetzner.apply.document.frames import harmless

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

Part = str | tuple[str, str]
"""A text, or a text with a style such as ``bold red``."""
Line = tuple[Part, ...]
NARROW = 80
"""Columns where nobody says how many there are."""
SLICE = 0.2
"""Seconds after which somebody who is waited for may be interrupted."""


def styled(line: Line) -> Text:
    """Return a line for the screen: no control, bidirectional or zero-width character, no markup."""
    from rich.text import Text

    text = Text(no_wrap=True)
    for part in line:
        words, style = (part, "") if isinstance(part, str) else part
        text.append(harmless(words), style or None)
    return text


def cut(line: Line) -> Text:
    """Return a line for the screen that ends where the screen does."""
    text = styled(line)
    text.overflow = "ellipsis"
    return text


def aligned(left: Line, right: str, width: int | None) -> Line:
    """Return a line with something at its right end; what is in its way is cut, if there is a width."""
    from rich.cells import cell_len, set_cell_size

    room = (width or NARROW) - cell_len(right) - 2
    if width is None:
        taken = sum(cell_len(harmless(part if isinstance(part, str) else part[0])) for part in left)
        return (*left, " " * (max(0, room - taken) + 2), right)
    parts: list[Part] = []
    for part in left:
        words, style = (part, "") if isinstance(part, str) else part
        words = harmless(words)
        if cell_len(words) > room:
            words = set_cell_size(words, max(0, room - 1)).rstrip() + "…" if room > 0 else ""
        room -= cell_len(words)
        parts.append((words, style))
    return (*parts, " " * (room + 2), right)


def is_terminal(stream: IO[str], environ: Mapping[str, str]) -> bool:
    """Tell whether somebody looks at a stream and it can do more than print lines."""
    return stream.isatty() and environ.get("TERM") != "dumb"


def is_coloured(stream: IO[str], choice: str, environ: Mapping[str, str]) -> bool:
    """Decide on colour: ``--color``, then NO_COLOR, then FORCE_COLOR or CLICOLOR_FORCE, then the stream."""
    if choice != "auto":
        return choice == "always"
    if environ.get("NO_COLOR"):
        return False
    if any(environ.get(name, "0") not in ("", "0") for name in ("FORCE_COLOR", "CLICOLOR_FORCE")):
        return True
    return is_terminal(stream, environ)


def _until_typed() -> None:
    """Wait until a line was typed, in slices: a signal just before a read would not end the read."""
    if sys.platform != "win32":
        while not select.select([sys.stdin], [], [], SLICE)[0]:
            pass


class Screen:
    """A stream of lines, each cut at the width of the terminal if it is one."""

    label = ""
    """What every line begins with: whose it is, when there are several."""

    def __init__(
        self, stream: IO[str], color: str = "auto", environ: Mapping[str, str] | None = None
    ) -> None:
        environ = os.environ if environ is None else environ
        self.stream = stream
        self.is_terminal = is_terminal(stream, environ)
        self._coloured = is_coloured(stream, color, environ)
        self._environ = environ

    @property
    def width(self) -> int | None:
        """How many columns there are; None where lines may be as long as they like."""
        return self.console.width if self.is_terminal else None

    @cached_property
    def console(self) -> Console:
        """What paints."""
        from rich.console import Console

        return Console(
            file=self.stream,
            force_terminal=self.is_terminal,
            color_system="standard" if self._coloured else None,
            no_color=not self._coloured,
            markup=False,
            emoji=False,
            highlight=False,
            _environ=self._environ,
        )

    def line(self, *parts: Part) -> None:
        """Print one line."""
        if self.is_terminal:
            self.console.print(styled(self._labelled(parts)), no_wrap=True, overflow="ellipsis")
        else:
            self.wrapped(*parts)

    def lines(self, text: str) -> None:
        """Print text of several lines that was made harmless line by line; nothing is cut."""
        for line in text.split("\n"):
            self.console.print(styled((line,)), soft_wrap=True)

    def error(self, message: str, *more: str) -> None:
        """Print what went wrong, and what to do."""
        self.wrapped(("error: ", "bold red"), message)
        for each in more:
            self.wrapped(("help: ", "bold"), each)

    def wrapped(self, *parts: Part) -> None:
        """Print a line that has to be readable to its end."""
        self.console.print(styled(self._labelled(parts)), soft_wrap=True)

    def _labelled(self, parts: Line) -> Line:
        return ((f"{self.label} ", "bold"), *parts) if self.label else parts

    def ask(self, *parts: Part) -> str:
        """Print a question and return the answer; empty when there is none."""
        self.console.print(styled((*parts, " ")), end="", soft_wrap=True)
        self.stream.flush()
        try:
            _until_typed()
            return input().strip()
        except EOFError:
            return ""

    def ask_secretly(self, question: str) -> str:
        """Ask like :meth:`ask`, without showing the answer."""
        from getpass import getpass

        try:
            return getpass(f"{harmless(question)} ", cast("TextIO", self.stream))
        except EOFError:
            return ""

    @contextmanager
    def busy(self, what: str) -> Iterator[None]:
        """Show on a terminal that something is going on."""
        if not self.is_terminal:
            yield
            return
        with self.console.status(styled((what,))):
            yield
