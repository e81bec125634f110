"""Targets of load balancers as requests name them.

https://docs.hetzner.cloud/reference/cloud#load-balancers
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from ipaddress import ip_address
from typing import Any

from hetzner.sandbox.errors import invalid
from hetzner.sandbox.labels import selector

MOST_SELECTOR = 1000
Target = dict[str, Any]


def read_target(asked: Mapping[str, Any], under: str = "") -> Target:
    """A target as rows have it: `type`, what it names, and whether it is reached privately."""
    kind, private = asked["type"], asked.get("use_private_ip", False)
    if kind not in asked:
        raise invalid(under + kind, "is required")
    if kind == "server":
        server = asked["server"]
        ip = canonical(server["ip"], f"{under}server.ip") if "ip" in server else None
        return {"type": kind, "server": server["id"], "ip": ip, "use_private_ip": private}
    if kind == "ip":
        if private:
            raise invalid(f"{under}use_private_ip", "is not for targets of type 'ip'")
        return {"type": kind, "ip": canonical(asked["ip"]["ip"], f"{under}ip.ip")}
    text = asked["label_selector"]["selector"]
    if not 1 <= len(text) <= MOST_SELECTOR:
        raise invalid(
            f"{under}label_selector.selector", f"must have between 1 and {MOST_SELECTOR} characters"
        )
    selector(text)
    return {"type": kind, "selector": text, "use_private_ip": private}


def identity(target: Target) -> Hashable:
    """What two targets must not have in common."""
    kind = target["type"]
    return kind, target["selector" if kind == "label_selector" else kind]


def canonical(text: str, field: str) -> str:
    """Write an address in its usual form, or refuse it with `invalid_input`."""
    try:
        return str(ip_address(text))
    except ValueError:
        raise invalid(field, f"'{text}' is not an IP address") from None
