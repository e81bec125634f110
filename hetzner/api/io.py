"""The ports to the network and to time: one that blocks and one that suspends. The only importer of httpx."""

from __future__ import annotations

import time
import weakref
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import Any, Protocol

import anyio
import httpx

from hetzner.api.body import Body, BodyError
from hetzner.api.deadline import DEADLINE, bounded
from hetzner.api.message import Failure, Outgoing, Response
from hetzner.api.secrets import forget_frames

NOT_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.LocalProtocolError,
    httpx.InvalidURL,
)
"""What is raised before anything could have arrived."""
HOPELESS = (httpx.UnsupportedProtocol, httpx.LocalProtocolError, httpx.InvalidURL)
"""What the request itself is to blame for."""
IN_FLIGHT = 10
"""Requests at a time on one awaited client: httpx's pool gets slow when it grows with the load."""


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
        self.requests = 0
        """How many were sent so far, those of clients with other options included."""

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
        with translated(), DEADLINE.until(ends):
            request = _request(self.http, outgoing)
            response = self.http.send(request, stream=True, auth=None, follow_redirects=False)
            try:
                return _response(response, _read(response, ends), outgoing)
            finally:
                response.close()

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
        with translated():
            async with self._turns:
                with anyio.fail_after(outgoing.patience.deadline):
                    request = _request(self.http, outgoing)
                    response = await self.http.send(request, stream=True, auth=None, follow_redirects=False)
                    try:
                        return _response(response, await _aread(response), outgoing)
                    finally:
                        await response.aclose()

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


_BROKEN = (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, BodyError, TimeoutError, OSError)


@contextmanager
def translated() -> Iterator[None]:
    """Turn what the HTTP library raises into a Failure that says whether the request may have arrived."""
    try:
        yield
    except _BROKEN as error:
        forget_frames(error)
        raise Failure(
            str(error),
            sent=not isinstance(error, NOT_SENT),
            timed_out=isinstance(error, httpx.TimeoutException | TimeoutError),
            hopeless=isinstance(error, HOPELESS),
        ) from error


def _request(http: httpx.Client | httpx.AsyncClient, outgoing: Outgoing) -> httpx.Request:
    patience = outgoing.patience
    phases = {
        "connect": patience.connect,
        "read": patience.read,
        "write": patience.write,
        "pool": patience.pool,
    }
    request = http.build_request(
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
                raise httpx.ReadTimeout("the answer took longer than its deadline")
    return body.whole()


async def _aread(response: httpx.Response) -> bytes:
    body = _body(response)
    if not response.is_stream_consumed:
        async for piece in response.aiter_raw():
            body.add(piece)
    return body.whole()


def as_httpx(response: Response) -> httpx.Response:
    """Return an answer as the HTTP library's own type, for those who ask for it."""
    request = httpx.Request(response.request.method, response.request.url)
    headers = [pair for pair in httpx.Headers(response.headers).multi_items() if pair[0] not in _OF_THE_WIRE]
    return httpx.Response(response.status_code, headers=headers, content=response.content, request=request)


def httpx_response() -> type:
    """Return the HTTP library's own type of an answer."""
    return httpx.Response


_OF_THE_WIRE = ("content-encoding", "content-length", "transfer-encoding")
"""Headers that are no longer true of a body that was unpacked."""


@cache
def ssl_context() -> Any:
    """Return the verification context that all clients share; making one costs 20 ms."""
    return httpx.create_ssl_context()


Timeout, Transport = httpx.Timeout, httpx.BaseTransport
ProxiesTypes = str | httpx.URL | httpx.Proxy | Mapping[str, str | httpx.URL | httpx.Proxy | None]


def blocking_http(**given: Any) -> httpx.Client:
    """Return an httpx client for a blocking port; see :func:`_settings`."""
    return httpx.Client(**_settings(httpx.HTTPTransport, given))


def suspending_http(**given: Any) -> httpx.AsyncClient:
    """Return an httpx client for a suspending port; see :func:`_settings`."""
    return httpx.AsyncClient(**_settings(httpx.AsyncHTTPTransport, given))


def _settings(transport_class: Callable[..., Any], given: dict[str, Any]) -> dict[str, Any]:
    """Return what httpx wants to be told: ``transport``, ``proxies`` and ``limits`` are the caller's."""
    limits = given.get("limits") or httpx.Limits(
        max_connections=2 * IN_FLIGHT, max_keepalive_connections=IN_FLIGHT, keepalive_expiry=60
    )
    settings: dict[str, Any] = {"follow_redirects": False, "limits": limits, "timeout": None}
    if given.get("transport") is not None:
        settings["transport"] = given["transport"]
    else:
        settings["verify"] = ssl_context()
    proxies = given.get("proxies")
    if proxies is not None:
        patterns = proxies if isinstance(proxies, Mapping) else {"all://": proxies}
        settings["trust_env"] = False
        settings["mounts"] = {
            pattern: proxy and transport_class(proxy=proxy, verify=ssl_context(), limits=limits)
            for pattern, proxy in patterns.items()
        }
    return settings
