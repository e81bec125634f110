"""Money: exact amounts, and what they add up to.

https://docs.hetzner.cloud/reference/cloud#pricing
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount of money, without and with VAT; the currency is that of the account."""

    net: Decimal
    gross: Decimal

    def __add__(self, other: Amount) -> Amount:
        return Amount(self.net + other.net, self.gross + other.gross)

    def __radd__(self, other: int) -> Amount:
        return self if other == 0 else NotImplemented  # sum() starts with 0

    def __sub__(self, other: Amount) -> Amount:
        return Amount(self.net - other.net, self.gross - other.gross)

    def __mul__(self, factor: int | Decimal) -> Amount:
        return Amount(self.net * factor, self.gross * factor)

    def __str__(self) -> str:
        return f"{self.net:.2f} net, {self.gross:.2f} gross"


@dataclass(frozen=True, slots=True)
class Cost:
    """What something costs: it is billed by the hour, and never more than a month."""

    monthly: Amount
    hourly: Amount | None
    """None where the API tells prices by the month only, as it does for volumes and images."""

    def __add__(self, other: Cost) -> Cost:
        hourly = self.hourly + other.hourly if self.hourly and other.hourly else None
        return Cost(self.monthly + other.monthly, hourly)

    def __radd__(self, other: int) -> Cost:
        return self if other == 0 else NotImplemented  # sum() starts with 0

    def __mul__(self, factor: int | Decimal) -> Cost:
        return Cost(self.monthly * factor, self.hourly and self.hourly * factor)

    def __str__(self) -> str:
        return f"{self.monthly} a month"


NOTHING = Cost(*[Amount(Decimal(0), Decimal(0))] * 2)
"""What things cost that are free; a sum starts with it: ``sum(costs, NOTHING)``."""


def located(prices: Iterable[Any] | None, location: str | None) -> Cost | None:
    """Return the price of one location, or None when there is none."""
    for price in prices or ():
        if price.location == location:
            return cost_of(price)
    return None


def cost_of(price: Any) -> Cost:
    """Return a price of the API as a cost; raises ValueError when it is none."""
    hourly = getattr(price, "price_hourly", None)
    return Cost(amount(price.price_monthly), hourly and amount(hourly))


def amount(price: Any) -> Amount:
    """Return a price of the API as an amount; raises ValueError when it is none."""
    try:
        return Amount(Decimal(price.net), Decimal(price.gross))
    except (InvalidOperation, TypeError) as error:
        raise ValueError(f"{price!r} is no price") from error
