"""What is written under the logger ``hetzner``: one line an event, never a secret."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping

log = logging.getLogger("hetzner")
FORM = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_shown: list[logging.Handler] = []
"""What was added for HCLOUD_DEBUG, once in a program."""


def show_when_asked(environ: Mapping[str, str]) -> None:
    """Show what is logged when HCLOUD_DEBUG is on: on standard error, or in the file HCLOUD_DEBUG_FILE.

    Raises OSError for a file that cannot be written.
    """
    if _shown or environ.get("HCLOUD_DEBUG", "").lower() not in ("1", "t", "true", "yes", "on"):
        return
    path = environ.get("HCLOUD_DEBUG_FILE")
    handler: logging.Handler = logging.StreamHandler()
    if path:
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600))  # for its owner only
        handler = logging.FileHandler(path, encoding="utf-8")
    handler.setFormatter(logging.Formatter(FORM))
    log.addHandler(handler)
    log.setLevel(logging.DEBUG)
    _shown.append(handler)


def one_line(text: str) -> str:
    """Return text that cannot break a log into further lines or events."""
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in text)
