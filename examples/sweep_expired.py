#!/usr/bin/env python3
# /// script
# requires-python = ">=3.11"
# dependencies = ["hetzner"]
# [tool.uv.sources]
# hetzner = { path = ".." }
# ///
"""Delete everything that has a label and is older than some hours; made for cron.

HCLOUD_ENDPOINT=sandbox:state.db python examples/sweep_expired.py --label env=ci
HCLOUD_TOKEN=... python examples/sweep_expired.py --label env=ci --hours 6 --yes

Without --yes it only says what it would delete. What is protected or used by others stays.
"""

import argparse
from datetime import timedelta

from hetzner import HetznerError, sweep


def main() -> None:
    """Read the options and sweep."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--label", default="env=ci", help="label selector (default: %(default)s)")
    parser.add_argument("--hours", type=float, default=24, help="how old at least (default: %(default)s)")
    parser.add_argument("--yes", action="store_true", help="really delete")
    parser.add_argument("--dry-run", action="store_true", help="change nothing, whatever else is said")
    options = parser.parse_args()
    if not options.label.strip():
        parser.error("--label must not be empty: that would fit everything")
    really = options.yes and not options.dry_run
    swept = sweep(labels=options.label, older_than=timedelta(hours=options.hours), dry_run=not really)
    stayed = dict(swept.refused)
    for record in swept.found:
        if record in stayed:
            print(f"kept {record}: {stayed[record].code}")
        else:
            print(f"{'deleted' if really else 'would delete'} {record}")
    raise SystemExit(1 if stayed else 0)


if __name__ == "__main__":
    try:
        main()
    except HetznerError as error:
        raise SystemExit(f"error: {error}") from None
