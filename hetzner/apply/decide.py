"""What happens to one object: from what is wanted and what is there to a verdict and the calls; pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from hetzner.apply.diff import Difference, differences, labels_wanted, mark_of, revealed, without
from hetzner.apply.document import Resource
from hetzner.apply.plan import FieldChange, Item, Verdict
from hetzner.domain.reference import Named
from hetzner.domain.specs.facts import Call, Change, How
from hetzner.domain.specs.kind import Kind, Names
from hetzner.domain.specs.labels import PROJECT, RESUME, own


@dataclass(frozen=True, slots=True)
class Decision:
    """What deciding needs to know besides the resource and the object."""

    project: str
    names: Names
    adopt: bool
    gone: Callable[[str, Any], bool]
    """Whether an object is about to be replaced, so that references to it have to be made anew."""
    failed: Sequence[Any] = ()
    """The newest failed actions of the object."""


def creation(kind: Kind, resource: Resource, project: str, verdict: Verdict = Verdict.CREATE) -> Item:
    """Return the item that makes an object."""
    spec = wanted(kind, resource)
    first, *rest = kind.create(resource.name, spec)
    labels = {**(first.arguments.get("labels") or {}), PROJECT: project, **kind.marks(revealed(spec))}
    calls = [replace(first, arguments={**first.arguments, "labels": labels}), *rest]
    if RESUME in labels:
        calls.append(kind.update(Named(kind.name, resource.name), {"labels": _without_resume(labels)}))
    changes = tuple(
        FieldChange(name, None, value, mark=resource.mark_at(name)) for name, value in spec.items()
    )
    return Item(kind, resource.name, verdict, resource, changes=changes, calls=tuple(calls))


def wanted(kind: Kind, resource: Resource) -> dict[str, Any]:
    """Return the spec of a resource with what is said beside its fields and is a field of its kind."""
    if resource.meta.protect is None or "protect" not in kind.fields:
        return resource.spec
    return {**resource.spec, "protect": resource.meta.protect}


def decide(kind: Kind, resource: Resource, actual: Any, about: Decision) -> Item:
    """Return the item for an object that exists."""
    spec = wanted(kind, resource)
    item = Item(kind, resource.name, Verdict.KEEP, resource, actual)
    if reason := kind.broken(actual, about.failed):
        return replacement(kind, resource, actual, about.project, reason)
    have = without(kind.read(actual, about.names), kind, about.gone)
    found = list(differences(kind, spec, have, actual.labels, resource.meta.ignore_changes))
    owner = actual.labels.get(PROJECT)
    if owner != about.project and not about.adopt:
        return _stranger(item, owner, found)
    changes = [_change(item.named, difference, actual, spec) for difference in found]
    for difference, change in zip(found, changes, strict=True):
        if reason := _replaces(difference, change):
            return replacement(kind, resource, actual, about.project, reason, _shown(resource, found))
    return _update(item, spec, found, changes, about)


def replacement(
    kind: Kind, resource: Resource, actual: Any, project: str, why: str, changes: tuple[FieldChange, ...] = ()
) -> Item:
    """Return the item that deletes an object and makes it anew."""
    made = creation(kind, resource, project, Verdict.REPLACE)
    gone = kind.delete(made.named, actual)
    refused = _kept(kind, resource, actual)
    return replace(
        made, actual=actual, changes=changes, calls=(*gone, *made.calls), why=why, refused=refused, loses_data=True
    )


def deletion(kind: Kind, name: str, actual: Any, resource: Resource | None, why: str) -> Item:
    """Return the item that deletes an object."""
    calls = tuple(kind.delete(Named(kind.name, name), actual))
    refused = _kept(kind, resource, actual)
    return Item(kind, name, Verdict.DELETE, resource, actual, calls=calls, why=why, refused=refused)


def _kept(kind: Kind, resource: Resource | None, actual: Any) -> str:
    if resource is not None and (resource.meta.prevent_destroy or resource.meta.protect):
        return "it is kept by 'protect' or 'lifecycle.prevent_destroy'; take that away first, if you mean it"
    if kind.is_protected(actual):
        return "it is protected against deletion; declare it with 'protect: false' and apply that first"
    return ""


def _stranger(item: Item, owner: str | None, found: list[Difference]) -> Item:
    """Use what is not ours as it is, and refuse to change it."""
    if owner:
        return replace(
            item, verdict=Verdict.USE, refused=f"it belongs to the project '{owner}'; give this one another name"
        )
    item = replace(item, verdict=Verdict.USE, why="exists, and is not owned: used as it is (--adopt to own it)")
    if not found or item.resource is None:
        return item
    return replace(
        item,
        changes=_shown(item.resource, found),
        refused="it exists, differs, and is not owned: --adopt takes it over, or give this one another name",
    )


def _change(of: Named, difference: Difference, actual: Any, spec: Mapping[str, Any]) -> Change:
    return Change(of, difference.field.name, difference.old, difference.new, actual, spec)


def _replaces(difference: Difference, change: Change) -> str | None:
    facts = difference.field.changes
    if facts.how is How.REPLACE:
        return facts.effect
    return facts.impossible(change) if facts.impossible else None


def _shown(resource: Resource, found: Sequence[Difference], noted: Sequence[str] = ()) -> tuple[FieldChange, ...]:
    return tuple(
        FieldChange(
            each.field.name,
            each.old,
            each.new,
            effect=each.field.changes.effect,
            noted=each.field.name in noted,
            mark=resource.mark_at(each.field.name),
        )
        for each in found
    )


def _update(
    item: Item, spec: Mapping[str, Any], found: list[Difference], changes: list[Change], about: Decision
) -> Item:
    kind, actual, resource = item.kind, item.actual, item.resource
    assert resource is not None  # noqa: S101  decide() gives one
    rebuild = {name for name in resource.meta.rebuild_on if any(name == each.field.name for each in found)}
    acting = [each for each in found if each.field.changes.how is not How.NOTE or each.field.name in rebuild]
    noted = [each.field.name for each in found if each not in acting]
    calls = _calls(item, spec, [c for d, c in zip(found, changes, strict=True) if d in acting], acting, rebuild, about)
    shown = _shown(resource, found, noted)
    verdict = Verdict.UPDATE if calls else Verdict.NOTE if noted else Verdict.KEEP
    why = "" if acting or not calls else "an earlier run was interrupted: finishing its work"
    if about.adopt and actual.labels.get(PROJECT) != about.project:
        why = "taken over: from now on it is owned"
    return replace(item, verdict=verdict, changes=shown, calls=tuple(calls), why=why, loses_data=bool(rebuild))


def _calls(
    item: Item,
    spec: Mapping[str, Any],
    changes: list[Change],
    acting: list[Difference],
    rebuild: set[str],
    about: Decision,
) -> list[Call]:
    """Return the calls of an update: one PUT, then one window in which the object is off, then all the rest."""
    kind, actual, of = item.kind, item.actual, item.named
    by_action = [(each, change) for each, change in zip(acting, changes, strict=True) if each.field.changes.calls]
    off = [call for each, change in by_action if each.field.changes.off for call in each.field.changes(change)]
    rest = _distinct(
        call for each, change in by_action if not each.field.changes.off for call in each.field.changes(change)
    )
    before, after = kind.window(of, actual) if off else ([], [])
    if not off:
        after = list(kind.unfinished(of, actual, about.failed))
    put = {each.field.name: each.new for each in acting if each.field.changes.how is How.UPDATE}
    labels = _labels(item, spec, about.project)
    during = {**labels, RESUME: "true"} if before else labels
    if item.name != actual.name:
        put["name"] = item.name
    if during != actual.labels or put.keys() - {"labels"}:
        put.pop("labels", None)
        if during != actual.labels:
            put["labels"] = during
    calls = [kind.update(of, put)] if put else []
    calls += [*before, *off, *after, *rest]
    final = _without_resume({**during, **_marks_after(kind, spec, rebuild)})
    if final != during:
        calls.append(kind.update(of, {"labels": final}))
    return calls


def _distinct(calls: Any) -> list[Call]:
    found: list[Call] = []
    for call in calls:
        if call not in found:
            found.append(call)
    return found


def _labels(item: Item, spec: Mapping[str, Any], project: str) -> dict[str, Any]:
    """Return all labels an object shall have while it is changed."""
    actual: Mapping[str, str] = item.actual.labels
    ignored = item.resource is not None and "labels" in item.resource.meta.ignore_changes
    free = labels_wanted(actual, None if ignored else spec.get("labels"))
    return {**free, **own(actual), PROJECT: project}


def _marks_after(kind: Kind, spec: Mapping[str, Any], rebuild: set[str]) -> dict[str, str]:
    """Return the fingerprints of what a rebuild has carried out."""
    marks = kind.marks(revealed(spec)) if rebuild else {}
    rebuilt = [mark_of(n) for n, field in kind.fields.items() if field.changes.how is How.NOTE and field.changes.calls]
    return {mark: marks[mark] for mark in rebuilt if mark in marks}


def _without_resume(labels: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in labels.items() if key != RESUME}
