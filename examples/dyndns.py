#!/usr/bin/env python3
# /// script
# requires-python = ">=3.11"
# dependencies = ["hetzner"]
# [tool.uv.sources]
# hetzner = { path = ".." }
# ///
"""Keep the address of a name in a zone up to date with the address that this machine has; made for cron.

HCLOUD_ENDPOINT=sandbox:state.db python examples/dyndns.py home.example.com --address 203.0.113.7
HCLOUD_TOKEN=... python examples/dyndns.py home.example.com        asks Hetzner for the address
"""

import argparse
from ipaddress import ip_address
from typing import Literal
from urllib.request import urlopen

from hetzner import HetznerError, NotFound, RRSet, Zone

WHAT_IS_MY_IP = "https://ip.hetzner.com/"


def zone_of(name: str) -> Zone:
    """Return the zone that a name is in; raises NotFound."""
    zones = [zone for zone in Zone.all() if name == zone.name or name.endswith(f".{zone.name}")]
    if not zones:
        raise NotFound("zones", name, [])
    return max(zones, key=lambda zone: len(zone.name))


def main() -> None:
    """Read the options and set the record when it is another one."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("name", help="the whole name, such as home.example.com")
    parser.add_argument("--address", action="append", help="IPv4 or IPv6; may be repeated")
    parser.add_argument("--ttl", type=int, default=60, help="seconds (default: %(default)s)")
    parser.add_argument("--dry-run", action="store_true", help="change nothing")
    options = parser.parse_args()
    addresses = options.address or [urlopen(WHAT_IS_MY_IP, timeout=10).read().decode().strip()]
    zone = zone_of(options.name)
    for address in map(ip_address, addresses):
        kind: Literal["A", "AAAA"] = "A" if address.version == 4 else "AAAA"
        if options.dry_run:
            print(f"would set {options.name} {kind} to {address}, if it is not")
            continue
        rrset, created = RRSet.ensure(zone, options.name, kind, address, ttl=options.ttl)
        is_new = created or rrset.values != [str(address)]
        if is_new and not created:
            rrset.set_records(address)
        print("set" if is_new else "unchanged", rrset)


if __name__ == "__main__":
    try:
        main()
    except HetznerError as error:
        raise SystemExit(f"error: {error}") from None
