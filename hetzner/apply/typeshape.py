"""From the types of a spec to JSON Schema (draft-07): what stands on a field is its documentation too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from types import NoneType, UnionType
from typing import Any, Literal, NotRequired, Required, Union, get_args, get_origin, get_type_hints

from pydantic import WithJsonSchema
from pydantic.fields import FieldInfo
from typing_extensions import is_typeddict

from hetzner.domain.shapes import Short

Shape = dict[str, Any]

EXPRESSION: Shape = {"$ref": "#/definitions/expression"}
SWITCH: Shape = {"$ref": "#/definitions/switch"}
FILE: Shape = {"$ref": "#/definitions/file"}
NAME: Shape = {"type": ["string", "integer"]}

_PLAIN: Mapping[Any, Shape] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: SWITCH,
    NoneType: {"type": "null"},
    IPv4Address: {"type": "string"},
    IPv6Address: {"type": "string"},
    IPv4Network: {"type": "string"},
    IPv6Network: {"type": "string"},
    Any: {},
}
_LIMITS = {"ge": "minimum", "le": "maximum", "pattern": "pattern"}
_SIZES = {
    "string": {"min_length": "minLength", "max_length": "maxLength"},
    "array": {"min_length": "minItems", "max_length": "maxItems"},
}


def shape(hint: Any) -> Shape:
    """Return the schema of a type, with the shorter forms that may be written for it."""
    if isinstance(hint, Mapping):
        return dict(hint)
    notes = getattr(hint, "__metadata__", ())
    origin, args = get_origin(hint), get_args(hint)
    if notes:
        return _noted(shape(args[0]), notes)
    if origin in (Required, NotRequired):
        return shape(args[0])
    if is_typeddict(hint):
        return mapping(hint)
    if origin is Literal:
        return {"enum": [*args]}
    if origin in (Union, UnionType):
        return either(shape(each) for each in args if _is_written(each))
    if origin is list:
        return {"type": "array", "items": opened(shape(args[0]))}
    if origin is dict:
        return _table(args[0], args[1])
    return dict(_PLAIN[hint])


def mapping(spec: Any) -> Shape:
    """Return the schema of a TypedDict: its fields, each with its documentation, and no others."""
    hints = get_type_hints(spec, include_extras=True)
    made: Shape = {"type": "object", "description": _sentence(spec), "additionalProperties": False}
    made["properties"] = {name: opened(shape(hint)) for name, hint in hints.items()}
    if required := [name for name in hints if name in spec.__required_keys__]:
        made["required"] = required
    return made


def either(shapes: Iterable[Shape]) -> Shape:
    """Return the schema of what fits one of several, as short as it can be."""
    every: list[Shape] = []
    for each in shapes:
        every += each["anyOf"] if each.keys() == {"anyOf"} else [each]
    distinct = [each for index, each in enumerate(every) if each not in every[:index]]
    bare = [each for each in distinct if each.keys() == {"type"}]
    if len(bare) > 1:
        names = [*dict.fromkeys(name for each in bare for name in _types(each))]
        merged: Shape = {"type": names[::-1] if names == ["string", "integer"] else names}  # no reference
        distinct = [merged, *(each for each in distinct if each not in bare)]
    return distinct[0] if len(distinct) == 1 else {"anyOf": distinct}


def opened(made: Shape) -> Shape:
    """Return the schema of a value in a document, in whose place a `${...}` may stand."""
    about = {name: made[name] for name in ("description",) if name in made}
    bare = {name: value for name, value in made.items() if name not in about}
    if not bare:
        return made
    if bare == {"type": "string"}:
        return {**about, "anyOf": [bare, FILE]}
    if _takes_any_text(bare):
        return made
    return {**about, **either([bare, EXPRESSION])}


def _takes_any_text(made: Shape) -> bool:
    """Tell whether any text fits, so that a `${...}` fits as well."""
    if "anyOf" in made:
        return any(_takes_any_text(each) for each in made["anyOf"])
    return "string" in _types(made) and not made.keys() & {"pattern", "minLength", "maxLength", "enum"}


def _types(made: Shape) -> list[str]:
    found = made.get("type", [])
    return [*found] if isinstance(found, list) else [found]


def _is_written(hint: Any) -> bool:
    """Tell whether a value of a type can stand in a document, which an object of the API cannot."""
    base = get_args(hint)[0] if hasattr(hint, "__metadata__") else hint
    return base in _PLAIN or is_typeddict(base) or not isinstance(base, type)


def _table(key: Any, value: Any) -> Shape:
    made: Shape = {"type": "object", "additionalProperties": opened(shape(value))}
    if get_origin(key) is Literal:
        made["propertyNames"] = {"enum": [*get_args(key)]}
    return made


def _noted(made: Shape, notes: Iterable[Any]) -> Shape:
    forms = [made]
    doc = ""
    for note in notes:
        if isinstance(note, FieldInfo):
            forms[0] = _limited(forms[0], note.metadata)
        elif isinstance(note, WithJsonSchema) and note.json_schema is not None:
            forms[0] = dict(note.json_schema)
        elif isinstance(note, Short):
            forms += [shape(form) for form in note.forms]
        elif isinstance(note, str):
            doc = note
    made = either(forms)
    return {**made, "description": doc} if doc else made


def _limited(made: Shape, limits: Iterable[Any]) -> Shape:
    names = {**_LIMITS, **_SIZES.get(str(made.get("type")), {})}
    for limit in limits:
        for name, word in names.items():
            if (value := getattr(limit, name, None)) is not None:
                made = {**made, word: value}
    return made


def _sentence(spec: Any) -> str:
    """Return the first sentence of a type's documentation."""
    return " ".join((spec.__doc__ or "").strip().partition("\n\n")[0].split())
