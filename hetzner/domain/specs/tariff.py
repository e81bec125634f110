"""The prices of everything, asked by what is wanted; nothing here makes a request.

https://docs.hetzner.cloud/reference/cloud#pricing
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from hetzner.domain.money import Cost, amount, cost_of, located
from hetzner.domain.reference import HasId, label_of
from hetzner.schema.pricing import Prices

Types = Mapping[str, Iterable[Any]]


def _never(kind: str, ref: Any) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Tariff:
    """A price list; where an object stands nowhere in particular, the first price that is told counts."""

    prices: Prices
    types: Types = field(default_factory=dict)
    """Types by kind, for what they cost where the list does not tell."""
    apart: Callable[[str, Any], bool] = _never
    """Tells whether an object that is part of another one is counted on its own."""

    def of_type(self, kind: str, ref: Any, location: Any) -> Cost | None:
        """Return what an object of a type costs, or None when nobody tells."""
        name = called(ref)
        known = [*(getattr(self.prices, kind, None) or ()), *self.types.get(kind, ())]
        found = [each for each in known if name in (each.name, str(each.id))]
        costs = (_in(each.prices, location) for each in found)
        return next((cost for cost in costs if cost is not None), None)

    def of_address(self, kind: str, type: Any, location: Any) -> Cost | None:
        """Return what an address of ``primary_ips`` or ``floating_ips`` costs, by ``ipv4`` or ``ipv6``."""
        found = (each.prices for each in getattr(self.prices, kind) if each.type == type)
        return next((_in(prices, location) for prices in found), None)

    def of_size(self, what: str, gigabytes: Any) -> Cost | None:
        """Return what stored data costs: of a ``volume`` or an ``image``."""
        if not isinstance(gigabytes, int | float | Decimal):
            return None
        return Cost(amount(getattr(self.prices, what).price_per_gb_month) * Decimal(str(gigabytes)), None)

    @property
    def backups(self) -> Decimal:
        """The share of the price of a server that its backups cost."""
        return Decimal(self.prices.server_backup.percentage) / 100


def called(ref: Any) -> str | None:
    """Return how a reference is written, of several to choose from the first; None for what is none yet."""
    ref = ref[0] if isinstance(ref, list | tuple) and ref else ref
    if type(ref) is str:
        return ref
    return label_of(ref) if isinstance(ref, str | int | HasId) else None


def _in(prices: Iterable[Any], location: Any) -> Cost | None:
    name = called(location)
    if name is not None:
        return located(prices, name)
    return next((cost_of(price) for price in prices), None)
