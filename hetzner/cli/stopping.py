"""Ctrl-c and SIGTERM in an event loop: in good order when asked once; at once when asked twice."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, TypeVar

from hetzner.cli.exits import SIGNALLED, Interrupted
from hetzner.cli.signals import handled

PATIENCE = 1.8
"""Seconds in which a stop in good order has to be over."""
T = TypeVar("T")


class Heard:
    """Which signal came, if any."""

    number: int | None = None


@contextmanager
def listening(stop: Callable[[], object]) -> Iterator[Heard]:
    """Inside a running event loop, let the first signal call ``stop`` there."""
    loop, heard = asyncio.get_running_loop(), Heard()

    def handle(number: int, frame: FrameType | None) -> None:
        if heard.number is not None:
            os._exit(SIGNALLED + number)
        heard.number = number
        _leave_soon(SIGNALLED + number)
        loop.call_soon_threadsafe(stop)

    with handled(handle, signal.SIGINT, signal.SIGTERM):
        yield heard


def _leave_soon(code: int) -> None:
    """Make sure that the process ends, even if a connection or a name lookup hangs."""
    timer = threading.Timer(PATIENCE, os._exit, [code])
    timer.daemon = True
    timer.start()


async def interruptible(work: Coroutine[Any, Any, T]) -> T:
    """Await something that a signal gives up; raises Interrupted then."""
    task = asyncio.ensure_future(work)
    with listening(task.cancel) as heard:
        try:
            return await task
        except asyncio.CancelledError:
            if heard.number is None:
                raise
            raise Interrupted(heard.number) from None
