"""Checks of what several objects of a document say of another one, all at once and offline."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping
from typing import Any

from hetzner.apply.diff import known
from hetzner.apply.document import Document, Problem, Resource, holds_unknown
from hetzner.domain.specs import kinds


def together(document: Document) -> Iterator[Problem]:
    """Yield what the API would refuse of objects that refer to the same one."""
    users: dict[tuple[str, str, str], list[Resource]] = defaultdict(list)
    taken: dict[tuple[str, Hashable], Resource] = {}
    yield from _equal(document)
    for user in document.resources:
        for field, target in targets(document, user):
            users[target.address, user.kind, field].append(user)
            said = user.spec[field]
            if isinstance(said, Mapping):
                yield from _seated(user, field, target, _said_of(said, target), taken)
    by_address = {each.address: each for each in document.resources}
    for (address, kind, field), several in users.items():
        refers = kinds()[kind].fields[field].refers
        if refers is not None and refers.most is not None:
            yield from _crowded(by_address[address], kind, several, refers.most)
        if refers is not None and refers.alone:
            yield from _shared(by_address[address], field, several)


def _equal(document: Document) -> Iterator[Problem]:
    """Yield what two objects of a kind are both given, and only one can have."""
    found: dict[tuple[str, str, Hashable], Resource] = {}
    for each in document.resources:
        for field in kinds()[each.kind].single & each.spec.keys():
            value = each.spec[field]
            if not isinstance(value, str):
                continue
            first = found.setdefault((each.kind, field, value), each)
            if first is not each:
                where, what = each.mark_at(field), f"{each.address}: its {field} is that of {first.address}"
                yield Problem(what, where, f"given at {first.mark_at(field)}; refer to that one")


def _shared(target: Resource, field: str, users: list[Resource]) -> Iterator[Problem]:
    first, *others = users
    for user in others:
        where = f"refers to it at {first.mark_at(field)}"
        what = f"{user.address}: {target.address} is that of {first.address}, and cannot be of two"
        yield Problem(what, user.mark_at(field), where)


def targets(document: Document, user: Resource) -> Iterator[tuple[str, Resource]]:
    """Yield the declared objects that one refers to, each once for each field."""
    seen: dict[tuple[str, str], None] = {}
    for field, kind, ref in kinds()[user.kind].refs(user.spec):
        for target in (document.named(kind, str(ref)) or ()) if kind in kinds() else ():
            if (field, target.address) not in seen:
                seen[field, target.address] = None
                yield field, target


def _said_of(said: Mapping[Any, Any], target: Resource) -> Any:
    return said.get(target.name, said.get(target.base_name))


def _seated(
    user: Resource, field: str, target: Resource, said: Any, taken: dict[tuple[str, Hashable], Resource]
) -> Iterator[Problem]:
    if not isinstance(said, Mapping) or holds_unknown(said):
        return
    kind, mark = kinds()[target.kind], user.mark_at(field, target.base_name)
    if why := kind.admits(known(kind, target.spec), said):
        yield Problem(f"{user.address}: {why}", mark, notes=(f"{target.address} is at {target.mark}",))
    for seat in kind.seats(said):
        first = taken.setdefault((target.address, seat), user)
        if first is not user:
            where = first.mark_at(field, target.base_name)
            yield Problem(f"{user.address}: {seat} is that of {first.address}", mark, f"given at {where}")


def _crowded(resource: Resource, kind: str, users: list[Resource], most: int) -> Iterator[Problem]:
    if len(users) > most:
        count = f"at most {most} {kind.replace('_', ' ')}, and {len(users)} say that they are of it"
        yield Problem(
            f"{resource.address} takes {count}",
            resource.mark,
            notes=tuple(f"{each} is at {mark}" for each, mark in _declared(users))[:3],
        )


def _declared(users: list[Resource]) -> Iterator[tuple[str, Any]]:
    found = {f"{each.kind}.{each.base_name}": each.mark for each in users}
    yield from found.items()
