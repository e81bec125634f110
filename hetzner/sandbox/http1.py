"""One HTTP/1.1 connection to the sandbox: keep-alive, pipelining, faults acted out."""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import Callable, Collection
from http import HTTPStatus

from hetzner.sandbox.answering import encoded
from hetzner.sandbox.errors import Refusal
from hetzner.sandbox.message import Answer, Ask

MOST_HEAD, MOST_BODY = 64 * 1024, 32 * 1024 * 1024
DRIPS = 16
_REASONS = {status.value: status.phrase for status in HTTPStatus}


class HTTPConnection(asyncio.Protocol):
    """Reads requests, has them answered by `handle`, writes answers in order."""

    def __init__(
        self,
        handle: Callable[[Ask], Answer],
        hosts: Collection[str],
        open_connections: set[HTTPConnection],
    ) -> None:
        self._handle, self._hosts, self._all = handle, hosts, open_connections
        self._buffer = b""
        self._busy = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101
        self._transport = transport
        self._all.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        """End."""
        self._all.discard(self)

    def data_received(self, data: bytes) -> None:
        """Take what came and answer every request that is complete."""
        self._buffer += data
        self._pump()

    def close(self) -> None:
        """Hang up, whether or not the other side still reads."""
        self._transport.abort()

    def _pump(self) -> None:
        while not self._busy and not self._transport.is_closing():
            head, separator, rest = self._buffer.partition(b"\r\n\r\n")
            if not separator:
                if len(head) > MOST_HEAD:
                    self._refuse(431, "the request head is too large")
                return
            try:
                line, headers = _head(head)
                length = _length(headers)
            except Refusal as refusal:
                self._refuse(refusal.status, refusal.message)
                return
            if len(rest) < length:
                self._encourage(headers)
                return
            self._buffer = rest[length:]
            self._answer(line, headers, rest[:length])

    def _encourage(self, headers: dict[str, str]) -> None:
        if headers.pop("expect", "").lower() == "100-continue":
            self._transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")
            self._buffer = self._buffer.replace(b"100-continue", b"", 1)

    def _refuse(self, status: int, message: str) -> None:
        self._write(encoded(Refusal(status, "invalid_request", message).body(), status, {}), last=True)

    def _answer(self, line: list[str], headers: dict[str, str], body: bytes) -> None:
        method, target, version = line
        if headers.get("host", "").lower() not in self._hosts:
            self._refuse(403, "this host name is not served here")
            return
        answer = self._handle(Ask.of(method, target, headers, body))
        wish = headers.get("connection", "").lower()
        self._act(answer, last=wish == "close" or (version == "HTTP/1.0" and wish != "keep-alive"))

    def _act(self, answer: Answer, last: bool) -> None:
        loop = asyncio.get_running_loop()
        if answer.fate in ("reset", "refused"):
            self._reset()
        elif answer.fate == "hang":
            self._busy = True
            loop.call_later(answer.seconds, self._transport.close)
        elif answer.fate == "slow":
            self._busy = True
            loop.call_later(answer.seconds, self._deliver, answer, last)
        elif answer.fate == "cut":
            self._transport.write(_heading(answer, last) + answer.body[: len(answer.body) // 2])
            self._transport.close()
        elif answer.fate == "drip":
            self._busy = True
            self._transport.write(_heading(answer, last))
            self._drip(answer, 0, last)
        else:
            self._write(answer, last)

    def _drip(self, answer: Answer, at: int, last: bool) -> None:
        size = max(1, -(-len(answer.body) // DRIPS))
        self._transport.write(answer.body[at : at + size])
        if at + size < len(answer.body):
            asyncio.get_running_loop().call_later(answer.seconds, self._drip, answer, at + size, last)
            return
        self._busy = False
        if last:
            self._transport.close()
        else:
            self._pump()

    def _deliver(self, answer: Answer, last: bool) -> None:
        self._busy = False
        self._write(answer, last)
        self._pump()

    def _reset(self) -> None:
        peer = self._transport.get_extra_info("socket")
        peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._transport.abort()

    def _write(self, answer: Answer, last: bool) -> None:
        self._transport.write(_heading(answer, last) + answer.body)
        if last:
            self._transport.close()


def _heading(answer: Answer, last: bool) -> bytes:
    lines = [f"HTTP/1.1 {answer.status} {_REASONS.get(answer.status, 'Unknown')}"]
    lines += [f"{name}: {value}" for name, value in answer.headers.items()]
    if answer.status != 204:
        lines.append(f"Content-Length: {len(answer.body)}")
    if last:
        lines.append("Connection: close")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "replace")


def _head(head: bytes) -> tuple[list[str], dict[str, str]]:
    first, *lines = head.decode("latin-1").split("\r\n")
    line = first.split(" ")
    if len(line) != 3 or not line[2].startswith("HTTP/1.") or not line[1].startswith("/"):
        raise Refusal(400, "invalid_request", "this is not an HTTP/1.1 request")
    headers = {}
    for text in lines:
        name, separator, value = text.partition(":")
        if not separator or name != name.strip():
            raise Refusal(400, "invalid_request", "a header is malformed")
        headers[name.lower()] = value.strip()
    return line, headers


def _length(headers: dict[str, str]) -> int:
    if "transfer-encoding" in headers:
        raise Refusal(411, "invalid_request", "send the body with a Content-Length")
    text = headers.get("content-length", "0")
    if not (text.isascii() and text.isdigit()):
        raise Refusal(400, "invalid_request", "the Content-Length is not a number")
    if len(text) > 12 or int(text) > MOST_BODY:
        raise Refusal(413, "invalid_request", "the request body is too large")
    return int(text)
