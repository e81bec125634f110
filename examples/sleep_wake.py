#!/usr/bin/env python3
# /// script
# requires-python = ">=3.11"
# dependencies = ["hetzner"]
# [tool.uv.sources]
# hetzner = { path = ".." }
# ///
"""Put a server to sleep, so that only its snapshot costs money, and wake it up again.

HCLOUD_ENDPOINT=sandbox:state.db python examples/sleep_wake.py sleep dev && ... wake dev
HCLOUD_TOKEN=... python examples/sleep_wake.py sleep dev

It wakes up with another address; volumes, networks and firewalls that it had are attached afterwards.
"""

import argparse

from hetzner import HetznerError, Image, Pricing, Server

MARK = "sleeping/"  # begins the labels of our snapshots that say what the server was like
OURS = "hetzner-python/"  # begins those that this package gives to what it makes


def sleep(name: str, dry_run: bool) -> None:
    """Shut a server down, take a snapshot of it, and delete it."""
    server = Server.find(name)
    print(f"{server} costs {Pricing.get().cost(server)}")
    about = {"name": name, "type": server.server_type.name, "location": server.location.name}
    if not dry_run:
        labels = {**server.labels, **{f"{MARK}{key}": value for key, value in about.items()}}
        image = server.snapshot(f"{name}, asleep", labels=labels, off=True)
        server.delete()
        print(f"{image} costs {Pricing.get().cost(image)}")


def wake(name: str, dry_run: bool) -> None:
    """Create the server from its newest snapshot, then delete that."""
    image = Image.latest(labels={f"{MARK}name": name})
    if not dry_run:
        about = {key.removeprefix(MARK): value for key, value in image.labels.items() if key.startswith(MARK)}
        labels = {key: value for key, value in image.labels.items() if not key.startswith((MARK, OURS))}
        print(Server.create(name, about["type"], image=image, location=about["location"], labels=labels))
        image.delete()


def main() -> None:
    """Read the options and do it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("what", choices=["sleep", "wake"])
    parser.add_argument("name", help="of the server")
    parser.add_argument("--dry-run", action="store_true", help="change nothing")
    options = parser.parse_args()
    {"sleep": sleep, "wake": wake}[options.what](options.name, options.dry_run)


if __name__ == "__main__":
    try:
        main()
    except HetznerError as error:
        raise SystemExit(f"error: {error}") from None
