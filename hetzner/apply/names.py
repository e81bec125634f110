"""What objects are called while one takes the place of another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hetzner.domain.specs.labels import PROJECT, REPLACES


def temporary(name: str) -> str:
    """Return what the successor of an object is called until the old one is gone."""
    return f"{name}-next"


def former(name: str) -> str:
    """Return what an object is called in plans once it has a successor; nothing can be declared like that."""
    return f"{name} (old)"


def successor(found: Mapping[str, Any], name: str, project: str) -> Any | None:
    """Return the successor of an object that an interrupted run has made, if there is one."""
    other = found.get(temporary(name))
    is_ours = other is not None and other.labels.get(PROJECT) == project and REPLACES in other.labels
    return other if is_ours else None
