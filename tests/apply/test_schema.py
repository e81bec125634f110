"""The JSON Schema of documents accepts what is right and refuses what no editor should let pass."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import yaml
from hypothesis import given, settings

from hetzner.apply.document.events import Budget, compose
from hetzner.apply.document.marks import Source
from hetzner.apply.document.nodes import ListNode, MapNode, Node
from hetzner.apply.document.problems import Problems
from hetzner.apply.schema import json_schema
from hetzner.domain.specs import NAMES, kind_of, kinds
from tests.apply.documents import declarations, written
from tests.apply.test_plans import CASES, PRELUDE

SCHEMA = json_schema()
VALIDATOR = jsonschema_rs.Draft7Validator(SCHEMA)
EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("**/*.yaml"))
GOOD = Path(__file__).parent / "language" / "good.yaml"
SERVER = "servers: {web: {server_type: cx23, image: debian-13, %s}}"


def plain(node: Node | None) -> Any:
    """Return a tree of nodes as plain values."""
    if isinstance(node, MapNode):
        return {key: plain(below) for key, (_, below) in node.entries.items()}
    if isinstance(node, ListNode):
        return [plain(item) for item in node.items]
    return None if node is None else node.value


def errors(text: str) -> list[str]:
    """Return what the schema has against a document."""
    document = plain(compose(Source("infra.yaml", text), Budget(), Problems()))
    return [f"{error.instance_path}: {error.message[:200]}" for error in VALIDATOR.iter_errors(document)]


def parts(schema: Any) -> Iterator[dict[str, Any]]:
    """Return every schema in a schema."""
    if isinstance(schema, dict):
        yield schema
        for value in schema.values():
            yield from parts(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from parts(value)


def test_it_is_a_schema_that_editors_read() -> None:
    """It is draft-07, valid as such, without words of later drafts, and every reference leads somewhere."""
    assert SCHEMA["$schema"] == "http://json-schema.org/draft-07/schema#"
    assert jsonschema_rs.meta.is_valid(SCHEMA)
    for part in parts(SCHEMA):
        assert not part.keys() & {"prefixItems", "$defs", "unevaluatedProperties", "dependentRequired"}
        if isinstance(part.get("$ref"), str):
            assert part["$ref"].removeprefix("#/definitions/") in SCHEMA["definitions"]


def test_it_is_made_of_the_specs() -> None:
    """It has a section for each kind, and each field of a kind with the words that stand on it."""
    for name, kind in kinds().items():
        assert name in SCHEMA["properties"]
        properties = SCHEMA["definitions"][name]["properties"]
        for field in kind.fields.values():
            if field.name not in ("labels", "protect"):
                assert properties[field.name]["description"] == field.doc, f"{name}.{field.name}"
        assert properties.keys() >= {"count", "for_each", "renamed_from", "protect", "lifecycle"}


def test_it_is_the_same_each_time() -> None:
    """Equal specs make the same text, and all kinds that have a spec can be in it."""
    assert json.dumps(json_schema()) == json.dumps(SCHEMA)
    every = {name: kind_of(name) for name in (*NAMES, "volumes", "zones", "load_balancers", "storage_boxes")}
    made = json_schema(every)
    assert jsonschema_rs.meta.is_valid(made)
    assert made["properties"].keys() >= every.keys()


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_is_valid(path: Path) -> None:
    """Every example is what the schema says."""
    assert errors(path.read_text()) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_every_document_of_the_golden_plans_is_valid(case: dict[str, Any]) -> None:
    """What is there before and what is wanted after are what the schema says."""
    for text in (case["before"], case["after"]):
        assert errors(f"project: shop\n{PRELUDE}{text}") == []


@given(declarations())
@settings(max_examples=30, deadline=None)
def test_random_documents_are_valid(document: dict[str, Any]) -> None:
    """Documents that can be applied are what the schema says."""
    assert errors(written(document)) == []


@pytest.mark.parametrize("text", [*yaml.safe_load_all(GOOD.read_text())])
def test_the_language_is_valid(text: str) -> None:
    """Short forms, expressions wherever a value may be one, defaults, variables, anchors: all are valid."""
    assert errors(text) == []


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("servres: {}", []),
        ("servers: []", ["servers"]),
        ("servers: {web: {servr_type: cx23}}", ["servers", "web"]),
        (SERVER % "backups: 3", ["servers", "web"]),
        (SERVER % "power: maybe", ["servers", "web"]),
        (SERVER % "count: -1", ["servers", "web"]),
        (SERVER % "count: many", ["servers", "web"]),
        (SERVER % "labels: {role: 1}", ["servers", "web"]),
        ("servers: {web: {server_type: {a: b}}}", ["servers", "web"]),
        ("servers: {web: {image: {most_recent: true}}}", ["servers", "web"]),
        ("servers: {web: {image: {label_selector: a=b, architecture: mips}}}", ["servers", "web"]),
        (SERVER % "lifecycle: {prevent: true}", ["servers", "web"]),
        (SERVER % "lifecycle: {ignore_changes: [lables]}", ["servers", "web"]),
        (SERVER % "lifecycle: {replace: never}", ["servers", "web"]),
        (SERVER % "public_net: {ipv5: true}", ["servers", "web"]),
        (SERVER % "networks: {net: {address: 10.0.0.1}}", ["servers", "web"]),
        ("firewalls: {web: {rules: [{protocol: http, port: 80}]}}", ["firewalls", "web"]),
        ("firewalls: {web: {rules: [{port: 80}]}}", ["firewalls", "web"]),
        ("networks: {net: {ip_range: 10.0.0.0/8, subnets: [{range: 10.0.0.0/24}]}}", ["networks", "net"]),
        ("placement_groups: {apart: {type: cluster}}", ["placement_groups", "apart"]),
        ("defaults: {servers: {imagine: debian-13}}", ["defaults", "servers"]),
        ("defaults: {count: 2}", ["defaults"]),
        ("variables: {size: {defualt: 3}}", ["variables", "size"]),
        ("version: 2", ["version"]),
        ("project: [shop]", ["project"]),
    ],
)
def test_what_is_wrong_is_refused(text: str, where: list[str]) -> None:
    """Unknown keys, wrong types and values that are none of the list are told at their place."""
    document = plain(compose(Source("infra.yaml", text), Budget(), Problems()))
    found = [list(error.instance_path) for error in VALIDATOR.iter_errors(document)]
    assert found
    assert all(path[: len(where)] == where for path in found), found
