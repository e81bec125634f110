"""The declarations against the published specification: kinds of values, nulls, choices, examples."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from hetzner.schema import Operation, operations
from tests.schema.comparison import differences
from tests.schema.exceptions import EXCEPTIONS
from tests.schema.shape import Specification

FOLDER = Path(__file__).parents[3] / "shared" / "spec"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the published specification is not here")
NEWER = {("GET", "/networks/{id}/members")}
"""Operations that the API has got since."""
WITHOUT_EXAMPLE = {"servers.delete", "firewalls.create", "load_balancers.delete"}
"""Operations whose command is not shown by an example."""


@cache
def specification(host: str) -> Specification:
    """The published specification of one of the two hosts."""
    return Specification(json.loads((FOLDER / f"{host}.json").read_text(encoding="utf-8")))


def published() -> Iterator[Operation]:
    """Every operation that the specification knows."""
    return (each for each in operations() if (each.verb, each.path) not in NEWER)


def examples(operation: Operation) -> list[Any]:
    """What the specification shows as answers of an operation."""
    described = specification(operation.host).document["paths"][operation.path][operation.verb.lower()]
    success = next(answer for status, answer in described["responses"].items() if status.startswith("2"))
    content = success.get("content", {}).get("application/json", {})
    shown = [content["example"]] if "example" in content else []
    return shown + [each["value"] for each in content.get("examples", {}).values()]


def commands(value: Any) -> set[str]:
    """The commands of all actions in an answer."""
    if isinstance(value, dict):
        own = {value["command"]} if "command" in value else set()
        return own.union(*map(commands, value.values()))
    return set().union(*map(commands, value)) if isinstance(value, list) else set()


def test_all_operations_are_declared() -> None:
    """The 190 and 32 operations of the two hosts are declared once each, and no others."""
    for host, count in (("cloud", 190), ("storage", 32)):
        known = {
            (verb.upper(), path)
            for path, verbs in specification(host).document["paths"].items()
            for verb in verbs
            if verb in ("get", "post", "put", "delete")
        }
        declared = [(each.verb, each.path) for each in operations() if each.host == host]
        assert len(declared) == count
        assert set(declared) - NEWER == known


def test_every_difference_has_a_reason() -> None:
    """Paths, queries, bodies and answers agree at all depths, both ways, except where a reason is given."""
    found = {
        each for operation in published() for each in differences(specification(operation.host), operation)
    }
    reasoned = [each for group in EXCEPTIONS.values() for each in group]
    assert sorted(found - set(reasoned)) == []
    assert sorted(set(reasoned) - found) == []
    assert len(reasoned) == len(set(reasoned))


def test_the_examples_fit_the_models() -> None:
    """Every example answer is read without repair, and has everything that the models promise."""
    seen = 0
    for operation in published():
        for example in examples(operation):
            answer = operation.returns.model_validate(example)
            assert (operation.name, answer.broken_promise()) == (operation.name, None)
            seen += 1
    assert seen > 100


def test_what_starts_actions_names_their_command() -> None:
    """The command of an operation is the one in its example; an operation without actions has none."""
    for operation in operations():
        fields = getattr(operation.returns, "model_fields", {}).keys() & {"action", "actions"}
        starts = operation.verb != "GET" and bool(fields) and operation.name != "placement_groups.create"
        assert (operation.name, starts) == (operation.name, operation.command is not None)
        if operation.command and operation.name not in WITHOUT_EXAMPLE:
            assert operation.command in commands(examples(operation)), operation.name
