"""The published schema of a plan is that of what is printed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from tests.cli.conftest import Invoke
from tests.cli.files import EMPTY, NETWORK, SERVERS

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "plan.schema.json").read_text(encoding="utf-8"))
GOLDEN = Path(__file__).parent / "golden"


def strict(schema: Any) -> Any:
    """Return a schema in which no object may have a field that is not listed."""
    if isinstance(schema, dict):
        closed = {"additionalProperties": False} if "properties" in schema else {}
        return {**closed, **{name: strict(each) for name, each in schema.items()}}
    return [strict(each) for each in schema] if isinstance(schema, list) else schema


def problems(document: Any) -> list[str]:
    """Return what the schema says against a document, whether it be wrong or unknown to it."""
    validator = jsonschema_rs.Draft7Validator(strict(SCHEMA))
    return [f"{[*each.instance_path]}: {each.message}" for each in validator.iter_errors(document)]


def test_it_is_a_schema() -> None:
    """It is one of draft 7, which editors read."""
    assert jsonschema_rs.meta.is_valid(SCHEMA)


def test_a_plan_with_everything() -> None:
    """A plan with every marker has exactly the fields that are documented."""
    document = json.loads((GOLDEN / "plan.json").read_text(encoding="utf-8"))
    assert problems(document) == []
    del document["actions"][0]["address"]
    document["more"] = 1
    assert len(problems(document)) == 2


@pytest.mark.parametrize(
    ("text", "options"),
    [(EMPTY, ("--plan",)), (NETWORK, ("--plan",)), (SERVERS, ("--yes",)), (NETWORK, ("--refresh-only",))],
)
def test_other_plans(invoke: Invoke, text: str, options: tuple[str, ...]) -> None:
    """So have an empty one, one for nothing that costs, the first line of an apply, and drift."""
    result = invoke(text, *options, "-o", "json")
    assert result.exit_code == 0
    document = result.stdout.splitlines()[0] if "--yes" in options else result.stdout
    assert problems(json.loads(document)) == []


def test_every_field_is_explained() -> None:
    """The page about it names every field of a plan and of an action, and every effect."""
    page = (Path(__file__).parents[2] / "docs" / "plan-json.md").read_text(encoding="utf-8")
    action = SCHEMA["definitions"]["action"]["properties"]
    effects = action["effects"]["items"]["properties"]["effect"]["enum"]
    told = {*SCHEMA["properties"], *effects} - {"version", "event", "project", "drift", "missing"}
    assert [name for name in sorted(told) if f"`{name}`" not in page] == []
