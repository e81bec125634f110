"""Verbs: what can be done to a sandbox beside the API, each declared once, for Python and for HTTP.

A method marked `@verb` is called in Python as it stands, and by `POST /_sandbox/NAME` with its arguments as a
JSON object. Its annotations say what it takes, its docstring what it does: over HTTP both are shown and kept.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator
from difflib import get_close_matches
from fnmatch import fnmatchcase
from functools import cache
from typing import Any, TypeVar

from hetzner.sandbox.durations import SECONDS
from hetzner.sandbox.errors import Refusal, invalid_fields
from hetzner.sandbox.kinds import kind_names
from hetzner.schema.catalog import collection_class, collection_names

F = TypeVar("F", bound=Callable[..., Any])


def verb(function: F) -> F:
    """Mark a method as one that can also be called over HTTP."""
    function.__dict__["verb"] = True
    return function


def verbs_of(owner: object) -> dict[str, Callable[..., Any]]:
    """The verbs of an object by name."""
    return {
        name: getattr(owner, name)
        for name, value in inspect.getmembers(type(owner))
        if getattr(value, "__dict__", {}).get("verb")
    }


def perform(method: Callable[..., Any], arguments: dict[str, Any]) -> Any:
    """Call a verb with arguments from outside, checked against its annotations.

    Raises `Refusal` for arguments that do not fit, or that the verb itself refuses.
    """
    from pydantic import ConfigDict, ValidationError, validate_call

    try:
        return validate_call(config=ConfigDict(extra="forbid"))(method)(**arguments)
    except ValidationError as problem:
        found = [(".".join(map(str, each["loc"])), each["msg"]) for each in problem.errors()]
        raise invalid_fields(found) from None
    except ValueError as problem:
        raise Refusal(422, "invalid_input", str(problem)) from None


def described(method: Callable[..., Any]) -> dict[str, Any]:
    """What a reader of the control path learns about a verb."""
    parameters = inspect.signature(method).parameters.values()
    return {"parameters": [str(parameter) for parameter in parameters], "about": inspect.getdoc(method)}


def check_operation(pattern: str) -> None:
    """Insist that some declared operation matches; raises `ValueError` with names that are near."""
    first = pattern.partition(".")[0]
    if pattern == "*":
        return
    names = [*_operations(first)] if first in collection_names() else [*_all_operations()]
    if not any(fnmatchcase(name, pattern) for name in names):
        raise ValueError(f"there is no operation {pattern!r}{_near(pattern, names)}")


def check_command(pattern: str) -> None:
    """Insist that some action has this command; raises `ValueError` with names that are near."""
    known = set(SECONDS)
    if not any(fnmatchcase(name, pattern) for name in known):
        known |= _all_commands()
        if not any(fnmatchcase(name, pattern) for name in known):
            raise ValueError(f"no action has the command {pattern!r}{_near(pattern, known)}")


def check_name(what: str, name: str, names: Iterable[str]) -> None:
    """Insist that a name is one of these; raises `ValueError` with one that is near, or with all."""
    known = sorted(names)
    if name not in known:
        raise ValueError(
            f"there is no {what} {name!r}{_near(name, known) or '; there are ' + ', '.join(known)}"
        )


def check_kind(name: str) -> None:
    """Insist that a kind is simulated; raises `ValueError` with names that are near."""
    if name not in kind_names():
        raise ValueError(f"there is no kind {name!r}{_near(name, kind_names())}")


def _near(name: str, names: Any) -> str:
    found = get_close_matches(name, sorted(names), n=1)
    return f"; did you mean {found[0]!r}?" if found else ""


def _operations(collection: str) -> Iterator[str]:
    return (operation.name for operation in collection_class(collection).operations())


@cache
def _all_operations() -> frozenset[str]:
    return frozenset(name for collection in collection_names() for name in _operations(collection))


@cache
def _all_commands() -> frozenset[str]:
    found = (each for name in collection_names() for each in collection_class(name).operations())
    return frozenset(each.command for each in found if each.command)
