"""What things cost, calculated from the prices that the API tells; nothing here makes a request.

https://docs.hetzner.cloud/reference/cloud#pricing
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from hetzner.domain.record import Record
from hetzner.schema import pricing as schema


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount of money, without and with VAT; the currency is that of the account."""

    net: Decimal
    gross: Decimal

    def __add__(self, other: Amount) -> Amount:
        return Amount(self.net + other.net, self.gross + other.gross)

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
            return Cost(_amount(price.price_monthly), price.price_hourly and _amount(price.price_hourly))
    return None


def _amount(price: Any) -> Amount:
    try:
        return Amount(Decimal(price.net), Decimal(price.gross))
    except (InvalidOperation, TypeError) as error:
        raise ValueError(f"{price!r} is no price") from error


class Costs(schema.Prices):
    """Prices that can tell what an object costs."""

    def cost(self, thing: Record[Any]) -> Cost:
        """Return what an object costs as it is, all in all, without traffic.

        A server with its IPv4 address and its backups; a snapshot by its size. What is free costs nothing.
        An address that is assigned to a server is counted here and there. Raises LookupError when there is no
        price for it, and TypeError for kinds whose prices the API does not tell.
        """
        told = _COSTS.get(thing.kind)
        if told is None and thing.kind not in _FREE:
            raise TypeError(f"the API does not tell what {thing!r} costs")
        found = told(self, thing) if told else NOTHING
        if found is None:
            raise LookupError(f"there is no price for {thing!r}")
        return found

    def _address(self, addresses: Iterable[Any], type: str, location: str) -> Cost | None:
        return next((located(each.prices, location) for each in addresses if each.type == type), None)


def _server(prices: Costs, server: Any) -> Cost | None:
    cost = located(server.server_type.prices, server.location.name)
    if cost is None:
        return None
    if server.backup_window is not None:
        cost += cost * (Decimal(prices.server_backup.percentage) / 100)
    for version in ("ipv4", "ipv6"):
        if getattr(server.public_net, version) is not None:
            cost += prices._address(prices.primary_ips, version, server.location.name) or NOTHING
    return cost


def _by_size(price: schema.PricingPerGB, size: float | None) -> Cost:
    return Cost(_amount(price.price_per_gb_month) * Decimal(str(size or 0)), None)


_COSTS: dict[str, Callable[[Costs, Any], Cost | None]] = {
    "servers": _server,
    "volumes": lambda prices, volume: _by_size(prices.volume, volume.size),
    "images": lambda prices, image: _by_size(
        prices.image, image.image_size if image.type == "snapshot" else 0
    ),
    "primary_ips": lambda prices, ip: prices._address(prices.primary_ips, ip.type, ip.location.name),
    "floating_ips": lambda prices, ip: prices._address(prices.floating_ips, ip.type, ip.home_location.name),
    "load_balancers": lambda _, each: located(each.load_balancer_type.prices, each.location.name),
    "storage_boxes": lambda _, each: located(each.storage_box_type.prices, each.location.name),
}
_FREE = frozenset({"networks", "firewalls", "placement_groups", "ssh_keys", "certificates", "zones"})
