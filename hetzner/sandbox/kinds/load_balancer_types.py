"""Load balancer types: sizes and prices."""

from __future__ import annotations

from typing import Any

from hetzner.sandbox.catalogue import TIB
from hetzner.sandbox.clock import stamp
from hetzner.sandbox.kind import CatalogueKind
from hetzner.sandbox.table import Row

_SHOWN = (
    "id", "name", "description", "max_connections", "max_services", "max_targets",
    "max_assigned_certificates", "deprecation",
)  # fmt: skip


class LoadBalancerTypes(CatalogueKind):
    """What load balancers can be.

    No type is deprecated so far. To see what happens when one is, give it an end:

        lb11 = sandbox.catalogue.rows("load_balancer_types")[1]
        lb11["deprecation"] = {"announced": long_ago, "unavailable_after": "2026-02-01T00:00:00Z"}
    """

    name = "load_balancer_types"
    singular = "load_balancer_type"

    def render(self, row: Row) -> dict[str, Any]:
        """Write a load balancer type as the API shows it."""
        sold = {place: (row["monthly"], row["hourly"], tib) for place, tib in row["traffic"].items()}
        return {**{name: row[name] for name in _SHOWN}, "prices": self.project.catalogue.type_prices(sold)}

    def retired(self, row: Row) -> bool:
        """Whether new load balancers of the type are refused."""
        deprecation = row["deprecation"]
        return deprecation is not None and deprecation["unavailable_after"] <= stamp(self.project.now)

    def included_traffic(self, row: Row, place: str) -> int:
        """Bytes a month that cost nothing extra."""
        return int(row["traffic"].get(place, 0) * TIB)
