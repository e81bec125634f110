"""Shapes of data, read from the published specification and from our declarations, so that they compare."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import reduce
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NotRequired, Required, Union, get_args, get_origin, get_type_hints

from hetzner.schema.model import Model

PLAIN = {int: "integer", float: "number", str: "string", bool: "boolean", datetime: "time", NoneType: "null"}
EITHER = re.compile(r"\bids? (\(`integer`\) )?or names?\b", re.IGNORECASE)
"""How the specification says of a string that it may be a number."""


@dataclass
class Shape:
    """What values look like: their kinds, and what is below them."""

    kinds: set[str] = field(default_factory=set)
    values: set[Any] = field(default_factory=set)
    """The only values there are; empty for no such limit."""
    fields: dict[str, Shape] = field(default_factory=dict)
    required: set[str] = field(default_factory=set)
    items: Shape | None = None
    """What is in an array or a map."""
    name: str = ""
    """What our class for it is called."""

    def joined(self, other: Shape) -> Shape:
        """What fits one of the two."""
        both = bool(self.fields and other.fields)
        return Shape(
            self.kinds | other.kinds,
            self.values | other.values,
            self._with(other, Shape.joined),
            self.required & other.required if both else self.required | other.required,
            self.items.joined(other.items) if self.items and other.items else self.items or other.items,
            self.name or other.name,
        )

    def refined(self, other: Shape) -> Shape:
        """What fits both, each of which may say a part."""
        values = self.values & other.values if self.values and other.values else self.values | other.values
        required = self.required | other.required
        fields = self._with(other, Shape.refined)
        return Shape(self.kinds | other.kinds, values, fields, required, self.items or other.items)

    def _with(self, other: Shape, how: Any) -> dict[str, Shape]:
        common = self.fields.keys() & other.fields.keys()
        return {
            **self.fields,
            **other.fields,
            **{name: how(self.fields[name], other.fields[name]) for name in common},
        }


class Specification:
    """Reads the schemas of one OpenAPI file."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document

    def resolved(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Follow references."""
        while "$ref" in schema:
            found: Any = self.document
            for part in schema["$ref"].split("/")[1:]:
                found = found[part]
            schema = found
        return schema

    def shape(self, schema: dict[str, Any]) -> Shape:
        """Read a schema."""
        schema = self.resolved(schema)
        parts = [self._own(schema), *map(self.shape, schema.get("allOf", ()))]
        if variants := [self.shape(part) for part in schema.get("oneOf", ())]:
            parts.append(reduce(Shape.joined, variants))
        return reduce(Shape.refined, parts)

    def _own(self, schema: dict[str, Any]) -> Shape:
        fields = {name: self.shape(below) for name, below in schema.get("properties", {}).items()}
        items = schema.get("items") or {}
        found = Shape(_kinds(schema), set(schema.get("enum", ())), fields, set(schema.get("required", ())))
        below = schema.get("additionalProperties")
        if isinstance(below, dict) and not fields:
            found.kinds, items = {"map"}, below
        return replace(found, items=self.shape(items) if items else None)


def _kinds(schema: dict[str, Any]) -> set[str]:
    said = schema.get("type", [])
    kinds = {said} if isinstance(said, str) else set(said)
    if schema.get("nullable"):
        kinds.add("null")
    if schema.get("format") == "date-time":
        kinds = {"time" if kind == "string" else kind for kind in kinds}
    if "string" in kinds and EITHER.search(schema.get("description", "")):
        kinds.add("integer")
    return kinds


def declared(annotation: Any) -> Shape:
    """Read a type of ours."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin in (Annotated, Required, NotRequired):
        return declared(arguments[0])
    if origin in (Union, UnionType):
        return reduce(Shape.joined, map(declared, arguments))
    if origin is Literal:
        return Shape({"string"}, set(arguments))
    if origin is tuple:
        return Shape({"array"}, items=reduce(Shape.joined, map(declared, arguments)))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return Shape({"map"}, items=declared(arguments[1]))
    if isinstance(origin, type) and issubclass(origin, Sequence):
        return Shape({"array"}, items=declared(arguments[0]))
    if hasattr(annotation, "__required_keys__"):
        hints = get_type_hints(annotation, include_extras=True)
        fields = {name: declared(hint) for name, hint in hints.items()}
        return Shape({"object"}, set(), fields, set(annotation.__required_keys__), name=annotation.__name__)
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return model(annotation)
    return Shape({PLAIN[annotation]})


def model(kind: type[Model]) -> Shape:
    """Read a model; where a field may be absent, its None says nothing about null."""
    fields = {name: declared(info.annotation) for name, info in kind.model_fields.items()}
    for name in fields.keys() - kind.__declared__:
        fields[name].kinds.discard("null")
    return Shape({"object"}, set(), fields, set(kind.__declared__), name=kind.__name__)
