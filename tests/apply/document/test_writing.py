"""Values written as a document are the same values when they are read back."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hetzner.apply import document as documents
from hetzner.apply.document.writing import WIDTH, Verbatim, entries
from hetzner.apply.faces import faces

TRAPS = (
    "yes", "no", "null", "~", "1e3", "0o7", "0x1f", "22:22", "2026-11-26", "a: b", "a #b", "- a", "${x}",
    "$$", "one\ntwo\n", "one\n\ntwo", "key: |\n  x", " a", "a ", "{a}", "[a]", "*a", "&a", "!a", "%a", "'",
    '"', "::1", "9" * 30, "x" * 300, "-----BEGIN X-----\nabc==\n-----END X-----\n",
)  # fmt: skip
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30) | st.sampled_from(TRAPS)
scalars = st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | texts
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text("abcyn01.-/:", min_size=1), inner, max_size=4)
    ),
    max_leaves=12,
)


def outputs(lines: list[str]) -> Any:
    """Return what a document with these outputs says."""
    text = "\n".join(["project: p", "outputs:", *lines, ""])
    return documents.loads(text, faces()).outputs


@given(st.dictionaries(st.sampled_from(["a", "b", "c"]), values, min_size=1, max_size=3))
def test_what_is_written_is_read(said: dict[str, Any]) -> None:
    """Whatever the values are, a document that holds them as written holds them."""
    assert outputs([*entries(said, 2)]) == said


def test_lines_stay_short() -> None:
    """What would not fit into a line is written in several."""
    said = {"a": {f"key-{number}": "value" for number in range(20)}, "b": [f"item-{n}" for n in range(30)]}
    assert max(len(line) for line in entries(said)) < WIDTH


@pytest.mark.parametrize("text", ["10.0.0.0/16", "tcp/22 from any", "debian-13", "a.example.com", "web-1"])
def test_plain_words_are_not_quoted(text: str) -> None:
    """What needs no quotes has none."""
    assert [*entries({"a": text})] == [f"a: {text}"]


def test_a_reference_is_kept() -> None:
    """A text that is meant as a reference is written as one."""
    assert [*entries({"a": Verbatim("${x}"), "b": "${x}"})] == ['a: "${x}"', 'b: "$${x}"']
