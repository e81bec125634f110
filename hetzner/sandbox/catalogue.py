"""What Hetzner sells: locations, types, images, ISOs and prices, read from `catalogue.json`.

The figures are of November 2026. Where no public source had one, the last known figure stands in (2025 prices
of cpx41, cpx51, lb31 and of ccx in Singapore; most image and ISO ids are made up).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

from hetzner.sandbox.table import Id, Row

TIB = 1024**4
IMAGE_CREATED = 1770019200.0


@cache
def _figures() -> dict[str, Any]:
    text = files("hetzner.sandbox").joinpath("catalogue.json").read_text(encoding="utf-8")
    figures: dict[str, Any] = json.loads(text)
    return figures


class Catalogue:
    """The entries of each kind as rows, as they are written in the file; the kinds turn them into answers."""

    def __init__(self) -> None:
        self._rows: dict[str, dict[Id, Row]] = {}

    @property
    def figures(self) -> dict[str, Any]:
        """The file as it is: currency, vat_rate, prices, nameservers, and the lists that `rows` reads."""
        return _figures()

    def rows(self, kind: str) -> dict[Id, Row]:
        """The entries of a kind by id; empty for a kind that is not sold."""
        if kind not in self._rows:
            read = _READ.get(kind)
            rows = [read(entry) for entry in self.figures[kind]] if read else []
            self._rows[kind] = {row["id"]: row for row in rows}
        return self._rows[kind]

    @cached_property
    def locations(self) -> dict[str, Row]:
        """The locations by name."""
        return {row["name"]: row for row in self.rows("locations").values()}

    def price(self, net: str) -> dict[str, str]:
        """A net figure as the API shows prices: decimal texts without and with VAT."""
        return _price(net)

    def type_prices(self, sold: dict[str, tuple[str, str, float]]) -> list[dict[str, Any]]:
        """Prices of a type: location -> (monthly, hourly, included TiB), as the API lists them."""
        traffic = self.figures["prices"]
        return [
            {
                "location": location,
                "price_hourly": _price(hourly),
                "price_monthly": _price(monthly),
                "included_traffic": int(tib * TIB),
                "price_per_tb_traffic": _price(
                    traffic["traffic_tb"].get(location, traffic["traffic_tb_else"])
                ),
            }
            for location, (monthly, hourly, tib) in sold.items()
        ]


@cache
def _price(net: str) -> dict[str, str]:
    gross = Decimal(net) * (1 + Decimal(_figures()["vat_rate"]) / 100)
    return {"net": f"{Decimal(net):.10f}", "gross": f"{gross:.16f}"}


def _named(*names: str) -> Callable[[list[Any]], Row]:
    return lambda entry: dict(zip(names, entry, strict=True))


def _image(entry: list[Any]) -> Row:
    row = _named(
        "id", "name", "type", "description", "os_flavor", "os_version", "architecture", "deprecation"
    )(entry)
    return {
        **row,
        "status": "available",
        "labels": {},
        "created": IMAGE_CREATED,
        "disk_size": 5,
        "image_size": None,
    }


def _load_balancer_type(entry: list[Any]) -> Row:
    row = _named(
        "id", "name", "description", "max_services", "max_targets", "max_connections",
        "max_assigned_certificates", "monthly", "hourly", "traffic",
    )(entry)  # fmt: skip
    return {**row, "deprecation": None}


_READ: dict[str, Callable[[list[Any]], Row]] = {
    "locations": _named(
        "id", "name", "description", "country", "city", "latitude", "longitude", "network_zone"
    ),
    "server_types": _named(
        "id", "name", "cores", "memory", "disk", "architecture", "cpu_type", "category", "sold"
    ),
    "load_balancer_types": _load_balancer_type,
    "storage_box_types": _named(
        "id", "name", "description", "size", "snapshot_limit", "automatic_snapshot_limit",
        "subaccounts_limit", "locations", "monthly", "hourly", "setup_fee",
    ),
    "images": _image,
    "isos": _named("id", "name", "description", "architecture"),
}  # fmt: skip
