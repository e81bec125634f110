"""``--lock``: one run at a time, from before it looks until after it is done, however it ends."""

from __future__ import annotations

import asyncio
import getpass
import secrets
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress

from hetzner.api.client import AsyncHetzner
from hetzner.apply.lock import Held, Holder, Lock, Lost
from hetzner.cli.screen import Screen
from hetzner.cli.stopping import interruptible
from hetzner.cli.wishes import Wishes

HELP = (
    "--lock-wait 5m waits for it; 'hetzner-apply unlock FILE' takes it away from a run that is dead",
    "a lock that is not renewed is taken over after its time",
)


def user() -> str:
    """Return who this is, for whoever meets the lock."""
    try:
        return f"{getpass.getuser()}.{socket.gethostname()}"
    except (OSError, KeyError):  # a container without users
        return socket.gethostname()


@contextmanager
def locked(
    client: AsyncHetzner,
    project: str,
    wishes: Wishes,
    runner: asyncio.Runner,
    screen: Screen,
    *,
    wanted: bool,
) -> Iterator[Lock | None]:
    """Hold the lock of a project, if that is wanted; None when it is not.

    Raises:
        Held: somebody else has it.
    """
    patience = wishes.lock_wait
    if wishes.only_plan or wishes.refresh_only or not (wanted or wishes.lock or patience is not None):
        yield None
        return
    lock = Lock(client, project, holder=user(), run=secrets.token_hex(8))
    try:
        runner.run(interruptible(lock.take(patience or 0.0, _telling(screen))))
        yield lock
    finally:
        runner.run(lock.give_back())


def _telling(screen: Screen) -> Callable[[Holder], None]:
    """Say once whom one waits for."""
    told: list[str] = []

    def tell(holder: Holder) -> None:
        if holder.run not in told:
            told.append(holder.run)
            screen.wrapped(f"waiting for the lock: held by {holder}")

    return tell


@asynccontextmanager
async def kept(lock: Lock | None, stop: Callable[[], object]) -> AsyncIterator[list[Lost]]:
    """Renew a lock while something is carried out; ``stop`` is called, and the reason given, when it is lost.

    Raises:
        Lost: it was lost already, before anything was done.
    """
    lost: list[Lost] = []

    def end(error: Lost) -> None:
        lost.append(error)
        stop()

    if lock is None:
        yield lost
        return
    await lock.renew()
    keeping = asyncio.create_task(lock.keep(end))
    try:
        yield lost
    finally:
        keeping.cancel()
        with suppress(asyncio.CancelledError):
            await keeping


def held(error: Held, unchanged: str, screen: Screen) -> None:
    """Say why nothing was done."""
    screen.error(f"{unchanged}: {error}", *HELP)
