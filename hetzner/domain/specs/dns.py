"""Values of DNS records: from the form in which people write them to the one that the API keeps.

https://docs.hetzner.com/networking/dns/record-types/overview
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address

APEX = "@"
TEXT_MOST = 255
"""Bytes of one string of a TXT record; longer texts are several strings."""
_TARGETS = {"CNAME": 0, "NS": 0, "PTR": 0, "MX": 1, "HTTPS": 1, "SVCB": 1, "SRV": 3}
"""The types whose values name a host, and which word of the value that is."""
_ADDRESSES = {"A": (IPv4Address, "IPv4"), "AAAA": (IPv6Address, "IPv6")}
_LIKE = {
    "CNAME": "www",
    "NS": "ns1.example.com.",
    "PTR": "www.example.com.",
    "MX": "10 mail",
    "SRV": "0 5 5060 sip",
}
"""What a value of a type looks like, where the number of its words is fixed."""
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)


def value_of(type: str, value: str, zone: str | None = None) -> str:
    """Return a value as it is sent.

    A TXT is quoted and cut into strings of 255 bytes, unless it is quoted already. ``@`` and names without a
    dot are made absolute when the zone is known. Raises ValueError for what cannot be a value.
    """
    if type == "TXT":
        return value if value.startswith('"') else " ".join(f'"{_escaped(part)}"' for part in _cut(value))
    if type in _ADDRESSES:
        return _address(type, value)
    words = value.split()
    if type in _LIKE and len(words) != len(_LIKE[type].split()):
        raise ValueError(f"'{value}' is no value of {type}, such as '{_LIKE[type]}'")
    if type == "CAA" and len(words) == 3 and not words[2].startswith('"'):
        return f'{words[0]} {words[1]} "{words[2]}"'
    place = _TARGETS.get(type, len(words))
    return " ".join(_absolute(word, zone) if at == place else word for at, word in enumerate(words))


def _address(type: str, value: str) -> str:
    read, version = _ADDRESSES[type]
    try:
        return str(read(value))
    except ValueError:
        raise ValueError(f"'{value}' is no {version} address") from None


def name_in(zone: str | None, name: str) -> str:
    """Return the name of an RRSet relative to its zone, as the API wants it, from any form of it."""
    name = name.lower().removesuffix(".")
    if zone is None or name == APEX:
        return name
    return APEX if name == zone else name.removesuffix(f".{zone}")


class Shown(str):
    """A value as the API shows it; equal to every way of writing the same."""

    type: str
    zone: str | None

    def __new__(cls, type: str, value: str, zone: str | None) -> Shown:
        """Note a value of a zone; without one, names that are relative to it are only equal as they are."""
        shown = super().__new__(cls, value)
        shown.type, shown.zone = type, zone
        return shown

    def _same(self, value: str) -> str:
        try:
            sent = value_of(self.type, value, self.zone)
        except ValueError:
            return value
        return "".join(_STRING.findall(sent)) if self.type == "TXT" else sent

    def __eq__(self, other: object) -> bool:
        return isinstance(other, str) and self._same(str.__str__(self)) == self._same(str.__str__(other))

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = str.__hash__


def _absolute(name: str, zone: str | None) -> str:
    """Make a host name absolute; one that could be meant in two ways is refused."""
    name = name.lower()
    if name.endswith("."):
        return name
    if zone is not None and (name == zone or name.endswith(f".{zone}")):
        return f"{name}."
    if "." in name:
        other = f"{name}.{zone}." if zone else "a name in the zone"
        raise ValueError(f"'{name}' could be {name}. or {other}; end it with a dot")
    if zone is None:
        return name
    return f"{zone}." if name == APEX else f"{name}.{zone}."


def _cut(text: str) -> Iterator[str]:
    """Cut a text into parts of at most 255 bytes, between characters; an empty one is one part."""
    part, size = "", 0
    for letter in text:
        width = len(letter.encode())
        if size + width > TEXT_MOST:
            yield part
            part, size = "", 0
        part, size = part + letter, size + width
    yield part


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')
