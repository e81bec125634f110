"""Zone files in BIND's format (RFC 1034/1035): reading what a user has, writing what a zone holds.

https://docs.hetzner.cloud/reference/cloud#zones/zone-file-import
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from hetzner.sandbox.dns_names import APEX
from hetzner.sandbox.dns_values import TYPES, canonical, quoted

RRSet = dict[str, Any]
"""`name`, `type`, `ttl` (None for the zone's) and `records`."""
_TOKEN = re.compile(r'"(?:[^"\\\n]|\\.)*"|[^\s";()]+(?:"(?:[^"\\\n]|\\.)*")?|[()]|;[^\n]*|\n')
_TTL = re.compile(r"(?:[0-9]+[wdhms]?)+", re.IGNORECASE | re.ASCII)
_UNITS = {"w": 604800, "d": 86400, "h": 3600, "m": 60, "s": 1}
_CLASSES = ("IN", "CH", "HS", "CS", "ANY")
_STRINGS = ("TXT", "HINFO")


class Fault(ValueError):
    """A zone file cannot be read; the text says where and why."""


@dataclass
class Zonefile:
    """What a zone file says: the default TTL, if any, and the RRSets in the order they come."""

    ttl: int | None = None
    rrsets: dict[tuple[str, str], RRSet] = field(default_factory=dict)


def read(text: str, zone: str) -> Zonefile:
    """Read a zone file of a zone. Raises `Fault`."""
    found, owner = Zonefile(), ""
    for number, indented, words in _lines(text):
        try:
            if words[0].startswith("$"):
                _directive(found, words, zone)
                continue
            if not indented:
                owner = _owner(words.pop(0), zone)
            elif not owner:
                raise Fault("the first record has no name")
            _record(found, owner, words)
        except ValueError as problem:
            raise Fault(f"line {number}: {problem}") from None
    return found


def _lines(text: str) -> Iterator[tuple[int, bool, list[str]]]:
    """Logical lines: their number, whether they begin with a blank, and their words."""
    text = text.replace("\r\n", "\n") + "\n"
    words: list[str] = []
    number, started, depth, end, indented = 1, 1, 0, 0, False
    for match in _TOKEN.finditer(text):
        if text[end : match.start()].strip():
            raise Fault(f"line {number}: a quote is not closed")
        word, gap, end = match[0], match.start() > end, match.end()
        if word == "\n":
            number += 1
            if words and not depth:
                yield started, indented, words
                words = []
        elif word in "()":
            depth += 1 if word == "(" else -1
        elif not word.startswith(";"):
            if not words:
                started, indented = number, gap
            words.append(word)
    if depth:
        raise Fault(f"line {started}: a parenthesis is not closed")


def _directive(found: Zonefile, words: list[str], zone: str) -> None:
    name, argument = words[0].upper(), words[1] if len(words) == 2 else ""
    if name == "$ORIGIN":
        if argument.lower() != f"{zone}.":
            raise Fault(f"$ORIGIN must be {zone}.")
    elif name == "$TTL":
        if not _TTL.fullmatch(argument):
            raise Fault("$TTL must have a number of seconds")
        found.ttl = _seconds(argument)
    else:
        raise Fault(f"{words[0]} is not supported")


def _owner(name: str, zone: str) -> str:
    name = name.lower()
    if not name.endswith("."):
        return name
    if name == f"{zone}.":
        return APEX
    if not name.endswith(f".{zone}."):
        raise Fault(f"'{name}' is not in the zone")
    return name.removesuffix(f".{zone}.")


def _record(found: Zonefile, name: str, words: list[str]) -> None:
    ttl = None
    while words and words[0].upper() not in TYPES:
        word = words.pop(0)
        if _TTL.fullmatch(word) and ttl is None:
            ttl = _seconds(word)
        elif word.upper() in _CLASSES[1:]:
            raise Fault("only records of class IN are allowed")
        elif word.upper() != _CLASSES[0]:
            raise Fault(f"'{word}' is not a supported record type")
    if not words:
        raise Fault("a record has no type")
    kind = words.pop(0).upper()
    if kind in _STRINGS:
        words = [quoted(word) for word in words]
    _add(found, name, kind, ttl, canonical(kind, " ".join(words)))


def _add(found: Zonefile, name: str, kind: str, ttl: int | None, value: str) -> None:
    rrset = found.rrsets.setdefault((name, kind), {"name": name, "type": kind, "ttl": ttl, "records": []})
    if rrset["ttl"] != ttl:
        raise Fault(f"the records of {name} {kind} have different TTLs")
    rrset["records"].append({"value": value})


def _seconds(text: str) -> int:
    parts = re.findall(r"([0-9]+)([a-z]?)", text.lower())
    return sum(int(number[:12]) * _UNITS[unit or "s"] for number, unit in parts)


def write(zone: str, ttl: int, rrsets: Iterable[RRSet], moment: str) -> str:
    """Write the zone file of a zone: SOA first, then NS, then the rest by type and name."""
    groups: dict[str, list[str]] = {"SOA": [], "NS": []}
    for rrset in sorted(rrsets, key=lambda each: (each["type"], each["name"] != APEX, each["name"])):
        groups.setdefault(rrset["type"], []).extend(_written(rrset))
    head = f";; Exported on {moment}\n$ORIGIN\t{zone}.\n$TTL\t{ttl}\n"
    blocks = [
        ("" if kind == "SOA" else f"; {kind} records\n") + "\n".join(lines) + "\n"
        for kind, lines in groups.items()
        if lines
    ]
    return "\n".join([head, *blocks])


def _written(rrset: RRSet) -> Iterator[str]:
    start = [rrset["name"], *([] if rrset["ttl"] is None else [str(rrset["ttl"])]), "IN", rrset["type"]]
    for record in rrset["records"]:
        comment = " ".join(record.get("comment", "").split())
        yield "\t".join([*start, record["value"]]) + (f" ; {comment}" if comment else "")
