"""Protection against deletion, which is the same for most kinds."""

from __future__ import annotations

from collections.abc import Iterator

from hetzner.domain.reference import Named
from hetzner.domain.specs.facts import Call, Change


def protection(change: Change) -> Iterator[Call]:
    """Forbid or allow deletion."""
    yield protected(change.of, bool(change.new))


def protected(of: Named, on: bool) -> Call:
    """Return the call that forbids to delete an object, last of all, or allows it, first of all."""
    return Call(f"{of.kind}.actions.change_protection", {"delete": on}, of, turn=1 if on else -1)
