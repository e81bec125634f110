"""Prices of everything.

https://docs.hetzner.cloud/reference/cloud#pricing
"""

from typing import Generic, Unpack

from hetzner._faces import IO
from hetzner.schema.collection import Collection
from hetzner.schema.common import LocationPrice, Price
from hetzner.schema.endpoint import get
from hetzner.schema.model import Model
from hetzner.schema.operation import Options


class PricingLocationPrice(Model):
    """What an address costs in one location."""

    location: str
    price_hourly: Price | None = None
    price_monthly: Price


class PricingAddress(Model):
    """What addresses of one type (``ipv4``, ``ipv6``) cost."""

    type: str
    prices: list[PricingLocationPrice]


class PricingPerGB(Model):
    """What a gigabyte costs a month."""

    price_per_gb_month: Price


class PricingBackup(Model):
    """What backups add to the price of a server."""

    percentage: str


class PricingType(Model):
    """What a type costs in each location."""

    id: int
    name: str
    prices: list[LocationPrice]


class PricingMonthly(Model):
    """What something costs a month."""

    price_monthly: Price


class Prices(Model):
    """Prices of everything, in one currency."""

    currency: str
    vat_rate: str
    primary_ips: list[PricingAddress]
    floating_ips: list[PricingAddress]
    floating_ip: PricingMonthly | None = None
    image: PricingPerGB
    volume: PricingPerGB
    server_backup: PricingBackup
    server_types: list[PricingType]
    load_balancer_types: list[PricingType]


class PricingRetrieveResponse(Model):
    """The prices."""

    pricing: Prices


class Pricing(Collection[IO], Generic[IO], at="/pricing"):
    """Prices of everything."""

    @get
    def retrieve(self, **options: Unpack[Options]) -> PricingRetrieveResponse:
        """Return all prices."""
        ...
