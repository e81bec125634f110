"""Reading a declaration: from a signature without a body to the operation that it stands for."""

from types import NoneType
from typing import Any, get_args, get_origin

from hetzner.schema.facts import Repeat
from hetzner.schema.operation import (
    OPTIONS,
    Operation,
    Parameter,
    Verb,
    before_arguments,
    fields_of,
    parameter,
    path_names,
)


def read(endpoint: Any) -> Operation:
    """Return the operation that a declared method stands for."""
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
    returns = bare(returns)
    return Operation(
        name=f"{owner.name}.{endpoint.name}",
        verb=endpoint.verb,
        path=path,
        host=owner.host,
        positional=positional,
        paths={name: parameter(name, hints[name], True).annotation for name in in_path},
        parameters=parameters,
        returns=returns,
        doc=before_arguments(function.__doc__ or ""),
        command=endpoint.command,
        repeat=endpoint.repeat or _repeat(endpoint.verb, path, endpoint.name),
        deprecated=endpoint.deprecated,
        listing=endpoint.listing,
    )


def bare(annotation: Any) -> Any:
    """Return a type without its arguments (and None's type for None)."""
    if annotation is None:
        return NoneType
    origin: Any = get_origin(annotation)
    return annotation if origin is None else origin


def _repeat(verb: Verb, path: str, name: str) -> Repeat:
    if verb != "POST":
        return Repeat.SAFE
    if "/actions/" not in path:
        return Repeat.BY_NAME
    return Repeat.SAFE if name.startswith(("change_", "set_")) else Repeat.BY_ACTION
