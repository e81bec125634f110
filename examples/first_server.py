#!/usr/bin/env python3
# /// script
# requires-python = ">=3.11"
# dependencies = ["hetzner"]
# [tool.uv.sources]
# hetzner = { path = ".." }
# ///
"""Make sure that there is a server, and say how to log in; running it twice makes one server.

HCLOUD_ENDPOINT=sandbox: python examples/first_server.py      nothing costs money
HCLOUD_TOKEN=... python examples/first_server.py --ssh-key me
"""

import argparse

from hetzner import HetznerError, Server, ServerType


def main() -> None:
    """Read the options and make the server."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("name", nargs="?", default="first", help="its name (default: %(default)s)")
    parser.add_argument("--type", default="cx23", help="its size (default: %(default)s)")
    parser.add_argument(
        "--image", default="debian-13", help="what its disk is made from (default: %(default)s)"
    )
    parser.add_argument(
        "--ssh-key", action="append", default=[], help="a key of the project; may be repeated"
    )
    parser.add_argument("--dry-run", action="store_true", help="change nothing")
    options = parser.parse_args()
    size = ServerType.find(options.type)
    print(f"{size.name}: {size.cores} cores, {size.memory:g} GB memory, {size.disk} GB disk")
    if options.dry_run:
        found = [server for server in Server.all() if server.name == options.name]
        print(f"would use {found[0]}" if found else f"would create {options.name}")
        return
    server, created = Server.ensure(options.name, options.type, image=options.image, ssh_keys=options.ssh_key)
    print("created" if created else "found", server)
    print(f"ssh root@{server.ipv4}")


if __name__ == "__main__":
    try:
        main()
    except HetznerError as error:
        raise SystemExit(f"error: {error}") from None
