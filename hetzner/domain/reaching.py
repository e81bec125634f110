"""Waiting until something answers at a port: connecting again and again, on the client's clock."""

from __future__ import annotations

from typing import Any

from hetzner.api.errors import HetznerError
from hetzner.api.knocking import knock

ATTEMPT = 5.0
"""Seconds that one attempt may take."""
PAUSE = 1.0
"""Seconds between two attempts."""


class Unreachable(HetznerError, TimeoutError):
    """Nothing answered in time; the message tells what the last attempt came to."""


async def reached(port: Any, address: str, number: int, timeout: float, hello: bytes = b"") -> None:
    """Return once something answers; raises Unreachable when nothing does within ``timeout`` seconds."""
    ends = port.clock.now() + timeout
    while True:
        seconds = min(ATTEMPT, max(PAUSE, ends - port.clock.now()))
        reason = await knock(port, address, number, seconds=seconds, hello=hello)
        if reason is None:
            return
        if port.clock.now() + PAUSE > ends:
            raise Unreachable(f"nothing answers at {address} port {number} after {timeout:g} s: {reason}")
        await port.sleep(PAUSE)
