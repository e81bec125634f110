"""Unquoted scalars by YAML 1.2, without the traps of 1.1."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hetzner.apply.document.events import Budget, compose
from hetzner.apply.document.marks import Source
from hetzner.apply.document.nodes import MapNode, ScalarNode
from hetzner.apply.document.problems import Problems
from hetzner.apply.document.scalars import NumberOutOfRange, core


@pytest.mark.parametrize(
    "text",
    [
        "no",
        "yes",
        "on",
        "off",
        "y",
        "n",
        "No",
        "NO",
        "Off",
        "22:22",
        "1:30:00",
        "0755",
        "007",
        "00",
        "1_000",
        "+.inf",
        ".nan",
        "2026-11-23",
        "0b11",
        "=",
        "10.0.0.1",
        "1.2.3",
        "-",
        "0x",
        "0o8",
    ],
)
def test_what_only_yaml_1_1_would_convert_stays_text(text: str) -> None:
    """Words, times, dates and numbers with leading zeros are text."""
    assert core(text) == text
    assert isinstance(core(text), str)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true", True),
        ("FALSE", False),
        ("~", None),
        ("null", None),
        ("", None),
        ("0", 0),
        ("-12", -12),
        ("+3", 3),
        ("0o17", 15),
        ("0x1F", 31),
        ("1.10", 1.1),
        (".5", 0.5),
        ("-1e3", -1000.0),
        ("9223372036854775807", 2**63 - 1),
    ],
)
def test_core_values(text: str, value: object) -> None:
    """What YAML 1.2 converts is converted, to exactly that type."""
    assert core(text) == value
    assert type(core(text)) is type(value)


@pytest.mark.parametrize(
    "text", ["9223372036854775808", "9" * 5000, "0x" + "f" * 200_000, "1e400", "-" + "1" * 30]
)
def test_numbers_out_of_range_are_refused(text: str) -> None:
    """A number that does not fit is an error, quickly, and never infinity."""
    with pytest.raises(NumberOutOfRange):
        core(text)


@settings(deadline=None)  # a busy machine is no failure
@given(st.text())
def test_any_text_gives_a_plain_value(text: str) -> None:
    """Whatever is written, the answer is a plain finite value or a refusal."""
    try:
        value = core(text)
    except NumberOutOfRange:
        return
    assert not isinstance(value, float) or math.isfinite(value)
    assert not isinstance(value, str) or value == text


@settings(deadline=None)  # a busy machine is no failure
@given(st.integers(-(2**63), 2**63 - 1))
def test_integers_come_back(number: int) -> None:
    """Every 64-bit integer is read as itself."""
    assert core(str(number)) == number


@settings(deadline=None)  # a busy machine is no failure
@given(st.floats(allow_nan=False, allow_infinity=False))
def test_floats_come_back(number: float) -> None:
    """Every finite float is read as itself."""
    assert core(repr(number)) == number


@settings(deadline=None)  # a busy machine is no failure
@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Zl", "Zp")), max_size=40))
def test_quoted_text_comes_back(text: str) -> None:
    """A quoted scalar is text, whatever it looks like."""
    quoted = "'" + text.replace("'", "''").replace("\ufeff", "") + "'"
    root = compose(Source("t", f"a: {quoted}"), Budget(), Problems())
    assert isinstance(root, MapNode)
    node = root.get("a")
    assert isinstance(node, ScalarNode)
    assert node.value == text.replace("\ufeff", "")
