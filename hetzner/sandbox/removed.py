"""Endpoints that the API no longer has but still knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Removed:
    """An operation that the schema no longer declares."""

    name: str
    verb: str
    path: str
    parameters: Mapping[str, Any] = field(default_factory=dict)


REMOVED = (
    Removed("datacenters.list", "GET", "/datacenters"),
    Removed("datacenters.retrieve", "GET", "/datacenters/{id}"),
)
