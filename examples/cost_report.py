#!/usr/bin/env python3
# /// script
# requires-python = ">=3.11"
# dependencies = ["hetzner"]
# [tool.uv.sources]
# hetzner = { path = ".." }
# ///
"""Say what a project costs a month, in all and by the values of a label, without VAT and traffic.

HCLOUD_ENDPOINT=sandbox:state.db python examples/cost_report.py --label env
HCLOUD_TOKEN=... python examples/cost_report.py --label env
"""

import argparse
from collections import defaultdict
from decimal import Decimal

from hetzner import (
    FloatingIP,
    HetznerError,
    Image,
    LoadBalancer,
    Pricing,
    PrimaryIP,
    Server,
    StorageBox,
    Volume,
)


def main() -> None:
    """Read the options, read everything that costs something, and add it up."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--label", default="env", help="label to add up by (default: %(default)s)")
    parser.add_argument("--each", action="store_true", help="list each thing as well")
    options = parser.parse_args()
    prices = Pricing.get()
    things = [*Server.all(), *Volume.all(), *FloatingIP.all(), *LoadBalancer.all(), *StorageBox.all()]
    things += Image.all(type=["snapshot", "backup"])
    things += [
        ip for ip in PrimaryIP.all() if ip.assignee_id is None
    ]  # else it is part of its server's price
    sums: defaultdict[str, Decimal] = defaultdict(Decimal)
    for thing in things:
        cost = prices.cost(thing).monthly.net
        sums[thing.labels.get(options.label, "(none)")] += cost
        if options.each:
            print(f"{cost:10.2f}  {thing}")
    for value, cost in sorted(sums.items(), key=lambda item: -item[1]):
        print(f"{cost:10.2f}  {options.label}={value}")
    print(f"{sum(sums.values(), Decimal()):10.2f}  {prices.currency} a month, {len(things)} things")


if __name__ == "__main__":
    try:
        main()
    except HetznerError as error:
        raise SystemExit(f"error: {error}") from None
