"""The clients: ``Hetzner`` blocks, ``AsyncHetzner`` is awaited; all else is the same.

Endpoints, the token and all options are arguments; the environment fills in what is not given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any, Self

from hetzner._faces import IO, Async, Sync, verb
from hetzner.api import connections, io, settings
from hetzner.api.arguments import ByName
from hetzner.api.core import Core, user_agent
from hetzner.api.raw import RawCalls, whole_count
from hetzner.api.secrets import Secret
from hetzner.schema.catalog import Catalog
from hetzner.schema.operation import DEFAULT, Default

if TYPE_CHECKING:
    import httpx

    from hetzner.api.waiting import Begun
    from hetzner.schema.actions import Action


class Client(ByName, RawCalls[IO], Catalog[IO]):
    """What both clients can do."""

    _core: Core

    def __init__(
        self,
        *,
        api_token: str | None = None,
        context: str | None = None,
        base_url: str | httpx.URL | None = None,
        timeout: float | httpx.Timeout | Default | None = DEFAULT,
        max_retries: int = 2,
        default_headers: Mapping[str, str | None] | None = None,
        default_query: Mapping[str, Any] | None = None,
        proxies: connections.ProxiesTypes | None = None,
        transport: Any = None,
        connection_pool_limits: httpx.Limits | None = None,
        http_client: Any = None,
        application_name: str | None = None,
        application_version: str | None = None,
        _strict_response_validation: bool = False,
    ) -> None:
        secret = None if api_token is None else Secret(api_token)
        del api_token  # tracebacks can show variables
        told = settings.gathered(secret, context, None if base_url is None else str(base_url))
        bases, sandbox = told.bases, told.bases["cloud"].startswith(settings.SANDBOX)
        if timeout is DEFAULT and told.http_timeout is not None:
            timeout = told.http_timeout or None
        if sandbox and transport is None:
            place = import_module("hetzner.sandbox").connect(bases["cloud"])
            transport, proxies = place.transport if self._blocks else place.async_transport, None
        if sandbox:
            bases = dict.fromkeys(bases, "http://sandbox/v1")
        clock = getattr(transport, "clock", None) or io.SystemClock()
        connections.insist_on_face(self._blocks, transport, http_client)
        connect = _connecting(self._http, self._port, clock, http_client, transport, proxies)
        own = http_client is None and (transport is None or hasattr(transport, "suspending"))

        def suspending() -> Any:
            in_loop = getattr(transport, "suspending", None)
            http = connections.suspending_http(
                transport=in_loop, proxies=proxies, limits=connection_pool_limits
            )
            port = io.SuspendingPort(http, clock, owned=True)
            port.reach = getattr(in_loop, "reach", None)
            return port

        core = Core(
            connect(connection_pool_limits),
            bases=bases,
            token=told.token,
            timeout=timeout,
            max_retries=whole_count(max_retries),
            headers=default_headers,
            query=default_query,
            strict=_strict_response_validation,
            agent=user_agent(application_name, application_version),
            source=told.source,
            poll_interval=told.poll_interval,
        )
        super().__init__(core, self._blocks)
        self._connect = connect if http_client is None and transport is None else None
        self._suspending = suspending if own else None

    _connect: Callable[[httpx.Limits | None], Any] | None
    """Makes connections of the same kind again; None when they are the caller's."""
    _suspending: Callable[[], Any] | None
    """Makes connections of the same kind for an event loop; None when they are the caller's."""
    _blocks: bool
    _http: Callable[..., Any]
    _port: Callable[..., Any]

    @property
    def api_token(self) -> str:
        """The token itself; neither ``repr`` nor ``vars`` show it."""
        return self._core.token.reveal()

    @property
    def token_source(self) -> str:
        """Where the token is from: an argument, a variable, or a context of the official command line."""
        return self._core.source

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
        """How this library introduces itself, after the application given as ``application_name``."""
        return self._core.agent

    @property
    def default_headers(self) -> Mapping[str, str | None]:
        """Headers that every request gets."""
        return dict(self._core.headers)

    @property
    def default_query(self) -> Mapping[str, Any]:
        """Query parameters that every request gets."""
        return dict(self._core.query)

    def is_closed(self) -> bool:
        """Tell whether the connections are closed for good."""
        return bool(self._core.port.closed)

    def with_options(
        self,
        *,
        api_token: str | None = None,
        base_url: str | httpx.URL | None = None,
        timeout: float | httpx.Timeout | Default | None = DEFAULT,
        connection_pool_limits: httpx.Limits | None = None,
        max_retries: int | None = None,
        default_headers: Mapping[str, str | None] | None = None,
        set_default_headers: Mapping[str, str | None] | None = None,
        default_query: Mapping[str, Any] | None = None,
        set_default_query: Mapping[str, Any] | None = None,
        patient: bool | None = None,
    ) -> Self:
        """Return a client with other options that shares the connections; all else stays as it is.

        ``default_*`` are added to those there are, ``set_default_*`` replace them. With
        ``connection_pool_limits`` it gets connections of its own, made the same way. A ``patient`` client
        waits for the rate limit as long as it takes; that counts as no retry.
        """
        core = self._core
        changes: dict[str, Any] = {
            "headers": _merged("headers", core.headers, default_headers, set_default_headers),
            "query": _merged("query", core.query, default_query, set_default_query),
        }
        if timeout is not DEFAULT:
            changes["timeout"] = timeout
        if max_retries is not None:
            changes["max_retries"] = whole_count(max_retries)
        if patient is not None:
            changes["patient"] = patient
        if base_url is not None:
            changes["bases"] = settings.bases_from(str(base_url), {})
            if changes["bases"]["cloud"].startswith(settings.SANDBOX):
                raise ValueError("a sandbox has connections of its own; make a new client for it")
        if api_token is not None:
            changes["token"] = settings.token_from(api_token, {}, sandbox=False)
            changes["source"] = "api_token"
        if connection_pool_limits is not None:
            if self._connect is None:
                raise ValueError(
                    "the transport or http_client was given; its limits are set where it is made"
                )
            changes["port"] = self._connect(connection_pool_limits)
        twin = object.__new__(type(self))
        Catalog.__init__(twin, core.like(**changes), self._blocking)
        twin._connect, twin._suspending = self._connect, self._suspending
        return twin

    copy = with_options

    @property
    def awaited(self) -> Catalog[Async]:
        """The same client for code that is written once for both faces: every call returns a coroutine."""
        return Catalog[Async](self._core, False)

    @verb
    async def wait(
        self,
        actions: Iterable[Begun] | Begun,
        *,
        timeout: float | None = None,
        on_progress: Callable[[Action], object] | None = None,
    ) -> list[Action]:
        """Wait until all actions (or the one) are over, with one request for up to 25 of them at a time.

        An answer stands for all actions that it carries: ``client.wait(client.servers.create(...))``.
        ``timeout`` is in seconds (None: as long as it takes). Raises ActionFailed and ActionTimeout.
        """
        from hetzner.api.waiting import wait  # a first call does without it

        return await wait(self.awaited, actions, timeout=timeout, on_progress=on_progress)

    def __reduce__(self) -> Any:
        raise TypeError(f"a {type(self).__name__} holds connections and a token and cannot be pickled")

    def __repr__(self) -> str:
        core = self.__dict__.get("_core")  # tracebacks show clients that could not be made
        return f"<{type(self).__name__} {core.bases['cloud'] if core else '(not made)'}>"


class Hetzner(Client[Sync]):
    """The blocking client: ``Hetzner().servers.list()`` returns servers."""

    _blocks = True
    _http = staticmethod(connections.blocking_http)
    _port = io.BlockingPort

    def suspending(self) -> AsyncHetzner:
        """Return an awaited client with the same token, options and pace, and connections of its own.

        Close it in the event loop that uses it. Raises ValueError when the connections of this one were given
        by the caller.
        """
        if self._suspending is None:
            raise ValueError(
                "this client was given its transport or http_client, which cannot be used in an event loop: "
                "make an AsyncHetzner instead"
            )
        twin = object.__new__(AsyncHetzner)
        Catalog.__init__(twin, self._core.like(port=self._suspending()), False)
        twin._connect, twin._suspending = None, self._suspending
        return twin

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
    _http = staticmethod(connections.suspending_http)
    _port = io.SuspendingPort

    async def close(self) -> None:
        """Close the connections, those of clients made by :meth:`with_options` included."""
        await self._core.port.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *details: object) -> None:
        await self.close()


def _connecting(
    make_http: Any, make_port: Any, clock: io.Clock, http_client: Any, transport: Any, proxies: Any
) -> Callable[[httpx.Limits | None], Any]:
    """Return what makes connections; it does not know the client, which it would keep alive."""

    def connect(limits: httpx.Limits | None) -> Any:
        http = http_client or make_http(transport=transport, proxies=proxies, limits=limits)
        port = make_port(http, clock, owned=http_client is None)
        port.reach = getattr(transport, "reach", None)
        return port

    return connect


def _merged(
    name: str, now: Mapping[str, Any], add: Mapping[str, Any] | None, replace: Mapping[str, Any] | None
) -> Mapping[str, Any]:
    if add is not None and replace is not None:
        raise ValueError(f"The `default_{name}` and `set_default_{name}` arguments are mutually exclusive")
    return replace if replace is not None else {**now, **(add or {})}
