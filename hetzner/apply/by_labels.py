"""References by labels, `image: {label_selector: ...}`: which object each means now, by one list for each."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from hetzner.apply.document import Document, DocumentError, Problem, Resource
from hetzner.apply.observe import Observed
from hetzner.domain.lookup import Ambiguous, NotFound, matching, picked
from hetzner.domain.reference import Found, Selector
from hetzner.domain.specs import kinds

Matches = dict[tuple[str, Selector], list[Any]]


async def found_by_labels(client: Any, document: Document, observed: Observed) -> Document:
    """Return the document with what its selectors have led to.

    One that leads to nothing, or to several, is no problem for an object that exists: it has its image.

    Raises:
        DocumentError: for an object that does not exist, it leads to nothing, or to several.
    """
    wanted = {(kind, each): None for resource in document.resources for _, kind, each in _selectors(resource)}
    if not wanted:
        return document
    lists = await asyncio.gather(*(matching(client, kind, each) for kind, each in wanted))
    matches, problems = dict(zip(wanted, lists, strict=True)), list[Problem]()
    resources = tuple(_led(resource, matches, observed, problems) for resource in document.resources)
    if problems:
        raise DocumentError(problems)
    return replace(document, resources=resources)


def _selectors(resource: Resource) -> Iterator[tuple[str, str, Selector]]:
    for name, field in kinds()[resource.kind].fields.items():
        if field.refers is not None and isinstance(value := resource.spec.get(name), Selector):
            yield name, field.refers.kind, value


def _led(resource: Resource, matches: Matches, observed: Observed, problems: list[Problem]) -> Resource:
    found: dict[str, Any] = {}
    for name, kind, selector in _selectors(resource):
        try:
            each = picked(kind, selector, matches[kind, selector])
        except (NotFound, Ambiguous) as error:
            if observed.get(resource.kind, resource.name) is None:
                mark = resource.mark_at(name, "label_selector")
                problems.append(Problem(f"{resource.address}.{name}: {error}", mark))
            continue
        about = each.name or each.description
        found[name] = Found(each.id, f"{each.id} ({about})" if about else str(each.id))
    if not found:
        return resource
    return replace(resource, spec={**resource.spec, **found}, raw={**resource.raw, **found})
