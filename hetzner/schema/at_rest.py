"""Work during which thousands of objects are made and none is dropped: the garbage collector waits."""

import gc
from collections.abc import Callable
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


def collector_at_rest(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Do the work while the collector rests: it would walk all new objects again and again, and find nothing.

    Decoding a page takes half as long that way, importing what a first call needs nine tenths.
    """
    if not gc.isenabled():
        return work(*args, **kwargs)
    gc.disable()
    try:
        return work(*args, **kwargs)
    finally:
        gc.enable()
