#!/usr/bin/env python3
# /// script
# requires-python = ">=3.11"
# dependencies = ["hetzner"]
# [tool.uv.sources]
# hetzner = { path = ".." }
# ///
"""Make a server that sets itself up with cloud-init, and wait until its web page is there.

HCLOUD_ENDPOINT=sandbox: python examples/app_with_cloud_init.py
HCLOUD_TOKEN=... python examples/app_with_cloud_init.py shop --ssh-key me --user-data shop.yaml
"""

import argparse
from pathlib import Path

from hetzner import Firewall, HetznerError, Pricing, Server

NGINX = "#cloud-config\npackages: [nginx]\n"


def main() -> None:
    """Read the options, make the firewall and the server, and wait for both cloud-init and the page."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("name", nargs="?", default="app", help="its name (default: %(default)s)")
    parser.add_argument("--type", default="cx23", help="its size (default: %(default)s)")
    parser.add_argument("--location", default="fsn1", help="where it stands (default: %(default)s)")
    parser.add_argument("--user-data", type=Path, help="a cloud-init file (default: one that installs nginx)")
    parser.add_argument("--ssh-key", action="append", default=[], help="a key of the project and of yours")
    parser.add_argument("--dry-run", action="store_true", help="change nothing")
    options = parser.parse_args()
    wanted = {"server_type": options.type, "location": options.location}
    print(f"{options.name}: {Pricing.get().estimate(Server, **wanted)}")
    if options.dry_run:
        return
    wall, _ = Firewall.ensure("web", rules=["tcp/22", "tcp/80", "icmp"])
    server, created = Server.ensure(
        options.name,
        **wanted,
        image="debian-13",
        firewalls=[wall],
        ssh_keys=options.ssh_key,
        user_data=options.user_data.read_text() if options.user_data else NGINX,
    )
    print("created" if created else "found", server, flush=True)
    server.wait_cloud_init(timeout=900)
    server.wait_port(80)
    print(f"http://{server.ipv4}/")


if __name__ == "__main__":
    try:
        main()
    except HetznerError as error:
        raise SystemExit(f"error: {error}") from None
