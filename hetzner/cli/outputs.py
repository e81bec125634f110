"""What a document wants to be told in the end; secrets stay hidden."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from hetzner.cli.screen import Line
from hetzner.cli.values import scalar


def output_lines(outputs: Mapping[str, Any], of: str = "") -> Iterator[Line]:
    """Yield a line for each output, none when there are none; ``of`` is whose they are, of several."""
    if outputs:
        yield ()
        yield (("Outputs", "bold"), f" of {of}" if of else "")
    width = max(map(len, outputs), default=0)
    for name, each in outputs.items():
        yield "  ", (name.ljust(width), "cyan"), f"  {scalar(each)}"
