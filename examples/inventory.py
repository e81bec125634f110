#!/usr/bin/env python3
# /// script
# requires-python = ">=3.11"
# dependencies = ["hetzner"]
# [tool.uv.sources]
# hetzner = { path = ".." }
# ///
"""List the servers of a project for other programs: CSV, JSON, an SSH configuration, an Ansible inventory.

HCLOUD_ENDPOINT=sandbox:state.db python examples/inventory.py --format json
HCLOUD_TOKEN=... python examples/inventory.py --label role=web --format ssh_config >> ~/.ssh/config.d/hetzner
"""

import argparse
import csv
import json
import sys

from hetzner import HetznerError, Server

FIELDS = ("name", "status", "server_type", "location", "ipv4", "ipv6", "private_ip")


def row(server: Server) -> dict[str, str]:
    """Return what is told of a server."""
    embedded = {"server_type": server.server_type.name, "location": server.location.name}
    return {name: str(embedded.get(name) or getattr(server, name) or "") for name in FIELDS}


def show(servers: list[Server], form: str) -> None:
    """Print the servers in one of the forms."""
    addresses = {server.name: server.ipv4 or server.ipv6 or server.private_ip for server in servers}
    if form == "json":
        print(json.dumps([{**row(server), "labels": server.labels} for server in servers], indent=2))
    elif form == "ssh_config":
        for name, address in addresses.items():
            print(f"Host {name}\n    HostName {address}\n    User root")
    elif form == "ansible":
        hosts = {name: {"ansible_host": address} for name, address in addresses.items()}
        print(json.dumps({"all": {"hosts": hosts, "vars": {"ansible_user": "root"}}}, indent=2))
    else:
        table = csv.DictWriter(sys.stdout, FIELDS, lineterminator="\n")
        table.writeheader()
        table.writerows(row(server) for server in servers)


def main() -> None:
    """Read the options and list the servers."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--label", help="only servers with these labels, a selector")
    parser.add_argument("--format", choices=["csv", "json", "ssh_config", "ansible"], default="csv")
    options = parser.parse_args()
    show(Server.all(**({"labels": options.label} if options.label else {})), options.format)


if __name__ == "__main__":
    try:
        main()
    except HetznerError as error:
        raise SystemExit(f"error: {error}") from None
