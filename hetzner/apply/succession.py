"""Replacements in which the new object is made first, under a name for the time being; pure.

The old object is called `web (old)` in the plan from then on, so whatever refers to `web` moves over by the
rules of its own kind, and the old one goes once nothing uses it. The successor carries the id of the old one
in a label, by which an interrupted run is gone on with: the name and the label are all there is to know.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from hetzner.apply.decide import Decision, decide
from hetzner.apply.diff import known
from hetzner.apply.document import Document, Resource
from hetzner.apply.making import creation, removal, wanted, without_resume
from hetzner.apply.names import former, temporary
from hetzner.apply.observe import Observed
from hetzner.apply.plans import Item, Verdict
from hetzner.domain.reference import Named
from hetzner.domain.specs.facts import Call
from hetzner.domain.specs.kind import Kind
from hetzner.domain.specs.labels import REPLACES

FIRST = "the new one is made first"
"""What a plan says of such a replacement, besides its reason."""


def in_order(kind: Kind, resource: Resource) -> bool:
    """Tell whether a replacement is to be made before the old object goes."""
    return (resource.meta.replace or ("create_before_destroy" if kind.succeeds else "")) == (
        "create_before_destroy"
    )


def viewed(observed: Observed, items: Iterable[Item]) -> Observed:
    """Return what is there with every old object under its former name, and its successor in its place."""
    objects = {kind: dict(found) for kind, found in observed.objects.items()}
    for item in items:
        if item.former is not None:
            found = objects[item.kind.name]
            found[former(item.name)] = found.pop(item.name)
            if item.successor is not None:
                found[item.name] = found.pop(temporary(item.name))
    return replace(observed, objects=objects)


def succeeded(item: Item, about: Decision, new: Any = None, failed: Any = ()) -> Item:
    """Return a replacement that makes the successor first, or goes on with the one that is there."""
    kind, resource, old = item.kind, item.resource, Named(item.kind.name, former(item.name))
    assert resource is not None  # noqa: S101  what is replaced is wanted
    spec = wanted(kind, resource)
    if why := _alone(kind, resource, spec, item.actual, about):
        return replace(item, refused=item.refused or f"{why}; use 'replace: destroy_before_create'")
    beside = replace(resource, spec=kind.beside(spec, item.actual, about.names))
    made = creation(kind, beside, about.project)
    mark = {REPLACES: str(item.actual.id)}
    begun = _begun(kind, beside, new, replace(about, failed=failed)) if new is not None else None
    calls = [_marked(call, mark) for call in begun] if begun is not None else [*_anew(kind, made, mark, new)]
    if begun is not None and new is not None:
        handed = kind.hand_over(item.named, spec, old, item.actual, about.names, new)
    else:
        handed = kind.hand_over(item.named, spec, old, item.actual, about.names)
    final = {**without_resume(made.calls[0].arguments["labels"])}
    gone = removal(kind, old, item.actual, resource)
    last = kind.update(item.named, {"name": item.name, "labels": final})
    calls += [*_awaiting(handed, "health"), *_awaiting(gone, "release"), last]
    why = item.why if item.why.endswith(FIRST) else f"{item.why}; {FIRST}"
    return replace(item, why=why, calls=tuple(calls), former=old, successor=new)


def _begun(kind: Kind, resource: Resource, new: Any, about: Decision) -> tuple[Call, ...] | None:
    """Return the calls that finish a successor that is there, or None when it is no good any more."""
    labels = {key: value for key, value in new.labels.items() if key != REPLACES}
    shown = new.model_copy(update={"name": resource.name, "labels": labels})
    item = decide(kind, resource, shown, about)
    return None if item.refused or item.verdict in (Verdict.REPLACE, Verdict.USE) else item.calls


def _anew(kind: Kind, made: Item, mark: Mapping[str, str], bad: Any) -> list[Call]:
    """Return the calls that make the successor, after those that take away one that is no good."""
    first, *rest = made.calls
    named = replace(first, arguments={**first.arguments, "name": temporary(made.name)})
    gone = removal(kind, made.named, bad, made.resource) if bad is not None else ()
    return [*gone, *(_marked(call, mark) for call in (named, *rest))]


def _marked(call: Call, mark: Mapping[str, str]) -> Call:
    labels = call.arguments.get("labels")
    return (
        call if labels is None else replace(call, arguments={**call.arguments, "labels": {**labels, **mark}})
    )


def _awaiting(calls: Iterable[Call], what: Any) -> list[Call]:
    return [replace(call, awaits="" if index else what) for index, call in enumerate(calls)]


def _alone(kind: Kind, resource: Resource, spec: Mapping[str, Any], actual: Any, about: Decision) -> str:
    sure = known(kind, spec)
    if all(name in sure for name, field in kind.fields.items() if field.required):
        name = temporary(resource.name)
        if any(not path for path, _ in kind.problems(name, sure)):
            return f"its successor would be called '{name}' for a while, and cannot be"
    return kind.alone(spec, actual, about.names)


def taken(item: Item, document: Document, observed: Observed) -> Item:
    """Return an item, refused when the name that a successor needs for a while is somebody else's."""
    name = temporary(item.name)
    if item.former is None or item.successor is not None or item.refused:
        return item
    if document.get(item.kind.name, name) is None and name not in observed.objects.get(item.kind.name, {}):
        return item
    return replace(item, refused=f"its successor needs the name '{name}' for a while, and that is taken")
