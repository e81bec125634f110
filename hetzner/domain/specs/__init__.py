"""What may be wanted of each kind, in the words of the API; ids become names, actions become fields."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import cast

from hetzner.domain.specs.kind import Kind

NAMES = (
    "ssh_keys",
    "networks",
    "placement_groups",
    "firewalls",
    "primary_ips",
    "servers",
    "volumes",
    "floating_ips",
    "certificates",
    "load_balancers",
    "zones",
    "storage_boxes",
)
"""The kinds that can be declared, in the order in which people read them."""


@cache
def kinds() -> dict[str, Kind]:
    """Return the kinds that can be declared, by name."""
    return {name: kind_of(name) for name in NAMES}


@cache
def kind_of(name: str) -> Kind:
    """Return a kind by its name.

    Raises:
        LookupError: there is no spec of it.
    """
    if name not in NAMES:
        raise LookupError(f"there is no spec of {name}")
    return cast("Kind", import_module(f"hetzner.domain.specs.{name}").KIND)
