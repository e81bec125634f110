"""Datacenters: removed from the API in October 2026; asking for them says so."""

from __future__ import annotations

from hetzner.sandbox.call import Call
from hetzner.sandbox.errors import gone
from hetzner.sandbox.kind import Kind, answers

ANNOUNCED = "https://docs.hetzner.cloud/changelog"


class Datacenters(Kind):
    """What is left of the old endpoints."""

    name = "datacenters"
    singular = "datacenter"

    @answers("list", "retrieve")
    def removed(self, call: Call) -> None:
        """Answer 410 `deprecated_api_endpoint`."""
        raise gone("the datacenters endpoint was removed, use locations instead", ANNOUNCED)
