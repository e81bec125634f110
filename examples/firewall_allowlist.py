#!/usr/bin/env python3
# /// script
# requires-python = ">=3.11"
# dependencies = ["hetzner"]
# [tool.uv.sources]
# hetzner = { path = ".." }
# ///
"""Let only certain addresses reach a port: yours, given ones, or a list on the web such as a CDN's.

HCLOUD_ENDPOINT=sandbox: python examples/firewall_allowlist.py --allow 203.0.113.7
HCLOUD_TOKEN=... python examples/firewall_allowlist.py web --port 443 --list https://www.cloudflare.com/ips-v4
"""

import argparse
from ipaddress import ip_network
from urllib.request import urlopen

from hetzner import Firewall, HetznerError


def listed(url: str) -> list[str]:
    """Return the networks of a list, one a line."""
    if not url.startswith("https://"):
        raise SystemExit("error: a list is only taken over https://")
    with urlopen(url, timeout=10) as answer:  # noqa: S310  checked above
        return str(answer.read().decode()).split()


def main() -> None:
    """Read the options and replace our rule when it is another one."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("firewall", nargs="?", default="web", help="its name (default: %(default)s)")
    parser.add_argument("--port", default="22", help="port or range (default: %(default)s)")
    parser.add_argument("--allow", action="append", default=[], help="address or network; may be repeated")
    parser.add_argument("--list", action="append", default=[], help="address of a list on the web")
    parser.add_argument("--dry-run", action="store_true", help="change nothing")
    options = parser.parse_args()
    sources = [*options.allow, *(network for url in options.list for network in listed(url))]
    allowed = sorted({str(ip_network(each)) for each in sources})
    if not 0 < len(allowed) <= 100:
        parser.error(f"a rule takes between 1 and 100 networks, not {len(allowed)}")
    ours = f"allowlist {options.port}"  # the rule's description, by which we know it; all others stay
    print(f"{options.port} is for {', '.join(allowed)}")
    if options.dry_run:
        return
    firewall, _ = Firewall.ensure(options.firewall)
    others = [each for each in firewall.rules if each.description != ours]
    firewall.set_rules(
        [*others, {"protocol": "tcp", "port": options.port, "source_ips": allowed, "description": ours}]
    )
    print(firewall)


if __name__ == "__main__":
    try:
        main()
    except HetznerError as error:
        raise SystemExit(f"error: {error}") from None
