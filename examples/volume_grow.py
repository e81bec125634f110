#!/usr/bin/env python3
# /// script
# requires-python = ">=3.11"
# dependencies = ["hetzner"]
# [tool.uv.sources]
# hetzner = { path = ".." }
# ///
"""Make a volume larger, say what that costs, and how its file system follows.

HCLOUD_ENDPOINT=sandbox:state.db python examples/volume_grow.py data --by 20
HCLOUD_TOKEN=... python examples/volume_grow.py data --to 100 --ssh
"""

import argparse
import subprocess

from hetzner import HetznerError, Pricing, Server, Volume

GROW = {"ext4": "resize2fs {device}", "xfs": "xfs_growfs {device}"}
"""What makes a mounted file system as large as its volume."""


def main() -> None:
    """Read the options and resize; a volume never shrinks."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("volume", help="the volume, by name")
    size = parser.add_mutually_exclusive_group(required=True)
    size.add_argument("--by", type=int, help="GB to add")
    size.add_argument("--to", type=int, help="GB that it has then; fine when it has more already")
    parser.add_argument("--ssh", action="store_true", help="let the file system follow, as root over SSH")
    parser.add_argument("--dry-run", action="store_true", help="change nothing")
    options = parser.parse_args()
    volume = Volume.find(options.volume)
    wanted = options.to or volume.size + options.by
    if wanted <= volume.size:
        print(f"{volume.name} has {volume.size} GB already")
        return
    prices = Pricing.get()
    now, then = prices.cost(volume), prices.estimate(Volume, size=wanted)
    print(f"{volume.name}: {volume.size} -> {wanted} GB, {now} -> {then}")
    if options.dry_run:
        return
    volume.resize(wanted)
    command = GROW.get(str(volume.format), "# grow the file system of {device}").format(
        device=volume.linux_device
    )
    for server in volume.load(Server):
        print(f"on {server.name}: {command}")
        if options.ssh:
            subprocess.run(["ssh", f"root@{server.ipv4}", command], check=True)  # noqa: S603, S607


if __name__ == "__main__":
    try:
        main()
    except HetznerError as error:
        raise SystemExit(f"error: {error}") from None
