"""One source for two worlds: the blocking face and the awaited face of the same code.

Everything that talks to the API is written once, as ``async def`` over a port (see ``hetzner.api.io``).
A blocking port never suspends, so its coroutine can be run to the end by a single ``send(None)``; an
awaited port suspends in the caller's event loop. An object knows its face by its type argument
(``Servers[Sync]``, ``Servers[Async]``), and :class:`verb` turns that into exact signatures.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import update_wrapper
from inspect import Signature, signature
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar, cast, overload


class Sync:
    """The blocking face: a call returns its result."""


class Async:
    """The awaited face: a call returns a coroutine."""


IO = TypeVar("IO", Sync, Async)
S = TypeVar("S")
P = ParamSpec("P")
T = TypeVar("T")


class Face(Generic[IO]):
    """Something that lives in one of the two worlds."""

    _blocking: bool


def drive(coroutine: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine whose port blocks; it must never suspend."""
    try:
        coroutine.send(None)
    except StopIteration as stop:
        result: T = stop.value
        return result
    coroutine.close()
    raise RuntimeError("suspended inside the blocking client")


class verb(Generic[S, P, T]):
    """A method written as ``async def`` and offered in the face of the object it is called on."""

    def __init__(self, function: Callable[Concatenate[S, P], Coroutine[Any, Any, T]]) -> None:
        self.function = function
        self.__doc__ = function.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self.__name__ = self.function.__qualname__ = name  # complaints of Python name no class of ours

    @property
    def __signature__(self) -> Signature:
        return signature(self.function)  # help() shows it for a method of the class, too

    def __call__(self, obj: S, /, *args: P.args, **kwargs: P.kwargs) -> Any:
        """Call it on an object, as any method that was got from its class: ``map(Server.reboot, found)``."""
        call = self.__get__(cast(Any, obj), type(obj))
        return call(*args, **kwargs)

    @overload
    def __get__(self, obj: None, owner: type) -> verb[S, P, T]: ...
    @overload
    def __get__(self, obj: Face[Sync], owner: type) -> Callable[P, T]: ...
    @overload
    def __get__(self, obj: Face[Async], owner: type) -> Callable[P, Coroutine[Any, Any, T]]: ...

    def __get__(self, obj: Any, owner: type) -> Any:
        if obj is None:
            return self
        bound = self.function.__get__(obj, owner)
        if not obj._blocking:
            return bound

        def blocking(*args: Any, **kwargs: Any) -> Any:
            coroutine = bound(*args, **kwargs)
            del args, kwargs  # there may be secrets among them, and tracebacks can show variables
            return drive(coroutine)

        return update_wrapper(blocking, bound)
