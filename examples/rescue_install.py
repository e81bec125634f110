#!/usr/bin/env python3
# /// script
# requires-python = ">=3.11"
# dependencies = ["hetzner"]
# [tool.uv.sources]
# hetzner = { path = ".." }
# ///
"""Boot a server into the rescue system and run a script there, such as one that calls installimage.

HCLOUD_ENDPOINT=sandbox:state.db python examples/rescue_install.py dev --yes
HCLOUD_TOKEN=... python examples/rescue_install.py dev --ssh-key me --script install.sh --yes

What such a script does to the disk is final, so nothing happens without --yes.
"""

import argparse
import subprocess
from pathlib import Path

from hetzner import HetznerError, Server

SSH = ["ssh", "-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null"]
"""The rescue system has another host key than the server, so it is not remembered."""


def main() -> None:
    """Read the options, go into the rescue system, run the script, and boot normally again."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("server", help="the server, by name")
    parser.add_argument("--ssh-key", action="append", default=[], help="a key of the project and of yours")
    parser.add_argument("--script", type=Path, help="shell script to run there (default: nothing)")
    parser.add_argument("--yes", action="store_true", help="really do it")
    parser.add_argument("--dry-run", action="store_true", help="change nothing")
    options = parser.parse_args()
    server = Server.find(options.server)
    print(server)
    if options.dry_run or not options.yes:
        print("would boot it into the rescue system" + (f", run {options.script}" if options.script else ""))
        return
    server.enable_rescue(ssh_keys=options.ssh_key)
    server.poweron() if server.status == "off" else server.reset()
    server.wait_ssh()
    print("in the rescue system", flush=True)
    if options.script:
        command = [*SSH, f"root@{server.ipv4}", "sh -s"]
        subprocess.run(command, input=options.script.read_bytes(), check=True)  # noqa: S603
    server.reset()  # the rescue system is for one boot
    server.wait_ssh()
    print("back again:", server)


if __name__ == "__main__":
    try:
        main()
    except HetznerError as error:
        raise SystemExit(f"error: {error}") from None
