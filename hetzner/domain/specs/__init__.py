"""What may be wanted of each kind, in the words of the API; ids become names, actions become fields."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from hetzner.domain.specs.kind import Kind

NAMES = ("ssh_keys", "networks", "placement_groups", "firewalls", "servers")
"""The kinds that can be declared, in the order in which people read them."""


@cache
def kinds() -> dict[str, Kind]:
    """Return the kinds that can be declared, by name."""
    return {name: import_module(f"hetzner.domain.specs.{name}").KIND for name in NAMES}
