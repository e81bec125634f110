"""What is written under the logger ``hetzner``: one line an event, never a secret."""

from __future__ import annotations

import logging

log = logging.getLogger("hetzner")


def one_line(text: str) -> str:
    """Return text that cannot break a log into further lines or events."""
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in text)
