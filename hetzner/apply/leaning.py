"""Calls that wait for what others are only about to have, such as an address; pure."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from hetzner.apply.document import holds_unknown
from hetzner.apply.plans import CHANGING, Item, Verdict
from hetzner.apply.world import referred
from hetzner.domain.reference import Named
from hetzner.domain.specs.facts import Call


def patient(items: Sequence[Item]) -> list[Item]:
    """Return the items, their calls waiting for those changes of others that bring what they need."""
    by_name = {item.address: item for item in items}
    return [
        replace(item, calls=tuple(_waiting(item, late, by_name))) if (late := _late(item, by_name)) else item
        for item in items
    ]


def _waiting(item: Item, late: Container[Named], by_name: Mapping[str, Item]) -> Iterator[Call]:
    """Yield the calls of an item; before one waits, it lets go of what others may have to wait for."""
    calls = [
        each if each.lets_go else replace(each, arguments=_whole(each.arguments, late)) for each in item.calls
    ]
    changed = (index for index, call in enumerate(calls) if call != item.calls[index])
    first = next(changed, len(calls))
    early = [call for call in calls[first:] if call.lets_go and _is_awaited(call, by_name)]
    yield from (*calls[:first], *early, *(call for call in calls[first:] if call not in early))


def _is_awaited(call: Call, by_name: Mapping[str, Item]) -> bool:
    """Tell whether a call lets go of something that has to let go of something itself."""
    others = (by_name.get(str(named)) for named, _ in referred(call.arguments))
    return any(other is not None and any(each.lets_go for each in other.calls) for other in others)


def _late(item: Item, by_name: Mapping[str, Item]) -> frozenset[Named]:
    """Return the objects of its calls that only get by a change what an item needs of them."""
    if item.resource is None or item.verdict not in CHANGING:
        return frozenset()
    return frozenset(other.named for other, attribute in leans(item, by_name) if gets(other, attribute))


def leans(item: Item, by_name: Mapping[str, Item]) -> Iterator[tuple[Item, str]]:
    """Yield the items of objects that calls begin to refer to, and which of their attributes that needs."""
    spec = {} if item.resource is None else item.resource.spec
    spec = {name: value for name, value in spec.items() if not holds_unknown(value)}
    used = {str(named) for call in item.calls if not call.lets_go for named, _ in referred(call.arguments)}
    for kind, ref, attribute in item.kind.leans_on(spec):
        other = by_name.get(address := str(Named(kind, ref)))
        if other is not None and address in used:
            yield other, attribute


def gets(other: Item, attribute: str) -> bool:
    """Tell whether an attribute of an object changes."""
    if other.verdict is not Verdict.UPDATE:
        return False
    return other.kind.depends.get(attribute) in {each.field for each in other.changes if not each.noted}


def _whole(value: Any, late: Container[Named]) -> Any:
    """Return arguments in which some objects have to be as they are wanted."""
    if isinstance(value, Named):
        return replace(value, whole=True) if value in late else value
    if isinstance(value, Mapping):
        return {key: _whole(each, late) for key, each in value.items()}
    return [_whole(each, late) for each in value] if isinstance(value, list) else value
