"""How an operation of the API is declared: its signature is the declaration.

``get``, ``post``, ``put``, ``delete``, ``listing`` and ``action`` decorate a method without a body. Parameters
named in the path go there; of the rest, only what was passed is sent (so ``None`` means JSON null). A GET puts
them in the query, the others in the body. The return annotation says what to decode.
"""

from collections.abc import Callable, Coroutine
from inspect import Parameter as Argument
from inspect import Signature
from types import NoneType
from typing import Any, Concatenate, Generic, ParamSpec, Protocol, Self, TypeVar, get_args, get_origin, overload

from hetzner._faces import Async, Face, Sync, drive
from hetzner.schema.facts import Repeat
from hetzner.schema.operation import OPTIONS, Operation, Parameter, Request, Verb, fields_of, parameter, path_names
from hetzner.schema.operation import request_for
from hetzner.schema.pages import Paginator

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
        self.function, self.verb, self.suffix = function, verb, suffix
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
            self._operation = _read(self)
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

    def bound(self, obj: Any) -> "Bound":
        """Return the list as a callable of one collection."""
        return Bound(self, obj) if obj._blocking else BoundListing(self, obj)


class Bound:
    """An operation of one client, called like a method."""

    __slots__ = ("__weakref__", "_blocking", "_core", "_endpoint")

    def __init__(self, endpoint: Declared, obj: Any) -> None:
        self._endpoint, self._core, self._blocking = endpoint, obj._core, obj._blocking

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
        return documentation(self.operation)

    @property
    def __signature__(self) -> Signature:
        return signature_of(self.operation)

    def request(self, *args: Any, **kwargs: Any) -> Request:
        """Check the arguments and return the request, not sent."""
        operation = self._endpoint.operation
        return request_for(operation, operation.arguments(args, kwargs))

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        coroutine = self._core.send(self.request(*args, **kwargs))
        return drive(coroutine) if self._blocking else coroutine

    def __repr__(self) -> str:
        return f"<{self.operation.name}: {self.operation.verb} {self.operation.path}>"


class BoundListing(Bound):
    """A paged list of an awaited client."""

    __slots__ = ()

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return Paginator(self._core, self.request(*args, **kwargs))


def _read(endpoint: Declared) -> Operation:
    function, owner = endpoint.function, endpoint.owner
    code, hints = function.__code__, dict(function.__annotations__)
    returns = hints.pop("return")
    names = code.co_varnames[1 : code.co_argcount + code.co_kwonlyargcount]
    positional = code.co_varnames[1 : code.co_argcount]
    path = owner.at + (
        endpoint.suffix
        if endpoint.suffix is not None
        else "".join(f"/{{{name}}}" for name in positional if f"{{{name}}}" not in owner.at)
    )
    if endpoint.suffix and endpoint.suffix.startswith("~"):
        path = owner.at.partition("/{")[0] + endpoint.suffix[1:]
    in_path = path_names(path)
    parameters: dict[str, Parameter] = {
        name: parameter(name, hints[name], name not in (function.__kwdefaults__ or {}))
        for name in names
        if name not in in_path and name not in OPTIONS
    }
    keywords = next((hint for name, hint in hints.items() if name not in names), None)
    if keywords is not None:
        parameters.update(fields_of(get_args(keywords)[0]))
    returns = get_origin(returns) or returns
    return Operation(
        name=f"{owner.name}.{endpoint.name}",
        verb=endpoint.verb,
        path=path,
        host=owner.host,
        positional=positional,
        paths={name: parameter(name, hints[name], True).annotation for name in in_path},
        parameters=parameters,
        returns=NoneType if returns is None else returns,
        doc=function.__doc__ or "",
        command=endpoint.command,
        repeat=endpoint.repeat or _repeat(endpoint.verb, path, endpoint.name),
        deprecated=endpoint.deprecated,
        listing=endpoint.listing,
    )


def _repeat(verb: Verb, path: str, name: str) -> Repeat:
    if verb != "POST":
        return Repeat.SAFE
    if "/actions/" not in path:
        return Repeat.BY_NAME
    return Repeat.SAFE if name.startswith(("change_", "set_")) else Repeat.BY_ACTION


def signature_of(operation: Operation) -> Signature:
    """Return the signature of a call with every parameter spelled out."""
    first = [
        Argument(n, Argument.POSITIONAL_OR_KEYWORD, annotation=operation.paths.get(n, Argument.empty))
        for n in operation.positional
    ]
    rest = [p for p in operation.parameters.values() if p.name not in operation.positional]
    named = [
        Argument(n, Argument.KEYWORD_ONLY, annotation=kind)
        for n, kind in operation.paths.items()
        if n not in operation.positional
    ]
    named += [
        Argument(
            p.name, Argument.KEYWORD_ONLY, default=Argument.empty if p.required else ..., annotation=p.annotation
        )
        for p in sorted(rest, key=lambda p: not p.required)
    ]
    options = [Argument("options", Argument.VAR_KEYWORD)]
    return Signature([*first, *named, *options], return_annotation=operation.returns)


def documentation(operation: Operation) -> str:
    """Return what ``help()`` shows: the purpose, then every parameter with its meaning."""
    lines = [operation.doc.strip(), "", f"{operation.verb} {operation.path}", ""]
    lines += [
        f"{p.name}{'' if p.required else ' (optional)'}: {p.doc}" for p in operation.parameters.values() if p.doc
    ]
    return "\n".join(lines).strip()


class Declaration(Protocol):
    """What ``@post(...)`` returns: a decorator."""

    def __call__(self, function: Callable[Concatenate[Any, P], T], /) -> Endpoint[P, T]:
        """Turn the method into an operation."""
        ...


class _Declare:
    def __init__(self, verb: Verb) -> None:
        self.verb = verb

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
    """Declare an action of a resource: POST to the method's own name; ``command`` is what the API calls it."""

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


def listing_at(suffix: str) -> ListingDeclaration:
    """Declare a paged list at a path of its own (``~`` stands for the path of the kind)."""

    def declare(function: Callable[Concatenate[Any, P], T], /) -> Listing[P, T]:
        return Listing(function, "GET", suffix)

    return declare
