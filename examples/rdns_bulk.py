#!/usr/bin/env python3
# /// script
# requires-python = ">=3.11"
# dependencies = ["hetzner"]
# [tool.uv.sources]
# hetzner = { path = ".." }
# ///
"""Give all servers reverse DNS names by a pattern; those that are right are left alone.

HCLOUD_ENDPOINT=sandbox:state.db python examples/rdns_bulk.py "{name}.example.com"
HCLOUD_TOKEN=... python examples/rdns_bulk.py "{name}.{location}.example.com" --label role=mail
"""

import argparse
from collections.abc import Iterator
from ipaddress import ip_address

from hetzner import HetznerError, Server


def names(server: Server) -> Iterator[tuple[str, str]]:
    """Yield each public address of a server with the name that it has."""
    if net := server.public_net.ipv4:
        yield net.ip, net.dns_ptr
    if (net6 := server.public_net.ipv6) and server.ipv6:
        told = {ip_address(each.ip): each.dns_ptr for each in net6.dns_ptr or []}
        yield server.ipv6, told.get(ip_address(server.ipv6), "")


def main() -> None:
    """Read the options and go through the servers."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("pattern", help="the name, with {name}, {id} and {location}")
    parser.add_argument("--label", help="only servers with these labels, a selector")
    parser.add_argument("--dry-run", action="store_true", help="change nothing")
    options = parser.parse_args()
    changed = 0
    for server in Server.all(**({"labels": options.label} if options.label else {})):
        wanted = options.pattern.format(name=server.name, id=server.id, location=server.location.name)
        for address, name in names(server):
            if name == wanted:
                continue
            print(f"{address}: {name or '(none)'} -> {wanted}")
            changed += 1
            if not options.dry_run:
                server.change_dns_ptr(address, wanted)
    print(f"{changed} {'would be ' if options.dry_run else ''}changed")


if __name__ == "__main__":
    try:
        main()
    except HetznerError as error:
        raise SystemExit(f"error: {error}") from None
