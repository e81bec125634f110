"""Work during which thousands of objects are made and none is dropped: the garbage collector waits."""

import gc
from collections.abc import Callable
from importlib import import_module
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
YOUNG = 20_000
"""Objects of a program that has only just begun: all of them are modules and what stands in them."""


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
    """Return a module, and keep the collector from looking for garbage among the classes that it brings.

    A fifth of what a short program spends would go there, most of it when it ends. In a program that has just
    begun they are frozen (``gc.unfreeze()`` undoes it); later there may be garbage among what would be frozen
    with them, so they only count as old at once, since modules stay.
    """
    may = gc.isenabled() and hasattr(gc, "freeze") and not gc.get_freeze_count()
    young = may and len(gc.get_objects()) < YOUNG
    module = collector_at_rest(import_module, name)
    if may:
        gc.freeze()  # it only moves lists
        if not young:
            gc.unfreeze()
    return module
