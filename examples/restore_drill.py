#!/usr/bin/env python3
# /// script
# requires-python = ">=3.11"
# dependencies = ["hetzner"]
# [tool.uv.sources]
# hetzner = { path = ".." }
# ///
"""Find out whether the newest snapshot can be restored: start a temporary server from it and check it.

HCLOUD_ENDPOINT=sandbox:state.db python examples/restore_drill.py --label app=shop
HCLOUD_TOKEN=... python examples/restore_drill.py --label app=shop --port 22 --check ./is_it_alive.sh

The check is told the address in $SERVER_IP; the server is deleted afterwards, whatever happens.
"""

import argparse
import os
import subprocess
from datetime import UTC, datetime

from hetzner import HetznerError, Image, Server


def main() -> None:
    """Read the options, restore, check, and end with the exit status of the check."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--label", required=True, help="which snapshots, a selector")
    parser.add_argument("--type", default="cx23", help="size of the server (default: %(default)s)")
    parser.add_argument("--port", type=int, default=22, help="what must answer (default: %(default)s)")
    parser.add_argument("--check", nargs=argparse.REMAINDER, default=["true"], help="command (default: none)")
    parser.add_argument("--dry-run", action="store_true", help="change nothing")
    options = parser.parse_args()
    image = Image.latest(labels=options.label)
    print(f"{image}, of {image.created:%Y-%m-%d}, {(datetime.now(UTC) - image.created).days} days old")
    if options.dry_run:
        return
    with Server.temporary(options.type, image=image, labels={"purpose": "drill"}) as server:
        server.wait_port(options.port, timeout=600)
        environment = {**os.environ, "SERVER_IP": str(server.ipv4)}
        status = subprocess.run(options.check, env=environment, check=False).returncode  # noqa: S603
    print("restored and checked" if status == 0 else f"the check failed with status {status}")
    raise SystemExit(status)


if __name__ == "__main__":
    try:
        main()
    except HetznerError as error:
        raise SystemExit(f"error: {error}") from None
