"""References of a document to things in it and in the cloud: filled in where known, refused where not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from hetzner.apply.document import Document, DocumentError, Problem, Reference, Resource
from hetzner.apply.document.near import near
from hetzner.apply.faces import faces
from hetzner.apply.observe import Catalogue, Observed
from hetzner.domain.specs import kinds
from hetzner.domain.specs.kind import Kind
from hetzner.domain.specs.referring import with_refs

Known = Callable[[Reference], object]
Shaky = frozenset[tuple[str, str, str]]
"""Kind, name and attribute of what will change; the attribute is `*` when the whole object is made anew."""


def check_names(document: Document, observed: Observed) -> None:
    """Check every plain reference.

    Raises:
        DocumentError: for names that mean nothing, neither in the document nor in the cloud.
    """
    problems = [
        problem for resource in document.resources for problem in _unknown(document, resource, observed)
    ]
    if problems:
        raise DocumentError(problems)


def _unknown(document: Document, resource: Resource, observed: Observed) -> Iterator[Problem]:
    for field, other, ref in kinds()[resource.kind].refs(resource.spec):
        if other not in kinds() or document.named(other, str(ref)) is not None or observed.get(other, ref):
            continue
        mark = resource.mark_at(field).find(str(ref))
        where = f"{resource.address}.{field}"
        problem = document.reference_problem(other, str(ref), mark, where, observed.objects.get(other, {}))
        is_told = isinstance(ref, Reference) and ref.kind == other
        yield replace(problem, help=f"name it: {ref.base}") if is_told else problem


def spelled(document: Document, resource: Resource) -> Resource:
    """Return a resource with every name of a replicated resource spelled out."""
    spec = dict(resource.spec)
    for name, field in kinds()[resource.kind].fields.items():
        if field.refers is not None and name in spec:
            become = partial(_targets, document, field.refers.kind)
            spec[name] = with_refs(spec[name], become, field.refers.inside)
    return replace(resource, spec=spec)


def _targets(document: Document, kind: str, ref: Any) -> list[Any]:
    named = document.named(kind, str(ref)) if kind in kinds() and isinstance(ref, str) else None
    return [ref] if named is None else [target.name for target in named]


def completed(document: Document, resource: Resource, lookup: Known) -> Resource:
    """Return a resource with the references filled in that ``lookup`` knows; the others stay as they are.

    Raises:
        DocumentError: what was looked up does not fit.
    """
    if resource.references:
        resource = replace(resource, spec=resource.complete(faces()[resource.kind], lookup))
    return spelled(document, resource)


def from_cloud(observed: Observed, shaky: Shaky) -> Known:
    """Return a lookup that knows the attributes of objects that exist, but for those that will change."""

    def lookup(reference: Reference) -> object:
        kind, name = reference.kind, reference.attribute
        found = [observed.objects.get(kind, {}).get(target) for target in reference.targets]
        if any(each is None for each in found):
            return reference
        if any((kind, target, part) in shaky for target in reference.targets for part in ("*", name)):
            return reference
        values = (
            reference.targets if name == "name" else [kinds()[kind].attribute(each, name) for each in found]
        )
        if any(value is None for value in values):  # such as an address that is still to come
            return reference
        return list(values) if reference.many else values[0]

    return lookup


def orderable(resources: Iterator[Resource] | list[Resource]) -> dict[str, None]:
    """Return the kinds that resources refer to and that cannot be declared, such as images."""
    every = (ref for resource in resources for ref in kinds()[resource.kind].refs(resource.spec))
    return dict.fromkeys(other for _, other, _ in every if other not in kinds())


def unorderable(resources: list[Resource], catalogue: Catalogue) -> list[Problem]:
    """Return a problem for every reference to something that cannot be ordered because it does not exist."""
    found = []
    for resource in resources:
        for field, other, ref in kinds()[resource.kind].refs(resource.spec):
            known = catalogue.get(other)
            if known is None or str(ref) in known or _has_id(known, ref):
                continue
            mark = resource.mark_at(field).find(str(ref))
            meant = near(str(ref), tuple(known))
            noun = other.replace("_", " ").removesuffix("s")
            hint = f"did you mean '{meant}'?" if meant else f"there are: {', '.join(sorted(known)[:12])} ..."
            found.append(Problem(f"{resource.address}.{field}: there is no {noun} '{ref}'", mark, hint))
    return found


def _has_id(known: Mapping[str, list[Any]], ref: Any) -> bool:
    return any(str(each.id) == str(ref) for several in known.values() for each in several)


def kind_of(resource: Resource) -> Kind:
    """Return the kind of a resource."""
    return kinds()[resource.kind]
