"""The connections that clients make unless they are given some: certificates, proxies, how many."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from functools import cache, partial
from typing import Any, TypeVar
from urllib.request import getproxies

import httpx

from hetzner.schema.at_rest import without_a_look

C = TypeVar("C")
IN_FLIGHT = 10
"""Requests at a time on one awaited client: httpx's pool gets slow when it grows with the load."""
KEPT = 60
"""Seconds that an idle connection is kept."""
ONE = httpx.Limits(max_connections=1, max_keepalive_connections=1, keepalive_expiry=KEPT)


@cache
def ssl_context() -> Any:
    """Return the verification context that all clients share; making one costs 20 ms."""
    return httpx.create_ssl_context()


_MADE: set[Callable[..., Any]] = set()
"""The classes of which there was a client: with the first one httpx loads a good part of itself."""

Timeout, Transport = httpx.Timeout, httpx.BaseTransport
ProxiesTypes = str | httpx.URL | httpx.Proxy | Mapping[str, str | httpx.URL | httpx.Proxy | None]


def insist_on_face(blocking: bool, transport: object, http_client: object) -> None:
    """Raise TypeError for a transport or an HTTP client that only the other client can use."""
    name = "Hetzner" if blocking else "AsyncHetzner"
    sends, closes = ("handle_request", "close") if blocking else ("handle_async_request", "aclose")
    if transport is not None and not hasattr(transport, sends):
        kinds = "BaseTransport, SandboxTransport" if blocking else "AsyncBaseTransport, AsyncSandboxTransport"
        raise TypeError(f"the transport of {name} must have {sends}(), as httpx.{kinds} have: {transport!r}")
    if http_client is not None and not hasattr(http_client, closes):
        kind = "httpx.Client" if blocking else "httpx.AsyncClient"
        raise TypeError(f"the http_client of {name} must be like {kind}, not {http_client!r}")


def blocking_http(**given: Any) -> httpx.Client:
    """Return an httpx client for a blocking port; see :func:`_settings`."""
    return _made(httpx.Client, _settings(httpx.HTTPTransport, given))


def suspending_http(**given: Any) -> httpx.AsyncClient:
    """Return an httpx client for a suspending port; see :func:`_settings`."""
    if not any(given.values()) and not getproxies():
        given["transport"] = Lanes(partial(httpx.AsyncHTTPTransport, verify=ssl_context(), limits=ONE))
    return _made(httpx.AsyncClient, _settings(httpx.AsyncHTTPTransport, given))


def _made(client_class: Callable[..., C], settings: dict[str, Any]) -> C:
    if client_class in _MADE:
        return client_class(**settings)
    _MADE.add(client_class)
    return without_a_look(client_class, **settings)


def _settings(transport_class: Callable[..., Any], given: dict[str, Any]) -> dict[str, Any]:
    """Return what httpx wants to be told: ``transport``, ``proxies`` and ``limits`` are the caller's."""
    limits = given.get("limits") or httpx.Limits(
        max_connections=2 * IN_FLIGHT, max_keepalive_connections=IN_FLIGHT, keepalive_expiry=KEPT
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


class Lanes(httpx.AsyncBaseTransport):
    """Connections side by side, each in a pool of its own.

    httpx's pool looks at every connection it has, several times a request: with ten of them an awaited call
    costs twice what it costs with one. Here each request takes a free lane until its answer is closed. There
    are as many as requests were under way at the same time; the port bounds that.
    """

    def __init__(self, make: Callable[[], httpx.AsyncBaseTransport]) -> None:
        self._make = make
        self._free: list[httpx.AsyncBaseTransport] = []
        self._all: list[httpx.AsyncBaseTransport] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request down the lane that was used last."""
        lane = self._free.pop() if self._free else self._new()
        try:
            response = await lane.handle_async_request(request)
        except BaseException:
            self._free.append(lane)
            raise
        if response.is_closed:  # whatever stands in for a network brings all at once
            self._free.append(lane)
        else:
            response.stream = _Answer(response.stream, lane, self._free)
        return response

    def _new(self) -> httpx.AsyncBaseTransport:
        lane = self._make()
        self._all.append(lane)
        return lane

    async def aclose(self) -> None:
        """Close all connections."""
        for lane in self._all:
            await lane.aclose()


class _Answer(httpx.AsyncByteStream):
    """The body of an answer; closing it frees its lane."""

    def __init__(
        self, stream: Any, lane: httpx.AsyncBaseTransport, free: list[httpx.AsyncBaseTransport]
    ) -> None:
        self._stream, self._lane, self._free = stream, lane, free

    def __aiter__(self) -> AsyncIterator[bytes]:
        pieces: AsyncIterator[bytes] = self._stream.__aiter__()
        return pieces

    async def aclose(self) -> None:
        try:
            await self._stream.aclose()
        finally:
            self._free.append(self._lane)
