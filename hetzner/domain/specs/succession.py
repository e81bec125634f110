"""What there is to know about a kind in order to make a new object before the old one goes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from hetzner.domain.reference import Named
from hetzner.domain.specs.facts import Call

if TYPE_CHECKING:
    from hetzner.domain.specs.kind import Names


class Succession:
    """The part of a kind that is about the successors of its objects."""

    succeeds: ClassVar[bool] = False
    """Whether a replacement is made before the old object goes, unless a document wants it otherwise."""

    def obstacle(self, actual: Any, spec: Mapping[str, Any], calls: Sequence[Any], names: Names) -> str:
        """Tell what stands in the way of calls that change an object, or nothing."""
        return ""

    def alone(self, spec: Mapping[str, Any], actual: Any, names: Names) -> str:
        """Tell why a successor cannot be made as long as an object is there, or nothing."""
        return ""

    def beside(self, spec: Mapping[str, Any], actual: Any, names: Names) -> dict[str, Any]:
        """Return what a successor can have of a spec as long as the object is there."""
        return dict(spec)

    def hand_over(
        self, of: Named, spec: Mapping[str, Any], old: Named, actual: Any, names: Names, new: Any = None
    ) -> Iterable[Call]:
        """Return the calls that give a successor (``new``, if it is there) what only one of both can have."""
        return ()
