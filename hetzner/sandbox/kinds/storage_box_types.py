"""Storage box types: sizes and prices."""

from __future__ import annotations

from typing import Any

from hetzner.sandbox.errors import Refusal
from hetzner.sandbox.kind import CatalogueKind
from hetzner.sandbox.table import Row


class StorageBoxTypes(CatalogueKind):
    """What storage boxes can be."""

    name = "storage_box_types"
    singular = "storage_box_type"

    def render(self, row: Row) -> dict[str, Any]:
        """Write a storage box type as the API shows it."""
        price = self.project.catalogue.price
        prices = {
            "price_hourly": price(row["hourly"]),
            "price_monthly": price(row["monthly"]),
            "setup_fee": price(row["setup_fee"]),
        }
        return {
            "id": row["id"],
            "name": row["name"],
            "description": row["description"],
            "snapshot_limit": row["snapshot_limit"],
            "automatic_snapshot_limit": row["automatic_snapshot_limit"],
            "subaccounts_limit": row["subaccounts_limit"],
            "size": row["size"],
            "prices": [{"location": location, **prices} for location in row["locations"]],
            "deprecation": None,
        }

    def sold(self, which: int | str, location: str) -> Row:
        """The type of that id or name, or a refusal; also when it is not sold in the location."""
        row = self.pick("storage_box_type", which)
        if location not in row["locations"]:
            raise Refusal(422, "invalid_input", "unsupported location for storage box type")
        return row
