"""Request bodies and queries, checked against what the operation declares."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from hetzner.sandbox.errors import Refusal, invalid_fields
from hetzner.sandbox.routing import Declared

REMOVED = {"datacenter": "was removed on 2026-07-01, use 'location'"}


def read_body(body: bytes) -> dict[str, Any]:
    """Read a JSON object; an empty body is an empty object. Anything else: 400 `json_error`."""
    if not body.strip():
        return {}
    try:
        fields = json.loads(body)
    except (ValueError, RecursionError):
        raise Refusal(400, "json_error", "the request body is not valid JSON") from None
    if fields is None:
        return {}
    if not isinstance(fields, dict):
        raise Refusal(400, "json_error", "the request body must be a JSON object")
    return fields


def check_body(operation: Declared, fields: dict[str, Any]) -> dict[str, Any]:
    """Return the declared fields in their declared types; unknown ones are tolerated and dropped."""
    problems: list[tuple[str, str]] = []
    checked: dict[str, Any] = {}
    for name, reason in REMOVED.items():
        if name in fields and name not in operation.parameters:
            problems.append((name, reason))
    for name, parameter in operation.parameters.items():
        if fields.get(name) is not None or (name in fields and _nullable(parameter.annotation)):
            _check_field(name, parameter.annotation, fields[name], checked, problems)
        elif parameter.required:
            problems.append((name, "is required"))
    if problems:
        raise invalid_fields(problems)
    return checked


def check_query(operation: Declared, query: dict[str, list[str]]) -> None:
    """Insist on the required query parameters; unknown ones are ignored."""
    if operation.name == "actions.list":  # without ids it answers 410 instead
        return
    missing = [name for name, parameter in operation.parameters.items() if parameter.required and name not in query]
    if missing:
        raise invalid_fields([(name, "is required") for name in missing])


def _check_field(
    name: str, annotation: Any, value: Any, checked: dict[str, Any], problems: list[tuple[str, str]]
) -> None:
    from pydantic import ValidationError

    try:
        checked[name] = _adapter(annotation).validate_python(value)
    except ValidationError as error:
        for problem in error.errors(include_url=False, include_context=False, include_input=False):
            below = [str(part) for part in problem["loc"] if not str(part).startswith(("function-", "union"))]
            problems.append((".".join([name, *below]), problem["msg"][:1].lower() + problem["msg"][1:]))


@cache
def _adapter(annotation: Any) -> Any:
    from pydantic import TypeAdapter

    return TypeAdapter(annotation)


@cache
def _nullable(annotation: Any) -> bool:
    from pydantic import ValidationError

    try:
        _adapter(annotation).validate_python(None)
    except ValidationError:
        return False
    return True
