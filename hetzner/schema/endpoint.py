"""How an operation of the API is declared: its signature is the declaration.

``get``, ``post``, ``put``, ``delete``, ``listing`` and ``action`` decorate a method without a body.
Parameters named in the path go there; of the rest, only what was passed is sent (so ``None`` means JSON
null). A GET puts them in the query, the others in the body. The return annotation says what to decode.
"""

import warnings
from collections.abc import Callable, Coroutine
from typing import (
    TYPE_CHECKING,
    Any,
    Concatenate,
    Generic,
    ParamSpec,
    Protocol,
    Self,
    TypeVar,
    cast,
    overload,
)

from hetzner._faces import Async, Face, Sync, drive
from hetzner.schema.facts import Repeat
from hetzner.schema.operation import Operation, Request, Verb, request_for
from hetzner.schema.pages import Paginator
from hetzner.schema.reading import read

if TYPE_CHECKING:
    from inspect import Signature

P = ParamSpec("P")
T = TypeVar("T")


class Core(Protocol):
    """What carries a request to the API; the client's core or a test's."""

    def send(self, request: Request) -> Coroutine[Any, Any, Any]:
        """Send it and return the decoded answer."""
        ...

    def send_raw(self, request: Request) -> Coroutine[Any, Any, Any]:
        """Send it and return the answer as it came, status and headers included."""
        ...


class Declared:
    """An operation as an attribute of its collection."""

    listing = False

    def __init__(
        self,
        function: Callable[..., Any],
        verb: Verb,
        suffix: str | None = None,
        *,
        command: str | None = None,
        repeat: Repeat | None = None,
        deprecated: str | None = None,
    ) -> None:
        self.verb: Verb = verb
        self.function, self.suffix = function, suffix
        self.command, self.repeat, self.deprecated = command, repeat, deprecated
        self.name = function.__name__
        self.__doc__ = function.__doc__
        self._operation: Operation | None = None

    def __set_name__(self, owner: type, name: str) -> None:
        self.owner: Any = owner

    def inherited_by(self, owner: type) -> Self:
        """Return the same declaration for a collection at another path."""
        twin = type(self)(
            self.function,
            self.verb,
            self.suffix,
            command=self.command,
            repeat=self.repeat,
            deprecated=self.deprecated,
        )
        twin.owner = owner
        return twin

    @property
    def operation(self) -> Operation:
        """Read the declaration (once)."""
        if self._operation is None:
            self._operation = read(self)
        return self._operation

    def bound(self, obj: Any) -> "Bound":
        """Return the operation as a callable of one collection."""
        return Bound(self, obj)

    def _get(self, obj: Any) -> Any:
        if obj is None:
            return self
        bound = obj.__dict__[self.name] = self.bound(obj)
        return bound


class Endpoint(Declared, Generic[P, T]):
    """An operation that answers with one thing."""

    @overload
    def __get__(self, obj: None, owner: type) -> Self: ...
    @overload
    def __get__(self, obj: Face[Sync], owner: type) -> Callable[P, T]: ...
    @overload
    def __get__(self, obj: Face[Async], owner: type) -> Callable[P, Coroutine[Any, Any, T]]: ...

    def __get__(self, obj: Any, owner: type) -> Any:
        return self._get(obj)


class Listing(Declared, Generic[P, T]):
    """A paged list: blocking it answers with the first page, awaited with a paginator."""

    listing = True

    @overload
    def __get__(self, obj: None, owner: type) -> Self: ...
    @overload
    def __get__(self, obj: Face[Sync], owner: type) -> Callable[P, T]: ...
    @overload
    def __get__(self, obj: Face[Async], owner: type) -> Callable[P, Paginator[T]]: ...

    def __get__(self, obj: Any, owner: type) -> Any:
        return self._get(obj)


class _Given:
    """Arguments that a traceback with variables does not show; there may be secrets among them."""

    __slots__ = ("args", "kwargs")

    def __init__(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        self.args, self.kwargs = args, kwargs


class Bound:
    """An operation of one client, called like a method."""

    __slots__ = ("__weakref__", "_blocking", "_core", "_endpoint", "_warning")

    def __init__(self, endpoint: Declared, obj: Any, warning: str | None = None) -> None:
        self._endpoint, self._core, self._blocking = endpoint, obj._core, obj._blocking
        self._warning = warning
        if endpoint.deprecated:
            self._warning = f"{obj.name}.{endpoint.name}() is deprecated; {endpoint.deprecated}"

    def __get__(self, obj: object, owner: type | None = None) -> Self:  # makes help() treat it as a method
        return self

    @property
    def operation(self) -> Operation:
        """The declaration behind it."""
        return self._endpoint.operation

    @property
    def __name__(self) -> str:
        return self._endpoint.name

    @property
    def __doc__(self) -> str:  # type: ignore[override]
        from hetzner.schema.help import documentation  # a first call does without it

        return documentation(self.operation)

    @property
    def __signature__(self) -> "Signature":
        from hetzner.schema.help import signature_of

        return signature_of(self.operation)

    def request(self, *args: Any, **kwargs: Any) -> Request:
        """Check the arguments and return the request, not sent."""
        given = _Given(args, kwargs)
        del args, kwargs
        return self._request(given)

    def _request(self, given: "_Given") -> Request:
        operation = self._endpoint.operation
        try:
            request = request_for(operation, operation.arguments(given.args, given.kwargs))
        except (TypeError, ValueError) as error:
            raise error.with_traceback(None) from None
        request.blocking = self._blocking
        return request

    def warn(self, level: int) -> None:
        """Warn of what is deprecated and name what replaces it; the caller is ``level`` frames up."""
        if self._warning:
            warnings.warn(self._warning, DeprecationWarning, stacklevel=level + 1)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Check the arguments and send the request."""
        given = _Given(args, kwargs)
        del args, kwargs
        request = self._request(given)
        self.warn(2)
        if self._blocking:
            return drive(self._core.send(request))
        return Paginator(self._core, request) if self._endpoint.listing else self._core.send(request)

    def __repr__(self) -> str:
        return f"<{self.operation.name}: {self.operation.verb} {self.operation.path}>"


class _Renamed:
    def __init__(self, endpoint: Declared) -> None:
        self.endpoint = endpoint

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, obj: Any, owner: type) -> Any:
        if obj is None:
            return self.endpoint
        now = self.endpoint.name
        return Bound(self.endpoint, obj, f"{obj.name}.{self.name}() is deprecated; use {now}()")


E = TypeVar("E", bound=Declared)


def renamed(endpoint: E) -> E:
    """Keep an old name of an operation: it does the same, and warns when it is called."""
    return cast(E, _Renamed(endpoint))


class Declaration(Protocol):
    """What ``@post(...)`` returns: a decorator."""

    def __call__(self, function: Callable[Concatenate[Any, P], T], /) -> Endpoint[P, T]:
        """Turn the method into an operation."""
        ...


class _Declare:
    def __init__(self, verb: Verb) -> None:
        self.verb: Verb = verb

    @overload
    def __call__(self, declared: Callable[Concatenate[Any, P], T], /) -> Endpoint[P, T]: ...
    @overload
    def __call__(
        self,
        declared: str | None = None,
        /,
        *,
        command: str | None = None,
        repeat: Repeat | None = None,
        deprecated: str | None = None,
    ) -> Declaration: ...

    def __call__(self, declared: Any = None, /, **facts: Any) -> Any:
        if callable(declared):
            return Endpoint(declared, self.verb)
        return lambda function: Endpoint(function, self.verb, declared, **facts)


get = _Declare("GET")
post = _Declare("POST")
put = _Declare("PUT")
delete = _Declare("DELETE")


def action(command: str, *, repeat: Repeat | None = None) -> Declaration:
    """Declare an action: POST to the method's own name; ``command`` is what the API calls it."""

    def declare(function: Callable[Concatenate[Any, P], T], /) -> Endpoint[P, T]:
        return Endpoint(function, "POST", f"/{function.__name__}", command=command, repeat=repeat)

    return declare


class ListingDeclaration(Protocol):
    """What ``@listing_at(...)`` returns: a decorator."""

    def __call__(self, function: Callable[Concatenate[Any, P], T], /) -> Listing[P, T]:
        """Turn the method into a paged list."""
        ...


def listing(function: Callable[Concatenate[Any, P], T]) -> Listing[P, T]:
    """Declare a paged list at the collection's own path."""
    return Listing(function, "GET")


def listing_at(suffix: str, *, deprecated: str | None = None) -> ListingDeclaration:
    """Declare a paged list at a path of its own (``~`` stands for the path of the kind)."""

    def declare(function: Callable[Concatenate[Any, P], T], /) -> Listing[P, T]:
        return Listing(function, "GET", suffix, deprecated=deprecated)

    return declare
