"""Finding one object by name, id or a string of digits; what is not found says what is near."""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache, reduce
from typing import Any

from hetzner.api.errors import HetznerError, NotFoundError
from hetzner.domain.reference import HasId, Selector, fitting
from hetzner.schema.catalog import collection_class

LONGEST_ID = 18
"""Digits; what is longer can only be a name."""


class NotFound(HetznerError):
    """There is no such object; the message says what there is."""

    def __init__(self, kind: str, ref: object, near: list[str]) -> None:
        self.kind, self.ref, self.near = kind, ref, near
        hint = f"; did you mean {' or '.join(repr(name) for name in near)}?" if near else ""
        called = ref if isinstance(ref, Selector) else f"'{ref}'"
        super().__init__(f"there is no {singular(kind).replace('_', ' ')} {called}{hint}")

    def __reduce__(self) -> Any:
        return type(self), (self.kind, self.ref, self.near)


class Ambiguous(HetznerError):
    """More than one object has the name; the message tells them apart."""


def collection_of(client: Any, kind: str) -> Any:
    """Return the collection of a kind; a part of another kind has a dotted name (``zones.rrsets``)."""
    return reduce(getattr, kind.split("."), client)


@cache
def singular(kind: str) -> str:
    """Return what one object of a collection is called in answers."""
    first, *parts = kind.split(".")
    collection: Any = reduce(lambda whole, part: whole.parts()[part], parts, collection_class(first))
    return str(next(iter(collection.retrieve.operation.returns.model_fields)))


async def find(client: Any, kind: str, ref: Any, **filters: Any) -> Any:
    """Return one object, by name, id, a string of digits, or the object itself read afresh.

    A string of digits is an id first, and a name when there is no such id. Raises NotFound, and Ambiguous
    when several objects have the name.
    """
    collection = getattr(client, kind)
    ref = fitting(kind, ref)
    if isinstance(ref, HasId) and not isinstance(ref, str):
        ref = ref.id
    if isinstance(ref, int) or _is_id(ref):
        try:
            return getattr(await collection.retrieve(int(ref)), singular(kind))
        except NotFoundError:
            if isinstance(ref, int):
                raise NotFound(kind, ref, []) from None
    found = [item for item in (await collection.list(name=ref, **filters)).items if item.name == ref]
    if len(found) > 1:
        raise Ambiguous(_which(kind, ref, found))
    if not found:
        names = {item.name: None async for item in collection.list() if item.name}
        raise NotFound(kind, ref, get_close_matches(ref, names, 3))
    return found[0]


async def matching(client: Any, kind: str, selector: Selector) -> list[Any]:
    """Return what a selector fits, the newest first."""
    narrowed: dict[str, Any] = {"label_selector": selector.label_selector, **dict(selector.filters)}
    listed = collection_of(client, kind).list(status="available", sort="created:desc", **narrowed)
    return [item async for item in listed]


def picked(kind: str, selector: Selector, found: list[Any]) -> Any:
    """Return what a selector means of what it fits; raises NotFound for none, Ambiguous for several."""
    if not found:
        raise NotFound(kind, selector, [])
    if len(found) > 1 and not selector.most_recent:
        few = ", ".join(str(item.id) for item in found[:3])
        told = f"{len(found)} {kind} fit {selector}: {few}{' ...' if len(found) > 3 else ''}"
        raise Ambiguous(f"{told}; say 'most_recent: true' to take the newest one")
    return found[0]


async def select(client: Any, kind: str, selector: Selector) -> Any:
    """Return the object that a selector means; raises NotFound and Ambiguous."""
    return picked(kind, selector, await matching(client, kind, selector))


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= LONGEST_ID


def _which(kind: str, name: str, found: list[Any]) -> str:
    """Say by what objects of the same name can be told apart."""
    told = [(item.id, getattr(item, "architecture", None)) for item in found]
    each = ", ".join(f"{id} (architecture={of!r})" if of else str(id) for id, of in told)
    return f"{len(found)} {kind.replace('_', ' ')} are called '{name}': {each}; give the id, or a filter"
