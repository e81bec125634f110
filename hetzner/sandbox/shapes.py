"""Values of a request body against the types that the schema declares for them.

Stricter than pydantic where the API is (true is no number), looser where it is (ids may come as text), and
with reasons that say what is expected instead of what was sent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NotRequired, Required, Union, get_args, get_origin, get_type_hints

from hetzner.sandbox.table import as_id


class Misfit(Exception):
    """A value does not fit; `path` leads to it below the field."""

    def __init__(self, reason: str, *path: str) -> None:
        super().__init__(reason)
        self.reason, self.path = reason, path


def fitted(kind: Any, value: Any) -> Any:
    """Return the value as the declared type has it, or raise `Misfit`."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Annotated, Required, NotRequired):
        return fitted(arguments[0], value)
    if origin in (Union, UnionType):
        return _any_of(arguments, value)
    if origin is Literal:
        if value not in arguments or isinstance(value, bool):
            raise Misfit("must be one of " + ", ".join(f"'{each}'" for each in arguments))
        return value
    if origin is not None and issubclass(origin, Mapping):
        return _mapping(arguments, value)
    if origin is not None and issubclass(origin, Sequence):
        return _items(arguments[0], value)
    if hasattr(kind, "__required_keys__"):
        return _fields(kind, value)
    return _plain(kind, value)


def nullable(kind: Any) -> bool:
    """Whether null is a value of the type."""
    if get_origin(kind) in (Annotated, Required, NotRequired):
        return nullable(get_args(kind)[0])
    return kind in (NoneType, Any) or (_is_union(kind) and any(nullable(each) for each in get_args(kind)))


def _is_union(kind: Any) -> bool:
    return get_origin(kind) in (Union, UnionType)


def _any_of(kinds: tuple[Any, ...], value: Any) -> Any:
    if type(value) in kinds:
        return value
    problems = []
    for kind in kinds:
        try:
            return fitted(kind, value)
        except Misfit as problem:
            problems.append(problem)
    deep = [problem for problem in problems if problem.path]
    raise deep[0] if deep else Misfit(" or ".join(dict.fromkeys(problem.reason for problem in problems)))


def _mapping(arguments: tuple[Any, ...], value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Misfit("must be an object")
    return {key: _below(key, arguments[1], each) for key, each in value.items()}


def _items(kind: Any, value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise Misfit("must be an array")
    return [_below(str(number), kind, each) for number, each in enumerate(value)]


def _fields(kind: Any, value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Misfit("must be an object")
    found = {}
    for name, declared in _hints(kind).items():
        if value.get(name) is not None or (name in value and nullable(declared)):
            found[name] = _below(name, declared, value[name])
        elif name in kind.__required_keys__:
            raise Misfit("is required", name)
    return found


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind, include_extras=True)


def _below(name: str, kind: Any, value: Any) -> Any:
    try:
        return fitted(kind, value)
    except Misfit as problem:
        raise Misfit(problem.reason, name, *problem.path) from None


def _plain(kind: Any, value: Any) -> Any:
    if kind is int:
        return _whole(value)
    if kind is float and isinstance(value, int | float) and not isinstance(value, bool):
        return value
    if kind is Any or kind is object or (kind in (str, bool) and isinstance(value, kind)):
        return value
    if kind is NoneType and value is None:
        return None
    raise Misfit(_EXPECTED.get(kind, "has the wrong type"))


def _whole(value: Any) -> int:
    number = as_id(value) if isinstance(value, str) else value
    if isinstance(number, int) and not isinstance(number, bool):
        return number
    raise Misfit(_EXPECTED[int])


_EXPECTED: dict[Any, str] = {
    str: "must be a string",
    int: "must be a whole number",
    float: "must be a number",
    bool: "must be true or false",
    NoneType: "must be null",
}
