"""Making objects: the one call that creates, then what cannot be asked for in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Generic, NamedTuple, TypeVar

from hetzner.api.errors import APIStatusError, NotFoundError, UnprocessableEntityError
from hetzner.api.waiting import actions_of
from hetzner.domain.advising import advise
from hetzner.domain.asking import asked, references
from hetzner.domain.calls import Resolver, perform
from hetzner.domain.record import Record
from hetzner.domain.reference import Ref
from hetzner.domain.specs import kind_of
from hetzner.domain.specs.facts import Call
from hetzner.domain.specs.kind import Kind
from hetzner.domain.specs.labels import RESUME

R = TypeVar("R", bound=Record[Any])


class Ensured(NamedTuple, Generic[R]):
    """What ``ensure`` found or made."""

    record: R
    created: bool


async def create_one(
    cls: type[R],
    name: str,
    spec: Mapping[str, Any],
    client: Any,
    wait: bool = True,
    **joining: Ref | Sequence[Ref],
) -> R:
    """Make an object from its spec: the create, then what cannot be asked for in it.

    What is ``joining`` (``volumes=["data"]``) belongs to the create alone: those objects say themselves where
    they are. Raises TypeError and ValueError before any request, APIStatusError, and ActionFailed.
    """
    kind, what = kind_of(cls.kind), _call(cls, "create")
    wanted = asked(kind, what, name, spec)
    also = {of: references(what, of, refs) for of, refs in joining.items()}
    return await _made(cls, kind, name, wanted, client, wait, {of: refs for of, refs in also.items() if refs})


async def ensure_one(cls: type[R], name: str, spec: Mapping[str, Any], client: Any) -> Ensured[R]:
    """Return the object of this name as it is, or make it; somebody else may make it at the same moment."""
    kind = kind_of(cls.kind)
    wanted = asked(kind, _call(cls, "ensure"), name, spec)
    if found := await _named(cls, name, client):
        return Ensured(found, False)
    try:
        return Ensured(await _made(cls, kind, name, wanted, client, True), True)
    except APIStatusError as error:
        if error.code == "uniqueness_error" and (found := await _named(cls, name, client)):
            return Ensured(found, False)
        raise


def _call(cls: type[Record[Any]], name: str) -> str:
    return f"{cls.__name__.removeprefix('Async')}.{name}()"


async def _named(cls: type[R], name: str, client: Any) -> R | None:
    for item in (await getattr(client.awaited, cls.kind).list(name=name)).items:
        if item.name == name:
            return cls.of(item, client)
    return None


async def _made(
    cls: type[R],
    kind: Kind,
    name: str,
    spec: Mapping[str, Any],
    client: Any,
    wait: bool,
    also: Mapping[str, Any] = MappingProxyType({}),
) -> R:
    awaited = client.awaited
    resolver = Resolver(awaited)
    first, *rest = kind.create(name, spec)
    first = replace(first, arguments={**first.arguments, **also}) if also else first
    try:
        answer = await perform(awaited, _without_mark(first), resolver)
    except (UnprocessableEntityError, NotFoundError) as error:
        await advise(awaited, error, kind.refs(spec))
        raise
    record = cls.of(getattr(answer, kind.singular), client, answer)
    resolver.learn(cls.kind, name, record.id)
    actions = actions_of(answer)
    if not wait and not rest:
        record._begun.extend(actions)
        return record
    try:
        await record._wait_for(actions)
        while rest:
            more = actions_of(await perform(awaited, rest[0], resolver))
            actions += more
            await record._wait_for(more)
            del rest[0]
        if actions:
            await record._refresh()
    except BaseException as error:
        error.add_note(_left(kind, name, record, rest))
        raise
    return record


def _left(kind: Kind, name: str, record: Record[Any], rest: Sequence[Call]) -> str:
    """Say what is there all the same when making it fails half-way, and what it has not."""
    undone = ", ".join(call.operation.rpartition(".")[2] for call in rest)
    made = f"before that, a {kind.singular.replace('_', ' ')} '{name}' (id {record.id}) was made"
    return f"{made}; not done for it: {undone}" if undone else made


def _without_mark(create: Call) -> Call:
    """Leave out the label by which an interrupted run of a document is taken up again."""
    labels = create.arguments.get("labels") or {}
    if RESUME not in labels:
        return create
    kept = {key: value for key, value in labels.items() if key != RESUME}
    return replace(create, arguments={**create.arguments, "labels": kept})
