"""Applies a document to a sandbox file once; a process of its own that can be killed."""

from __future__ import annotations

import asyncio
import sys

from hetzner import AsyncHetzner
from hetzner.apply import load, prepare


async def main(url: str, path: str) -> int:
    """Look, plan and carry out; returns the exit status."""
    async with AsyncHetzner(base_url=url) as client:
        prepared = await prepare(client, load([path]), settle=True)
        print("began", flush=True)
        result = await prepared.execution().run()
        print([(item.address, error) for item, error in result.failed], result.skipped)
    return 0 if result.complete else 1


if __name__ == "__main__":
    sys.exit(asyncio.run(main(*sys.argv[1:])))
