"""The published OpenAPI as a witness: is this answer what the API says it answers?"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from hetzner.sandbox.message import Answer
from tests.sandbox.overlay import laid_over, today

FOLDER = Path(__file__).parents[3] / "shared" / "spec"
NAMES = ("cloud", "storage")
NOWHERE = frozenset({401, 404, 405, 429})
"""What a request may be answered that is for no operation."""
ERROR = ("GET", "/servers", "4xx")
"""An operation and status that show how every error is written."""


def available() -> bool:
    """Whether the published specification is here at all."""
    return all((FOLDER / f"{name}.json").exists() for name in NAMES)


@cache
def specification(name: str = "cloud") -> dict[str, Any]:
    """The specification of the `cloud` or the `storage` API; without it the test is skipped."""
    path = FOLDER / f"{name}.json"
    if not path.exists():
        pytest.skip("the published specification is not here")
    return laid_over(json.loads(path.read_text(encoding="utf-8")))


def published() -> list[tuple[str, str]]:
    """Every operation of both files as verb and path."""
    paths = {**specification("cloud")["paths"], **specification("storage")["paths"]}
    return [(verb.upper(), path) for path, verbs in paths.items() for verb in verbs]


def check_answer(verb: str, template: str, answer: Answer) -> Any:
    """Validate an answer of an operation, unknown fields included, and return its body."""
    assert violations(verb, template, answer) == []
    return json.loads(answer.body) if answer.body else None


def violations(verb: str, template: str, answer: Answer) -> list[str]:
    """What is wrong with an answer, given the path template of its operation or "" when there is none."""
    where = f"{verb} {template or 'no operation'} {answer.status}"
    if answer.status >= 500:
        return [f"{where}: {answer.body[:200]!r}"]
    status = _declared(verb, template, answer.status) if template else "4xx"
    if not status or not (template or answer.status in NOWHERE):
        return [f"{where}: this status is not documented"]
    if answer.status == 204:
        return [f"{where}: has a body or a type"] if answer.body or "Content-Type" in answer.headers else []
    if answer.headers.get("Content-Type") != "application/json":
        return [f"{where}: is {answer.headers.get('Content-Type')}"]
    validator, body = _validator(*((verb, template, status) if template else ERROR)), json.loads(answer.body)
    if validator.is_valid(body):  # much faster than to look for errors
        return []
    return [
        f"{where} {'.'.join(map(str, each.instance_path))}: {each.message[:300]}"
        for each in validator.iter_errors(body)
    ]


def template_of(verb: str, path: str) -> str:
    """The path template of the operation a request is for; empty when there is none."""
    segments = path.removeprefix("/v1").strip("/").split("/")
    return next((each for each in _walk(_tree(), segments, 0) if verb in _tree_verbs()[each]), "")


def responses(verb: str, template: str) -> dict[str, Any]:
    """What an operation may answer, by status."""
    name = "storage" if template.startswith("/storage_box") else "cloud"
    found: dict[str, Any] = specification(name)["paths"][template][verb.lower()]["responses"]
    return found


def _declared(verb: str, template: str, status: int) -> str:
    found = responses(verb, template)
    return next((name for name in (str(status), f"{status // 100}xx") if name in found), "")


@cache
def _validator(verb: str, template: str, status: str) -> Any:
    from jsonschema_rs import Draft202012Validator

    schema = today(responses(verb, template)[status]["content"]["application/json"]["schema"])
    return Draft202012Validator(schema, validate_formats=True)


@cache
def _tree_verbs() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for verb, path in published():
        found.setdefault(path, set()).add(verb)
    return found


@cache
def _tree() -> dict[str, Any]:
    tree: dict[str, Any] = {}
    for _, path in published():
        node = tree
        for segment in path.strip("/").split("/"):
            node = node.setdefault("{}" if segment.startswith("{") else segment, {})
        node["/"] = path
    return tree


def _walk(node: dict[str, Any], segments: list[str], at: int) -> list[str]:
    """The templates that fit, those with literal segments first."""
    if at == len(segments):
        return [node["/"]] if "/" in node else []
    below = [node[name] for name in (segments[at], "{}") if segments[at] and name in node]
    return [found for each in below for found in _walk(each, segments, at + 1)]
