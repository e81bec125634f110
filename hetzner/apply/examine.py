"""Checks of a document that need no network: what the API would refuse whatever else there is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from hetzner.apply.checking import ADDRESSES
from hetzner.apply.diff import known
from hetzner.apply.document import (
    Document,
    DocumentError,
    Edge,
    Problem,
    Reference,
    Resource,
    Unknown,
    cycles,
    unknowns,
)
from hetzner.apply.document.near import did_you_mean
from hetzner.apply.matching import mismatches
from hetzner.apply.together import together
from hetzner.domain.specs import kinds


def examine(document: Document) -> None:
    """Check everything that can be checked offline.

    Raises:
        DocumentError: with every problem found.
    """
    found = [problem for resource in document.resources for problem in _problems(resource)]
    found += [problem for _, each in unknowns(document.outputs) for problem in _attributes(each.references)]
    found += _claimed_twice(document)
    found += _swapped(document)
    found += together(document)
    found += mismatches(document)
    found += cycles(_edges(document))
    if found:
        raise DocumentError(_once(found))


def doubts(document: Document) -> Iterator[Problem]:
    """Yield names that no file declares and that look like slips; the project may have them all the same."""
    seen = set[tuple[str, str]]()
    for resource in document.resources:
        for field, other, ref in kinds()[resource.kind].refs(resource.spec):
            if other not in kinds() or not isinstance(ref, str) or (other, ref) in seen:
                continue
            seen.add((other, ref))
            where = f"{resource.address}.{field}"
            problem = document.reference_problem(other, ref, resource.mark_at(field).find(ref), where)
            if document.named(other, ref) is None and problem.help:
                what = f"{where}: no file declares '{ref}', so it has to exist in the project"
                yield replace(problem, message=what)


def _once(found: Iterable[Problem]) -> Iterator[Problem]:
    """Yield each problem once, although several replicas have it."""
    seen = set()
    for problem in found:
        key = (problem.mark, problem.message.partition(": ")[2] or problem.message)
        if problem.mark is None or key not in seen:
            seen.add(key)
            yield problem


def _problems(resource: Resource) -> Iterator[Problem]:
    kind = kinds()[resource.kind]
    yield from _attributes(use.reference for use in resource.references)
    yield from _wholesale(resource)
    spec = known(kind, resource.spec)
    missing = [name for name, field in kind.fields.items() if field.required and name not in spec]
    if resource.meta.health is not None and not any(name in kind.attributes for name in ADDRESSES):
        yield Problem(
            f"{resource.address}: {kind.name} have no address at which to ask for health", resource.mark
        )
    if lacking := kind.lacks(resource.spec):
        yield Problem(f"{resource.address}: {lacking}", resource.mark)
    if not missing:
        for path, message in kind.problems(resource.name, spec):
            yield Problem(
                f"{resource.address}: {message}", resource.mark_at(*path) if path else resource.mark
            )


def _wholesale(resource: Resource) -> Iterator[Problem]:
    """Yield what is built before it is filled in, and so has to be written out as far as its fields."""
    for name, field in kinds()[resource.kind].fields.items():
        value = resource.spec.get(name) if field.changes.late else None
        parts = value.items() if isinstance(value, Mapping) else enumerate(value or ())
        for key, part in parts if not isinstance(value, Unknown) else [(None, value)]:
            if isinstance(part, Unknown):
                mark = resource.mark_at(name) if key is None else resource.mark_at(name, key)
                message = f"{resource.address}.{name}: {part} cannot stand for all of it"
                yield Problem(message, mark, "write it out, and say ${...} in its fields")


def _claimed_twice(document: Document) -> Iterator[Problem]:
    """Two objects cannot have been one."""
    claims: dict[tuple[str, str], Resource] = {}
    for resource in document.resources:
        for old in resource.meta.renamed_from:
            first = claims.setdefault((resource.kind, old), resource)
            if first is not resource:
                message = f"{first.address} and {resource.address} both say 'renamed_from: {old}'"
                yield Problem(message, resource.mark, f"the other one is at {first.mark}")


def _swapped(document: Document) -> Iterator[Problem]:
    """Two objects cannot each have been the other: nothing would tell whether they are swapped already."""
    for resource in document.resources:
        for old in resource.meta.renamed_from:
            other = document.get(resource.kind, old)
            if other is not None and resource.name in other.meta.renamed_from and old < resource.name:
                message = f"{other.address} and {resource.address} say that each was called like the other"
                help = "that takes three runs: one of them to a third name, the other, then the first"
                yield Problem(message, resource.mark, help)


def _attributes(references: Iterable[Reference]) -> Iterator[Problem]:
    for reference in references:
        target = kinds().get(reference.kind)
        if target is not None and reference.attribute not in target.attributes:
            hint = did_you_mean(reference.attribute, target.attributes)
            known = ", ".join(sorted(target.attributes))
            message = f"{reference}: {target.name} have no attribute '{reference.attribute}'"
            yield Problem(message, reference.mark, hint or f"there are: {known}")


def _edges(document: Document) -> Iterator[Edge]:
    for resource in document.resources:
        kind = kinds()[resource.kind]
        late = {name for name, field in kind.fields.items() if field.changes.late}
        for use in resource.references:
            if use.path and use.path[0] in late:
                continue
            for target in use.reference.targets:
                yield Edge(resource.address, f"{use.reference.kind}.{target}", use.reference.mark)
        for name, other, ref in kind.refs(resource.spec):
            if name not in late:
                for needed in (document.named(other, str(ref)) or ()) if other in kinds() else ():
                    yield Edge(resource.address, needed.address, resource.mark_at(name))
