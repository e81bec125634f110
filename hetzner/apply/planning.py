"""From a document and what is there to a plan; pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from hetzner.apply.choice import Options, Selection
from hetzner.apply.decide import Decision, decide
from hetzner.apply.document import Document, Resource
from hetzner.apply.errands import with_errands
from hetzner.apply.leaning import patient
from hetzner.apply.making import creation, deletion, permitted
from hetzner.apply.matching import matched
from hetzner.apply.names import former, successor
from hetzner.apply.observe import Observed
from hetzner.apply.order import released
from hetzner.apply.plans import Item, Plan, Verdict
from hetzner.apply.references import Shaky, check_names, completed, from_cloud, kind_of
from hetzner.apply.selection import selected
from hetzner.apply.succession import in_order, succeeded, taken, viewed
from hetzner.domain.specs import kinds
from hetzner.domain.specs.labels import PROJECT

_NOTHING: Shaky = frozenset()


def make_plan(document: Document, observed: Observed, options: Options | None = None) -> Plan:
    """Compare what is wanted with what is there.

    Raises:
        DocumentError: for references that mean nothing, neither in the document nor in the cloud.
    """
    options = options or Options()
    observed = observed.called(document, adopt=options.adopt)
    if options.destroy:
        items, view = list(_destruction(document, observed)), observed
    else:
        check_names(document, observed)
        declared, view, shaky = _declared(document, observed, options)
        items = [*declared, *_leftovers(document, view, declared)]
        again = lambda item: _item(document, item.resource, observed, view, options, shaky, item)  # noqa: E731
        items = with_errands(items, view, again)
    place = {name: index for index, name in enumerate(kinds())}
    items = sorted(items, key=lambda item: (place[item.kind.name], *natural(item.name)))
    chosen, selection = items, Selection()
    if options.choice:
        chosen, selection = selected(items, document, view, options.choice)
    items = released(matched(chosen, document, view), view, document.project, items)
    return Plan(document, tuple(patient(items)), options=options, selection=selection)


def natural(name: str) -> tuple[Any, ...]:
    """Sort web-2 before web-10."""
    head = name.rstrip("0123456789")
    return head, int(name[len(head) :] or -1), name


def _declared(document: Document, observed: Observed, options: Options) -> tuple[list[Item], Observed, Shaky]:
    """Return the items of what is declared, what is there as they call it, and what will not stay as it is.

    Again and again, until it is clear what of it will change, and what gets a successor.
    """
    shaky, view = _NOTHING, observed
    for _ in range(2 * len(document.resources) + 10):  # every round but the last finds more that changes
        items = [_item(document, resource, observed, view, options, shaky) for resource in document.resources]
        again, seen = shaky.union(unsure(items)), viewed(observed, items)
        if again == shaky and seen.objects == view.objects:
            return items, view, again
        shaky, view = again, seen
    raise RuntimeError("what is replaced depends on itself")


def unsure(items: Iterable[Item]) -> Iterator[tuple[str, str, str]]:
    """Yield the attributes that nobody knows before their object has changed; `*` for all of a new object."""
    for item in items:
        if item.verdict is Verdict.REPLACE:
            yield item.kind.name, item.name, "*"
        changing = {change.field for change in item.changes if not change.noted}
        for attribute, source in item.kind.depends.items():
            if source in changing:
                yield item.kind.name, item.name, attribute


def _item(
    document: Document,
    resource: Resource,
    observed: Observed,
    view: Observed,
    options: Options,
    shaky: Shaky,
    before: Item | None = None,
) -> Item:
    """Return the item of a resource; ``before`` is one that has things to do for others, or the reverse."""
    resource = completed(document, resource, from_cloud(view, shaky))
    kind = kind_of(resource)
    actual = observed.objects.get(resource.kind, {}).get(resource.name)
    if actual is None:
        return creation(kind, resource, document.project)
    failed = observed.failed.get((kind.singular, actual.id), ())
    gone = lambda other, ref: (other, str(ref), "*") in shaky and not view.get(other, former(ref))  # noqa: E731
    about = Decision(document.project, view.names, options.adopt, gone, failed)
    if before is not None:
        about = replace(about, errand=before.errand, lent=before.lent)
    item = decide(kind, resource, actual, about)
    if item.verdict is Verdict.REPLACE and item.changes and in_order(kind, resource):
        new = successor(observed.objects[kind.name], item.name, document.project)
        of_new = () if new is None else observed.failed.get((kind.singular, new.id), ())
        item = taken(succeeded(item, about, new, of_new), document, observed)
    return permitted(item)


def _leftovers(document: Document, observed: Observed, declared: Iterable[Item]) -> Iterator[Item]:
    """Yield deletions of what is owned and not declared any more."""
    going = {str(item.leaving) for item in declared}
    unclear = _unclear(document)
    for kind_name, name, actual in _owned(document, observed):
        if document.get(kind_name, name) is None and f"{kind_name}.{name}" not in going:
            why = f"owned by {document.project}, and not declared any more"
            item = deletion(kinds()[kind_name], name, actual, None, why)
            yield replace(item, refused=item.refused or unclear.get(item.address, ""))


def _unclear(document: Document) -> dict[str, str]:
    """Return why what was not renamed is kept, by its address: something says that it was called so."""
    found: dict[str, str] = {}
    for each in document.resources:
        if each.meta.maybe_renamed_from:
            which = f"'renamed_from: {{{each.name.removeprefix(each.base_name + '-')}: ...}}' says which"
            why = f"a replica of {each.kind}.{each.base_name} was called like this, and nobody says which"
            found.setdefault(f"{each.kind}.{each.meta.maybe_renamed_from}", f"{why}: {which}")
        for old in each.meta.renamed_from:
            why = f"{each.address} says that it was called like this, and is there as well"
            found[f"{each.kind}.{old}"] = f"{why}: take its 'renamed_from' away if this one may go"
    return found


def _destruction(document: Document, observed: Observed) -> Iterator[Item]:
    for kind_name, name, actual in _owned(document, observed):
        resource = document.get(kind_name, name)
        yield deletion(kinds()[kind_name], name, actual, resource, f"owned by {document.project}")


def _owned(document: Document, observed: Observed) -> Iterator[tuple[str, str, Any]]:
    for kind_name, found in observed.objects.items():
        for name in sorted(found, key=natural):
            if found[name].labels.get(PROJECT) == document.project:
                yield kind_name, name, found[name]
