"""How problems are printed: the frame, the caret, and nothing that a terminal obeys."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hetzner.apply.document import DocumentError, Mark, Problem, Source, loads, render
from tests.apply.document.conftest import Refuse
from tests.apply.document.faces import KINDS

INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def assert_harmless(text: str) -> None:
    """No character but the line feed controls or hides anything."""
    assert [char for char in text if char != "\n" and unicodedata.category(char) in INVISIBLE] == []


def test_the_frame_of_an_unknown_field(refuse: Refuse) -> None:
    """The wrong and the missing field are one problem, with context, caret and hint."""
    text = "project: shop\nservers:\n  web:\n    servr_type: cx33\n    image: debian-13\n"
    assert refuse(text) == (
        "error: unknown field 'servr_type' in servers.web\n"
        " --> infra.yaml:4:5\n"
        "  |\n"
        "3 |   web:\n"
        "4 |     servr_type: cx33\n"
        "  |     ^^^^^^^^^^ did you mean 'server_type'?\n"
        "5 |     image: debian-13"
    )


def test_the_gutter_grows_with_the_line_number(refuse: Refuse) -> None:
    """Two-digit line numbers keep the frame aligned."""
    text = "project: shop\n" + "\n" * 14 + "volumes:\n  data: {size: 50, format: ext3}\n"
    assert refuse(text) == (
        "error: volumes.data.format: Input should be 'ext4' or 'xfs'\n"
        "  --> infra.yaml:17:28\n"
        "   |\n"
        "16 | volumes:\n"
        "17 |   data: {size: 50, format: ext3}\n"
        "   |                            ^^^^ did you mean 'ext4'?"
    )


def test_ten_are_shown_and_all_are_kept_in_order() -> None:
    """Problems are sorted by line; beyond ten they are counted."""
    source = Source("a.yaml", "x\n" * 20)
    found = [Problem(f"p{n}", Mark(source, n, 1, n, 2)) for n in range(15, 0, -1)]
    error = DocumentError(found)
    assert [problem.message for problem in error.problems] == [f"p{n}" for n in range(1, 16)]
    assert str(error).count("error: ") == 10
    assert str(error).endswith("\n\n... and 5 more")


def test_a_caret_below_wide_letters_and_tabs() -> None:
    """The caret stands below its word also after letters two columns wide."""
    source = Source("a.yaml", "名前\t: bad")
    lines = render([Problem("x", Mark(source, 1, 6, 1, 9))]).split("\n")
    assert lines[3] == "1 | 名前    : bad"
    assert lines[4] == "  | " + " " * (4 + 4 + 2) + "^^^"


def test_a_long_line_is_cut_around_the_caret() -> None:
    """An excerpt is never wider than a terminal, and the caret still points right."""
    source = Source("a.yaml", "a" * 5000 + "HERE" + "b" * 5000)
    lines = render([Problem("x", Mark(source, 1, 5001, 1, 5005))]).split("\n")
    assert max(map(len, lines)) <= 120
    at = lines[4].index("^")
    assert lines[3][at : at + 4] == "HERE"


def test_long_words_are_cut(refuse: Refuse) -> None:
    """A name of 10,000 letters does not fill the screen."""
    assert max(map(len, refuse("project: a\n" + "x" * 900 + ": 1\n").split("\n"))) <= 160


@pytest.mark.parametrize(
    "evil", ["\\e[31m", "\\e]0;x\\a", "\\r", "\\b", "\\u202e", "\\u200b", "\\x9b", "\\u2028", "\\0"]
)
def test_escapes_in_names_and_values_do_not_reach_the_terminal(evil: str, refuse: Refuse) -> None:
    """Control characters that came in by YAML escapes are spelled out."""
    text = (
        f'project: "a{evil}"\n"sec{evil}": 1\n'
        f'servers: {{"w{evil}": {{server_type: a, image: b, "f{evil}": 1}}}}\n'
        f'volumes: {{d: {{size: "5{evil}", format: "ext3{evil}"}}}}\noutputs: {{a: "${{x{evil}}}"}}\n'
    )
    message = refuse(text)
    assert_harmless(message)
    assert message.count("error: ") >= 6


@settings(deadline=None)  # a busy machine is no failure
@given(
    st.text(max_size=30), st.text(max_size=30), st.text(max_size=80), st.integers(1, 4), st.integers(1, 90)
)
def test_no_control_byte_in_rendered_problems(
    message: str, help: str, text: str, line: int, column: int
) -> None:
    """Whatever words and lines a problem has, its text is harmless."""
    source = Source(message, text)
    mark = Mark(source, line, column, line, column + 3)
    assert_harmless(render([Problem(message, mark, help, (text, help)), Problem(text, None, message)]))


@settings(deadline=None)  # a busy machine is no failure
@given(st.text(max_size=200))
def test_any_text_is_a_document_or_a_harmless_refusal(text: str) -> None:
    """No text makes anything but a document or a DocumentError, and that one is harmless."""
    from hetzner.apply.document.reading import checked

    try:
        checked(Source("a", text))
        loads(text, KINDS)
    except DocumentError as error:
        assert_harmless(str(error))


KEYS = st.sampled_from(
    ["project", "servers", "web", "count", "labels", "for_each", "file", "${n}", "${x", "defaults", "a"]
)
LEAVES = KEYS | st.sampled_from(
    ["${each.key}", "${servers.web.id}", "${servers.web[*].id}", "$$", "1", "~", "true", "../x"]
)
TREES = st.recursive(
    LEAVES,
    lambda below: st.lists(below, max_size=3) | st.dictionaries(KEYS, below, max_size=4),
    max_leaves=12,
)


@settings(deadline=None)  # a busy machine is no failure
@given(st.dictionaries(KEYS, TREES, max_size=5))
def test_any_tree_is_a_document_or_a_refusal(tree: dict[str, object]) -> None:
    """Odd shapes in odd places never end in another exception."""
    import json

    try:
        loads(json.dumps(tree), KINDS)
    except DocumentError as error:
        assert_harmless(str(error))


def test_secrets_are_blanked_in_excerpts(refuse: Refuse) -> None:
    """Passwords, keys, user data and secret defaults do not stand in the lines shown around an error."""
    message = refuse(
        "project: shop\nvariables:\n"
        "  pw:\n"
        "    secret: true\n"
        "    defalt: 1\n"
        "    default: hunter1\n"
        "storage_boxes:\n"
        "  a: {password: hunter2, wrong: 1}\n"
        "  b:\n"
        '    password: "hunter3"\n'
        "    wrong: 1\n"
        "servers:\n  web:\n    server_type: a\n    image: b\n"
        "    user_data: |\n      first\n      password hunter4\n"
        "    wrong: 1\n"
        "  db: {user_data: hunter5 hunter5, wrong: 1}\n"
    )
    assert "hunter" not in message
    assert message.count("(secret)") >= 5
    assert "a: {password: (secret), wrong: 1}" in message
    assert "secret: true" in message
