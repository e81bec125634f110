"""What a change does to those who use an object: facts that a plan shows as badges."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any


class Toll(Enum):
    """A kind of harm that a change does."""

    OFF = "off"
    """It is off for a while."""
    DATA = "data loss"
    """What is stored is lost for good."""
    ADDRESS = "address loss"
    """Addresses go back to Hetzner and will not be had again."""
    TARGET = "target drop"
    """A load balancer is without a target for a while."""
    GROWS = "grows for good"
    """It cannot be made smaller again."""


@dataclass(frozen=True, slots=True)
class Effect:
    """One harm that a change does."""

    toll: Toll
    what: str = ""
    """What is lost, grows or is dropped: `ipv4 203.0.113.7`, `disk 40 → 80 GB`."""
    seconds: float | None = None
    """About how long, for what passes."""
    field: str = ""
    """The field whose change does it; none when it is the object's going."""


Lookup = Callable[[str, Any], Any]
"""Finds an object that is there by its kind and its name or id; None when there is none."""
