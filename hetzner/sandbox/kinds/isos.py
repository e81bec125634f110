"""ISO images, as the catalogue has them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hetzner.sandbox.call import Call
from hetzner.sandbox.kind import CatalogueKind
from hetzner.sandbox.table import Row


class ISOs(CatalogueKind):
    """Discs to insert into servers."""

    name = "isos"
    singular = "iso"

    def render(self, row: Row) -> dict[str, Any]:
        """Write an ISO as the API shows it."""
        return {**row, "type": "public", "deprecation": None}

    def select(self, call: Call) -> Iterator[Row]:
        """Filter by architecture; ISOs for any architecture only when asked for."""
        wanted = call.many("architecture")
        anyway = call.flag("include_architecture_wildcard")
        for row in super().select(call):
            if not wanted or row["architecture"] in wanted or (anyway and row["architecture"] is None):
                yield row
