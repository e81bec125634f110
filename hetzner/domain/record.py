"""Active records: an object of the API together with what can be done with it.

A record is data plus a client. Reading an attribute never makes a request; every verb makes the requests
that its name says, waits for the action, and refreshes the record.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Self

from pydantic import PrivateAttr

from hetzner._faces import IO, Async, Face, verb
from hetzner.api.errors import ActionFailed, NotFoundError
from hetzner.api.logs import one_line
from hetzner.api.waiting import actions_of
from hetzner.domain.astray import Guided
from hetzner.domain.calls import Resolver
from hetzner.domain.lookup import collection_of, singular
from hetzner.domain.reference import Named, Ref, fitting, plain
from hetzner.domain.together import settled
from hetzner.schema.model import Model

if TYPE_CHECKING:
    from hetzner.schema.actions import Action
    from hetzner.schema.catalog import Catalog


class Record(Guided, Face[IO], Generic[IO]):
    """What all records share."""

    if not TYPE_CHECKING:

        def __class_getitem__(cls, item):  # one model serves both faces
            return cls

    kind: ClassVar[str] = ""
    """The collection it belongs to, as on the client."""
    id: Any
    _client: Any = PrivateAttr(None)
    _blocking: bool = PrivateAttr(True)
    _told_once: Any = PrivateAttr(None)
    """The answer that may hold what the API tells only once, such as a root password."""
    _begun: list[Any] = PrivateAttr(default_factory=list)
    """The actions that were not waited for."""

    @property
    def api(self) -> Catalog[Async]:
        """The awaited face of the client, for verbs."""
        if self._client is None:
            raise RuntimeError(f"{self!r} has no client: it was copied or made by hand; find it again")
        awaited: Catalog[Async] = self._client.awaited
        return awaited

    @property
    def _collection(self) -> Any:
        return collection_of(self.api, self.kind)

    @property
    def _at(self) -> tuple[Any, ...]:
        """What stands for it in paths."""
        return (self.id,)

    @classmethod
    def of(cls, data: Model, client: Any, told_once: Any = None) -> Self:
        """Make a record of an object that a client has answered with."""
        record = cls.__new__(cls)
        record._take(data)
        private = _private(client, client._blocking, told_once)
        object.__setattr__(record, "__pydantic_private__", private)
        return record

    def _take(self, data: Model) -> None:
        for name in ("__dict__", "__pydantic_fields_set__", "__pydantic_extra__"):
            value = getattr(data, name)
            object.__setattr__(self, name, value and value.copy())

    @verb
    async def refresh(self) -> None:
        """Read the object again; raises NotFoundError when it is gone."""
        await self._refresh()

    @verb
    async def wait(self, *, timeout: float | None = None) -> None:
        """Wait for everything that was begun with ``wait=False``, and refresh unless the object is gone.

        ``timeout`` is in seconds (None: as long as it takes). Raises ActionFailed and ActionTimeout.
        """
        try:
            await self._wait_for(self._begun, timeout)
        except ActionFailed:
            self._begun.clear()  # all are over; only after a timeout there is more to wait for
            raise
        self._begun.clear()
        with suppress(NotFoundError):
            await self._refresh()

    async def _refresh(self) -> None:
        answer = await self._collection.retrieve(*self._at)
        self._take(getattr(answer, singular(self.kind)))

    async def _done(self, answer: Any, wait: bool, *, refresh: bool = True) -> Action:
        """Wait for the action of an answer when asked to; returns it."""
        return (await self._all_done(answer, wait, refresh=refresh))[0]

    async def _all_done(self, answer: Any, wait: bool, *, refresh: bool = True) -> list[Action]:
        actions: list[Action] = actions_of(answer)
        if not wait:
            self._begun.extend(actions)
            return actions
        actions = await self._wait_for(actions)
        if refresh:
            await self._refresh()
        return actions

    async def _wait_for(self, actions: Iterable[Action], timeout: float | None = None) -> list[Action]:
        return await settled(self.api, actions, timeout)

    async def _id(self, kind: str, ref: Ref) -> int:
        """Return the id that a name, an id or an object stands for."""
        return await Resolver(self.api).id(Named(kind, fitting(kind, ref)))

    def _id_or_name(self, kind: str, ref: Ref) -> Any:
        """Return what a call takes that wants a name or an id."""
        return plain(fitting(kind, ref))

    def __repr__(self) -> str:
        told: list[str] = []
        with suppress(AttributeError, TypeError, ValueError):  # a newer or broken API may send anything
            told.extend(str(part) for part in self._told() if part not in (None, ""))
        return one_line(f"{type(self).__name__.removeprefix('Async')}({' '.join(told)})")

    __str__ = __repr__

    def _told(self) -> Iterable[Any]:
        """Yield what a person wants to know, for ``repr``; what is missing is passed over."""
        yield getattr(self, "name", None)
        yield f"#{self.id}"

    def _is_told(self, name: str) -> bool:
        """Tell whether the API said something about a field; the types promise that it always does."""
        return getattr(self, name, None) is not None

    def __hash__(self) -> int:
        return hash((self.kind, self._at))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Record) and (self.kind, self._at) == (other.kind, other._at)

    def __setattr__(self, name: str, value: Any) -> None:
        if not name.startswith("_"):
            raise AttributeError(f"'{name}' is what the API said; to change it use update() or a verb")
        super().__setattr__(name, value)

    def __getstate__(self) -> dict[Any, Any]:
        """Leave the client and secrets behind: a record that was pickled is data."""
        return {**super().__getstate__(), "__pydantic_private__": _private(None, self._blocking, None)}

    def __deepcopy__(self, memo: dict[int, Any] | None = None) -> Self:
        shared = {id(each): each for each in (self._client, self._told_once)}
        return super().__deepcopy__({**(memo or {}), **shared})


def _private(client: Any, blocking: bool, told_once: Any) -> dict[str, Any]:
    return {"_client": client, "_blocking": blocking, "_told_once": told_once, "_begun": []}


class Removable(Record[IO], Generic[IO]):
    """A record that can be deleted."""

    if TYPE_CHECKING:  # all that can be deleted can be labelled; the data of each kind says so
        labels: dict[str, str]

    @verb
    async def delete(self, *, wait: bool = True) -> Action | None:
        """Delete the object and wait until it is gone; it is no error when it is gone already.

        Returns the action, where there is one.
        """
        return await self._delete(wait)

    async def _delete(self, wait: bool) -> Action | None:
        try:
            answer = await self._collection.delete(*self._at)
        except NotFoundError:
            return None
        actions = await self._all_done(answer, wait, refresh=False)
        return actions[0] if actions else None

    async def _update(self, **wanted: Any) -> None:
        answer = await self._collection.update(*self._at, **given(**wanted))
        self._take(getattr(answer, singular(self.kind)))


class Tagged(Removable[IO], Generic[IO]):
    """A record whose labels can be changed; its name is what it is."""

    @verb
    async def update(self, *, labels: Mapping[str, str]) -> None:
        """Replace all labels; to add one: ``labels={**zone.labels, "env": "prod"}``."""
        await self._update(labels=labels)


class Labelled(Removable[IO], Generic[IO]):
    """A record with name and labels that can be changed."""

    @verb
    async def update(self, *, name: str | None = None, labels: Mapping[str, str] | None = None) -> None:
        """Change the name, or replace all labels; to add one: ``labels={**web.labels, "role": "web"}``."""
        await self._update(name=name, labels=labels)


def given(**arguments: Any) -> dict[str, Any]:
    """Return the arguments that were given; those that are None are left to the API."""
    return {name: value for name, value in arguments.items() if value is not None}
