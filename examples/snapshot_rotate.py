#!/usr/bin/env python3
# /// script
# requires-python = ">=3.11"
# dependencies = ["hetzner"]
# [tool.uv.sources]
# hetzner = { path = ".." }
# ///
"""Take a snapshot of every server that has a label, and keep the newest few of each; made for cron.

HCLOUD_ENDPOINT=sandbox:state.db python examples/snapshot_rotate.py --label snapshots=daily
HCLOUD_TOKEN=... python examples/snapshot_rotate.py --label snapshots=daily --keep 7
"""

import argparse

from hetzner import HetznerError, Image, Server

MARK = "rotate/server"
"""The label on our snapshots: the id of their server, so that no other snapshot is ever deleted."""


def rotate(server: Server, keep: int, dry_run: bool) -> None:
    """Take one snapshot of a server and delete all but the newest ``keep``."""
    ours = [image for image in Image.all(labels={MARK: str(server.id)}) if image.type == "snapshot"]
    ours.sort(key=lambda image: image.created)
    print(f"{server.name}: {len(ours)} snapshots, taking one more")
    if not dry_run:
        server.create_image(f"{server.name}, rotated", labels={MARK: str(server.id)})
    for image in ours[: max(0, len(ours) + 1 - keep)]:
        print(f"{server.name}: deleting the one of {image.created:%Y-%m-%d %H:%M}")
        if not dry_run:
            image.delete()


def main() -> None:
    """Read the options and go through the servers."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--label", default="snapshots=daily", help="which servers, KEY=VALUE (default: %(default)s)"
    )
    parser.add_argument("--keep", type=int, default=7, help="snapshots of each server (default: %(default)s)")
    parser.add_argument("--dry-run", action="store_true", help="change nothing")
    options = parser.parse_args()
    if options.keep < 1:
        parser.error("--keep must be 1 or more")
    key, _, value = options.label.partition("=")
    for server in Server.all(labels={key: value}):
        rotate(server, options.keep, options.dry_run)


if __name__ == "__main__":
    try:
        main()
    except HetznerError as error:
        raise SystemExit(f"error: {error}") from None
