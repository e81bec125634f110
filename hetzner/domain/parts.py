"""Objects that belong to another one, the whole: how they are found, listed and made.

They are addressed by their whole and what they are called: ``StorageBoxSubaccount.find("backup", "db")``.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Self, TypeVar

from hetzner._faces import IO, Async, Sync, drive
from hetzner.api.errors import APIStatusError
from hetzner.api.waiting import actions_of
from hetzner.domain.asking import insist_on_names
from hetzner.domain.calls import Resolver
from hetzner.domain.lookup import Ambiguous, NotFound, collection_of, singular
from hetzner.domain.making import Ensured
from hetzner.domain.project import client_for
from hetzner.domain.record import Removable, given
from hetzner.domain.reference import HasId, Named, Ref, fitting
from hetzner.domain.selectors import Labels, selector

if TYPE_CHECKING:
    from hetzner.api.client import AsyncHetzner, Hetzner


class Part(Removable[IO], Generic[IO]):
    """A record that belongs to another one."""

    of_kind: ClassVar[str] = ""
    """The kind of its whole."""
    name: Any

    @classmethod
    async def _whole(cls, whole: Ref, client: Any) -> Any:
        """Return what stands for the whole in paths."""
        return await Resolver(client.awaited).id(Named(cls.of_kind, fitting(cls.of_kind, whole)))


R = TypeVar("R", bound=Part[Any])


async def get_part(cls: type[R], whole: Ref, at: tuple[Any, ...], client: Any) -> R:
    """Read one part by what stands for it in paths."""
    place = await cls._whole(whole, client)
    answer = await collection_of(client.awaited, cls.kind).retrieve(place, *at)
    return cls.of(getattr(answer, singular(cls.kind)), client)


async def all_parts(
    cls: type[R], whole: Ref, client: Any, labels: Labels | None, filters: Mapping[str, Any]
) -> list[R]:
    """Return every part that fits."""
    wanted, ask = dict(filters), collection_of(client.awaited, cls.kind).list
    what = f"{cls.__name__.removeprefix('Async')}.all()"
    insist_on_names(what, filters, ["labels", *ask.operation.accepted])
    if labels is not None:
        wanted["label_selector"] = selector(labels)
    answer = ask(await cls._whole(whole, client), **wanted)
    if ask.operation.listing:
        return [cls.of(item, client) async for item in answer]
    (items,) = dict(await answer).values()  # the API has no pages of these
    return [cls.of(item, client) for item in items]


async def find_part(cls: type[R], whole: Ref, ref: Any, client: Any) -> R:
    """Find one part by name, id, a string of digits, or the part itself read afresh.

    Raises NotFound, and Ambiguous when several have the name.
    """
    ref = fitting(cls.kind, ref)
    if isinstance(ref, HasId) and not isinstance(ref, str):
        ref = ref.id
    parts = await all_parts(cls, whole, client, None, {})
    found = [part for part in parts if part.id == ref or str(part.id) == ref]
    found = found or [part for part in parts if part.name == ref]
    return only_one(cls.kind, ref, found, [part.name for part in parts])


def only_one(kind: str, ref: object, found: list[R], names: list[str]) -> R:
    """Return the only one that was found; else raise NotFound with names that are near, or Ambiguous."""
    if len(found) > 1:
        ids = ", ".join(str(part.id) for part in found)
        raise Ambiguous(f"{len(found)} {singular(kind)}s are called '{ref}': {ids}; give the id")
    if not found:
        raise NotFound(kind, ref, get_close_matches(str(ref), dict.fromkeys(names), 3))
    return found[0]


async def create_part(cls: type[R], whole: Ref, client: Any, wait: bool, **arguments: Any) -> R:
    """Make a part; arguments that are None are left to the API."""
    place = await cls._whole(whole, client)
    answer = await collection_of(client.awaited, cls.kind).create(place, **given(**arguments))
    made = cls.lenient(getattr(answer, singular(cls.kind)).to_dict())  # often no more than its id
    record = cls.of(made, client)
    if wait:
        await record._all_done(answer, True)
    else:
        record._begun.extend(actions_of(answer))
    return record


async def ensure_part(
    find: Callable[[], Awaitable[R | None]], make: Callable[[], Awaitable[R]]
) -> Ensured[R]:
    """Return the part that is found, or make it; somebody else may make it at the same moment."""
    if found := await find():
        return Ensured(found, False)
    try:
        return Ensured(await make(), True)
    except APIStatusError as error:
        if error.code == "uniqueness_error" and (found := await find()):
            return Ensured(found, False)
        raise


class PartFinders(Part[Sync]):
    """How the parts of storage boxes are found, blocking."""

    @classmethod
    def get(cls, storage_box: Ref, id: int, *, client: Hetzner | None = None) -> Self:
        """Read one by its id; raises NotFoundError."""
        return drive(get_part(cls, storage_box, (id,), client_for(client, blocking=True)))

    @classmethod
    def find(cls, storage_box: Ref, ref: Ref, *, client: Hetzner | None = None) -> Self:
        """Find one by name, id or a string of digits; raises NotFound, which says what is near."""
        return drive(find_part(cls, storage_box, ref, client_for(client, blocking=True)))

    @classmethod
    def all(
        cls, storage_box: Ref, *, labels: Labels | None = None, client: Hetzner | None = None, **filters: Any
    ) -> list[Self]:
        """Return all of a storage box that fit; filters are those of the API's list."""
        return drive(all_parts(cls, storage_box, client_for(client, blocking=True), labels, filters))


class AsyncPartFinders(Part[Async]):
    """How the parts of storage boxes are found, awaited."""

    @classmethod
    async def get(cls, storage_box: Ref, id: int, *, client: AsyncHetzner | None = None) -> Self:
        """Read one by its id; raises NotFoundError."""
        return await get_part(cls, storage_box, (id,), client_for(client, blocking=False))

    @classmethod
    async def find(cls, storage_box: Ref, ref: Ref, *, client: AsyncHetzner | None = None) -> Self:
        """Find one by name, id or a string of digits; raises NotFound, which says what is near."""
        return await find_part(cls, storage_box, ref, client_for(client, blocking=False))

    @classmethod
    async def all(
        cls,
        storage_box: Ref,
        *,
        labels: Labels | None = None,
        client: AsyncHetzner | None = None,
        **filters: Any,
    ) -> list[Self]:
        """Return all of a storage box that fit; filters are those of the API's list."""
        return await all_parts(cls, storage_box, client_for(client, blocking=False), labels, filters)
