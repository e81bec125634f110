"""Waiting for many things with few requests: in one call, or on behalf of many tasks at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Protocol

from hetzner._faces import drive
from hetzner.api import waiting
from hetzner.api.errors import ActionFailed, NotFoundError
from hetzner.domain.project import client_for

if TYPE_CHECKING:
    from hetzner.api.client import AsyncHetzner, Hetzner
    from hetzner.domain.record import Record
    from hetzner.schema.actions import Action

    Begun = Action | Record[Any] | None
    """An action, or a record with everything that was begun on it with ``wait=False``."""

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


async def _wait(
    things: Iterable[Begun], client: Any, timeout: float | None, on_progress: Progress | None, blocking: bool
) -> list[Action]:
    from hetzner.domain.record import Record

    records: list[Record[Any]] = []
    loose: list[Action | None] = []
    for thing in things:
        if isinstance(thing, Record):
            records.append(thing)
        else:
            loose.append(thing)
    clients = {id(record._client): client_for(record._client, blocking=blocking) for record in records}
    if any(loose) or not clients:
        chosen = client_for(client, blocking=blocking)
        clients.setdefault(id(chosen), chosen)
    ended, failed = [], []
    for key, using in clients.items():
        wanted = [*loose] if any(loose) and using is clients.get(id(client_for(client, blocking=blocking))) else []
        wanted += [action for record in records if id(record._client) == key for action in record._begun]
        try:
            ended += await waiting.wait(using.awaited, wanted, timeout=timeout, on_progress=on_progress)
        except ActionFailed as error:
            failed += error.failures
    for record in records:
        await _forget_begun(record, refresh=not failed)
    if failed:
        raise ActionFailed(failed)
    return ended
