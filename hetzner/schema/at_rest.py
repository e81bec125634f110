"""Work during which thousands of objects are made and none is dropped: the garbage collector waits."""

import gc
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


def collector_at_rest(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Do the work while the collector rests: it would walk all new objects time and again for nothing."""
    if not gc.isenabled():
        return work(*args, **kwargs)
    gc.disable()
    try:
        return work(*args, **kwargs)
    finally:
        gc.enable()


def loaded(name: str) -> Any:
    """Return a module, loaded without looking for garbage among the classes that it brings.

    A module that another thread is loading is waited for: it is known already, but not yet whole.
    """
    module = sys.modules.get(name)
    if module is None or getattr(module.__spec__, "_initializing", False):
        return without_a_look(import_module, name)
    return module


def without_a_look(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Do work whose objects stay, such as loading modules: the collector counts them as old at once.

    Else it would walk all of them as soon as it is no longer at rest. Only lists are moved, and nothing stays
    frozen; a program that has frozen objects of its own is left alone. Not for what is done again and again:
    the collector would never get to the old ones.
    """
    done = collector_at_rest(work, *args, **kwargs)
    if gc.isenabled() and hasattr(gc, "freeze") and not gc.get_freeze_count():
        gc.freeze()
        gc.unfreeze()
    return done
