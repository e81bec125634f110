"""Label selectors from maps."""

from __future__ import annotations

from typing import Any

import pytest

from hetzner.domain.selectors import selector


@pytest.mark.parametrize(
    ("labels", "text"),
    [
        ({"role": "web"}, "role=web"),
        ({"role": "web", "env": "prod"}, "role=web,env=prod"),
        ({"role": ["web", "db"]}, "role in (web,db)"),
        ({"role": {"web": 1}.keys()}, "role in (web)"),
        ({"role": None}, "role"),
        ({"role": ""}, "role="),
        ({"example.com/role": "web"}, "example.com/role=web"),
        ("role!=web,env in (a,b)", "role!=web,env in (a,b)"),
    ],
)
def test_a_map_becomes_a_selector(labels: Any, text: str) -> None:
    """A text is equal, a collection is a choice, None asks only for the key, a selector stays as it is."""
    assert selector(labels) == text


@pytest.mark.parametrize(
    ("labels", "error"),
    [
        ({}, ValueError),
        ("", ValueError),
        ({"role": "web,env=prod"}, ValueError),
        ({"role,env": "web"}, ValueError),
        ({"!role": None}, ValueError),
        ({"role": []}, ValueError),
        ({"role": ["a)"]}, ValueError),
        ({"role": 5}, TypeError),
        ({"role": True}, TypeError),
        ({"role": [5]}, TypeError),
        ({5: "web"}, ValueError),
        (None, TypeError),
        (5, TypeError),
        (["env=ci"], TypeError),
    ],
)
def test_what_would_mean_something_else_is_refused(labels: Any, error: type[Exception]) -> None:
    """Nothing empty, no text that ends the value and goes on, no numbers, nothing but maps and texts."""
    with pytest.raises(error):
        selector(labels)
