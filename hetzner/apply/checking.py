"""Whether an object that is there does what it is there for: asked again and again until it does."""

from __future__ import annotations

from typing import Any

from hetzner.api.errors import HetznerError
from hetzner.api.knocking import fetched, initialised, knock
from hetzner.apply.document import Health
from hetzner.apply.plans import Item

ATTEMPT = 5.0
"""Seconds that one attempt may take."""
PAUSE = 2.0
"""Seconds between two attempts."""
ADDRESSES = ("ipv4", "ipv6", "private_ip")
"""The attributes by which an object is reached, the first that it has."""


class Unhealthy(HetznerError, TimeoutError):
    """It did not become healthy in time; the message tells what the last attempt came to."""


async def healthy(port: Any, item: Item, actual: Any, health: Health) -> None:
    """Return once an object is healthy; one that is off by intent is asked for nothing.

    Raises:
        Unhealthy: it was not within the time that it has.
    """
    if getattr(actual, "status", None) == "off":
        return
    ends = port.clock.now() + health.timeout
    while (reason := await _asked(port, item, actual, health)) is not None:
        if port.clock.now() + PAUSE > ends:
            told = f"{item.address} is not healthy after {health.timeout:g} s, without {health}: {reason}"
            raise Unhealthy(told)
        await port.sleep(PAUSE)


async def _asked(port: Any, item: Item, actual: Any, health: Health) -> str | None:
    names = [health.address] if health.address else [*ADDRESSES]
    read = [item.kind.attributes[name] for name in names if name in item.kind.attributes]
    address = next((found for each in read if (found := each(actual)) is not None), None)
    if address is None:
        return f"it has no {health.address or 'address'}"
    if health.port is None:
        return await initialised(port, address, seconds=ATTEMPT * 2)
    if health.path is None:
        return await knock(port, address, health.port, seconds=ATTEMPT)
    return await fetched(port, address, health.port, health.path, health.status, seconds=ATTEMPT)
