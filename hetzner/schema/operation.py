"""An operation as a value: what its declaration says, read once, for client, sandbox, docs and tests."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cached_property
from string import Formatter
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    Literal,
    Required,
    Union,
    get_args,
    get_origin,
)
from urllib.parse import quote

from typing_extensions import TypedDict

from hetzner.schema.facts import Repeat

if TYPE_CHECKING:
    from httpx import Timeout

Verb = Literal["GET", "POST", "PUT", "DELETE"]
Host = Literal["cloud", "storage"]


class Options(TypedDict, total=False):
    """What every call takes besides its own parameters."""

    extra_headers: Annotated[
        Mapping[str, str | None], "Headers to add; they win over all others, None removes one."
    ]
    extra_query: Annotated[Mapping[str, Any], "Query parameters to add; they win over the call's own."]
    extra_body: Annotated[Mapping[str, Any], "Body fields to add; they win over the call's own."]
    timeout: Annotated[
        Union[float, "Timeout", None], "Seconds this call may take, or an httpx.Timeout; None: no limit."
    ]


OPTIONS = frozenset(Options.__annotations__)


class Parameter:
    """One query parameter or body field of an operation."""

    __slots__ = ("annotation", "doc", "name", "required")

    def __init__(self, name: str, annotation: Any, required: bool, doc: str) -> None:
        self.name, self.annotation, self.required, self.doc = name, annotation, required, doc


class Operation:
    """One verb on one path, with what goes in and comes out; a dataclass would cost a first call 1 ms."""

    def __init__(
        self,
        *,
        name: str,
        verb: Verb,
        path: str,
        host: Host,
        positional: tuple[str, ...],
        paths: Mapping[str, Any],
        parameters: Mapping[str, Parameter],
        returns: Any,
        doc: str,
        command: str | None,
        repeat: Repeat,
        deprecated: str | None,
        listing: bool,
    ) -> None:
        self.name = name
        """Dotted, as on the client: ``servers.actions.poweroff``."""
        self.verb: Verb = verb
        self.path = path
        self.host: Host = host
        self.positional = positional
        """The parameters that may be given by position, in order."""
        self.paths = paths
        """The parameters in the path with their types."""
        self.parameters, self.returns, self.doc = parameters, returns, doc
        self.command = command
        """The command name of the action that the API answers with."""
        self.repeat, self.deprecated, self.listing = repeat, deprecated, listing

    @property
    def where(self) -> Literal["query", "body"]:
        """Tell where the parameters go."""
        return "query" if self.verb == "GET" else "body"

    @property
    def summary(self) -> str:
        """Return the first line of the documentation."""
        return self.doc.partition("\n")[0]

    @cached_property
    def required(self) -> frozenset[str]:
        """Name every argument that a call must have."""
        return frozenset(self.paths) | {p.name for p in self.parameters.values() if p.required}

    @cached_property
    def accepted(self) -> frozenset[str]:
        """Name every argument that a call may have."""
        return frozenset(self.paths) | frozenset(self.parameters) | OPTIONS

    def arguments(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> dict[str, Any]:
        """Join positional and keyword arguments, or raise the TypeError that Python would raise."""
        if len(args) > len(self.positional):
            raise TypeError(
                f"{self.name}() takes {len(self.positional)} positional arguments but {len(args)} were given"
            )
        given = dict(zip(self.positional, args, strict=False))
        if both := given.keys() & kwargs.keys():
            raise TypeError(f"{self.name}() got multiple values for argument '{min(both)}'")
        given.update(kwargs)
        if unknown := given.keys() - self.accepted:
            raise TypeError(self._unknown(min(unknown)))
        if missing := self.required - given.keys():
            names = ", ".join(f"'{name}'" for name in sorted(missing))
            raise TypeError(f"{self.name}() is missing required arguments: {names}")
        return given

    def _unknown(self, name: str) -> str:
        if name == "datacenter":
            return f"{self.name}(): the API removed 'datacenter' on 2026-07-01; give 'location' instead"
        return f"{self.name}() got an unexpected keyword argument '{name}'{near(name, self.accepted)}"

    def located(self, given: Mapping[str, Any]) -> str:
        """Return the path with its parameters filled in, escaped."""
        if not self.paths:
            return self.path
        return self.path.format_map({name: _segment(self, name, given[name]) for name in self.paths})


def near(name: str, names: Iterable[str]) -> str:
    """Return the end of a complaint about a name that there is not: which one may be meant."""
    from difflib import get_close_matches  # only what went wrong needs it

    found = get_close_matches(name, list(names), 1)
    return f"; did you mean '{found[0]}'?" if found else ""


def _segment(operation: Operation, name: str, value: Any) -> str:
    text = str(value)
    if operation.paths[name] is int:
        if isinstance(value, bool) or not (isinstance(value, int) or (text.isascii() and text.isdigit())):
            told = repr(value) if _id_of(value) is None else _instead(value)
            raise TypeError(f"{operation.name}(): '{name}' must be an integer, not {told}")
        return text
    if text in ("", ".", "..") or value is None:
        raise ValueError(f"{operation.name}(): '{name}' must not be {value!r}")
    return quote(text, safe="@")


def before_arguments(doc: str) -> str:
    """Return a docstring without the list of arguments, which is made of the parameters."""
    purpose = doc.partition("Args:\n")[0].strip()
    return "\n".join(line.strip() for line in purpose.splitlines())


def path_names(path: str) -> tuple[str, ...]:
    """Return the names between braces, in order."""
    return tuple(name for _, name, _, _ in Formatter().parse(path) if name)


def parameter(name: str, annotation: Any, required: bool) -> Parameter:
    """Read a field's annotation: ``Required[Annotated[type, "what it means"]]``."""
    if get_origin(annotation) is Required:
        annotation = get_args(annotation)[0]
    doc = ""
    if get_origin(annotation) is Annotated:
        annotation, *notes = get_args(annotation)
        doc = next((note for note in notes if isinstance(note, str)), "")
        if rest := tuple(note for note in notes if not isinstance(note, str)):
            annotation = Annotated[(annotation, *rest)]
    return Parameter(name, annotation, required, doc)


def fields_of(typed_dict: Any) -> dict[str, Parameter]:
    """Read the fields of a parameter TypedDict, the options of every call left out."""
    return {
        name: parameter(name, annotation, name in typed_dict.__required_keys__)
        for name, annotation in typed_dict.__annotations__.items()
        if name not in OPTIONS
    }


class Request:
    """One call of an operation, ready to be sent."""

    __slots__ = ("blocking", "body", "headers", "operation", "path", "query", "returns", "timeout")

    def __init__(
        self,
        operation: Operation,
        path: str,
        returns: Any,
        query: list[tuple[str, str]],
        body: dict[str, Any] | None,
        headers: Mapping[str, str | None],
        timeout: Any,
        blocking: bool = False,
    ) -> None:
        self.operation, self.path, self.returns, self.query = operation, path, returns, query
        self.body, self.headers = body, headers
        self.timeout = timeout
        """Seconds, an httpx.Timeout, None for no limit, or :data:`DEFAULT`."""
        self.blocking = blocking
        """The face of the pages that it is answered with."""

    def like(self, **changes: Any) -> "Request":
        """Return the same request with other values."""
        return Request(**{**{name: getattr(self, name) for name in self.__slots__}, **changes})

    def __repr__(self) -> str:
        return f"<Request {self.operation.verb} {self.path}>"  # body and headers may hold secrets


class Default:
    """The client's own setting."""

    def __repr__(self) -> str:
        return "DEFAULT"


DEFAULT = Default()


def request_for(operation: Operation, given: dict[str, Any]) -> Request:
    """Turn the arguments of a call into a request."""
    path = operation.located(given)
    values = {name: value for name, value in given.items() if name in operation.parameters}
    _insist_on_plain(operation, values)
    query = query_pairs(given.get("extra_query") or {})
    body: dict[str, Any] | None = None
    if operation.where == "query":
        replaced = {name for name, _ in query}
        query = query_pairs({name: value for name, value in values.items() if name not in replaced}) + query
        if operation.listing and not {"page", "per_page"} & ({name for name, _ in query} | values.keys()):
            query.append(("per_page", "50"))
    elif operation.parameters:
        body = values
    if extra := given.get("extra_body"):
        body = {**(body or {}), **extra}
    return Request(
        operation,
        path,
        operation.returns,
        query,
        body,
        given.get("extra_headers") or {},
        given.get("timeout", DEFAULT),
    )


def _insist_on_plain(operation: Operation, values: Mapping[str, Any]) -> None:
    """Raise TypeError for what would be sent as something that nobody meant."""
    for name, value in values.items():
        if operation.where == "query" and isinstance(value, Mapping):
            raise TypeError(
                f"{operation.name}(): '{name}' must be a text, not a map; a label selector reads "
                "'env=prod,role in (web,db)'"
            )
        for item in value if isinstance(value, list | tuple) else (value,):
            if _id_of(item) is not None:
                raise TypeError(f"{operation.name}(): '{name}' must be plain data, not {_instead(item)}")


def _id_of(value: Any) -> Any:
    """Return the id of an object of the API; of anything else None."""
    return getattr(value, "id", None)


def _instead(value: Any) -> str:
    kind = type(value).__name__.removeprefix("Async")
    return f"an object: give the id of the {kind}, {_id_of(value)}"


def query_pairs(values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Encode query parameters as the API wants them: lists repeat their key, None is left out."""
    pairs = []
    for name, value in values.items():
        for item in value if isinstance(value, list | tuple | set | frozenset) else (value,):
            if item is not None:
                pairs.append((name, query_text(item)))
    return pairs


def query_text(value: Any) -> str:
    """Return one query value as text; raises ValueError for a time that may mean any of several."""
    if isinstance(value, datetime) and value.tzinfo is None:
        raise ValueError(f"{value!r} has no time zone; datetime.now(timezone.utc) has one, or .astimezone()")
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(value)
