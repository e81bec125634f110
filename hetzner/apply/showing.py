"""A document written out: one entry for each object, defaults filled in, short forms in their long form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any

from hetzner.apply.document import Document, FileText, Reference, Resource, Secret, Template, Unknown
from hetzner.apply.document.lifecycle import NO_META
from hetzner.apply.document.writing import Verbatim, entries, scalar
from hetzner.apply.references import spelled
from hetzner.domain.reference import Ordered, Selector
from hetzner.domain.specs import kinds
from hetzner.schema.facts import SECRET_FIELDS

HIDDEN = "(secret)"
BESIDE = ("protect", "renamed_from")
"""What a resource says beside its fields and outside of its `lifecycle`."""


def shown(document: Document) -> str:
    """Return what a document means, as another document that says it at length; secrets are masked."""
    return "\n".join(_lines(document)) + "\n"


def _lines(document: Document) -> Iterator[str]:
    yield f"project: {scalar(document.project)}"
    if document.token is not None:
        yield from entries({"token": {"env": document.token}})
    for kind in kinds():
        mine = {each.name: _resource(document, each) for each in document.resources if each.kind == kind}
        if mine:
            yield ""
            yield from entries({kind: mine})
    if document.outputs:
        yield ""
        yield from entries({"outputs": _written("", document.outputs)})


def _resource(document: Document, resource: Resource) -> dict[str, Any]:
    spec = spelled(document, resource).spec
    made = {name: _written(name, spec[name]) for name in kinds()[resource.kind].fields if name in spec}
    said = {
        field.name: [*value] if isinstance(value, tuple) else value
        for field in fields(resource.meta)
        if (value := getattr(resource.meta, field.name)) != getattr(NO_META, field.name)
    }
    said.pop("maybe_renamed_from", None)
    if names := said.get("renamed_from"):
        said["renamed_from"] = names[0]
    beside = {name: said.pop(name) for name in BESIDE if name in said}
    return {**made, **beside, **({"lifecycle": said} if said else {})}


def _written(name: str, value: Any) -> Any:
    """Return a value as it would be written in a file."""
    if isinstance(value, Unknown):
        return _expression(value)
    if isinstance(value, FileText):
        return {"file": value.path}
    if isinstance(value, Secret) or (name in SECRET_FIELDS and isinstance(value, str)):
        return HIDDEN
    if isinstance(value, Selector):
        newest = {"most_recent": True} if value.most_recent else {}
        return {"label_selector": value.label_selector, **newest, **dict(value.filters)}
    if isinstance(value, Mapping):
        return {str(key): _written(str(key), each) for key, each in value.items()}
    if isinstance(value, list | tuple | Ordered):
        return [_written(name, each) for each in value]
    if value is None or isinstance(value, bool | int | float):
        return value
    return str.__str__(value) if isinstance(value, str) else str(value)


def _expression(value: Unknown) -> Any:
    if isinstance(value, Reference) and value.many:
        return [_hole(value, target) for target in value.targets]
    if isinstance(value, Template):
        return Verbatim("".join(_part(part) for part in value.parts))
    return _part(value)


def _part(part: Any) -> Any:
    if isinstance(part, Reference):
        return _hole(part, part.targets[0])
    return HIDDEN if isinstance(part, Secret) else str(part).replace("$", "$$")


def _hole(reference: Reference, target: str) -> Verbatim:
    return Verbatim(f"${{{reference.kind}.{target}.{reference.attribute}}}")
