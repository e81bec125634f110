"""From a document and what is there to a plan; pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from hetzner.apply.decide import Decision, creation, decide, deletion
from hetzner.apply.document import Document, Resource
from hetzner.apply.observe import Observed
from hetzner.apply.plan import Item, Plan, Verdict
from hetzner.apply.references import check_names, completed, from_cloud, kind_of
from hetzner.domain.specs import kinds
from hetzner.domain.specs.labels import PROJECT


@dataclass(frozen=True, slots=True)
class Options:
    """What the user allows or asks for besides the document."""

    adopt: bool = False
    """Take over what has a declared name and is not owned."""
    destroy: bool = False
    """Delete everything that is owned, whatever the document declares."""


def make_plan(document: Document, observed: Observed, options: Options | None = None) -> Plan:
    """Compare what is wanted with what is there.

    Raises:
        DocumentError: for references that mean nothing, neither in the document nor in the cloud.
    """
    options = options or Options()
    if options.destroy:
        return Plan(document, tuple(_destruction(document, observed)))
    check_names(document, observed)
    replaced: frozenset[tuple[str, str]] = frozenset()
    while True:
        items = [_item(document, resource, observed, options, replaced) for resource in document.resources]
        again = frozenset((each.kind.name, each.name) for each in items if each.verdict is Verdict.REPLACE)
        if again == replaced:
            break
        replaced = again
    items += _leftovers(document, observed)
    place = {name: index for index, name in enumerate(kinds())}
    return Plan(document, tuple(sorted(items, key=lambda item: (place[item.kind.name], *_natural(item.name)))))


def _natural(name: str) -> tuple[Any, ...]:
    """Sort web-2 before web-10."""
    head = name.rstrip("0123456789")
    return head, int(name[len(head) :] or -1), name


def _item(
    document: Document,
    resource: Resource,
    observed: Observed,
    options: Options,
    replaced: frozenset[tuple[str, str]],
) -> Item:
    resource = completed(document, resource, from_cloud(observed, lambda *target: target not in replaced))
    kind = kind_of(resource)
    actual = _actual(resource, observed)
    if actual is None:
        return creation(kind, resource, document.project)
    failed = observed.failed.get((kind.singular, actual.id), ())
    gone = lambda other, ref: (other, str(ref)) in replaced  # noqa: E731
    return decide(kind, resource, actual, Decision(document.project, observed.names, options.adopt, gone, failed))


def _actual(resource: Resource, observed: Observed) -> Any:
    there = observed.objects.get(resource.kind, {})
    found = there.get(resource.name)
    return found if found is not None or resource.meta.renamed_from is None else there.get(resource.meta.renamed_from)


def _leftovers(document: Document, observed: Observed) -> Iterator[Item]:
    """Yield deletions of what is owned and not declared any more."""
    renamed = {(each.kind, each.meta.renamed_from) for each in document.resources if each.meta.renamed_from}
    for kind_name, name, actual in _owned(document, observed):
        if document.get(kind_name, name) is None and (kind_name, name) not in renamed:
            why = f"owned by {document.project}, and not declared any more"
            yield deletion(kinds()[kind_name], name, actual, None, why)


def _destruction(document: Document, observed: Observed) -> Iterator[Item]:
    for kind_name, name, actual in _owned(document, observed):
        resource = document.get(kind_name, name)
        yield deletion(kinds()[kind_name], name, actual, resource, f"owned by {document.project}")


def _owned(document: Document, observed: Observed) -> Iterator[tuple[str, str, Any]]:
    for kind_name, found in observed.objects.items():
        for name in sorted(found, key=_natural):
            if found[name].labels.get(PROJECT) == document.project:
                yield kind_name, name, found[name]
