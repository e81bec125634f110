"""Addresses for those who leave them open, where somebody else wants a given one that is not taken yet; pure.

Whoever comes first would be given the lowest free address, be it the very one that a load balancer shall have
a minute later. So those who come along in the same run are given others, by name and from the lowest on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from hetzner.apply.diff import known
from hetzner.apply.document import Document, Resource, holds_unknown
from hetzner.apply.observe import Observed
from hetzner.apply.together import targets
from hetzner.domain.specs import kinds

Use = tuple[Resource, str, str]
"""Who uses an object, by which field, and under which name in it."""


def allotted(document: Document, observed: Observed) -> Document:
    """Return the document with addresses where they would be in the way of others."""
    given: dict[str, dict[str, Any]] = {}
    if not any(_says_more(each) for each in document.resources):
        return document
    for address, uses in _uses(document).items():
        target = document.get(*address)
        if target is not None and any(_is_pending(target, use, observed) for use in uses):
            _allot(target, uses, observed, given)
    if not given:
        return document
    resources = tuple(
        _with(each, given[each.address]) if each.address in given else each for each in document.resources
    )
    return replace(document, resources=resources)


def _says_more(resource: Resource) -> bool:
    """Tell whether an object says more of another one than that it uses it."""
    fields = kinds()[resource.kind].fields
    maps = (name for name, said in resource.spec.items() if isinstance(said, Mapping) and any(said.values()))
    return any(fields[name].refers is not None for name in maps)


def _with(resource: Resource, fields: Mapping[str, Any]) -> Resource:
    return replace(resource, spec={**resource.spec, **fields}, raw={**resource.raw, **fields})


def _uses(document: Document) -> Mapping[tuple[str, str], list[Use]]:
    found: dict[tuple[str, str], list[Use]] = defaultdict(list)
    for user in document.resources:
        for field, target in targets(document, user):
            said = user.spec[field]
            if isinstance(said, Mapping) and target.name in said and not holds_unknown(said):
                found[target.kind, target.name].append((user, field, target.name))
    return found


def _has(use: Use, observed: Observed) -> Mapping[str, Any] | None:
    """Return what a user says of the object as it is now; None when it does not use it yet."""
    user, field, name = use
    actual = observed.get(user.kind, user.name)
    if actual is None:
        return None
    have = kinds()[user.kind].read(actual, observed.names).get(field)
    return next((said for known, said in (have or {}).items() if known == name), None)


def seats(kind: str, said: Any) -> set[Any]:
    """Return what can be had once only, of what somebody says of an object."""
    return {*kinds()[kind].seats(said)} if isinstance(said, Mapping) else set()


def _is_pending(target: Resource, use: Use, observed: Observed) -> bool:
    """Tell whether a user wants something that it does not have yet."""
    user, field, name = use
    return not seats(target.kind, user.spec[field][name]) <= seats(target.kind, _has(use, observed))


def _allot(target: Resource, uses: list[Use], observed: Observed, given: dict[str, dict[str, Any]]) -> None:
    kind = kinds()[target.kind]
    spec = known(kind, target.spec)
    taken = {seat for user, field, name in uses for seat in seats(target.kind, user.spec[field][name])}
    taken |= {seat for _, said in everybody(target, observed) for seat in seats(target.kind, said)}
    for use in uses:
        user, field, name = use
        has = _has(use, observed)  # which it keeps, unless there is no room for that any more
        if seats(target.kind, user.spec[field][name]) or (has is not None and not kind.admits(spec, has)):
            continue
        if (more := kind.pick(spec, taken)) is None:
            return
        taken |= seats(target.kind, more)
        fields = given.setdefault(user.address, {})
        now = fields.get(field, user.spec[field])
        fields[field] = {**now, name: {**now[name], **more}}


def everybody(target: Resource, observed: Observed) -> Iterator[tuple[str, Any]]:
    """Yield what all objects that are there say of one, be they declared or not, and their addresses."""
    for kind_name, objects in observed.objects.items():
        kind = kinds()[kind_name]
        fields = [
            each.name for each in kind.fields.values() if each.refers and each.refers.kind == target.kind
        ]
        for name, actual in objects.items() if fields else ():
            have = kind.read(actual, observed.names)
            for field in fields:
                said = have.get(field)
                if isinstance(said, Mapping):
                    told = (each for known, each in said.items() if known == target.name)
                    yield from ((f"{kind_name}.{name}", each) for each in told)
