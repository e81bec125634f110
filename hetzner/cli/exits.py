"""How the commands end: the exit codes, and the interruption that leads to two of them."""

from __future__ import annotations

DONE = 0
"""Done, or nothing to do."""
ERROR = 1
"""The API, the configuration or the connection."""
PENDING = 2
"""Changes are pending; only with ``--detailed-exitcode``."""
UNFINISHED = 3
"""Stopped half-way; running it again goes on."""
REFUSED = 4
"""Refused by a guard, or not approved; nothing was changed."""
USAGE = 64
"""Wrong usage, or a file that cannot be used."""
SIGNALLED = 128
"""Plus the number of the signal: 130 for ctrl-c, 143 for SIGTERM."""


class Interrupted(SystemExit):
    """A signal asked to stop; an event loop lets it through wherever in it the signal comes."""

    def __init__(self, number: int) -> None:
        self.status = SIGNALLED + number
        super().__init__(self.status)
