"""The JSON Schema (draft-07) of documents, for editors: made of the same types that check them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hetzner.apply.document.defaults import GENERAL
from hetzner.apply.document.layout import SECTIONS, SINGLE
from hetzner.apply.document.lifecycle import DEFAULTABLE, LifecycleOptions, MetaOptions
from hetzner.apply.document.variables import VariableOptions
from hetzner.apply.typeshape import EXPRESSION, FILE, NAME, Shape, either, mapping, opened, shape
from hetzner.domain.specs import kinds
from hetzner.domain.specs.kind import Kind
from hetzner.domain.specs.labels import Labels

DIALECT = "http://json-schema.org/draft-07/schema#"
"""Editors read this one and older ones, and no newer one."""

_COMMON: Mapping[str, Shape] = {
    "expression": {
        "type": "string",
        "pattern": r"\$\{[^{}]+\}",
        "description": (
            "A value from elsewhere: ${variable}, ${env.NAME}, ${servers.web.ipv4}, ${n}, ${each.key}; "
            "${name:-default}, ${name:?message}; $${ is a plain ${."
        ),
    },
    "switch": {"anyOf": [{"type": "boolean"}, {"enum": ["yes", "no", "on", "off"]}]},
    "file": {
        "type": "object",
        "description": "A text from a file beside this one; of its ${name} those in vars are filled in.",
        "properties": {
            "file": {"type": "string", "description": "Path of the file, from the folder of this one."},
            "vars": {
                "type": "object",
                "description": "What to fill in, by name.",
                "additionalProperties": {"type": ["string", "number", "boolean"]},
            },
        },
        "required": ["file"],
        "additionalProperties": False,
    },
}
_COUNTING: Mapping[str, Shape] = {
    "count": opened(
        {"type": "integer", "minimum": 0, "description": "How many: web-1, web-2, ...; ${n} is the number."}
    ),
    "for_each": {
        "description": "One for each word or key: web-eu, web-us; ${each.key} and ${each.value} tell which.",
        "anyOf": [{"type": "array", "items": NAME}, {"type": "object"}, EXPRESSION],
    },
}


def json_schema(known: Mapping[str, Kind] | None = None) -> Shape:
    """Return the schema of a document, of the kinds that can be declared unless others are given."""
    every = kinds() if known is None else known
    definitions: dict[str, Any] = {**_COMMON, "labels": _labels()}
    for kind in every.values():
        definitions[kind.name] = _resource(kind)
    return {
        "$schema": DIALECT,
        "title": "hetzner-apply",
        "description": "Infrastructure at Hetzner that hetzner-apply brings about.",
        "type": "object",
        "properties": {
            **_single(),
            **_sections(every),
            **{name: _section(kind) for name, kind in every.items()},
        },
        "patternProperties": {"^x-": {"description": "Your own, for anchors."}},
        "additionalProperties": False,
        "definitions": definitions,
    }


def _single() -> dict[str, Shape]:
    version, project, lock, token = SINGLE
    return {
        version: {"enum": [1, "1"], "description": "Of the format; there is but one."},
        project: {
            "type": ["string", "number"],
            "description": "Whose objects these are: everything that is made carries it as a label.",
        },
        lock: {"type": "boolean", "description": "Let only one run at a time change the project."},
        token: {
            "type": "object",
            "properties": {"env": {"type": "string", "description": "Its name, such as SHOP_TOKEN."}},
            "required": ["env"],
            "additionalProperties": False,
            "description": "The environment variable that has the API token of this project.",
        },
    }


def _sections(known: Mapping[str, Kind]) -> dict[str, Shape]:
    variables, defaults, outputs = SECTIONS
    value = {"type": ["string", "number", "boolean", "array"]}
    declared = either([value, mapping(VariableOptions)])
    return {
        variables: _named(
            {**declared, "description": "Its default, or how it is given."}, "Values that vary."
        ),
        defaults: _defaults(known),
        outputs: {
            "type": ["object", "null"],
            "description": "What is printed in the end: addresses, names.",
        },
    }


def _defaults(known: Mapping[str, Kind]) -> Shape:
    location, labels = GENERAL
    properties: dict[str, Shape] = {
        location: {
            **either([NAME, {"type": "array", "items": NAME}]),
            "description": "For every kind that has one.",
        },
        labels: {"$ref": "#/definitions/labels"},
    }
    for kind in known.values():
        whole = _properties(kind)
        mine = {name: made for name, made in whole.items() if name in kind.fields or name in DEFAULTABLE}
        properties[kind.name] = {
            "type": ["object", "null"],
            "description": f"For all {kind.name} that do not say otherwise.",
            "properties": mine,
            "additionalProperties": False,
        }
    return {
        "type": ["object", "null"],
        "description": "What applies unless something else is said; labels are added, all else is replaced.",
        "properties": properties,
        "additionalProperties": False,
    }


def _section(kind: Kind) -> Shape:
    entry: list[Shape] = [{"$ref": f"#/definitions/{kind.name}"}, {"type": "null"}]
    if kind.text_field is not None:
        entry += [{"type": "string"}, _from_file(kind)]
    return _named(either(entry), kind.__doc__ or "")


def _named(entry: Shape, doc: str) -> Shape:
    return {"type": ["object", "null"], "description": doc, "additionalProperties": entry}


def _resource(kind: Kind) -> Shape:
    """Return the schema of one object; nothing is required, since anything may come from the defaults."""
    return {
        "type": "object",
        "description": mapping(kind.spec)["description"],
        "properties": _properties(kind),
        "additionalProperties": False,
    }


def _from_file(kind: Kind) -> Shape:
    made = _COMMON["file"]
    return {**made, "properties": {**made["properties"], **_properties(kind)}}


def _properties(kind: Kind) -> dict[str, Shape]:
    fields = {**mapping(kind.spec)["properties"]}
    if "labels" in fields:
        fields["labels"] = {"$ref": "#/definitions/labels"}
    own = mapping(MetaOptions)["properties"]
    return {**fields, **_COUNTING, **own, "lifecycle": _lifecycle(kind)}


def _lifecycle(kind: Kind) -> Shape:
    """Return the schema of `lifecycle`, in which fields of the kind are named."""
    made = mapping(LifecycleOptions)
    names = sorted(kind.fields)
    named = {"anyOf": [{"enum": names}, {"type": "string", "pattern": f"^({'|'.join(names)})\\."}]}
    for option in ("ignore_changes", "rebuild_on", "replace_on"):
        about = made["properties"][option]["description"]
        made["properties"][option] = {"type": "array", "items": named, "description": about}
    acted_on = [name for name in names if kind.fields[name].changes.rebuilds]
    made["properties"]["rebuild_on"]["items"] = {"enum": acted_on} if acted_on else False
    return made


def _labels() -> Shape:
    made = shape(Labels)
    return {**made, "description": "Your own key/value pairs."}


__all__ = ["FILE", "json_schema"]
