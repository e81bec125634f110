"""pydantic's error locations, translated into paths in the value that was checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from pydantic_core import ErrorDetails

from hetzner.apply.document.nodes import Path, described


@dataclass(frozen=True)
class Complaint:
    """One error of pydantic: its type, where it is in the value, and what it says."""

    type: str
    path: Path
    message: str
    context: Mapping[str, Any] = field(default_factory=dict[str, Any])
    given: str = field(default="", repr=False)
    """The text that was refused, to find what it is near to; never shown."""
    is_a: str = ""
    """What that was, in a user's word."""
    of_key: bool = False
    """Whether the key at the end of the path is wrong, not its value."""


def locate(error: ErrorDetails, value: object) -> Complaint:
    """The error with a path that leads through `value`: labels of unions and functions are left out."""
    steps = [step for step in error["loc"] if step != "[key]"]
    ends_outside = error["type"] in ("missing", "extra_forbidden")
    path: list[str | int] = []
    for index, step in enumerate(steps):
        if isinstance(value, Mapping) and step in (below := cast("Mapping[object, object]", value)):
            value = below[step]
        elif isinstance(value, list) and isinstance(step, int) and step < len(cast("list[object]", value)):
            value = cast("list[object]", value)[step]
        elif not (ends_outside and index == len(steps) - 1):
            continue
        path.append(step)
    of_key = bool(path) and error["loc"][-1:] == ("[key]",)
    given = error["input"] if isinstance(error["input"], str) else ""
    context, is_a = error.get("ctx", {}), described(error["input"])
    return Complaint(error["type"], tuple(path), error["msg"], context, given, is_a, of_key)


def fields_at(schema: Any, path: Path) -> tuple[str, ...]:
    """The names of the fields that a core schema knows at a path, for suggestions."""
    refs = {item["ref"]: item for item in _walk(schema) if "ref" in item}
    found = [schema]
    for step in path:
        found = [below for item in found for below in _below(item, step, refs)]
    shapes = [shape for item in found for shape in _shapes(item, refs)]
    return tuple(dict.fromkeys(name for shape in shapes for name in shape.get("fields", ())))


def _shapes(schema: Any, refs: Mapping[str, Any], depth: int = 0) -> Iterator[dict[str, Any]]:
    """The schemas behind wrappers, references and unions."""
    if depth > 40:
        return
    kind = schema.get("type")
    if kind == "definition-ref":
        schema = refs.get(schema["schema_ref"], {})
    elif kind in ("union", "tagged-union"):
        for choice in _choices(schema["choices"]):
            yield from _shapes(choice, refs, depth + 1)
        return
    if isinstance(schema.get("fields"), dict) or "items_schema" in schema or "values_schema" in schema:
        yield schema
    elif isinstance(schema.get("schema"), dict):
        yield from _shapes(schema["schema"], refs, depth + 1)


def _choices(choices: Any) -> list[Any]:
    """The members of a union: a list, some with a label, or a mapping by tag."""
    members: list[Any] = [*(choices.values() if hasattr(choices, "values") else choices)]
    return [member[0] if isinstance(member, tuple) else member for member in members]


def _below(schema: Any, step: str | int, refs: Mapping[str, Any]) -> Iterator[Any]:
    for shape in _shapes(schema, refs):
        fields = shape.get("fields")
        if isinstance(fields, dict) and step in fields:
            yield fields[step]["schema"]
        for part in ("items_schema", "values_schema"):
            if isinstance(shape.get(part), dict):
                yield shape[part]


def _walk(schema: Any) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        yield cast("dict[str, Any]", schema)
        for value in cast("dict[str, Any]", schema).values():
            yield from _walk(value)
    elif isinstance(schema, list | tuple):
        for value in cast("list[Any]", schema):
            yield from _walk(value)
