"""Waiting for many things with few requests: in one call, or on behalf of many tasks at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from hetzner._faces import drive
from hetzner.api import waiting
from hetzner.api.errors import ActionFailed, NotFoundError
from hetzner.domain.project import client_for
from hetzner.schema.model import Model

if TYPE_CHECKING:
    from hetzner.api.client import AsyncHetzner, Hetzner
    from hetzner.domain.record import Record
    from hetzner.schema.actions import Action

    Begun: TypeAlias = "waiting.Begun | Record[Any]"
    """An action, an answer with some, or a record with all that was begun on it with ``wait=False``."""

Progress = Callable[[Any], object]


class Waiter(Protocol):
    """Something that waits for actions on behalf of many."""

    async def over(self, client: Any, actions: list[Any]) -> list[Any]:
        """Return the actions as they ended."""
        ...


SHARED: ContextVar[Waiter | None] = ContextVar("hetzner_waiter", default=None)
"""Who waits for the tasks of a ``gather()``."""


async def settled(client: Any, actions: Iterable[Action | None], timeout: float | None) -> list[Action]:
    """Wait until actions are over; raises ActionFailed when one failed, and ActionTimeout."""
    shared = SHARED.get()
    if shared is None or timeout is not None or client._core.port.blocking:
        return await waiting.wait(client, actions, timeout=timeout)
    ended = await shared.over(client, [action for action in actions if action is not None])
    if failed := [action for action in ended if action.status == "error"]:
        raise ActionFailed(failed)
    return ended


async def _waited(
    things: Iterable[Begun] | Begun,
    client: Any,
    timeout: float | None,
    on_progress: Progress | None,
    blocking: bool,
) -> list[Action]:
    from hetzner.domain.record import Record

    groups: dict[int, tuple[Any, list[Any]]] = {}

    def group(chosen: Any) -> list[Any]:
        using = client_for(chosen, blocking=blocking)
        return groups.setdefault(id(using), (using, []))[1]

    records: list[Any] = []
    several: Any = [things] if things is None or isinstance(things, Model) else things
    for thing in several:
        if isinstance(thing, Record):
            group(thing._client).extend(thing._begun)
            records.append(thing)
        elif thing is not None:
            group(client).append(thing)
    ended: list[Action] = []
    failed: list[Action] = []
    for using, actions in groups.values():
        try:
            ended += await waiting.wait(using.awaited, actions, timeout=timeout, on_progress=on_progress)
        except ActionFailed as error:
            failed += error.failures
    for record in records:
        record._begun.clear()
    if failed:
        raise ActionFailed(failed)
    for record in records:
        with suppress(NotFoundError):
            await record._refresh()
    return ended


def wait(
    things: Iterable[Begun] | Begun,
    *,
    timeout: float | None = None,
    on_progress: Progress | None = None,
    client: Hetzner | None = None,
) -> list[Action]:
    """Wait until actions are over, those begun on records with ``wait=False`` too; returns the actions.

    One request asks for up to 25 of them at a time, whatever they belong to; one alone needs no list.
    Records are refreshed, unless they are gone. ``timeout`` is in seconds (None: as long as it takes).
    Raises ActionFailed, after all are over, and ActionTimeout. ``client`` is that of the actions; records
    have their own.
    """
    return drive(_waited(things, client, timeout, on_progress, True))


async def async_wait(
    things: Iterable[Begun] | Begun,
    *,
    timeout: float | None = None,
    on_progress: Progress | None = None,
    client: AsyncHetzner | None = None,
) -> list[Action]:
    """Wait until actions are over, and for what was begun on records; see the blocking face."""
    return await _waited(things, client, timeout, on_progress, False)
