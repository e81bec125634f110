"""Items that make objects, take them away, or do one after the other; pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from hetzner.apply.diff import revealed
from hetzner.apply.document import Resource, Unknown
from hetzner.apply.plans import FieldChange, Item, Verdict
from hetzner.domain.reference import Named
from hetzner.domain.specs.facts import Call
from hetzner.domain.specs.foreign import keeper
from hetzner.domain.specs.kind import Kind, SpecField
from hetzner.domain.specs.labels import DROPS, PROJECT, RESUME


def creation(kind: Kind, resource: Resource, project: str, verdict: Verdict = Verdict.CREATE) -> Item:
    """Return the item that makes an object."""
    spec = wanted(kind, resource)
    first, *rest = kind.create(resource.name, _graspable(kind, spec))
    labels = {**(first.arguments.get("labels") or {}), PROJECT: project}
    labels |= kind.marks(revealed(spec), f"{project}/{resource.name}")
    calls = [replace(first, arguments={**first.arguments, "labels": labels}), *rest]
    if RESUME in labels:
        calls.append(kind.update(Named(kind.name, resource.name), {"labels": without_resume(labels)}))
    changes = tuple(
        FieldChange(name, None, value, mark=resource.mark_at(name)) for name, value in spec.items()
    )
    return Item(kind, resource.name, verdict, resource, changes=changes, calls=tuple(calls))


def _graspable(kind: Kind, spec: Mapping[str, Any]) -> dict[str, Any]:
    """Return a spec without the lists and maps of which nothing is known yet; the calls are made again."""
    return {name: value for name, value in spec.items() if not is_blank(kind.fields[name], value)}


def is_blank(field: SpecField, value: Any) -> bool:
    """Tell whether nothing is known yet of a list or a map, or of an item of a list that is not late."""
    if isinstance(value, list) and not field.changes.late:
        return any(isinstance(item, Unknown) for item in value)
    return field.several and isinstance(value, Unknown)


def wanted(kind: Kind, resource: Resource) -> dict[str, Any]:
    """Return the spec of a resource with what is said beside its fields and is a field of its kind."""
    spec = kind.meant(resource.spec)
    if resource.meta.protect is None or "protect" not in kind.fields:
        return spec
    return {**spec, "protect": resource.meta.protect}


def replacement(
    kind: Kind,
    resource: Resource,
    actual: Any,
    project: str,
    why: str,
    changes: tuple[FieldChange, ...] = (),
    keeps_nothing: bool = False,
) -> Item:
    """Return the item that deletes an object and makes it anew; one that ``keeps_nothing`` needs no care."""
    made = creation(kind, resource, project, Verdict.REPLACE)
    refused = _kept(kind, resource, actual)
    return replace(
        made,
        actual=actual,
        changes=changes,
        calls=(*removal(kind, made.named, actual, resource), *made.calls),
        why=why,
        refused="" if keeps_nothing and not kind.is_protected(actual) else refused,
        loses_data=True,
    )


def deletion(kind: Kind, name: str, actual: Any, resource: Resource | None, why: str) -> Item:
    """Return the item that deletes an object."""
    calls = removal(kind, Named(kind.name, name), actual, resource)
    return Item(
        kind,
        name,
        Verdict.DELETE,
        resource,
        actual,
        calls=calls,
        why=why,
        refused=_kept(kind, resource, actual),
    )


def removal(kind: Kind, of: Named, actual: Any, resource: Resource | None) -> tuple[Call, ...]:
    """Return the calls that delete an object, lifting a protection that the document takes away."""
    lifted = kind.unprotect(of) if _is_lifted(kind, resource, actual) else None
    return (*([lifted] if lifted else []), *kind.delete(of, actual))


def _is_lifted(kind: Kind, resource: Resource | None, actual: Any) -> bool:
    return resource is not None and resource.meta.protect is False and kind.is_protected(actual)


def _by(resource: Resource) -> str:
    """Return what a document keeps something by, and what to do: a protection outlives its line."""
    if not resource.meta.prevent_destroy:
        return "'protect'; make that 'protect: false'"
    if not resource.meta.protect:
        return "'lifecycle.prevent_destroy'; take that away"
    return "'protect' and 'lifecycle.prevent_destroy'; say 'protect: false' and take the other away"


def _kept(kind: Kind, resource: Resource | None, actual: Any) -> str:
    if keeps := keeper(actual.labels, revealed(resource.spec.get("labels") or {}) if resource else None):
        return f"it belongs to {keeps}, which deletes it itself; or take that label away, if it is yours"
    if resource is not None and (resource.meta.prevent_destroy or resource.meta.protect):
        return f"it is kept by {_by(resource)}, if you mean it"
    if kind.is_protected(actual) and not _is_lifted(kind, resource, actual):
        return "it is protected against deletion; declare it with 'protect: false' and apply that first"
    return ""


def permitted(item: Item) -> Item:
    """Return an item, refused when it would stop what its resource says must not stop."""
    if item.refused or item.resource is None or item.resource.meta.allow_downtime or not item.takes_down:
        return item
    return replace(
        item, refused="it would stop for a while, and 'lifecycle.allow_downtime: false' forbids that"
    )


def without_resume(labels: Mapping[str, Any]) -> dict[str, Any]:
    """Return labels without those of a change that is under way."""
    return {key: value for key, value in labels.items() if key not in (RESUME, DROPS)}
