"""Finding one object by name, id or a string of digits; what is not found says what is near."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any

from hetzner.api.errors import HetznerError, NotFoundError
from hetzner.domain.reference import HasId
from hetzner.schema.catalog import collection_class


class NotFound(HetznerError):
    """There is no such object; the message says what there is."""

    def __init__(self, kind: str, ref: object, near: list[str]) -> None:
        self.kind, self.ref, self.near = kind, ref, near
        hint = f"; did you mean {' or '.join(repr(name) for name in near)}?" if near else ""
        super().__init__(f"there is no {singular(kind).replace('_', ' ')} '{ref}'{hint}")


class Ambiguous(HetznerError):
    """More than one object fits."""


def singular(kind: str) -> str:
    """Return what one object of a collection is called in answers."""
    collection: Any = collection_class(kind)
    return str(next(iter(collection.retrieve.operation.returns.model_fields)))


async def find(client: Any, kind: str, ref: Any, **filters: Any) -> Any:
    """Return one object, by name, id, a string of digits, or the object itself read afresh.

    A string of digits is an id first, and a name when there is no such id. Raises NotFound.
    """
    collection = getattr(client, kind)
    if isinstance(ref, HasId) and not isinstance(ref, str):
        ref = ref.id
    if isinstance(ref, int) or ref.isdecimal():
        try:
            return getattr(await collection.retrieve(int(ref)), singular(kind))
        except NotFoundError:
            if isinstance(ref, int):
                raise NotFound(kind, ref, []) from None
    found = [item for item in (await collection.list(name=ref, **filters)).items if item.name == ref]
    if not found:
        names = [item.name async for item in collection.list() if item.name]
        raise NotFound(kind, ref, get_close_matches(str(ref), names, 3))
    return found[0]
