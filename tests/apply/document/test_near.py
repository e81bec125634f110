"""Suggestions: near enough to help, never far-fetched, never slow."""

from __future__ import annotations

import pytest

from hetzner.apply.document import did_you_mean, near

FIELDS = ("server_type", "image", "location", "user_data", "placement_group", "prevent_destroy", "firewalls")


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("servr_type", "server_type"),
        ("server-type", "server_type"),
        ("ServerType", "server_type"),
        ("type", "server_type"),
        ("firewall", "firewalls"),
        ("userdata", "user_data"),
        ("prevent", "prevent_destroy"),
        ("zzz", None),
        ("", None),
        ("x" * 1000, None),
    ],
)
def test_near(word: str, meant: str | None) -> None:
    """Slips, other separators, plurals and short forms are understood."""
    assert near(word, FIELDS) == meant


def test_the_question() -> None:
    """The question is ready to print, and empty when nothing is near."""
    assert did_you_mean("bas", ["base", "web"]) == "did you mean 'base'?"
    assert did_you_mean("qqq", ["base", "web"]) == ""


def test_one_slip_among_ten_thousand_names_is_found() -> None:
    """A suggestion is made among many names too."""
    names = [f"web-{number:05}" for number in range(10_000)]
    assert near("wbe-00017", names) is not None
