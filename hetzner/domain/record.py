"""Active records: an object of the API together with what can be done with it.

A record is data plus a client. Reading an attribute never makes a request; every verb makes the requests that its
name says, waits for the action, and refreshes the record.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any, ClassVar, Generic, NamedTuple, Self, TypeVar

from pydantic import PrivateAttr

from hetzner._faces import IO, Face, drive, verb
from hetzner.api.errors import NotFoundError
from hetzner.domain.calls import Resolver, actions_of, perform
from hetzner.domain.lookup import find, singular
from hetzner.domain.project import client_for
from hetzner.domain.reference import Named
from hetzner.domain.selectors import selector
from hetzner.domain.specs import kinds
from hetzner.schema.model import Model

if TYPE_CHECKING:
    from hetzner.schema.actions import Action

R = TypeVar("R", bound="Record[Any]")


class Ensured(NamedTuple, Generic[R]):
    """What ``ensure`` found or made."""

    record: R
    created: bool


class Record(Model, Face[IO], Generic[IO]):
    """What all records share."""

    if not TYPE_CHECKING:

        def __class_getitem__(cls, item):  # one model serves both faces
            return cls

    kind: ClassVar[str] = ""
    """The collection it belongs to, as on the client."""
    id: Any
    _client: Any = PrivateAttr(None)
    _blocking: bool = PrivateAttr(True)
    _created_with: Any = PrivateAttr(None)
    """The answer of the create that made it, which may hold what the API tells only once."""

    @property
    def api(self) -> Any:
        """The awaited face of the client, for verbs."""
        return self._client.awaited

    @classmethod
    def of(cls, data: Model, client: Any, created_with: Any = None) -> Self:
        """Make a record of an object that a client has answered with."""
        record = cls.__new__(cls)
        record._take(data)
        private = {"_client": client, "_blocking": client._blocking, "_created_with": created_with}
        object.__setattr__(record, "__pydantic_private__", private)
        return record

    def _take(self, data: Model) -> None:
        for name in ("__dict__", "__pydantic_fields_set__", "__pydantic_extra__"):
            object.__setattr__(self, name, getattr(data, name))

    @verb
    async def refresh(self) -> None:
        """Read the object again; raises NotFoundError when it is gone."""
        await self._refresh()

    async def _refresh(self) -> None:
        answer = await getattr(self.api, self.kind).retrieve(self.id)
        self._take(getattr(answer, singular(self.kind)))

    async def _done(self, answer: Any, wait: bool, *, refresh: bool = True) -> Action:
        """Wait for the actions of an answer when asked to; returns the first one."""
        actions: list[Action] = actions_of(answer)
        if wait:
            actions = await self._client_wait(actions)
            if refresh:
                await self._refresh()
        return actions[0]

    async def _client_wait(self, actions: Iterable[Action]) -> list[Action]:
        from hetzner.api.waiting import wait

        return await wait(self.api, actions, timeout=None)

    async def _id(self, kind: str, ref: Any) -> int:
        """Return the id that a name, an id or an object stands for."""
        return await Resolver(self.api).id(Named(kind, ref))

    def __repr__(self) -> str:
        told: list[str] = []
        with suppress(AttributeError, TypeError, ValueError):  # a field may be missing from an answer
            told.extend(self._told())
        return f"{type(self).__name__.removeprefix('Async')}({' '.join(told)})"

    def _told(self) -> Iterable[str]:
        """Yield what a person wants to know, for ``repr``."""
        if name := getattr(self, "name", None):
            yield str(name)
        yield f"#{self.id}"

    __str__ = __repr__

    def __hash__(self) -> int:
        return hash((self.kind, self.id))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Record) and (self.kind, self.id) == (other.kind, other.id)


class Labelled(Record[IO], Generic[IO]):
    """A record with name and labels that can be changed and deleted."""

    @verb
    async def update(self, *, name: str | None = None, labels: Mapping[str, str] | None = None) -> None:
        """Change the name or replace all labels."""
        wanted = {key: value for key, value in (("name", name), ("labels", labels)) if value is not None}
        answer = await getattr(self.api, self.kind).update(self.id, **wanted)
        self._take(getattr(answer, singular(self.kind)))

    @verb
    async def delete(self, *, wait: bool = True) -> None:
        """Delete the object and wait until it is gone; it is no error when it is gone already."""
        try:
            answer = await getattr(self.api, self.kind).delete(self.id)
        except NotFoundError:
            return
        if wait:
            await self._client_wait(actions_of(answer))


async def get_one(cls: type[R], id: int, client: Any) -> R:
    """Read one object by its id."""
    answer = await getattr(client.awaited, cls.kind).retrieve(id)
    return cls.of(getattr(answer, singular(cls.kind)), client)


async def find_one(cls: type[R], ref: Any, client: Any, filters: Mapping[str, Any]) -> R:
    """Find one object by name, id or a string of digits."""
    return cls.of(await find(client.awaited, cls.kind, ref, **filters), client)


async def each(cls: type[R], client: Any, labels: Any, filters: Mapping[str, Any]) -> AsyncIterator[R]:
    """Yield every object that fits."""
    wanted = {**filters, **({"label_selector": selector(labels)} if labels else {})}
    async for item in getattr(client.awaited, cls.kind).list(**wanted):
        yield cls.of(item, client)


async def all_of(cls: type[R], client: Any, labels: Any, filters: Mapping[str, Any]) -> list[R]:
    """Return every object that fits."""
    return [record async for record in each(cls, client, labels, filters)]


async def create_one(cls: type[R], name: str, spec: Mapping[str, Any], client: Any, wait: bool) -> R:
    """Make an object from its spec: the create, then what cannot be asked for in it."""
    kind = kinds()[cls.kind]
    awaited = client.awaited
    resolver = Resolver(awaited)
    first, *rest = kind.create(name, kind.canonical(spec))
    answer = await perform(awaited, first, resolver)
    record = cls.of(getattr(answer, kind.singular), client, answer)
    resolver.learn(cls.kind, name, record.id)
    if not wait and not rest:
        return record
    actions = await record._client_wait(actions_of(answer))
    for call in rest:
        actions += await record._client_wait(actions_of(await perform(awaited, call, resolver)))
    if actions:
        await record._refresh()
    return record


async def ensure_one(cls: type[R], name: str, spec: Mapping[str, Any], client: Any) -> Ensured[R]:
    """Return the object of this name, or make it."""
    for item in (await getattr(client.awaited, cls.kind).list(name=name)).items:
        if item.name == name:
            return Ensured(cls.of(item, client), False)
    return Ensured(await create_one(cls, name, spec, client, True), True)


class Finders:
    """How blocking records are found."""

    @classmethod
    def get(cls: type[R], id: int, *, client: Any = None) -> R:  # type: ignore[misc]
        """Read one object by its id; raises NotFoundError."""
        return drive(get_one(cls, id, client_for(client, blocking=True)))

    @classmethod
    def find(cls: type[R], ref: Any, *, client: Any = None, **filters: Any) -> R:  # type: ignore[misc]
        """Find one object by name, id or a string of digits; raises NotFound, which says what is near."""
        return drive(find_one(cls, ref, client_for(client, blocking=True), filters))

    @classmethod
    def all(cls: type[R], *, labels: Any = None, client: Any = None, **filters: Any) -> list[R]:  # type: ignore[misc]
        """Return every object; ``labels`` is a map or a label selector, filters are those of the API's list."""
        return drive(all_of(cls, client_for(client, blocking=True), labels, filters))


class AsyncFinders:
    """How awaited records are found."""

    @classmethod
    async def get(cls: type[R], id: int, *, client: Any = None) -> R:  # type: ignore[misc]
        """Read one object by its id; raises NotFoundError."""
        return await get_one(cls, id, client_for(client, blocking=False))

    @classmethod
    async def find(cls: type[R], ref: Any, *, client: Any = None, **filters: Any) -> R:  # type: ignore[misc]
        """Find one object by name, id or a string of digits; raises NotFound, which says what is near."""
        return await find_one(cls, ref, client_for(client, blocking=False), filters)

    @classmethod
    async def all(cls: type[R], *, labels: Any = None, client: Any = None, **filters: Any) -> list[R]:  # type: ignore[misc]
        """Return every object; ``labels`` is a map or a label selector, filters are those of the API's list."""
        return await all_of(cls, client_for(client, blocking=False), labels, filters)
