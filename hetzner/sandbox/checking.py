"""Request bodies and queries, checked against what the operation declares."""

from __future__ import annotations

import json
from typing import Any

from hetzner.sandbox.errors import Refusal, invalid_fields
from hetzner.sandbox.routing import Declared
from hetzner.sandbox.shapes import Misfit, fitted, nullable

REMOVED = {"datacenter": "was removed on 2026-07-01, use 'location'"}


def read_body(body: bytes) -> dict[str, Any]:
    """Read a JSON object; an empty body is an empty object. Anything else: 400 `json_error`."""
    if not body.strip():
        return {}
    try:
        fields = json.loads(body, parse_constant=_no_number)
        if b"\\u" in body:  # half of a surrogate pair cannot be answered again
            json.dumps(fields, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        raise Refusal(400, "json_error", "the request body is not valid JSON") from None
    if fields is None:
        return {}
    if not isinstance(fields, dict):
        raise Refusal(400, "json_error", "the request body must be a JSON object")
    return fields


def _no_number(text: str) -> None:
    raise ValueError(f"{text} is not JSON")


def check_body(operation: Declared, fields: dict[str, Any]) -> dict[str, Any]:
    """Return the declared fields in their declared types; unknown ones are tolerated and dropped."""
    problems = [
        (name, reason)
        for name, reason in REMOVED.items()
        if name in fields and name not in operation.parameters
    ]
    checked: dict[str, Any] = {}
    for name, parameter in operation.parameters.items():
        if fields.get(name) is not None or (name in fields and nullable(parameter.annotation)):
            try:
                checked[name] = fitted(parameter.annotation, fields[name])
            except Misfit as problem:
                problems.append((".".join([name, *problem.path]), problem.reason))
        elif parameter.required:
            problems.append((name, "is required"))
    if problems:
        raise invalid_fields(problems)
    return checked


def check_query(operation: Declared, query: dict[str, list[str]]) -> None:
    """Insist on the required query parameters; unknown ones are ignored."""
    if operation.name == "actions.list":  # without ids it answers 410 instead
        return
    missing = [
        name for name, parameter in operation.parameters.items() if parameter.required and name not in query
    ]
    if missing:
        raise invalid_fields([(name, "is required") for name in missing])
