"""The ports to the network and to time: one that blocks and one that suspends. The only importer of httpx."""

from __future__ import annotations

import time
import weakref
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from functools import cache
from typing import Any, Protocol

import anyio
import httpx

from hetzner.api.deadline import DEADLINE, bounded
from hetzner.api.message import Failure, Outgoing, Patience, Response
from hetzner.api.secrets import Secret

LARGEST_BODY = 32 * 1024 * 1024
NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError, httpx.UnsupportedProtocol)
IN_FLIGHT = 10
"""Requests at a time on one awaited client: httpx's pool gets slow when it grows with the load."""


class Clock(Protocol):
    """Where time comes from: the computer's, or a sandbox's."""

    def now(self) -> float:
        """Return monotonic seconds."""
        ...

    def wall(self) -> float:
        """Return seconds since 1970."""
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


class Port(Protocol):
    """What the core needs of the world."""

    blocking: bool
    clock: Clock

    async def exchange(self, outgoing: Outgoing) -> Response:
        """Send one request and return its answer; raises Failure when there is none."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Let so much time pass."""
        ...

    @property
    def closed(self) -> bool:
        """Whether the connections are closed for good."""
        ...


class BlockingPort:
    """A port whose coroutines never suspend."""

    blocking = True

    def __init__(self, http: httpx.Client, token: Secret, clock: Clock) -> None:
        self.http, self.token, self.clock = http, token, clock
        bounded(http)
        self._finalizer = weakref.finalize(self, http.close)

    async def exchange(self, outgoing: Outgoing) -> Response:
        """Send one request and return its answer; raises Failure when there is none."""
        deadline = outgoing.patience.deadline
        ends = None if deadline is None else time.monotonic() + deadline
        with _translated(), DEADLINE.until(ends):
            response = self.http.send(_request(self.http, outgoing, self.token), stream=True, auth=None)
            try:
                return _response(response, _read(response.iter_bytes(), ends), outgoing)
            finally:
                response.close()

    async def sleep(self, seconds: float) -> None:
        """Let so much time pass."""
        self.clock.sleep(seconds)

    @property
    def closed(self) -> bool:
        """Whether the connections are closed for good."""
        return self.http.is_closed

    def close(self) -> None:
        """Close the connections."""
        self._finalizer()


class SuspendingPort:
    """A port for an event loop."""

    blocking = False

    def __init__(self, http: httpx.AsyncClient, token: Secret, clock: Clock) -> None:
        self.http, self.token, self.clock = http, token, clock
        self._turns: anyio.Semaphore | None = None

    async def exchange(self, outgoing: Outgoing) -> Response:
        """Send one request and return its answer; raises Failure when there is none."""
        self._turns = self._turns or anyio.Semaphore(IN_FLIGHT, fast_acquire=True)
        with _translated():
            async with self._turns, _deadline(outgoing.patience):
                request = _request(self.http, outgoing, self.token)
                response = await self.http.send(request, stream=True, auth=None)
                try:
                    return _response(response, await _aread(response.aiter_bytes()), outgoing)
                finally:
                    await response.aclose()

    async def sleep(self, seconds: float) -> None:
        """Let so much time pass."""
        await self.clock.asleep(seconds)

    @property
    def closed(self) -> bool:
        """Whether the connections are closed for good."""
        return self.http.is_closed

    async def close(self) -> None:
        """Close the connections."""
        await self.http.aclose()


@asynccontextmanager
async def _deadline(patience: Patience) -> AsyncIterator[None]:
    if patience.deadline is None:
        yield
        return
    with anyio.fail_after(patience.deadline):
        yield


@contextmanager
def _translated() -> Iterator[None]:
    """Turn what the HTTP library raises into a Failure that says whether the request may have arrived."""
    try:
        yield
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, TimeoutError, OSError) as error:
        timed_out = isinstance(error, httpx.TimeoutException | TimeoutError)
        forget_frames(error)
        raise Failure(sent=not isinstance(error, NOT_SENT), timed_out=timed_out, reason=str(error)) from error


def forget_frames(error: BaseException | None) -> None:
    """Drop the tracebacks of a chain of exceptions: their frames hold the headers, and so the token."""
    while error is not None:
        error.__traceback__ = None
        error = error.__cause__ or error.__context__


def _request(http: httpx.Client | httpx.AsyncClient, outgoing: Outgoing, token: Secret) -> httpx.Request:
    patience = outgoing.patience
    phases = {"connect": patience.connect, "read": patience.read, "write": patience.write, "pool": patience.pool}
    headers = outgoing.headers
    if headers.get("authorization") == "":
        headers = {name: value for name, value in headers.items() if name != "authorization"}
    elif "authorization" not in headers:
        headers = {**headers, "authorization": f"Bearer {token.reveal()}"}
    return http.build_request(
        outgoing.sent.method,
        outgoing.sent.url,
        headers=headers,
        content=outgoing.content,
        extensions={"timeout": phases},
    )


def _response(response: httpx.Response, content: bytes, outgoing: Outgoing) -> Response:
    return Response(response.status_code, response.headers, content, outgoing.sent)


def _read(chunks: Iterator[bytes], ends: float | None) -> bytes:
    parts, size = [], 0
    for chunk in chunks:
        size = _grown(size, chunk)
        parts.append(chunk)
        if ends is not None and time.monotonic() > ends:
            raise httpx.ReadTimeout("the answer took longer than its deadline")
    return b"".join(parts)


async def _aread(chunks: AsyncIterator[bytes]) -> bytes:
    parts, size = [], 0
    async for chunk in chunks:
        size = _grown(size, chunk)
        parts.append(chunk)
    return b"".join(parts)


def _grown(size: int, chunk: bytes) -> int:
    size += len(chunk)
    if size > LARGEST_BODY:
        raise httpx.DecodingError(f"the answer is larger than {LARGEST_BODY // 1024 // 1024} MiB")
    return size


@cache
def ssl_context() -> Any:
    """Return the verification context that all clients share; making one costs 20 ms."""
    return httpx.create_ssl_context()


Proxies = str | httpx.Proxy | Mapping[str, str | httpx.Proxy | None]


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
        return {**settings, "transport": given["transport"]}
    settings["verify"] = ssl_context()
    proxies = given.get("proxies")
    if isinstance(proxies, Mapping):
        settings["mounts"] = {
            pattern: proxy and transport_class(proxy=proxy, verify=ssl_context(), limits=limits)
            for pattern, proxy in proxies.items()
        }
    elif proxies is not None:
        settings["proxy"] = proxies
    return settings
