"""Locations, as the catalogue has them."""

from __future__ import annotations

from typing import Any

from hetzner.sandbox.kind import CatalogueKind
from hetzner.sandbox.table import Row


class Locations(CatalogueKind):
    """The sites."""

    name = "locations"
    singular = "location"

    def render(self, row: Row) -> dict[str, Any]:
        """Write a location as the API shows it: the row as it is."""
        return row
