"""What happens to one object: from what is wanted and what is there to a verdict and the calls; pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from hetzner.apply.choosing import reopened, settled
from hetzner.apply.diff import Difference, differences, labels_wanted, mark_of, revealed, without
from hetzner.apply.document import Resource, holds_unknown
from hetzner.apply.making import is_blank, replacement, wanted, without_resume
from hetzner.apply.plans import Errand, FieldChange, Item, Verdict
from hetzner.domain.specs.facts import Call, Change, How
from hetzner.domain.specs.foreign import keeper
from hetzner.domain.specs.kind import Kind, Names
from hetzner.domain.specs.labels import PROJECT, RESUME, declared, own

AS_IT_IS = "and it is not owned yet: take it over as it is first, then change that"
"""Why nothing that is taken over is replaced or rebuilt in the same run."""


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
    errand: Errand | None = None
    """What it has to do for others while it is off."""
    lent: tuple[Call, ...] = ()
    """Calls of its own that others make."""

    def is_gone(self, kind: str, ref: Any) -> bool:
        """Tell whether references to an object are none any more."""
        errand = self.errand
        return self.gone(kind, ref) or (errand is not None and f"{kind}.{ref}" in errand.gone)


def decide(kind: Kind, resource: Resource, actual: Any, about: Decision) -> Item:
    """Return the item for an object that exists."""
    had = kind.read(actual, about.names)
    have = kind.bereft(without(had, kind, about.is_gone), had)
    written, resource = resource, settled(resource, have)
    spec = wanted(kind, resource)
    item = Item(kind, resource.name, Verdict.KEEP, resource, actual, errand=about.errand, lent=about.lent)
    found = list(differences(kind, spec, have, actual.labels, resource.meta.ignore_changes))
    owner = actual.labels.get(PROJECT)
    if keeps := keeper(actual.labels, revealed(spec.get("labels") or {})):
        return _kept_by(item, keeps, found)
    if owner != about.project and (owner or not about.adopt):
        return _stranger(item, owner, found)
    owned = owner == about.project
    if owned and (reason := kind.broken(actual, about.failed)):
        anew = reopened(kind, resource, written)
        return replacement(kind, anew, actual, about.project, reason, keeps_nothing=True)
    beside = frozenset(difference.field.name for difference in found)
    about_all = Change(item.named, "", None, None, actual, spec, had, beside)
    changes = [replace(about_all, field=each.field.name, old=each.old, new=each.new) for each in found]
    pairs = list(zip(found, changes, strict=True))
    shown = _shown(resource, found)
    if refused := _first(_refusal(difference, change) for difference, change in pairs):
        return replace(item, verdict=Verdict.UPDATE, changes=shown, refused=refused)
    certain = (pair for pair in pairs if not pair[0].is_guess)
    if reason := _first(_replaces(resource, difference, change) for difference, change in certain):
        if not owned:
            return replace(item, verdict=Verdict.UPDATE, changes=shown, refused=f"{reason}, {AS_IT_IS}")
        anew = reopened(kind, resource, written)
        return replacement(kind, anew, actual, about.project, reason, shown)
    return _update(item, spec, pairs, about)


def _first(reasons: Iterable[str | None]) -> str | None:
    return next((reason for reason in reasons if reason), None)


def _stranger(item: Item, owner: str | None, found: list[Difference]) -> Item:
    """Use what is not ours as it is, and refuse to change it."""
    if owner:
        return replace(
            item,
            verdict=Verdict.USE,
            refused=f"it belongs to the project '{owner}'; give this one another name",
        )
    return _used(
        item,
        found,
        "exists, and is not owned: used as it is (--adopt to own it)",
        "it exists, differs, and is not owned: --adopt takes it over, or give this one another name",
    )


def _kept_by(item: Item, keeps: str, found: list[Difference]) -> Item:
    """Use what another program keeps as it is, whoever owns it, and refuse to change it."""
    return _used(
        item,
        found,
        f"belongs to {keeps}: used as it is",
        f"it differs, and belongs to {keeps}, which changes and deletes it: give this one another name",
    )


def _used(item: Item, found: list[Difference], why: str, refused: str) -> Item:
    assert item.resource is not None  # noqa: S101  decide() gives one
    noted = [each.field.name for each in found if each.field.changes.how is How.NOTE]
    shown = _shown(item.resource, found, noted)
    item = replace(item, verdict=Verdict.USE, changes=shown, why=why)
    return item if len(noted) == len(found) else replace(item, refused=refused)


def _refusal(difference: Difference, change: Change) -> str | None:
    refused = difference.field.changes.refused
    return refused(change) if refused and not holds_unknown(change.new) else None


def _replaces(resource: Resource, difference: Difference, change: Change) -> str | None:
    facts = difference.field.changes
    if holds_unknown(change.new):
        return None
    if change.field in resource.meta.replace_on:
        return f"'lifecycle.replace_on' names {change.field}"
    if facts.how is How.REPLACE:
        return facts.effect
    return facts.impossible(change) if facts.impossible else None


def _shown(
    resource: Resource, found: Sequence[Difference], noted: Collection[str] = ()
) -> tuple[FieldChange, ...]:
    return tuple(
        FieldChange(
            each.field.name,
            each.old,
            each.new,
            effect=each.field.changes.effect,
            noted=each.field.name in noted,
            mark=resource.mark_at(each.field.name),
            surplus=each.surplus,
        )
        for each in found
    )


def _update(
    item: Item, spec: Mapping[str, Any], pairs: list[tuple[Difference, Change]], about: Decision
) -> Item:
    kind, actual, resource = item.kind, item.actual, item.resource
    assert resource is not None  # noqa: S101  decide() gives one
    found = [each for each, _ in pairs]
    rebuild = {
        each.field.name for each in found if each.field.name in resource.meta.rebuild_on and not each.is_guess
    }
    noted = {each.field.name for each in found if each.field.changes.how is How.NOTE} - rebuild
    acting = [(each, change) for each, change in pairs if each.field.name not in noted]
    known = [(each, change) for each, change in acting if not is_blank(each.field, each.new)]
    calls = _calls(item, spec, known, rebuild, about)
    changing = calls or about.lent or len(known) < len(acting)
    verdict = Verdict.UPDATE if changing else Verdict.NOTE if noted else Verdict.KEEP
    owned = actual.labels.get(PROJECT) == about.project
    return replace(
        item,
        verdict=verdict,
        changes=() if verdict is Verdict.KEEP else _shown(resource, found, noted),
        calls=tuple(calls),
        why=_why(item, owned=owned, resuming=bool(calls) and (not acting or RESUME in actual.labels)),
        loses_data=bool(rebuild),
        refused=(_not_rebuilt(kind, spec, actual, owned=owned) if rebuild else "")
        or kind.obstacle(actual, spec, calls, about.names),
    )


def _why(item: Item, *, owned: bool, resuming: bool) -> str:
    """Return why something is updated, where its fields do not say it."""
    assert item.resource is not None  # noqa: S101  decide() gives one
    renamed = item.actual.name != item.name and item.actual.name in item.resource.meta.renamed_from
    if not owned:
        return "taken over: from now on it is owned"
    if renamed:
        return f"renamed from '{item.actual.name}'"
    if item.errand is not None:
        return item.errand.why
    return "an earlier run was interrupted: finishing its work" if resuming else ""


def _not_rebuilt(kind: Kind, spec: Mapping[str, Any], actual: Any, *, owned: bool) -> str:
    if not owned:
        return f"it would be rebuilt, {AS_IT_IS}"
    if spec.get("protect", kind.is_protected(actual)) is False:
        return ""
    return "it is protected against rebuilding; declare it with 'protect: false' first"


def _calls(
    item: Item,
    spec: Mapping[str, Any],
    acting: list[tuple[Difference, Change]],
    rebuild: set[str],
    about: Decision,
) -> list[Call]:
    """Return the calls of an update: one PUT, one window in which the object is off, then all the rest."""
    kind, actual, of = item.kind, item.actual, item.named
    off = [call for each, change in acting if each.field.changes.off for call in each.field.changes(change)]
    off = _with_errand(off, about.errand)
    rest = [
        call for each, change in acting if not each.field.changes.off for call in each.field.changes(change)
    ]
    rest = [call for call in _distinct(sorted(rest, key=lambda call: call.turn)) if call not in about.lent]
    if off:  # what starts it comes last
        off = sorted([*off, *(call for call in rest if call.in_window)], key=lambda call: call.turn)
    rest = [*kind.owed(of, actual), *(call for call in rest if call not in off)]
    before, after = kind.window(of, actual, off, spec) if off else ([], [])
    if not off:
        after = list(kind.unfinished(of, actual, about.failed, spec))
    around = {(call.operation, call.of) for call in (*before, *after)}
    rest = [call for call in rest if (call.operation, call.of) not in around]
    labels = _labels(item, spec, about.project)
    during = {**labels, RESUME: kind.comes_back(actual, spec)} if off and (before or after) else labels
    during = {**during, **kind.owes(off)}
    # What an interrupted run left may not run before the rest is there; else what was off runs again first.
    order = (*before, *off, *rest, *after) if RESUME in actual.labels else (*before, *off, *after, *rest)
    put = _put(item, acting, during)
    final = without_resume({**during, **_marks_after(item, spec, rebuild, acting, about)})
    calls = [*([kind.update(of, put)] if put else []), *order]
    return calls if final == during else [*calls, kind.update(of, {"labels": final})]


def _with_errand(off: list[Call], errand: Errand | None) -> list[Call]:
    """Return what is done while an object is off: it lets go for others first, and takes for them last."""
    calls = [call for call in errand.calls if _made(call) not in map(_made, off)] if errand else []
    return [*(c for c in calls if c.lets_go), *off, *(c for c in calls if not c.lets_go)]


def _made(call: Call) -> tuple[str, str]:
    return call.operation, str(call.of)


def _put(item: Item, acting: list[tuple[Difference, Change]], labels: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the one PUT changes."""
    put = {each.field.name: each.new for each, _ in acting if each.field.changes.how is How.UPDATE}
    put.pop("labels", None)
    if item.name != item.actual.name:
        put["name"] = item.name
    if labels != {**declared(item.actual.labels), **own(item.actual.labels)}:
        put["labels"] = labels
    return put


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


def _marks_after(
    item: Item,
    spec: Mapping[str, Any],
    rebuild: set[str],
    acting: list[tuple[Difference, Change]],
    about: Decision,
) -> dict[str, str]:
    """Return the fingerprints of what is carried out by then: by a rebuild, or by calls of their own."""
    fields = item.kind.fields
    done = {each.field.name for each, _ in acting} & item.kind.marked
    if rebuild:
        done |= {n for n, each in fields.items() if each.changes.rebuilds}
    marks = item.kind.marks(revealed(spec), f"{about.project}/{item.name}") if done else {}
    return {mark: value for mark, value in marks.items() if any(_is_of(mark, name) for name in done)}


def _is_of(mark: str, field: str) -> bool:
    return mark == mark_of(field) or mark.startswith(mark_of(field) + "-")
