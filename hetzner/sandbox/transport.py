"""The sandbox as httpx transports: no socket, and faults become the errors httpx would raise."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import httpx

from hetzner.sandbox.clock import Clock
from hetzner.sandbox.core import Sandbox
from hetzner.sandbox.message import Answer, Ask
from hetzner.sandbox.reach import reach

CHUNKS = 16
"""In how many pieces a dripping body comes."""

_READ = (b"authorization", b"host")
"""The headers that the sandbox looks at."""


class SandboxTransport(httpx.BaseTransport):
    """For `httpx.Client(transport=...)`; `clock` is what a client should sleep on."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.clock: Clock = sandbox.clock

    @property
    def suspending(self) -> AsyncSandboxTransport:
        """The same sandbox for an event loop."""
        return AsyncSandboxTransport(self.sandbox)

    def reach(self, address: str, port: int) -> None:
        """Do as if something connected; raises OSError where nothing answers."""
        reach(self.sandbox, address, port)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Answer a request, or raise what its fault comes to."""
        answer = self.sandbox.handle(_ask(request, request.read()))
        if answer.fate == "sent":
            return _response(answer)
        if answer.fate in ("hang", "slow"):
            self.clock.sleep(_wait(answer, request))
        _raise_lost(answer, request)
        if answer.fate == "slow":
            return _response(answer)
        return httpx.Response(
            answer.status, headers=_headers(answer), stream=_Broken(answer, request, self.clock)
        )


class AsyncSandboxTransport(httpx.AsyncBaseTransport):
    """For `httpx.AsyncClient(transport=...)`; `clock` is what a client should sleep on."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.clock: Clock = sandbox.clock

    def reach(self, address: str, port: int) -> None:
        """Do as if something connected; raises OSError where nothing answers."""
        reach(self.sandbox, address, port)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer a request, or raise what its fault comes to."""
        answer = self.sandbox.handle(_ask(request, await request.aread()))
        if answer.fate == "sent":
            return _response(answer)
        if answer.fate in ("hang", "slow"):
            await self.clock.asleep(_wait(answer, request))
        _raise_lost(answer, request)
        if answer.fate == "slow":
            return _response(answer)
        stream = _AsyncBroken(answer, request, self.clock)
        return httpx.Response(answer.status, headers=_headers(answer), stream=stream)


class _Broken(httpx.SyncByteStream):
    """A body that comes slowly, or not to its end."""

    def __init__(self, answer: Answer, request: httpx.Request, clock: Clock) -> None:
        self._answer, self._request, self._clock = answer, request, clock

    def __iter__(self) -> Iterator[bytes]:
        for number, piece in enumerate(_pieces(self._answer)):
            if number:
                self._clock.sleep(_wait(self._answer, self._request))
                _raise_slow(self._answer, self._request)
            yield piece
        _raise_cut(self._answer, self._request)


class _AsyncBroken(httpx.AsyncByteStream):
    """The same for the async transport."""

    def __init__(self, answer: Answer, request: httpx.Request, clock: Clock) -> None:
        self._answer, self._request, self._clock = answer, request, clock

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for number, piece in enumerate(_pieces(self._answer)):
            if number:
                await self._clock.asleep(_wait(self._answer, self._request))
                _raise_slow(self._answer, self._request)
            yield piece
        _raise_cut(self._answer, self._request)


def _ask(request: httpx.Request, body: bytes) -> Ask:
    raw = ((name.lower(), value) for name, value in request.headers.raw)
    headers = {name.decode(): value.decode("latin-1") for name, value in raw if name in _READ}
    ask = Ask.of(request.method, request.url.raw_path.decode("ascii"), headers, body)
    ask.patience = _patience(request)
    return ask


def _patience(request: httpx.Request) -> float | None:
    seconds: float | None = request.extensions.get("timeout", {}).get("read")
    return seconds


def _wait(answer: Answer, request: httpx.Request) -> float:
    """How long the client sits there: until something comes, or until it has had enough."""
    return min(answer.seconds, _patience(request) or answer.seconds)


def _headers(answer: Answer) -> dict[str, str]:
    return {**answer.headers, "Content-Length": str(len(answer.body))}


def _response(answer: Answer) -> httpx.Response:
    return httpx.Response(answer.status, headers=answer.headers, content=answer.body or None)


def _pieces(answer: Answer) -> list[bytes]:
    if answer.fate == "cut":
        return [answer.body[: len(answer.body) // 2]]
    size = max(1, -(-len(answer.body) // CHUNKS))
    return [answer.body[at : at + size] for at in range(0, len(answer.body), size)]


def _raise_lost(answer: Answer, request: httpx.Request) -> None:
    if answer.fate == "refused":
        raise httpx.ConnectError("connection refused", request=request)
    if answer.fate == "reset":
        raise httpx.ReadError("connection reset by peer", request=request)
    if answer.fate == "hang":
        raise httpx.ReadTimeout("the read operation timed out", request=request)
    if answer.fate == "slow":
        _raise_slow(answer, request)


def _raise_slow(answer: Answer, request: httpx.Request) -> None:
    patience = _patience(request)
    if patience is not None and answer.seconds > patience:
        raise httpx.ReadTimeout("the read operation timed out", request=request)


def _raise_cut(answer: Answer, request: httpx.Request) -> None:
    if answer.fate == "cut":
        raise httpx.RemoteProtocolError(
            "peer closed connection without sending complete message body", request=request
        )
