"""The rate limit: a bucket of requests for each project, refilled one a second on the sandbox's clock.

https://docs.hetzner.cloud/reference/cloud#description/rate-limiting
"""

from __future__ import annotations

from math import ceil
from typing import Any

PER_HOUR = 3600


def take(meta: dict[str, Any], limit: int, now: float) -> tuple[bool, dict[str, str]]:
    """Take a request out of the bucket in `meta`; say whether there was one, and the headers."""
    refill = limit / PER_HOUR
    left = min(float(limit), meta.get("tokens", limit) + max(0.0, now - meta.get("tokens_at", now)) * refill)
    allowed = left >= 1 - 1e-6
    if allowed:
        left = max(0.0, left - 1)
    meta["tokens"], meta["tokens_at"] = left, now
    headers = {
        "RateLimit-Limit": str(limit),
        "RateLimit-Remaining": str(int(left)),
        "RateLimit-Reset": str(ceil(now + (limit - left) / refill)),
    }
    return allowed, headers
