"""What a kind demands of all objects that refer to it: with which addresses they may."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Set
from typing import Any


class Company:
    """The part of a kind that is about those who use it; one that takes everybody needs none of it."""

    def admits(self, spec: Mapping[str, Any], said: Mapping[str, Any]) -> str:
        """Tell why an object cannot refer to this one by what it says of it (an address), or nothing."""
        return ""

    def seats(self, said: Mapping[str, Any]) -> Iterable[Hashable]:
        """Yield what can be had once only, of what an object says of this one."""
        return ()

    def pick(self, spec: Mapping[str, Any], taken: Set[Any]) -> Mapping[str, Any] | None:
        """Return what to say of an object in order to have a seat that is not taken, if that matters."""
        return None
