"""Where a declaration says something else than the published specification."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hetzner.schema.operation import Operation
from tests.schema.shape import Shape, Specification, declared, model

PAGING = {"page", "per_page"}


def differences(specification: Specification, operation: Operation) -> Iterator[str]:
    """Name every difference of one operation: `POST /volumes body.size: missing`, `Volume.size: ...`."""
    described = specification.document["paths"][operation.path][operation.verb.lower()]
    where = f"{operation.verb} {operation.path}"
    if bool(described.get("deprecated")) != bool(operation.deprecated):
        yield f"{where}: deprecated"
    if operation.where == "query":
        yield from _query(_parameters(specification, described, "query"), operation, f"{where} query")
    paths = Shape(
        {"object"},
        fields={name: declared(annotation) for name, annotation in operation.paths.items()},
        required=set(operation.paths),
    )
    yield from _objects(_parameters(specification, described, "path"), paths, f"{where} path", asked=True)
    yield from _body(specification, described, operation, f"{where} body")
    yield from _response(specification, described, operation, f"{where} response")


def _parameters(specification: Specification, described: dict[str, Any], place: str) -> Shape:
    found = Shape({"object"})
    for parameter in map(specification.resolved, described.get("parameters", ())):
        if parameter["in"] == place:
            schema = {
                "description": parameter.get("description", ""),
                **specification.resolved(parameter["schema"]),
            }
            found.fields[parameter["name"]] = specification.shape(schema)
            found.required |= {parameter["name"]} if parameter.get("required") else set()
    return found


def _ours(operation: Operation) -> Shape:
    every = operation.parameters.values()
    fields = {parameter.name: declared(parameter.annotation) for parameter in every}
    return Shape({"object"}, set(), fields, {parameter.name for parameter in every if parameter.required})


def _query(theirs: Shape, operation: Operation, where: str) -> Iterator[str]:
    ours = _ours(operation)
    if operation.listing != (theirs.fields.keys() >= PAGING):
        yield f"{where}: paging"
    yield from _names(theirs, ours, where)
    for name in theirs.fields.keys() & ours.fields.keys():
        wanted, given = theirs.fields[name], ours.fields[name]
        single = Shape(given.kinds - {"array"}, given.values)
        if ("array" in wanted.kinds) != ("array" in given.kinds):
            yield f"{where}.{name}: repeated"
        elif wanted.items and given.items:
            if (given.items.kinds, given.items.values) != (single.kinds, single.values):
                yield f"{where}.{name}: one and many differ"
            yield from _values(wanted.items, single, f"{where}.{name}", asked=True)
        else:
            yield from _values(wanted, single, f"{where}.{name}", asked=True)


def _body(
    specification: Specification, described: dict[str, Any], operation: Operation, where: str
) -> Iterator[str]:
    theirs = Shape({"object"})
    if body := described.get("requestBody"):
        theirs = specification.shape(specification.resolved(body)["content"]["application/json"]["schema"])
    ours = _ours(operation) if operation.where == "body" else Shape({"object"})
    yield from _objects(theirs, ours, where, asked=True)


def _response(
    specification: Specification, described: dict[str, Any], operation: Operation, where: str
) -> Iterator[str]:
    answer = next(each for status, each in described["responses"].items() if status.startswith("2"))
    content = specification.resolved(answer).get("content")
    if (content is None) != (operation.returns is type(None)):
        yield f"{where}: empty"
    elif content is not None:
        ours = model(operation.returns)
        theirs = specification.shape(content["application/json"]["schema"])
        yield from _objects(theirs, ours, ours.name, asked=False)


def _names(theirs: Shape, ours: Shape, where: str) -> Iterator[str]:
    yield from (f"{where}.{name}: missing" for name in theirs.fields.keys() - ours.fields.keys())
    yield from (f"{where}.{name}: unknown" for name in ours.fields.keys() - theirs.fields.keys())
    for name in theirs.fields.keys() & ours.fields.keys():
        if (name in theirs.required) != (name in ours.required):
            yield f"{where}.{name}: {'required' if name in theirs.required else 'optional'}"


def _objects(theirs: Shape, ours: Shape, where: str, *, asked: bool) -> Iterator[str]:
    yield from _names(theirs, ours, where)
    for name in theirs.fields.keys() & ours.fields.keys():
        if not asked and name not in ours.required:
            theirs.fields[name].kinds.discard("null")
        yield from _values(theirs.fields[name], ours.fields[name], f"{where}.{name}", asked=asked)


def _values(theirs: Shape, ours: Shape, where: str, *, asked: bool) -> Iterator[str]:
    """Compare two shapes; what is answered may have values that nobody knows yet."""
    if theirs.kinds != ours.kinds:
        yield f"{where}: {'|'.join(sorted(theirs.kinds))} is {'|'.join(sorted(ours.kinds))}"
    if asked and theirs.values - {None} != ours.values:
        yield f"{where}: {', '.join(sorted(theirs.values ^ ours.values))}"
    yield from _objects(theirs, ours, ours.name or where, asked=asked)
    if theirs.items and ours.items:
        yield from _values(theirs.items, ours.items, f"{where}[]", asked=asked)
