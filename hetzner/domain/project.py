"""Which client records use: one given by the caller, else one made from the environment."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hetzner.api.client import AsyncHetzner, Hetzner

_CHOSEN: ContextVar[dict[bool, Any]] = ContextVar("hetzner_clients")
_MADE: dict[bool, Any] = {}


def client_for(given: Any, *, blocking: bool) -> Any:
    """Return the given client, else the one chosen by :func:`using`, else one made from the environment."""
    if given is not None:
        return given
    chosen = _CHOSEN.get({}).get(blocking)
    return chosen if chosen is not None else _default(blocking)


def _default(blocking: bool) -> Any:
    from hetzner.api.client import AsyncHetzner, Hetzner

    made = _MADE.get(blocking)
    if made is None or made.is_closed:
        made = _MADE[blocking] = Hetzner() if blocking else AsyncHetzner()
    return made


@contextmanager
def using(client: Hetzner | AsyncHetzner) -> Iterator[None]:
    """Let records use this client within a ``with`` block: ``with using(client): Server.find("web")``."""
    chosen = {**_CHOSEN.get({}), client._blocking: client}
    token = _CHOSEN.set(chosen)
    try:
        yield
    finally:
        _CHOSEN.reset(token)


def forget_default_clients() -> None:
    """Forget the clients made from the environment, so that the next use reads it again."""
    _MADE.clear()
