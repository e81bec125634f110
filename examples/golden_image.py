#!/usr/bin/env python3
# /// script
# requires-python = ">=3.11"
# dependencies = ["hetzner"]
# [tool.uv.sources]
# hetzner = { path = ".." }
# ///
"""Make an image with everything installed, so that new servers start with it; older ones are deleted.

HCLOUD_ENDPOINT=sandbox: python examples/golden_image.py --app web
HCLOUD_TOKEN=... python examples/golden_image.py --app web --ssh-key ci --script install.sh --keep 3

Use the newest one: Server.create("web-1", "cx23", image=Image.latest(labels={"golden": "web"}))
"""

import argparse
import subprocess
from pathlib import Path

from hetzner import HetznerError, Image, Server


def main() -> None:
    """Read the options, prepare a temporary server, take its image, and delete old images."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--app", default="web", help="what the image is for (default: %(default)s)")
    parser.add_argument("--image", default="debian-13", help="what to begin with (default: %(default)s)")
    parser.add_argument("--ssh-key", action="append", default=[], help="a key of the project")
    parser.add_argument("--script", type=Path, help="shell script to run on the server, over SSH")
    parser.add_argument("--keep", type=int, default=2, help="images to keep (default: %(default)s)")
    parser.add_argument("--dry-run", action="store_true", help="change nothing")
    options = parser.parse_args()
    labels = {"golden": options.app}
    if options.keep < 1:
        parser.error("--keep must be 1 or more")
    print(f"{'would make' if options.dry_run else 'making'} an image from {options.image}")
    if not options.dry_run:
        with Server.temporary("cx23", image=options.image, ssh_keys=options.ssh_key) as server:
            server.wait_ssh()
            if options.script:
                ssh = ["ssh", "-o", "StrictHostKeyChecking=accept-new", f"root@{server.ipv4}", "sh -s"]
                subprocess.run(ssh, input=options.script.read_bytes(), check=True)  # noqa: S603
            print(server.snapshot(f"{options.app}, from {options.image}", labels=labels, off=True))
    made = sorted(Image.all(labels=labels, type="snapshot"), key=lambda image: image.created, reverse=True)
    for image in made[options.keep - options.dry_run :]:
        print(f"{'would delete' if options.dry_run else 'deleting'} {image}")
        if not options.dry_run:
            image.delete()


if __name__ == "__main__":
    try:
        main()
    except HetznerError as error:
        raise SystemExit(f"error: {error}") from None
