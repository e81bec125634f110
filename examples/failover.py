#!/usr/bin/env python3
# /// script
# requires-python = ">=3.11"
# dependencies = ["hetzner"]
# [tool.uv.sources]
# hetzner = { path = ".." }
# ///
"""Move a floating IP to a server that answers, when the one that has it no longer does; run it for ever.

HCLOUD_ENDPOINT=sandbox:state.db python examples/failover.py vip --label role=web --once
HCLOUD_TOKEN=... python examples/failover.py vip --label role=web --port 443
"""

import argparse
import asyncio

from hetzner import APIError, HetznerError
from hetzner.aio import FloatingIP, Server


async def look(options: argparse.Namespace) -> None:
    """Look at the servers, all at a time, and move the address if need be."""
    ip, servers = await asyncio.gather(FloatingIP.find(options.ip), Server.all(labels=options.label))
    tries = [server.wait_port(options.port, timeout=5) for server in servers]
    failures = await asyncio.gather(*tries, return_exceptions=True)
    alive = [server for server, failure in zip(servers, failures, strict=True) if failure is None]
    if not alive:
        print(f"none of {len(servers)} servers answers", flush=True)
    elif not any(server.id == ip.server for server in alive):
        print(f"{'would move' if options.dry_run else 'moving'} {ip.ip} to {alive[0]}", flush=True)
        if not options.dry_run:
            await ip.unassign() if ip.server else None
            await ip.assign(alive[0])


async def main() -> None:
    """Read the options and look again and again."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("ip", help="the floating IP, by name")
    parser.add_argument("--label", required=True, help="which servers may have it, a selector")
    parser.add_argument("--port", type=int, default=443, help="what must answer")
    parser.add_argument("--every", type=float, default=10, help="seconds between looks")
    parser.add_argument("--once", action="store_true", help="look once")
    parser.add_argument("--dry-run", action="store_true", help="change nothing")
    options = parser.parse_args()
    while True:
        try:
            await look(options)
        except APIError as error:  # when the API is down, the next look may be better
            print(error, flush=True)
        if options.once:
            return
        await asyncio.sleep(options.every)


if __name__ == "__main__":
    try:
        asyncio.run(main())
    except HetznerError as error:
        raise SystemExit(f"error: {error}") from None
