"""Which client records use: one given by the caller, else one made from the environment."""

from __future__ import annotations

from collections.abc import AsyncIterator, Hashable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hetzner.api.client import AsyncHetzner, Hetzner

_CHOSEN: ContextVar[dict[bool, Any]] = ContextVar("hetzner_clients")
_MADE: dict[bool, tuple[Hashable, Any]] = {}
"""The client of each face that was made from the environment, with the event loop it belongs to."""


def client_for(given: Any, *, blocking: bool) -> Any:
    """Return the given client, else the one chosen by :func:`using`, else one made from the environment.

    Raises TypeError for a client of the other face.
    """
    client = given if given is not None else _CHOSEN.get({}).get(blocking)
    if client is None:
        return _default(blocking)
    if getattr(client, "_blocking", None) is not blocking:
        wanted, where = ("Hetzner", "hetzner") if blocking else ("AsyncHetzner", "hetzner.aio")
        raise TypeError(f"the records of {where} take a client of the class {wanted}, not {client!r}")
    return client


def _default(blocking: bool) -> Any:
    from hetzner.api.client import AsyncHetzner, Hetzner

    loop = None if blocking else _event_loop()
    made_for, made = _MADE.get(blocking, (None, None))
    if made is None or made.is_closed() or made_for != loop:
        made = Hetzner() if blocking else _closed_with_its_loop(AsyncHetzner())
        _MADE[blocking] = (loop, made)
    return made


def _closed_with_its_loop(client: Any) -> Any:
    """Return a client that nobody has to close: an event loop that ends closes the generators begun in it."""

    async def until_the_end() -> AsyncIterator[None]:
        try:
            yield
        finally:
            await client.close()

    end = until_the_end()
    with suppress(StopIteration):
        end.__anext__().__await__().send(None)  # begins it without waiting for anything
    client._end = end  # both go together: a record may still use a client that is no default any more
    return client


def _event_loop() -> Hashable:
    """Tell event loops apart: connections cannot be used in another one than that in which they were made."""
    from anyio.lowlevel import current_token

    return current_token()


@contextmanager
def using(client: Hetzner | AsyncHetzner) -> Iterator[None]:
    """Let records use this client within a ``with`` block, in this task and those that it starts.

    Other threads, such as those of a ThreadPoolExecutor, take no part in it: there say
    ``Server.all(client=client)``. Records keep the client that they were found with wherever they go.
    """
    if not isinstance(getattr(client, "_blocking", None), bool):
        raise TypeError(f"using() takes a client, not {client!r}")
    chosen = {**_CHOSEN.get({}), client._blocking: client}
    token = _CHOSEN.set(chosen)
    try:
        yield
    finally:
        _CHOSEN.reset(token)


def forget_default_clients() -> None:
    """Forget the clients made from the environment, so that the next use reads it again."""
    _MADE.clear()
