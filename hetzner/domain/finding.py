"""How records are found, in both faces."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from hetzner._faces import Async, Sync, drive
from hetzner.api.listing import everything
from hetzner.domain.asking import insist_on_names
from hetzner.domain.lookup import find, singular
from hetzner.domain.project import client_for
from hetzner.domain.record import Record
from hetzner.domain.reference import Ref
from hetzner.domain.selectors import Labels, selector

if TYPE_CHECKING:
    from hetzner.api.client import AsyncHetzner, Hetzner

R = TypeVar("R", bound=Record[Any])


async def get_one(cls: type[R], id: Any, client: Any) -> R:
    """Read one object by its id."""
    if isinstance(id, str):
        name = cls.__name__.removeprefix("Async")
        raise TypeError(f"{name}.get() takes an id; {name}.find({id!r}) takes names, too")
    answer = await getattr(client.awaited, cls.kind).retrieve(id)
    return cls.of(getattr(answer, singular(cls.kind)), client)


async def find_one(cls: type[R], ref: Any, client: Any, filters: Mapping[str, Any]) -> R:
    """Find one object by name, id or a string of digits."""
    accepted = getattr(client.awaited, cls.kind).list.operation.accepted
    insist_on_names(f"{cls.__name__.removeprefix('Async')}.find()", filters, accepted)
    return cls.of(await find(client.awaited, cls.kind, ref, **filters), client)


async def all_of(cls: type[R], client: Any, labels: Labels | None, filters: Mapping[str, Any]) -> list[R]:
    """Return every object that fits."""
    wanted, ask = dict(filters), getattr(client.awaited, cls.kind).list
    insist_on_names(
        f"{cls.__name__.removeprefix('Async')}.all()", filters, ["labels", *ask.operation.accepted]
    )
    if labels is not None:
        if "label_selector" in filters:
            raise TypeError("give labels or label_selector, not both")
        wanted["label_selector"] = selector(labels)
    return [cls.of(item, client) for item in await everything(ask(**wanted))]


class Finders(Record[Sync]):
    """How blocking records are found."""

    @classmethod
    def get(cls, id: int, *, client: Hetzner | None = None) -> Self:
        """Read one object by its id; raises NotFoundError."""
        return drive(get_one(cls, id, client_for(client, blocking=True)))

    @classmethod
    def find(cls, ref: Ref, *, client: Hetzner | None = None, **filters: Any) -> Self:
        """Find one object by name, id or a string of digits.

        Raises NotFound, which says what is near, and Ambiguous when several have the name; filters (those of
        the API's list) then tell them apart, as ``architecture`` does for images.
        """
        return drive(find_one(cls, ref, client_for(client, blocking=True), filters))

    @classmethod
    def all(
        cls, *, labels: Labels | None = None, client: Hetzner | None = None, **filters: Any
    ) -> list[Self]:
        """Return every object that fits; filters are those of the API's list.

        ``labels`` is a map or a label selector: a text must be equal, a list holds what it may be, None asks
        only that the label is there. Raises ValueError for empty labels, which would fit everything.
        """
        return drive(all_of(cls, client_for(client, blocking=True), labels, filters))


class AsyncFinders(Record[Async]):
    """How awaited records are found."""

    @classmethod
    async def get(cls, id: int, *, client: AsyncHetzner | None = None) -> Self:
        """Read one object by its id; raises NotFoundError."""
        return await get_one(cls, id, client_for(client, blocking=False))

    @classmethod
    async def find(cls, ref: Ref, *, client: AsyncHetzner | None = None, **filters: Any) -> Self:
        """Find one object by name, id or a string of digits; see the blocking face for what it raises."""
        return await find_one(cls, ref, client_for(client, blocking=False), filters)

    @classmethod
    async def all(
        cls, *, labels: Labels | None = None, client: AsyncHetzner | None = None, **filters: Any
    ) -> list[Self]:
        """Return every object that fits; see the blocking face for labels and filters."""
        return await all_of(cls, client_for(client, blocking=False), labels, filters)
