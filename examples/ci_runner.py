#!/usr/bin/env python3
# /// script
# requires-python = ">=3.11"
# dependencies = ["hetzner"]
# [tool.uv.sources]
# hetzner = { path = ".." }
# ///
"""Run a command with a fresh server, whose address is in $SERVER_IP, and delete the server afterwards.

HCLOUD_ENDPOINT=sandbox: python examples/ci_runner.py -- sh -c 'echo testing $SERVER_IP'
HCLOUD_TOKEN=... python examples/ci_runner.py --ssh-key ci -- ./deploy-and-test.sh
"""

import argparse
import os
import subprocess

from hetzner import HetznerError, Server, ServerType


def main() -> None:
    """Read the options, run the command, and end with its exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--type", default="cx23", help="its size (default: %(default)s)")
    parser.add_argument(
        "--image", default="debian-13", help="what its disk is made from (default: %(default)s)"
    )
    parser.add_argument(
        "--ssh-key", action="append", default=[], help="a key of the project; may be repeated"
    )
    parser.add_argument("--timeout", type=float, default=300, help="seconds to wait for SSH")
    parser.add_argument("--dry-run", action="store_true", help="change nothing")
    parser.add_argument("command", nargs="*", default=["true"], help="what to run (default: nothing)")
    options = parser.parse_args()
    if options.dry_run:
        print(f"would run {options.command[0]} with a {ServerType.find(options.type).name}")
        return
    with Server.temporary(
        options.type, image=options.image, ssh_keys=options.ssh_key, labels={"env": "ci"}
    ) as server:
        print(server, flush=True)
        server.wait_ssh(timeout=options.timeout)
        environment = {**os.environ, "SERVER_IP": str(server.ipv4), "SERVER_NAME": server.name}
        status = subprocess.run(options.command, env=environment, check=False).returncode  # noqa: S603
    raise SystemExit(status)


if __name__ == "__main__":
    try:
        main()
    except HetznerError as error:
        raise SystemExit(f"error: {error}") from None
