"""The clients: ``Hetzner`` blocks, ``AsyncHetzner`` is awaited; all else is the same.

Endpoints, the token and all options are arguments; the environment fills in what is not given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any, ParamSpec, Self, TypeVar, cast

from hetzner._faces import IO, Async, Sync, verb
from hetzner.api import io, settings
from hetzner.api.core import Core, user_agent
from hetzner.api.message import Response
from hetzner.api.raw import RequestOptions, raw_request
from hetzner.api.waiting import wait
from hetzner.schema.catalog import Catalog
from hetzner.schema.endpoint import Bound
from hetzner.schema.operation import DEFAULT, Default

if TYPE_CHECKING:
    import httpx

    from hetzner.schema.actions import Action

P = ParamSpec("P")
T = TypeVar("T")

class Client(Catalog[IO]):
    """What both clients can do."""

    _core: Core

    def __init__(
        self,
        *,
        api_token: str | None = None,
        base_url: str | None = None,
        timeout: float | httpx.Timeout | None | Default = DEFAULT,
        max_retries: int = 2,
        default_headers: Mapping[str, str | None] | None = None,
        default_query: Mapping[str, Any] | None = None,
        proxies: io.Proxies | None = None,
        transport: Any = None,
        connection_pool_limits: httpx.Limits | None = None,
        http_client: Any = None,
        _strict_response_validation: bool = False,
    ) -> None:
        environ = settings.environment()
        bases = settings.bases_from(base_url, environ)
        sandbox = bases["cloud"].startswith(settings.SANDBOX)
        token = settings.token_from(api_token, environ, sandbox=sandbox)
        connection: dict[str, Any] = {"transport": transport, "proxies": proxies, "limits": connection_pool_limits}
        if sandbox:
            place = import_module("hetzner.sandbox").connect(bases["cloud"])
            connection["transport"] = place.transport if self._blocks else place.async_transport
            bases = dict.fromkeys(bases, "http://sandbox/v1")
        clock = getattr(connection["transport"], "clock", None) or io.SystemClock()
        core = Core(
            self._port(http_client or self._http(**connection), token, clock),
            bases=bases,
            token=token,
            timeout=timeout,
            max_retries=_count(max_retries),
            headers=default_headers,
            query=default_query,
            strict=_strict_response_validation,
        )
        super().__init__(core, self._blocks)

    _blocks: bool
    _http: Callable[..., Any]
    _port: Callable[..., Any]

    @property
    def base_url(self) -> str:
        """Where requests go."""
        return self._core.bases["cloud"]

    @property
    def max_retries(self) -> int:
        """How often a call is tried again."""
        return self._core.max_retries

    @property
    def timeout(self) -> Any:
        """What was given as the timeout of a call."""
        return self._core.timeout

    @property
    def user_agent(self) -> str:
        """How this library introduces itself."""
        return user_agent()

    @property
    def default_headers(self) -> Mapping[str, str | None]:
        """Headers that every request gets."""
        return self._core.headers

    @property
    def is_closed(self) -> bool:
        """Whether the connections are closed for good."""
        return bool(self._core.port.closed)

    def with_options(
        self,
        *,
        api_token: str | None = None,
        base_url: str | None = None,
        timeout: float | httpx.Timeout | None | Default = DEFAULT,
        max_retries: int | None = None,
        default_headers: Mapping[str, str | None] | None = None,
        set_default_headers: Mapping[str, str | None] | None = None,
        default_query: Mapping[str, Any] | None = None,
        set_default_query: Mapping[str, Any] | None = None,
    ) -> Self:
        """Return a client with other options that shares the connections; all else stays as it is.

        ``default_*`` are added to those there are, ``set_default_*`` replace them.
        """
        core = self._core
        changes: dict[str, Any] = {
            "headers": _merged("headers", core.headers, default_headers, set_default_headers),
            "query": _merged("query", core.query, default_query, set_default_query),
        }
        if timeout is not DEFAULT:
            changes["timeout"] = timeout
        if max_retries is not None:
            changes["max_retries"] = _count(max_retries)
        if base_url is not None:
            changes["bases"] = settings.bases_from(base_url, {})
        if api_token is not None:
            changes["token"] = settings.token_from(api_token, {}, sandbox=False)
        return self._like(core.like(**changes))

    copy = with_options

    def _like(self, core: Core) -> Self:
        twin = object.__new__(type(self))
        Catalog.__init__(twin, core, self._blocking)
        return twin

    @property
    def awaited(self) -> Catalog[Async]:
        """The same client for code that is written once for both faces: every call returns a coroutine."""
        return Catalog[Async](self._core, False)

    @verb
    async def get(self, path: str, /, *, cast_to: type[T], options: RequestOptions | None = None) -> T:
        """GET any path; ``cast_to`` is a model, dict, list, str, None's type or :class:`hetzner.Response`."""
        answer: T = await self._raw("GET", path, cast_to, None, options)
        return answer

    @verb
    async def post(
        self, path: str, /, *, cast_to: type[T], body: Mapping[str, Any] | None = None, options: RequestOptions | None = None
    ) -> T:
        """POST to any path; it is only tried again when it was surely not carried out."""
        answer: T = await self._raw("POST", path, cast_to, body, options)
        return answer

    @verb
    async def put(
        self, path: str, /, *, cast_to: type[T], body: Mapping[str, Any] | None = None, options: RequestOptions | None = None
    ) -> T:
        """PUT to any path."""
        answer: T = await self._raw("PUT", path, cast_to, body, options)
        return answer

    @verb
    async def delete(self, path: str, /, *, cast_to: type[T], options: RequestOptions | None = None) -> T:
        """DELETE any path."""
        answer: T = await self._raw("DELETE", path, cast_to, None, options)
        return answer

    async def _raw(self, verb: Any, path: str, cast_to: Any, body: Any, options: RequestOptions | None) -> Any:
        chosen = options or {}
        core = self._core if "max_retries" not in chosen else self._core.like(max_retries=_count(chosen["max_retries"]))
        return await core.send(raw_request(verb, path, cast_to, body, chosen))

    @verb
    async def raw(self, operation: Callable[P, object], /, *args: P.args, **kwargs: P.kwargs) -> Response:
        """Call an operation and return its answer as it came: ``client.raw(client.servers.retrieve, 42).headers``."""
        return await self._core.send_raw(cast(Bound, operation).request(*args, **kwargs))

    @verb
    async def wait(
        self,
        actions: Iterable[Action | None],
        *,
        timeout: float | None = None,
        on_progress: Callable[[Action], object] | None = None,
    ) -> list[Action]:
        """Wait until all actions are over, with one request for up to 25 of them at a time.

        ``timeout`` is in seconds (None: as long as it takes). Raises ActionFailed and ActionTimeout.
        """
        return await wait(self.awaited, actions, timeout=timeout, on_progress=on_progress)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.base_url}>"


class Hetzner(Client[Sync]):
    """The blocking client: ``Hetzner().servers.list()`` returns servers."""

    _blocks = True
    _http = staticmethod(io.blocking_http)
    _port = io.BlockingPort

    def close(self) -> None:
        """Close the connections, those of clients made by :meth:`with_options` included."""
        self._core.port.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *details: object) -> None:
        self.close()


class AsyncHetzner(Client[Async]):
    """The awaited client: ``await AsyncHetzner().servers.list()`` returns servers."""

    _blocks = False
    _http = staticmethod(io.suspending_http)
    _port = io.SuspendingPort

    async def close(self) -> None:
        """Close the connections, those of clients made by :meth:`with_options` included."""
        await self._core.port.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *details: object) -> None:
        await self.close()


def _count(retries: int) -> int:
    if type(retries) is not int or retries < 0:
        raise ValueError(f"max_retries must be a whole number from 0, not {retries!r}")
    return retries


def _merged(
    name: str, now: Mapping[str, Any], add: Mapping[str, Any] | None, replace: Mapping[str, Any] | None
) -> Mapping[str, Any]:
    if add is not None and replace is not None:
        raise ValueError(f"The `default_{name}` and `set_default_{name}` arguments are mutually exclusive")
    return replace if replace is not None else {**now, **(add or {})}

