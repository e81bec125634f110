"""The ports to the network and to time: one that blocks and one that suspends."""

from __future__ import annotations

import sys
import time
import weakref
from collections.abc import Callable
from types import ModuleType
from typing import Any, Protocol

import anyio
import httpx

from hetzner.api.body import Body, BodyError
from hetzner.api.connections import IN_FLIGHT
from hetzner.api.deadline import DEADLINE, bounded
from hetzner.api.message import Failure, Outgoing, Response
from hetzner.api.secrets import forget_frames


class Clock(Protocol):
    """Where time comes from: the computer's, or a sandbox's."""

    def now(self) -> float:
        """Return seconds that never run backwards."""
        ...

    def sleep(self, seconds: float) -> None:
        """Block for so long."""
        ...

    async def asleep(self, seconds: float) -> None:
        """Suspend for so long."""
        ...


class SystemClock:
    """The computer's time."""

    def now(self) -> float:
        """Return monotonic seconds."""
        return time.monotonic()

    def wall(self) -> float:
        """Return seconds since 1970."""
        return time.time()

    def sleep(self, seconds: float) -> None:
        """Block for so long."""
        time.sleep(seconds)

    async def asleep(self, seconds: float) -> None:
        """Suspend for so long."""
        await anyio.sleep(seconds)


class _Port:
    def __init__(self, http: Any, clock: Clock, *, owned: bool) -> None:
        self.http, self.clock, self.owned = http, clock, owned
        self.build: Callable[..., Any] = httpx.Request if owned else http.build_request
        """A caller's client has headers and cookies of its own to add; ours has none, and that is cheaper."""
        self.requests = 0
        """How many were sent so far, those of clients with other options included."""
        self.on_pause: Callable[[float], object] | None = None
        """Is told for how many seconds a request waits for the rate limit."""
        self.reach: Callable[[str, int], object] | None = None
        """Tries whether something answers at an address and port, in place of a socket; raises OSError."""

    def wall(self) -> float:
        """Return seconds since 1970; a sandbox's clock always tells those."""
        tell: Callable[[], float] = getattr(self.clock, "wall", self.clock.now)
        return tell()

    def _insist_open(self, closed: bool) -> None:
        if closed:
            raise Failure("the client is closed", sent=False, hopeless=True)


class BlockingPort(_Port):
    """A port whose coroutines never suspend; once it is forgotten, its connections are closed."""

    blocking = True

    def __init__(self, http: httpx.Client, clock: Clock, *, owned: bool) -> None:
        super().__init__(http, clock, owned=owned)
        bounded(http)
        self._finalizer = weakref.finalize(self, http.close if owned else _leave_open)

    async def exchange(self, outgoing: Outgoing) -> Response:
        """Send one request and return its answer; raises Failure when there is none."""
        self._insist_open(self.closed)
        self.requests += 1
        deadline = outgoing.patience.deadline
        ends = None if deadline is None else time.monotonic() + deadline
        try:
            with DEADLINE.until(ends):
                request = _request(self.build, outgoing)
                response = self.http.send(request, stream=True, auth=None, follow_redirects=False)
                try:
                    return _response(response, _read(response, ends), outgoing)
                finally:
                    response.close()
        except broken() as error:
            raise _failure(error) from error

    async def sleep(self, seconds: float) -> None:
        """Let so much time pass."""
        self.clock.sleep(seconds)

    @property
    def closed(self) -> bool:
        """Whether no request can be made any more."""
        return not self._finalizer.alive or bool(self.http.is_closed)

    def close(self) -> None:
        """Close the connections, unless they are the caller's own."""
        self._finalizer()


class SuspendingPort(_Port):
    """A port for an event loop."""

    blocking = False

    def __init__(self, http: httpx.AsyncClient, clock: Clock, *, owned: bool) -> None:
        super().__init__(http, clock, owned=owned)
        self._closed = False
        self._turns: anyio.Semaphore | None = None

    async def exchange(self, outgoing: Outgoing) -> Response:
        """Send one request and return its answer; raises Failure when there is none."""
        self._insist_open(self.closed)
        self.requests += 1
        if self._turns is None:
            self._turns = anyio.Semaphore(IN_FLIGHT, fast_acquire=True)
        try:
            async with self._turns:
                with anyio.fail_after(outgoing.patience.deadline):
                    request = _request(self.build, outgoing)
                    response = await self.http.send(request, stream=True, auth=None, follow_redirects=False)
                    try:
                        return _response(response, await _aread(response), outgoing)
                    finally:
                        await response.aclose()
        except broken() as error:
            raise _failure(error) from error

    async def sleep(self, seconds: float) -> None:
        """Let so much time pass."""
        await self.clock.asleep(seconds)

    @property
    def closed(self) -> bool:
        """Whether no request can be made any more."""
        return self._closed or bool(self.http.is_closed)

    async def close(self) -> None:
        """Close the connections, unless they are the caller's own."""
        self._closed = True
        if self.owned:
            await self.http.aclose()


def _leave_open() -> None:
    """Do nothing: who made the HTTP client closes it."""


def libraries() -> list[Any]:
    """Return httpx, and httpx2 (a fork with the same names) where a caller's own client has loaded it."""
    fork: ModuleType | None = sys.modules.get("httpx2")
    return [httpx] if fork is None else [httpx, fork]


def broken() -> tuple[type[BaseException], ...]:
    """Return what a request can fail with."""
    theirs = (kind for each in libraries() for kind in (each.HTTPError, each.InvalidURL, each.StreamError))
    return (*theirs, BodyError, TimeoutError, OSError)


_HOPELESS = ("UnsupportedProtocol", "LocalProtocolError", "InvalidURL")
"""What the request itself is to blame for."""
_NOT_SENT = (*_HOPELESS, "ConnectError", "ConnectTimeout", "PoolTimeout", "ProxyError")
"""What is raised before anything could have arrived."""


def _failure(error: BaseException) -> Failure:
    """Return what an error of the HTTP library means: above all, whether the request may have arrived."""
    forget_frames(error)

    def any_of(*names: str) -> bool:
        return isinstance(error, tuple(getattr(each, name) for each in libraries() for name in names))

    return Failure(
        str(error),
        sent=not any_of(*_NOT_SENT),
        timed_out=isinstance(error, TimeoutError) or any_of("TimeoutException"),
        hopeless=any_of(*_HOPELESS),
    )


def _request(build: Callable[..., Any], outgoing: Outgoing) -> Any:
    patience = outgoing.patience
    phases = {
        "connect": patience.connect,
        "read": patience.read,
        "write": patience.write,
        "pool": patience.pool,
    }
    request = build(
        outgoing.sent.method,
        outgoing.sent.url,
        headers=outgoing.headers,
        content=outgoing.content,
        extensions={"timeout": phases},
    )
    if outgoing.token is not None:  # only now, so that no variable of a failing function ever held it
        request.headers["authorization"] = f"Bearer {outgoing.token.reveal()}"
    return request


def _response(response: httpx.Response, content: bytes, outgoing: Outgoing) -> Response:
    return Response(response.status_code, response.headers, content, outgoing.sent)


def _body(response: httpx.Response) -> Body:
    """Return the body to collect; a transport without a network brings all of it, unpacked, at once."""
    body = Body("" if response.is_stream_consumed else response.headers.get("content-encoding", "").lower())
    if response.is_stream_consumed:
        body.add(response.content)
    return body


def _read(response: httpx.Response, ends: float | None) -> bytes:
    body = _body(response)
    if not response.is_stream_consumed:
        for piece in response.iter_raw():
            body.add(piece)
            if ends is not None and time.monotonic() > ends:
                raise TimeoutError("the answer took longer than its deadline")
    return body.whole()


async def _aread(response: httpx.Response) -> bytes:
    body = _body(response)
    if not response.is_stream_consumed:
        async for piece in response.aiter_raw():
            body.add(piece)
    return body.whole()


def as_theirs(response: Response, library: Any) -> Any:
    """Return an answer as the HTTP library's own type, for those who ask for it."""
    request = library.Request(response.request.method, response.request.url)
    pairs = library.Headers(response.headers).multi_items()
    headers = [pair for pair in pairs if pair[0] not in _OF_THE_WIRE]
    return library.Response(response.status_code, headers=headers, content=response.content, request=request)


def library_of(returns: Any) -> Any:
    """Return the HTTP library whose answer this type is, or None."""
    return next((each for each in libraries() if returns is each.Response), None)


_OF_THE_WIRE = ("content-encoding", "content-length", "transfer-encoding")
"""Headers that are no longer true of a body that was unpacked."""
