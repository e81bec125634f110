"""A wall-clock deadline for blocking requests: a server that drips bytes cannot outlast it.

httpx limits each read, not their sum. Every read of a blocking connection goes through its network backend,
so that is where what is left of the request's time is put in front of each read.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class _Deadline(threading.local):
    ends: float | None = None

    @contextmanager
    def until(self, ends: float | None) -> Iterator[None]:
        """Let network reads and writes of this thread end at the given monotonic time."""
        before, self.ends = self.ends, ends
        try:
            yield
        finally:
            self.ends = before

    def left(self, timeout: float | None) -> float | None:
        """Return the seconds that one read or write may take."""
        if self.ends is None:
            return timeout
        left = self.ends - time.monotonic()
        if left <= 0:
            raise TimeoutError("the request took longer than its deadline")
        return left if timeout is None else min(timeout, left)


DEADLINE = _Deadline()


class _Stream:
    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        read: bytes = self._stream.read(max_bytes, DEADLINE.left(timeout))
        return read

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, DEADLINE.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(self, *args: Any, **kwargs: Any) -> _Stream:
        return _Stream(self._stream.start_tls(*args, **kwargs))

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class _Backend:
    def __init__(self, backend: Any) -> None:
        self._backend = backend

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, *args: Any, **kwargs: Any
    ) -> _Stream:
        return _Stream(self._backend.connect_tcp(host, port, DEADLINE.left(timeout), *args, **kwargs))

    def connect_unix_socket(self, *args: Any, **kwargs: Any) -> _Stream:
        return _Stream(self._backend.connect_unix_socket(*args, **kwargs))

    def sleep(self, seconds: float) -> None:
        self._backend.sleep(seconds)


def bounded(http: Any) -> None:
    """Make the connections of an httpx client keep the deadline.

    The pool is not public in httpx; a transport without one (a caller's own) is left alone and is only
    checked between the parts of an answer's body.
    """
    for transport in (getattr(http, "_transport", None), *getattr(http, "_mounts", {}).values()):
        pool: Any = getattr(transport, "_pool", None)
        backend = getattr(pool, "_network_backend", None)
        if backend is not None and not isinstance(backend, _Backend):
            pool._network_backend = _Backend(backend)
