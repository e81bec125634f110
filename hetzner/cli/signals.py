"""Ctrl-c and SIGTERM as exceptions, and handlers that are put back."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from types import FrameType

from hetzner.cli.exits import Interrupted

Handler = Callable[[int, FrameType | None], object]


@contextmanager
def handled(handle: Handler, *numbers: int) -> Iterator[None]:
    """Let a function handle signals; only the main thread can, any other leaves things as they are."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, handle) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def terminable() -> Iterator[None]:
    """Let SIGTERM raise Interrupted, and ctrl-c KeyboardInterrupt, where nothing gentler is set."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise Interrupted(number)

    with ExitStack() as handlers:
        handlers.enter_context(handled(interrupt, signal.SIGTERM))
        if signal.getsignal(signal.SIGINT) is signal.SIG_DFL:
            handlers.enter_context(handled(signal.default_int_handler, signal.SIGINT))
        yield
