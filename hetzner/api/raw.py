"""Requests that no declaration covers: any verb on any path."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from typing import Any, Generic, ParamSpec, TypeVar, cast, overload

from typing_extensions import TypedDict

from hetzner._faces import IO, Async, Face, Sync, drive, verb
from hetzner.api.message import Response
from hetzner.schema.endpoint import Bound
from hetzner.schema.facts import Repeat
from hetzner.schema.operation import DEFAULT, Host, Operation, Request, Verb, query_pairs

P = ParamSpec("P")
T = TypeVar("T")


class RequestOptions(TypedDict, total=False):
    """What a request to any path takes besides its body."""

    params: Mapping[str, Any]
    headers: Mapping[str, str | None]
    timeout: Any
    max_retries: int
    extra_json: Mapping[str, Any]
    idempotency_key: str
    """Taken and not sent: the API knows no such keys."""


def raw_request(
    method: Verb,
    path: str,
    returns: Any,
    body: Mapping[str, Any] | None = None,
    options: RequestOptions | None = None,
    *,
    host: Host = "cloud",
) -> Request:
    """Return a request for a path of the API; raises ValueError for an address of another host.

    A POST of this kind is only repeated when it was surely not carried out, since nothing is known of it.
    """
    if not path.startswith("/"):
        raise ValueError(f"a path of the API starts with '/': {path!r}; other hosts are never sent the token")
    operation = Operation(
        name="raw",
        verb=method,
        path=path,
        host=host,
        positional=(),
        paths={},
        parameters={},
        returns=returns,
        doc="",
        command=None,
        repeat=Repeat.SAFE if method != "POST" else Repeat.NEVER,
        deprecated=None,
        listing=False,
    )
    chosen = options or {}
    content = (
        {**(body or {}), **chosen.get("extra_json", {})}
        if body is not None or "extra_json" in chosen
        else None
    )
    query = query_pairs(chosen.get("params", {}))
    return Request(
        operation, path, returns, query, content, chosen.get("headers", {}), chosen.get("timeout", DEFAULT)
    )


def whole_count(retries: int) -> int:
    """Return how often a call may be tried again; raises ValueError for what is no such number."""
    if type(retries) is not int or retries < 0:
        raise ValueError(f"max_retries must be a whole number from 0, not {retries!r}")
    return retries


class RawCalls(Face[IO], Generic[IO]):
    """What a client offers for paths that no operation covers, and for answers as they come."""

    _core: Any

    @verb
    async def get(self, path: str, /, *, cast_to: type[T], options: RequestOptions | None = None) -> T:
        """GET any path; ``cast_to`` is a model, dict, list, str, None's type or :class:`hetzner.Response`."""
        answer: T = await self._raw("GET", path, cast_to, None, options)
        return answer

    @verb
    async def post(
        self,
        path: str,
        /,
        *,
        cast_to: type[T],
        body: Mapping[str, Any] | None = None,
        options: RequestOptions | None = None,
    ) -> T:
        """POST to any path; it is only tried again when it was surely not carried out."""
        sending = self._raw("POST", path, cast_to, body, options)
        del body, options  # tracebacks can show variables
        answer: T = await sending
        return answer

    @verb
    async def put(
        self,
        path: str,
        /,
        *,
        cast_to: type[T],
        body: Mapping[str, Any] | None = None,
        options: RequestOptions | None = None,
    ) -> T:
        """PUT to any path."""
        sending = self._raw("PUT", path, cast_to, body, options)
        del body, options
        answer: T = await sending
        return answer

    @verb
    async def delete(
        self,
        path: str,
        /,
        *,
        cast_to: type[T],
        body: Mapping[str, Any] | None = None,
        options: RequestOptions | None = None,
    ) -> T:
        """DELETE any path."""
        answer: T = await self._raw("DELETE", path, cast_to, body, options)
        return answer

    def _raw(
        self, method: Verb, path: str, cast_to: Any, body: Any, options: RequestOptions | None
    ) -> Coroutine[Any, Any, Any]:
        core, chosen = self._core, options or {}
        if "max_retries" in chosen:
            core = core.like(max_retries=whole_count(chosen["max_retries"]))
        at = (host for host, base in core.bases.items() if path.startswith(base + "/"))
        host = next(at, None)
        path = path if host is None else path.removeprefix(core.bases[host])
        request = raw_request(method, path, cast_to, body, chosen, host=cast(Host, host or "cloud"))
        request.blocking = self._blocking
        sending: Coroutine[Any, Any, Any] = core.send(request)
        return sending

    @overload
    def raw(
        self: RawCalls[Sync], operation: Callable[P, object], /, *args: P.args, **kwargs: P.kwargs
    ) -> Response: ...
    @overload
    def raw(
        self: RawCalls[Async], operation: Callable[P, object], /, *args: P.args, **kwargs: P.kwargs
    ) -> Coroutine[Any, Any, Response]: ...

    def raw(self, operation: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Call an operation and return its answer as it came, status and headers included.

        ``client.raw(client.servers.retrieve, 42).headers``
        """
        if not isinstance(operation, Bound):
            raise TypeError(f"{operation!r} is not an operation of a client, such as client.servers.retrieve")
        request = operation.request(*args, **kwargs)
        operation.warn(2)
        sending = self._core.send_raw(request)
        del args, kwargs  # tracebacks can show variables
        return drive(sending) if self._blocking else sending
