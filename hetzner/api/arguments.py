"""Refusing arguments that a client does not have, in the words of whoever comes from another one."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from inspect import Signature

OF_OTHERS = {
    "token": "api_token",
    "api_key": "api_token",
    "api_endpoint": "base_url",
    "endpoint": "base_url",
}
"""What other clients call an argument, and what it is called here."""


def unexpected(called: str, given: Iterable[str], known: Collection[str]) -> str:
    """Return the complaint about a call with arguments that there are not; values are not shown."""
    name = next((name for name in given if name not in known), None)
    if name is None:
        return f"{called}() takes no positional arguments; the token is given as api_token=..."
    from hetzner.schema.operation import near

    hint = f"; it is called '{OF_OTHERS[name]}'" if name in OF_OTHERS else near(name, known)
    return f"{called}() got an unexpected keyword argument '{name}'{hint}"


class _Signature:
    """What help() and editors show: the arguments of the constructor, whatever looks at them before."""

    def __get__(self, obj: object, owner: Any) -> Signature:
        from inspect import signature

        told = signature(owner.__init__)
        return told.replace(parameters=list(told.parameters.values())[1:])


class ByName:
    """Something made with keyword arguments only, which are known by the names of its constructor."""

    if not TYPE_CHECKING:  # a type checker shall see the constructor
        __signature__ = _Signature()

        def __new__(cls, *args: Any, **options: Any) -> Self:
            """Raise TypeError for what the constructor does not take, unless it is a subclass's own."""
            known = cls.__init__.__kwdefaults__ or {}
            if cls.__init__.__module__.startswith("hetzner.") and (
                args or not options.keys() <= known.keys()
            ):
                told = unexpected(cls.__name__, options, known)
                del args, options  # tracebacks can show variables
                raise TypeError(told)
            return super().__new__(cls)
