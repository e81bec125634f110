"""Names in the DNS: which zones there can be, and what may stand in them.

https://docs.hetzner.cloud/reference/cloud#zones
"""

from __future__ import annotations

import re

from hetzner.sandbox.errors import invalid

APEX = "@"
LONGEST = 253
_DOMAIN_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?", re.ASCII)
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?", re.ASCII)
_TOP = re.compile(r"[a-z]{2,63}|xn--[a-z0-9-]+", re.ASCII)
_NOWHERE = re.compile("alt|example|home|internal|invalid|lan|local|localhost|onion|test")
"""Top-level domains that are set aside (RFC 6761 and its kin), so nobody can register below them."""
_SECOND = re.compile("ac|co|com|edu|gov|go|gob|ltd|me|mil|net|ne|nom|or|org|plc|sch")
_DIVIDED = re.compile(
    "ae|ar|au|bd|bo|br|cn|co|cr|cy|do|ec|eg|fj|gh|gt|hk|hn|id|il|in|jm|jp|ke|kh|kr|kw|ly|mm|mt|mx|my|ng|ni|"
    "np|nz|om|pa|pe|ph|pk|pr|py|qa|ru|sa|sg|sv|th|tr|tw|tz|ua|ug|uk|uy|ve|vn|za|zm|zw"
)
"""Countries that let names be registered below a second level such as `co`."""


def zone_name(name: str) -> str:
    """Return the name of a zone, or refuse one that nobody can register."""
    labels = name.split(".")
    if name != name.lower():
        raise invalid("name", "must be in lower case")
    if name.endswith("."):
        raise invalid("name", "must not end with a dot")
    sound = len(name) <= LONGEST and all(_DOMAIN_LABEL.fullmatch(label) for label in labels)
    if not sound or len(labels) < 2 or not _TOP.fullmatch(labels[-1]) or _NOWHERE.fullmatch(labels[-1]):
        raise invalid("name", "is not a valid domain name")
    if len(labels) != suffix_length(labels) + 1:
        raise invalid("name", "must be a domain right below a public suffix, not a subdomain")
    return name


def suffix_length(labels: list[str]) -> int:
    """How many labels at the end are a public suffix: one, or two as in `co.uk` (a rule of thumb)."""
    return 2 if _DIVIDED.fullmatch(labels[-1]) and _SECOND.fullmatch(labels[-2]) else 1


def record_name(name: str, zone: str) -> str:
    """Return the name of an RRSet in a zone, or refuse it."""
    if name == APEX:
        return name
    if name != name.lower():
        raise invalid("name", "must be in lower case")
    if name.endswith("."):
        raise invalid("name", "must not end with a dot")
    if name == zone or name.endswith(f".{zone}"):
        raise invalid("name", "must not end with the name of the zone")
    labels = name.split(".")
    if labels[0] == "*":
        labels = labels[1:]
    if not all(_LABEL.fullmatch(label) for label in labels) or len(name) + len(zone) >= LONGEST:
        raise invalid("name", "is not a valid name")
    return name


def host(text: str, root: bool = False) -> str:
    """Return a name inside a value in lower case: relative, absolute with a dot at the end, or `@`.

    `root` also takes the lone dot. Raises ValueError with the reason.
    """
    name = text.lower()
    if name == APEX or (root and name == "."):
        return name
    labels = name.removesuffix(".").split(".")
    labels = labels[1:] if labels[0] == "*" and len(labels) > 1 else labels
    if not all(_LABEL.fullmatch(label) for label in labels) or len(name) > LONGEST + 1:
        raise ValueError(f"'{text}' is not a valid host name")
    return name
