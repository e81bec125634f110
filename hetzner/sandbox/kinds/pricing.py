"""All prices at once."""

from __future__ import annotations

from typing import Any

from hetzner.sandbox.call import Call
from hetzner.sandbox.kind import Kind, answers


class Pricing(Kind):
    """The price list, made from the catalogue."""

    name = "pricing"
    singular = "pricing"

    @answers("retrieve")
    def retrieve(self, call: Call) -> dict[str, Any]:
        """Answer with every price, net and gross."""
        catalogue = self.project.catalogue
        prices, price = catalogue.figures["prices"], catalogue.price
        floating = {version: price(net) for version, net in prices["floating_ip"].items()}
        pricing = {
            "currency": catalogue.figures["currency"],
            "vat_rate": catalogue.figures["vat_rate"],
            "primary_ips": [self._primary(version, *both) for version, both in prices["primary_ip"].items()],
            "floating_ip": {"price_monthly": floating["ipv4"]},
            "floating_ips": [self._floating(version, monthly) for version, monthly in floating.items()],
            "image": {"price_per_gb_month": price(prices["image_gb"])},
            "volume": {"price_per_gb_month": price(prices["volume_gb"])},
            "server_backup": {"percentage": prices["server_backup"]},
            "server_types": self._server_types(),
            "load_balancer_types": self._load_balancer_types(),
        }
        return {"pricing": pricing}

    def _primary(self, version: str, monthly: str, hourly: str) -> dict[str, Any]:
        price = self.project.catalogue.price
        both = {"price_hourly": price(hourly), "price_monthly": price(monthly)}
        return {
            "type": version,
            "prices": [{"location": place, **both} for place in self.project.catalogue.locations],
        }

    def _floating(self, version: str, monthly: dict[str, str]) -> dict[str, Any]:
        places = self.project.catalogue.locations
        return {
            "type": version,
            "prices": [{"location": place, "price_monthly": monthly} for place in places],
        }

    def _server_types(self) -> list[dict[str, Any]]:
        kind = self.project.kind("server_types")
        types = [kind.render(row) for row in kind.rows()]
        return [
            {"id": each["id"], "name": each["name"], "prices": each["prices"]}
            for each in types
            if each["prices"]
        ]

    def _load_balancer_types(self) -> list[dict[str, Any]]:
        catalogue = self.project.catalogue
        return [
            {
                "id": row["id"],
                "name": row["name"],
                "prices": catalogue.type_prices(
                    {place: (row["monthly"], row["hourly"], tib) for place, tib in row["traffic"].items()}
                ),
            }
            for row in catalogue.rows("load_balancer_types").values()
        ]
