"""What an object is worth: its price, what is stored in it, its addresses; and what to be warned of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from hetzner.domain.money import NOTHING, Cost
from hetzner.domain.reference import HasId
from hetzner.domain.specs.effects import Lookup
from hetzner.domain.specs.tariff import Tariff, called

Catalogue = Mapping[str, Mapping[str, list[Any]]]
"""What can be ordered, by kind and name."""
Caution = tuple[tuple[str | int, ...], str, str]
"""Where in a spec, what there is to be warned of, and what to do about it."""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What must be known besides a spec in order to warn."""

    catalogue: Catalogue
    find: Lookup
    applied: Callable[[str, int], int]
    """How many objects of a kind are applied to one, by its id, by labels and not by its own wish."""
    now: datetime
    creates: bool
    """Whether the object is going to be made, be it anew."""


class Worth:
    """The part of a kind that is about value; one that costs nothing and holds nothing needs none of it."""

    billed: ClassVar[bool] = False
    """Whether it costs anything."""
    sold_as: ClassVar[str | None] = None
    """The field that names the type it is sold as, if it has one; objects tell the type under that name."""

    def cost(self, spec: Mapping[str, Any], tariff: Tariff) -> Cost | None:
        """Return what an object like this costs, without traffic; None when the prices do not tell."""
        return NOTHING

    def made_of(self, spec: Mapping[str, Any], actual: Any, catalogue: Catalogue) -> Iterator[Any]:
        """Yield what an object is made of that has a price of its own and that no document declares."""
        yield from ()

    def types_of(self, actual: Any) -> dict[str, list[Any]]:
        """Return the type of an object, by the name of the list that such types are in."""
        found = getattr(actual, self.sold_as, None) if self.sold_as else None
        return {} if found is None else {f"{self.sold_as}s": [found]}

    def data(self, actual: Any) -> str:
        """Return what is stored in an object and goes with it; nothing when nothing is."""
        return ""

    def addresses(self, actual: Any, spec: Mapping[str, Any], find: Lookup) -> Iterable[str]:
        """Yield the addresses that go with an object; ``spec`` is what is wanted of its successor."""
        return ()

    def cautions(self, spec: Mapping[str, Any], actual: Any, about: Circumstances) -> Iterator[Caution]:
        """Yield what to be warned of that only the API can tell: here, that its type goes."""
        if self.sold_as is not None:
            found = known(about.catalogue, f"{self.sold_as}s", spec.get(self.sold_as))
            have: Any = getattr(actual, self.sold_as, None)
            each: Any = next(iter(found), have)
            if each is None:
                return
            ordered = about.creates or have is None or each.id != have.id
            if told := deprecated(each.name, each.deprecation, about, ordered):
                yield (self.sold_as,), told, ""


def known(catalogue: Catalogue, kind: str, ref: Any) -> list[Any]:
    """Return what can be ordered by that name or id; a choice of several means the first of them."""
    meant, entries = str(ref.id) if isinstance(ref, HasId) else called(ref) or "", catalogue.get(kind, {})
    if meant in entries:
        return entries[meant]
    return [each for several in entries.values() for each in several if str(each.id) == meant]


def deprecated(name: str, info: Any, about: Circumstances, ordered: bool, where: str = "") -> str:
    """Return the warning that something is going, or is gone and yet ``ordered``; nothing otherwise."""
    if info is None:
        return ""
    day = f"{info.unavailable_after:%Y-%m-%d}"
    if info.unavailable_after > about.now:
        return f"{name} is deprecated{where}: no new ones after {day}"
    return f"{name} is not sold any more{where} since {day}: this will be refused" if ordered else ""
