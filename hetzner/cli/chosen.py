"""What became of ``--target`` and ``--exclude``: what came with it, and what had to stay out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hetzner.apply.choice import Selection
from hetzner.cli.screen import Line


def selection_lines(selection: Selection) -> Iterator[Line]:
    """Yield a line for everything that was added or left out."""
    for address, because in selection.included.items():
        yield "    with ", (address, "cyan"), f": {because}"
    for address, because in selection.left_out.items():
        yield "    without ", (address, "bold"), f": {because}"


def selection_document(selection: Selection) -> dict[str, Any]:
    """Return the same for programs."""
    return {"included": dict(selection.included), "left_out": dict(selection.left_out)}
