"""The declarations against the published API description, which stands beside the project when it is there.

Client and sandbox read the same declarations, so only an outside witness can catch an error in them.
"""

import json
import re
import types
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Annotated, Any, NotRequired, Required, Union, get_args, get_origin

import pytest

from hetzner.schema import Operation, operations
from hetzner.schema.model import Model

SPECIFICATION = Path(__file__).parents[3] / "shared" / "spec"
FILES = {"cloud": SPECIFICATION / "cloud.json", "storage": SPECIFICATION / "storage.json"}
pytestmark = pytest.mark.skipif(not FILES["cloud"].is_file(), reason="the published description is not here")

NOT_IN_THE_SPECIFICATION = {
    "networks.members": "since 2026-09-15; newer than the description",
}
"""Operations that are declared although the description does not have them: name -> why."""
DIFFERENT = {
    "actions.list: query *": "the description forgets that this list is paged and sorted like all others",
    "actions.list: meta *": "as above",
    "*.change_dns_ptr: dns_ptr is not required": "it must be sent; None asks for the default",
    "*deprecated is not declared": "replaced by `deprecation`, and still there as an unknown field",
    "*image*.deprecation is not described": "the description has only its date; answers may have both",
    "*cores is a number": "a whole number in every answer",
    "*primary_disk_size is a number": "a whole number in every answer",
    "*volume*.size is a number": "a whole number in every answer",
    "load_balancers.*: *is required": "has a default by protocol; the official clients leave it out",
    "load_balancers.*: *public_net*is not described": "since 2026-10-05",
    "load_balancers.*: *health_status*is not described": "since 2026-08-17; newer than the description",
    "load_balancers.delete: action is not described": "answers with and without an action are in the wild",
    "pricing.retrieve: pricing.floating_ips.prices.price_hourly is not described": "in answers of the API",
}
"""Differences that are meant, as patterns of "operation: difference" -> why."""


@cache
def documents() -> dict[str, Any]:
    """Return the descriptions by host."""
    return {host: json.loads(path.read_text()) for host, path in FILES.items() if path.is_file()}


def shape(path: str) -> str:
    """Return a path without the names of its parameters."""
    return re.sub(r"\{\w+\}", "{}", path)


@cache
def described() -> dict[tuple[str, str, str], Any]:
    """Return what is described: (host, verb, path) -> operation."""
    return {
        (host, verb.upper(), shape(path)): what
        for host, document in documents().items()
        for path, verbs in document["paths"].items()
        for verb, what in verbs.items()
        if verb in ("get", "post", "put", "delete")
    }


def declared() -> dict[tuple[str, str, str], Operation]:
    """Return what is declared, by the same keys."""
    found = {(each.host, each.verb, shape(each.path)): each for each in operations()}
    return {key: each for key, each in found.items() if key[0] in documents()}


def both() -> list[Any]:
    """Return each operation that is declared and described, as a parameter of a test."""
    if not FILES["cloud"].is_file():
        return []
    return [
        pytest.param(each, described()[key], id=each.name)
        for key, each in declared().items()
        if key in described()
    ]


def object_of(schema: dict[str, Any], host: str) -> dict[str, Any]:
    """Return properties and required names of a schema, its parts put together."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return object_of(documents()[host]["components"]["schemas"][name], host)
    properties, required = dict(schema.get("properties", {})), set(schema.get("required", []))
    for part in schema.get("allOf", []):
        found = object_of(part, host)
        properties.update(found["properties"])
        required |= found["required"]
    variants = [object_of(part, host) for part in [*schema.get("oneOf", []), *schema.get("anyOf", [])]]
    for found in variants:
        properties.update(found["properties"])
    if variants:
        required |= set.intersection(*(found["required"] for found in variants))
    return {"properties": properties, "required": required}


def parts_of(annotation: Any) -> list[Any]:
    """Return the plain types that an annotation leads to through optionals, lists and notes."""
    origin = get_origin(annotation)
    if origin in (Annotated, Required):
        return parts_of(get_args(annotation)[0])
    if origin in (Union, types.UnionType):
        return [part for each in get_args(annotation) for part in parts_of(each)]
    if origin in (list, Sequence):
        return parts_of(get_args(annotation)[0])
    return [annotation]


def plain(annotation: Any) -> Any:
    """Return an annotation without Required and NotRequired around it."""
    return get_args(annotation)[0] if get_origin(annotation) in (Required, NotRequired) else annotation


def nested(schema: dict[str, Any], host: str) -> dict[str, Any]:
    """Return the object that a property is, or is a list of."""
    return object_of(schema.get("items", schema), host)


def asked_differences(
    annotations: dict[str, Any], required: set[str], schema: dict[str, Any], host: str
) -> Iterator[str]:
    """Yield how what may be asked differs from what is described, at all depths."""
    found = object_of(schema, host)
    for name in sorted(found["properties"].keys() ^ annotations.keys()):
        yield f"{name} {'is not declared' if name in found['properties'] else 'is not described'}"
    for name in sorted(found["required"] ^ required):
        yield f"{name} {'is required' if name in found['required'] else 'is not required'}"
    for name in sorted(found["properties"].keys() & annotations.keys()):
        below = found["properties"][name]
        for part in parts_of(annotations[name]):
            if hasattr(part, "__required_keys__") and nested(below, host)["properties"]:
                inner = {key: plain(kind) for key, kind in part.__annotations__.items()}
                for each in asked_differences(
                    inner, set(part.__required_keys__), below.get("items", below), host
                ):
                    yield f"{name}.{each}"


TYPES = {"integer": "integer", "number": "number", "string": "string", "boolean": "boolean"}
NAMES = {int: "integer", float: "number", str: "string", bool: "boolean"}


def told_differences(model: type[Model], schema: dict[str, Any], host: str) -> Iterator[str]:
    """Yield how an answer differs from what is described, at all depths."""
    properties = object_of(schema, host)["properties"]
    for name in sorted(properties.keys() ^ model.model_fields.keys()):
        yield f"{name} {'is not declared' if name in properties else 'is not described'}"
    for name in sorted(properties.keys() & model.model_fields.keys()):
        parts = parts_of(model.model_fields[name].annotation)
        for part in parts:
            if (
                isinstance(part, type)
                and issubclass(part, Model)
                and nested(properties[name], host)["properties"]
            ):
                for each in told_differences(part, properties[name].get("items", properties[name]), host):
                    yield f"{name}.{each}"
        kind = properties[name].get("type")
        known = {NAMES[part] for part in parts if part in NAMES}
        if isinstance(kind, str) and kind in TYPES and known and kind not in known:
            yield f"{name} is a {kind}"


def meant(operation: Operation, differences: Iterator[str]) -> list[str]:
    """Return the differences that nobody gave a reason for."""
    found = [f"{operation.name}: {each}" for each in dict.fromkeys(differences)]
    return [each for each in found if not any(fnmatchcase(each, pattern) for pattern in DIFFERENT)]


def test_every_described_operation_is_declared() -> None:
    """The client has every operation of the published API."""
    assert sorted(described().keys() - declared().keys()) == []


def test_every_declared_operation_is_described() -> None:
    """The client has no operation that the published API does not have, but for those with a reason."""
    more = {each.name for key, each in declared().items() if key not in described()}
    assert more == NOT_IN_THE_SPECIFICATION.keys()


@pytest.mark.parametrize(("operation", "description"), both())
def test_the_query_is_as_described(operation: Operation, description: dict[str, Any]) -> None:
    """Query parameters have the described names, and the same ones are required."""
    parameters = [each for each in description.get("parameters", []) if each["in"] == "query"]
    own = operation.parameters if operation.where == "query" else {}
    names = {each["name"] for each in parameters}
    required = {each["name"] for each in parameters if each.get("required")}
    differences = [f"query {name}" for name in sorted(names ^ own.keys())]
    differences += [
        f"query {name} required" for name in sorted(required ^ {p.name for p in own.values() if p.required})
    ]
    assert meant(operation, iter(differences)) == []


@pytest.mark.parametrize(("operation", "description"), both())
def test_the_body_is_as_described(operation: Operation, description: dict[str, Any]) -> None:
    """Body fields have the described names at all depths, and the same ones are required."""
    content = description.get("requestBody", {}).get("content", {}).get("application/json", {})
    own = operation.parameters if operation.where == "body" else {}
    annotations = {each.name: each.annotation for each in own.values()}
    required = {each.name for each in own.values() if each.required}
    assert (
        meant(operation, asked_differences(annotations, required, content.get("schema", {}), operation.host))
        == []
    )


@pytest.mark.parametrize(("operation", "description"), both())
def test_the_answer_is_as_described(operation: Operation, description: dict[str, Any]) -> None:
    """Answers have the described fields at all depths, with types that hold what is described."""
    success = next(what for status, what in description["responses"].items() if status.startswith("2"))
    schema = success.get("content", {}).get("application/json", {}).get("schema", {})
    if isinstance(operation.returns, type) and issubclass(operation.returns, Model):
        assert meant(operation, told_differences(operation.returns, schema, operation.host)) == []
    else:
        assert object_of(schema, operation.host)["properties"] == {}
