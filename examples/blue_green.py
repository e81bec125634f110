#!/usr/bin/env python3
# /// script
# requires-python = ">=3.11"
# dependencies = ["hetzner"]
# [tool.uv.sources]
# hetzner = { path = ".." }
# ///
"""Send the visitors of a load balancer to the servers of another colour, once all of these answer.

HCLOUD_ENDPOINT=sandbox:state.db python examples/blue_green.py lb green
HCLOUD_TOKEN=... python examples/blue_green.py lb green --port 8080

Servers carry the label color=blue or color=green, and the load balancer has one of the two as its target.
"""

import argparse

from hetzner import HetznerError, LoadBalancer, Server

COLORS = ("blue", "green")


def main() -> None:
    """Read the options, look at the new servers, then change the target."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("balancer", help="the load balancer, by name")
    parser.add_argument("color", choices=COLORS, help="where visitors go from now on")
    parser.add_argument("--port", type=int, default=80, help="what must answer (default: %(default)s)")
    parser.add_argument("--dry-run", action="store_true", help="change nothing")
    options = parser.parse_args()
    balancer = LoadBalancer.find(options.balancer)
    now = [each.label_selector.selector for each in balancer.targets if each.label_selector]
    old = [f"color={each}" for each in COLORS if each != options.color and f"color={each}" in now]
    servers = Server.all(labels={"color": options.color})
    if not servers:
        raise SystemExit(f"error: there is no server with the label color={options.color}")
    for server in servers:
        server.wait_port(options.port, timeout=120)
        print("answers:", server)
    if options.dry_run:
        print(f"would change the targets from {now} to color={options.color}")
        return
    if f"color={options.color}" not in now:
        balancer.add_target(label_selector={"color": options.color})
    for selector in old:
        balancer.remove_target(label_selector=selector)
    print(f"{balancer.name} sends visitors to color={options.color}")


if __name__ == "__main__":
    try:
        main()
    except HetznerError as error:
        raise SystemExit(f"error: {error}") from None
