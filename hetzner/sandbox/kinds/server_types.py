"""Server types: sizes, prices and where each can be had now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hetzner.sandbox.clock import stamp
from hetzner.sandbox.kind import CatalogueKind
from hetzner.sandbox.table import Row

if TYPE_CHECKING:
    from hetzner.sandbox.project import Project

Deprecation = dict[str, str]


class ServerTypes(CatalogueKind):
    """What servers can be."""

    name = "server_types"
    singular = "server_type"

    def __init__(self, project: Project) -> None:
        super().__init__(project)
        self._rendered: dict[int, tuple[frozenset[str], dict[str, Any]]] = {}

    def render(self, row: Row) -> dict[str, Any]:
        """Write a server type as the API shows it (made once for each state of its stock)."""
        sold_out = frozenset(place for kind, place in self.project.faults.sold_out if kind == row["name"])
        known = self._rendered.get(row["id"])
        if known is None or known[0] != sold_out:
            known = self._rendered[row["id"]] = (sold_out, self._write(row, sold_out))
        return known[1]

    def _write(self, row: Row, sold_out: frozenset[str]) -> dict[str, Any]:
        sold = {place: (m, h, tib) for place, (m, h, tib, _) in self._offers(row).items()}
        return {
            "id": row["id"],
            "name": row["name"],
            "description": row["name"].upper(),
            "category": row["category"],
            "cores": row["cores"],
            "memory": float(row["memory"]),
            "disk": row["disk"],
            "deprecation": self.gone_everywhere(row),
            "prices": self.project.catalogue.type_prices(sold),
            "storage_type": "local",
            "cpu_type": row["cpu_type"],
            "architecture": row["architecture"],
            "locations": [self._place(row, place, sold_out) for place in row["sold"]],
        }

    def _offers(self, row: Row) -> dict[str, list[Any]]:
        return {place: offer for place, offer in row["sold"].items() if isinstance(offer, list)}

    def _place(self, row: Row, place: str, sold_out: frozenset[str]) -> dict[str, Any]:
        offer = self._offers(row).get(place)
        return {
            "id": self.project.catalogue.locations[place]["id"],
            "name": place,
            "deprecation": self.deprecation(row, place),
            "recommended": bool(offer and offer[3]),
            "available": offer is not None and place not in sold_out,
        }

    def deprecation(self, row: Row, place: str) -> Deprecation | None:
        """When the type went, or goes, from a location; None when it stays."""
        offer = row["sold"].get(place)
        found: Deprecation | None = (
            self.project.catalogue.figures["deprecations"].get(offer) if isinstance(offer, str) else None
        )
        return found

    def gone_everywhere(self, row: Row) -> Deprecation | None:
        """The deprecation of a type that is deprecated wherever it was sold."""
        return None if self._offers(row) else self.deprecation(row, next(iter(row["sold"])))

    def retired(self, row: Row, place: str | None = None) -> bool:
        """Whether new servers of the type are refused, in a location or in all."""
        deprecation = self.gone_everywhere(row) if place is None else self.deprecation(row, place)
        return deprecation is not None and deprecation["unavailable_after"] <= stamp(self.project.now)

    def places(self, row: Row) -> list[str]:
        """Where the type is on sale and in stock now, recommended locations first."""
        offers = self._offers(row)
        open_now = [place for place in offers if (row["name"], place) not in self.project.faults.sold_out]
        return sorted(open_now, key=lambda place: not offers[place][3])

    def included_traffic(self, row: Row, place: str) -> int:
        """Bytes a month that cost nothing extra."""
        prices = {price["location"]: price["included_traffic"] for price in self.render(row)["prices"]}
        return int(prices.get(place, 0))
