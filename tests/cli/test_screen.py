"""What reaches a terminal: nothing that it obeys, no more than its width, colour only where wanted."""

import io
import re
import unicodedata
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hetzner.apply.plans import FieldChange
from hetzner.cli.output import plan_lines
from hetzner.cli.screen import Line, Screen, is_coloured
from tests.cli.plans import update

OBEYED = {"Cc", "Cf", "Cs", "Zl", "Zp"}
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
HOSTILE = st.text(
    st.one_of(
        st.sampled_from("\x1b\x9b\r\b\n\t\x00\x07\x7f\u202e\u2066\u200b\u2028\ufeff[]0;mHJ"),
        st.characters(exclude_categories=()),
    ),
    max_size=60,
)


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Say so."""
        return True


def printed(*lines: Line, stream: io.StringIO | None = None, color: str = "never", **environ: str) -> str:
    """Return what a screen prints."""
    stream = stream or io.StringIO()
    screen = Screen(stream, color, environ)
    for line in lines:
        screen.line(*line)
    return stream.getvalue()


def obeyed(text: str) -> set[str]:
    """Return the characters of a text that a terminal might obey, line ends and our own colours aside."""
    return {char for char in COLOUR.sub("", text) if char != "\n" and unicodedata.category(char) in OBEYED}


@given(HOSTILE, st.sampled_from(["never", "always"]))
@settings(max_examples=300)
def test_no_text_reaches_the_terminal_as_it_came(text: str, color: str) -> None:
    """Whatever stands in a text, one line is one line, and nothing in it is obeyed."""
    shown = printed((text, (text, "bold red")), color=color)
    assert (obeyed(shown), shown.count("\n")) == (set(), 1)


VALUES: Any = st.recursive(
    HOSTILE | st.none() | st.booleans() | st.integers(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(HOSTILE, inner, max_size=3),
    max_leaves=6,
)


@given(HOSTILE, HOSTILE, VALUES, VALUES, st.sampled_from(["server_type", "labels", "networks", "firewalls"]))
@settings(max_examples=300)
def test_no_plan_does_harm(name: str, words: str, old: Any, new: Any, field: str) -> None:
    """Names, reasons and values of any kind make a plan that does nothing but be read."""
    change = FieldChange(field, old, new, effect=words)
    shown = printed(*plan_lines(update(change, name=name, why=words, refused=words)))
    assert obeyed(shown) == set()
    assert all(line.startswith("    ") for line in shown.split("\n")[3:] if line and not line[:1].isupper())


@given(HOSTILE)
@settings(max_examples=100)
def test_questions_do_no_harm(text: str) -> None:
    """A question, an error and a help line are as harmless."""
    stream = io.StringIO()
    screen = Screen(stream, "never", {})
    screen.error(text, text)
    screen.lines(text)
    assert obeyed(stream.getvalue()) == set()


def test_markup_is_text() -> None:
    """Words in brackets are no markup, and names between colons no pictures."""
    assert printed(("[bold]x[/bold] [link=http://a] :warning:",), color="always") == (
        "[bold]x[/bold] [link=http://a] :warning:\n"
    )


def test_cut_at_the_width() -> None:
    """On a terminal a line ends where the terminal does; elsewhere it is whole."""
    line: Line = ("  x" * 100,)
    assert printed(line, stream=Terminal(), COLUMNS="40", TERM="xterm") == ("  x" * 100)[:39] + "…\n"
    assert printed(line) == "  x" * 100 + "\n"


@pytest.mark.parametrize(
    ("choice", "terminal", "environ", "coloured"),
    [
        ("auto", True, {}, True),
        ("auto", False, {}, False),
        ("auto", True, {"TERM": "dumb"}, False),
        ("auto", True, {"NO_COLOR": "1"}, False),
        ("auto", True, {"NO_COLOR": ""}, True),
        ("auto", False, {"FORCE_COLOR": "1"}, True),
        ("auto", False, {"CLICOLOR_FORCE": "1"}, True),
        ("auto", False, {"CLICOLOR_FORCE": "0"}, False),
        ("auto", True, {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        ("always", False, {"NO_COLOR": "1", "TERM": "dumb"}, True),
        ("never", True, {"FORCE_COLOR": "1"}, False),
    ],
)
def test_colour(choice: str, terminal: bool, environ: dict[str, str], coloured: bool) -> None:
    """The option beats NO_COLOR, which beats FORCE_COLOR, which beats what the stream is."""
    assert is_coloured(Terminal() if terminal else io.StringIO(), choice, environ) is coloured
    text = printed(
        (("word", "bold red"),), stream=Terminal() if terminal else io.StringIO(), color=choice, **environ
    )
    assert ("\x1b[" in text) is coloured


def test_colour_is_never_alone() -> None:
    """Without colour a plan has the same words as with it."""
    lines = [*plan_lines(update(FieldChange("server_type", "cx23", "cx33"), why="because"))]
    assert COLOUR.sub("", printed(*lines, color="always")) == printed(*lines)
