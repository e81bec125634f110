"""Firewall rules: what a rule may say, and its canonical form.

https://docs.hetzner.cloud/reference/cloud#firewalls
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from ipaddress import ip_network
from typing import Any

from hetzner.sandbox.errors import invalid

MOST_RULES, MOST_RANGES, MOST_EFFECTIVE = 50, 100, 500
"""Rules of a firewall, ranges of a rule, and rules of a firewall counting every range."""
MOST_DESCRIPTION = 255
ANY = "any"
"""Instead of a port: all of them."""
_PORTED = ("tcp", "udp")
_PORT = re.compile(r"([0-9]{1,5})(?:-([0-9]{1,5}))?", re.ASCII)
_SIDES = {"in": ("source_ips", "destination_ips"), "out": ("destination_ips", "source_ips")}
Rule = dict[str, Any]


def checked_rules(asked: Sequence[Mapping[str, Any]]) -> list[Rule]:
    """Return the rules as the API shows them, or refuse them with `invalid_input`."""
    if len(asked) > MOST_RULES:
        raise invalid("rules", f"must not be more than {MOST_RULES}")
    rules = [_checked(rule) for rule in asked]
    if sum(len(rule["source_ips"]) + len(rule["destination_ips"]) for rule in rules) > MOST_EFFECTIVE:
        raise invalid("rules", f"must not make more than {MOST_EFFECTIVE} effective rules")
    return rules


def _checked(rule: Mapping[str, Any]) -> Rule:
    description = rule.get("description")
    if len(description or "") > MOST_DESCRIPTION:
        raise invalid("rules[].description", f"must not have more than {MOST_DESCRIPTION} characters")
    own, other = _SIDES[rule["direction"]]
    if rule.get(other):
        raise invalid(f"rules[].{other}", f"is not for rules of direction '{rule['direction']}'")
    return {
        "direction": rule["direction"],
        "protocol": rule["protocol"],
        "port": _port(rule["protocol"], rule.get("port")),
        own: _ranges(rule.get(own, ()), f"rules[].{own}"),
        other: [],
        "description": description,
    }


def _port(protocol: str, port: str | None) -> str | None:
    if protocol not in _PORTED:
        if port is not None:
            raise invalid("rules[].port", f"is not for protocol '{protocol}'")
        return None
    if port is None:
        raise invalid("rules[].port", f"is required for protocol '{protocol}'")
    if port == ANY:
        return port
    match = _PORT.fullmatch(port)
    low, high = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
    if not 1 <= low <= high <= 65535:
        raise invalid("rules[].port", f"'{port}' is not a port or a range of ports")
    return port


def _ranges(texts: Sequence[str], field: str) -> list[str]:
    if not 1 <= len(texts) <= MOST_RANGES:
        raise invalid(field, f"must have between 1 and {MOST_RANGES} entries")
    return [_range(text, field) for text in texts]


def _range(text: str, field: str) -> str:
    try:
        if not re.fullmatch(r"[0-9A-Fa-f.:]+/[0-9]{1,3}", text):
            raise ValueError
        return ip_network(text).with_prefixlen
    except ValueError as problem:
        reason = "has host bits set" if "host bits" in str(problem) else "is not in CIDR notation"
        raise invalid(field, f"'{text}' {reason}") from None
