"""The published OpenAPI as a witness: is this answer what the API says it answers?"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from hetzner.sandbox.message import Answer

FOLDER = Path(__file__).parents[3] / "shared" / "spec"
REMOVED = {"deprecated"}
"""Fields that the API dropped after the specification was written."""
NEWER: dict[str, dict[str, Any]] = {"deprecation": {}, "meta": {}}
"""Fields that the API added since, and the pages of `GET /actions`, which every client asks for."""
VALUES = {"assignee_type": ["load_balancer", "unassigned"]}
"""Values that fields of a closed list got since."""
GROWN: dict[frozenset[str], tuple[str, ...]] = {
    frozenset({"listen_port", "status"}): ("detail", "http_status_code"),
    frozenset({"ip", "dns_ptr"}): ("id", "blocked"),
    frozenset({"cookie_name", "cookie_lifetime", "timeout_idle", "sticky_sessions"}): (
        "certificates",
        "redirect_http",
    ),
}
"""Objects, by the fields they are specified with, and what they have besides since or by hcloud-python."""


@cache
def specification(name: str = "cloud") -> dict[str, Any]:
    """The specification of the `cloud` or the `storage` API; without it the test is skipped."""
    path = FOLDER / f"{name}.json"
    if not path.exists():
        pytest.skip("the published specification is not here")
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    if name == "storage":
        return found
    balancer = found["paths"]["/load_balancers/{id}"]["delete"]["responses"]
    # since October 2026 it answers with an action, as a zone does
    balancer["201"] = found["paths"]["/zones/{id_or_name}"]["delete"]["responses"]["201"]
    del balancer["204"]
    return found


def _responses(verb: str, template: str) -> dict[str, Any]:
    name = "storage" if template.startswith("/storage_box") else "cloud"
    found: dict[str, Any] = specification(name)["paths"][template][verb.lower()]["responses"]
    return found


def check_answer(verb: str, template: str, answer: Answer) -> Any:
    """Validate an answer of an operation, unknown fields included, and return its body."""
    responses = _responses(verb, template)
    declared = responses.get(str(answer.status)) or responses.get(f"{answer.status // 100}xx")
    assert declared, f"{verb} {template} may not answer {answer.status}"
    if answer.status == 204:
        assert not answer.body
        return None
    body = json.loads(answer.body)
    problems = [
        f"{verb} {template} {error.json_path}: {error.message}"
        for error in _validator(verb, template, str(answer.status)).iter_errors(body)
    ]
    assert problems == []
    return body


@cache
def _validator(verb: str, template: str, status: str) -> Any:
    from jsonschema import Draft202012Validator

    responses = _responses(verb, template)
    declared = responses.get(status) or responses[f"{status[0]}xx"]
    return Draft202012Validator(_today(declared["content"]["application/json"]["schema"]))


def _today(schema: Any) -> Any:
    """The schema as of November 2026, closed: what it does not name must not be answered."""
    if isinstance(schema, list):
        return [_today(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    schema = _joined(schema)
    made = {name: _today(value) for name, value in schema.items()}
    if made.get("nullable") is True:
        made["type"] = [made["type"], "null"]
    if "enum" in schema and "null" in schema.get("type", ()):  # nullable, though the list of values forgot it
        made["enum"] = [*schema["enum"], None]
    if isinstance(schema.get("properties"), dict):
        kept = {name: value for name, value in made["properties"].items() if name not in REMOVED}
        for name in VALUES.keys() & kept.keys():
            kept[name]["enum"] = [*kept[name]["enum"], *VALUES[name]]
        made["properties"] = {**NEWER, **{name: {} for name in GROWN.get(frozenset(kept), ())}, **kept}
        made["required"] = [name for name in made.get("required", ()) if name not in REMOVED]
        if "additionalProperties" not in schema and kept:
            made["additionalProperties"] = False
    return made


def _joined(schema: dict[str, Any]) -> dict[str, Any]:
    """A schema without `allOf`: what its parts say, in one."""
    if "allOf" not in schema:
        return schema
    whole = {name: value for name, value in schema.items() if name != "allOf"}
    for part in map(_joined, schema["allOf"]):
        properties = {**whole.get("properties", {}), **part.get("properties", {})}
        required = [*whole.get("required", ()), *part.get("required", ())]
        whole = {**whole, **part, "properties": properties, "required": required}
    return whole
