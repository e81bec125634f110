"""An HTTP server on a raw loopback socket that can break an answer in every way a network can.

with FaultyServer(clock) as server:
    server.faults = ["reset_after"]          # for the next POST
    Hetzner(api_token="x", base_url=server.url, transport=SkippingTransport(clock))
"""

import json
import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

import httpx

from tests.miniature import Answer, Miniature, refusal

LATE = 10.0
"""Seconds after which a `late` request is executed, unless another POST comes before."""
BEFORE = {"500_before": 500, "502_before": 502, "503_before": 503}
AFTER = {"500_after": (500, "server_error"), "504_after": (504, "timeout")}
REFUSED = {"429": (429, "rate_limit_exceeded"), "conflict": (409, "conflict"), "locked": (423, "locked")}


class SkippingClock:
    """Real time, plus whatever was slept: sleeping only moves it forward."""

    def __init__(self) -> None:
        self.skipped = 0.0
        self.slept: list[float] = []

    def now(self) -> float:
        """Return seconds that never run backwards."""
        return time.monotonic() + self.skipped

    def wall(self) -> float:
        """Return seconds since 1970."""
        return time.time() + self.skipped

    def sleep(self, seconds: float) -> None:
        """Skip so much time."""
        self.slept.append(seconds)
        self.skipped += seconds

    async def asleep(self, seconds: float) -> None:
        """Skip so much time."""
        self.sleep(seconds)


class SkippingTransport(httpx.HTTPTransport):
    """The ordinary transport with a clock on which nothing waits."""

    def __init__(self, clock: SkippingClock) -> None:
        super().__init__()
        self.clock = clock


class AsyncSkippingTransport(httpx.AsyncHTTPTransport):
    """The same for the awaited client."""

    def __init__(self, clock: SkippingClock) -> None:
        super().__init__()
        self.clock = clock


class FaultyServer:
    """The miniature behind a socket; `faults` are used up one a request (only POSTs, unless `on_any`)."""

    def __init__(self, clock: SkippingClock) -> None:
        self.cloud, self.clock = Miniature(clock.wall), clock
        self.faults: list[str] = []
        self.on_any = False
        self.requests: list[str] = []
        self._late: list[tuple[float, tuple[Any, ...]]] = []
        self._lock = threading.Lock()
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}/v1"
        self._threads = [threading.Thread(target=self._accept)]
        self._open: list[socket.socket] = []

    def __enter__(self) -> Self:
        self._threads[0].start()
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for each in (self._socket, *self._open):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()
        for thread in self._threads:
            thread.join()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self._open.append(connection)
            thread = threading.Thread(target=self._serve, args=(connection,))
            self._threads.append(thread)
            thread.start()

    def _serve(self, connection: socket.socket) -> None:
        with suppress(OSError), connection, connection.makefile("rb") as stream:
            while (request := _read(stream)) is not None:
                if not self._answer(connection, request):
                    return

    def _answer(self, connection: socket.socket, request: tuple[Any, ...]) -> bool:
        with self._lock:
            self._execute_late(request[0])
            self.requests.append(f"{request[0]} {request[1]}")
            fault = self.faults.pop(0) if self.faults and (self.on_any or request[0] == "POST") else None
        if fault in ("reset_before", "reset_after"):
            if fault == "reset_after":
                self._handle(request)
            _reset(connection)
            return False
        if fault in ("hang", "late"):
            if fault == "hang":
                self._handle(request)
            else:
                self._late.append((self.clock.now() + LATE, request))
            connection.recv(1)  # until the client gives up
            return False
        return self._send(connection, request, fault)

    def _send(self, connection: socket.socket, request: tuple[Any, ...], fault: str | None) -> bool:
        if fault in BEFORE:
            connection.sendall(wire(BEFORE[fault], b"{}"))
        elif fault in REFUSED:
            connection.sendall(wire(*encoded(refusal(*REFUSED[fault]))))
        elif fault in AFTER:
            self._handle(request)
            connection.sendall(wire(*encoded(refusal(*AFTER[fault]))))
        elif fault == "html_502_after":
            self._handle(request)
            connection.sendall(wire(502, b"<html>bad gateway</html>", kind="text/html"))
        else:
            return self._broken(connection, fault, *encoded(self._handle(request)))
        return True

    def _broken(self, connection: socket.socket, fault: str | None, status: int, body: bytes) -> bool:
        match fault:
            case "truncated_body":
                connection.sendall(wire(status, body)[: -len(body) // 2])
                return False
            case "truncated_json":
                connection.sendall(wire(status, body[: len(body) // 2]))
            case "drip" | "drip_headers":
                answer = wire(status, body)
                start = answer.index(b"\r\n\r\n") + 4 if fault == "drip" else 0
                connection.sendall(answer[:start])
                for byte in answer[start:]:
                    connection.sendall(bytes([byte]))
                    threading.Event().wait(0.05)
            case _:
                connection.sendall(wire(status, body))
        return True

    def _handle(self, request: tuple[Any, ...]) -> Answer:
        with self._lock:
            return self.cloud.handle(*request)

    def _execute_late(self, method: str) -> None:
        now = self.clock.now()
        ready = [each for each in self._late if each[0] <= now or method == "POST"]
        self._late = [each for each in self._late if each not in ready]
        for _, request in ready:
            self.cloud.handle(*request)


def _read(stream: Any) -> tuple[str, str, dict[str, list[str]], Any] | None:
    first = stream.readline()
    if not first:
        return None
    method, target, _ = first.decode().split(" ")
    length = 0
    while (line := stream.readline().strip()) != b"":
        if line.lower().startswith(b"content-length:"):
            length = int(line.partition(b":")[2])
    url = urlsplit(target)
    return method, url.path, parse_qs(url.query), json.loads(stream.read(length) or b"{}")


def _reset(connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def encoded(answer: Answer) -> tuple[int, bytes]:
    """Return an answer with its body as bytes."""
    status, body = answer
    return status, b"" if body is None else json.dumps(body).encode()


def wire(status: int, body: bytes, kind: str = "application/json") -> bytes:
    """Return an answer as it goes over the wire."""
    head = f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


@contextmanager
def raw_server(answer: bytes, repeat: int = 1) -> Iterator[tuple[str, list[bytes]]]:
    """Serve the same bytes to every connection; yields the URL and what was asked."""
    asked: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                with suppress(OSError), connection:
                    asked.append(connection.recv(65536))
                    for _ in range(repeat):
                        connection.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}/v1", asked
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join()
