#!/usr/bin/env python3
# /// script
# requires-python = ">=3.11"
# dependencies = ["hetzner"]
# [tool.uv.sources]
# hetzner = { path = ".." }
# ///
"""Run a script on a server that is there for it alone, show what it prints, and say what it cost.

HCLOUD_ENDPOINT=sandbox: python examples/batch_job.py
HCLOUD_TOKEN=... python examples/batch_job.py --type ccx33 --ssh-key me --script job.sh
"""

import argparse
import math
import subprocess
import time
from pathlib import Path

from hetzner import HetznerError, Pricing, Server

SSH = ["ssh", "-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=accept-new"]


def main() -> None:
    """Read the options, run the script, and end with its exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--type", default="cx23", help="its size (default: %(default)s)")
    parser.add_argument("--location", default="fsn1", help="where it stands (default: %(default)s)")
    parser.add_argument("--ssh-key", action="append", default=[], help="a key of the project and of yours")
    parser.add_argument("--script", type=Path, help="shell script to run there (default: nothing)")
    parser.add_argument("--dry-run", action="store_true", help="change nothing")
    options = parser.parse_args()
    wanted = {"server_type": options.type, "location": options.location}
    hourly = Pricing.get().estimate(Server, **wanted).hourly
    if options.dry_run:
        print(f"each hour that has begun would cost {hourly}")
        return
    status, began = 0, time.monotonic()
    with Server.temporary(
        options.type, image="debian-13", location=options.location, ssh_keys=options.ssh_key
    ) as server:
        print(server, flush=True)
        server.wait_cloud_init()
        if options.script:
            command = [*SSH, f"root@{server.ipv4}", "sh -s"]
            status = subprocess.run(command, input=options.script.read_bytes(), check=False).returncode  # noqa: S603
    hours = max(1, math.ceil((time.monotonic() - began) / 3600))
    print(f"{hours} h: {hourly * hours if hourly else 'unknown'}")
    raise SystemExit(status)


if __name__ == "__main__":
    try:
        main()
    except HetznerError as error:
        raise SystemExit(f"error: {error}") from None
