"""References inside the value of a field: a name, a list, the keys of a map, or deeper in a list of maps."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from hetzner.domain.reference import HasId, Ordered

Become = Callable[[Any], Sequence[Any]]
"""What a reference is to become: nothing, itself, or several."""


ANY = ("*",)
"""References are the values of a map, whatever its keys; those that say yes or no are none."""


def refs_in(value: Any, inside: tuple[str, ...] = ()) -> Iterator[Any]:
    """Yield every reference in the value of a field."""
    if inside == ANY:
        yield from (each for each in value.values() if is_ref(each)) if isinstance(value, Mapping) else ()
    elif inside:
        for item in value if isinstance(value, list | tuple) else [value]:
            if isinstance(item, Mapping) and item.get(inside[0]) is not None:
                yield from refs_in(item[inside[0]], inside[1:])
    elif isinstance(value, Mapping | list | tuple | set):
        yield from value
    elif isinstance(value, str | int | HasId):
        yield value


def is_ref(value: Any) -> bool:
    """Tell whether a value names an object, and does not only say yes or no."""
    return isinstance(value, str | int | HasId) and not isinstance(value, bool)


def with_refs(value: Any, become: Become, inside: tuple[str, ...] = ()) -> Any:
    """Return the value of a field in which each reference is replaced by what it is to become.

    What holds a reference that becomes nothing goes too: the item of a list, the key of a map.
    """
    if isinstance(value, Ordered):
        return value  # orders are of what is sold, and nothing of that comes in replicas
    if isinstance(value, list | tuple):
        return [each for item in value for each in (_items(item, become, inside) if inside else become(item))]
    if isinstance(value, Mapping):
        if inside == ANY:
            return {
                key: next(iter(become(each)), False) if is_ref(each) else each for key, each in value.items()
            }
        if not inside:
            return {each: said for ref, said in value.items() for each in become(ref)}
        found = value.get(inside[0])
        return value if found is None else {**value, inside[0]: with_refs(found, become, inside[1:])}
    return value if value is None else next(iter(become(value)), None)


def _items(item: Any, become: Become, inside: tuple[str, ...]) -> list[Any]:
    """Return the items that one item becomes: as many as its reference, if it has but one."""
    found = item.get(inside[0]) if isinstance(item, Mapping) else None
    if found is None or isinstance(found, Mapping | list | tuple):
        return [with_refs(item, become, inside) if found is not None else item]
    return [{**item, inside[0]: each} for each in become(found)]
