"""Values of DNS records: read field by field, and written in their canonical form.

https://docs.hetzner.com/networking/dns/record-types/overview
"""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error
from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv6Address

from hetzner.sandbox.dns_names import host

Words = Sequence[str]
TEXT_MOST = 255
"""Bytes of one string of a TXT record; longer texts are several strings."""
_WORD = re.compile(r'"(?:[^"\\]|\\.)*"|[^\s"]+(?:"(?:[^"\\]|\\.)*")?', re.DOTALL)
_ESCAPE = re.compile(r"\\(?:[0-9]{3}|.)", re.DOTALL)
_TAG = re.compile(r"[a-z0-9]{1,15}", re.ASCII)
_KEY = re.compile(r"[a-z0-9-]{1,63}", re.ASCII)
_MAIL = re.compile(r"[^\s\"@]+", re.ASCII)
_DIGESTS = {1: 40, 2: 64, 4: 96}
_HASHES = {1: 64, 2: 128}


def canonical(kind: str, value: str) -> str:
    """Write the value of a record as the API shows it. Raises ValueError with the reason."""
    if "\n" in value or "\r" in value or "\0" in value:
        raise ValueError("must be a single line")
    words = split(value)
    return _READ[kind](words)


def split(value: str) -> list[str]:
    """Cut a value into its words; quoted strings stay whole, with their quotes. Raises ValueError."""
    words, rest = _WORD.findall(value), _WORD.sub("", value)
    if rest.strip():
        raise ValueError("has a quote that is not closed")
    return words


def quoted(word: str) -> str:
    """Put a word in quotes, unless it has them."""
    return word if word.startswith('"') else f'"{word}"'


def _fields(words: Words, *readers: Callable[[str], str]) -> str:
    if len(words) != len(readers):
        raise ValueError(f"must have {len(readers)} fields")
    return " ".join(read(word) for read, word in zip(readers, words, strict=True))


def _plain(*readers: Callable[[str], str]) -> Callable[[Words], str]:
    return lambda words: _fields(words, *readers)


def _number(most: int, least: int = 0) -> Callable[[str], str]:
    def read(word: str) -> str:
        if not (word.isascii() and word.isdigit() and len(word) <= 10 and least <= int(word) <= most):
            raise ValueError(f"'{word}' is not a number from {least} to {most}")
        return str(int(word))

    return read


def _target(word: str) -> str:
    return host(word, root=True)


def _mailbox(word: str) -> str:
    if not _MAIL.fullmatch(word):
        raise ValueError(f"'{word}' is not a mailbox written as a name")
    return word.lower()


def _ipv4(word: str) -> str:
    return str(IPv4Address(word))


def _ipv6(word: str) -> str:
    if "%" in word:
        raise ValueError(f"'{word}' is not an IPv6 address")
    return str(IPv6Address(word))


def _string(word: str) -> str:
    if not word.startswith('"'):
        raise ValueError("must be in double quotes")
    if len(_ESCAPE.sub("x", word[1:-1]).encode("utf-8", "replace")) > TEXT_MOST:
        raise ValueError(f"must consist of strings of at most {TEXT_MOST} characters")
    return word


def _text(words: Words) -> str:
    if not words:
        raise ValueError("must be one or several strings in double quotes")
    return " ".join(_string(word) for word in words)


def _tag(word: str) -> str:
    if not _TAG.fullmatch(word.lower()):
        raise ValueError(f"'{word}' is not a CAA tag")
    return word.lower()


def _hex(text: str, length: int | None) -> str:
    if not re.fullmatch(r"(?:[0-9a-fA-F]{2})+", text) or len(text) != (length or len(text)):
        raise ValueError(
            "must end with a digest in hexadecimal digits" + (f", {length} of them" if length else "")
        )
    return text.lower()


def _ds(words: Words) -> str:
    head = _fields(words[:3], _number(65535), _number(255), _number(255))
    return f"{head} {_hex(''.join(words[3:]), _DIGESTS.get(int(words[2])))}"


def _tlsa(words: Words) -> str:
    head = _fields(words[:3], _number(255), _number(255), _number(255))
    return f"{head} {_hex(''.join(words[3:]), _HASHES.get(int(words[2])))}"


def _service(words: Words) -> str:
    head = _fields(words[:2], _number(65535), _target)
    keys = [word.partition("=")[0] for word in words[2:]]
    if any(not _KEY.fullmatch(key) for key in keys) or len(set(keys)) != len(keys):
        raise ValueError("must end with parameters such as alpn=h2, each once")
    if keys and head.startswith("0 "):
        raise ValueError("must not have parameters at priority 0")
    return " ".join([head, *words[2:]])


def is_base64(text: str) -> bool:
    """Whether a text is base64, of at least one byte."""
    try:
        return bool(b64decode(text, validate=True))
    except (Error, ValueError):
        return False


_SECONDS = _number(2**31 - 1)
_READ: dict[str, Callable[[Words], str]] = {
    "A": _plain(_ipv4),
    "AAAA": _plain(_ipv6),
    "CAA": _plain(_number(255), _tag, _string),
    "CNAME": _plain(host),
    "DS": _ds,
    "HINFO": _plain(_string, _string),
    "HTTPS": _service,
    "MX": _plain(_number(65535), _target),
    "NS": _plain(host),
    "PTR": _plain(host),
    "RP": _plain(_mailbox, _target),
    "SOA": _plain(host, _mailbox, _number(2**32 - 1), _SECONDS, _SECONDS, _SECONDS, _SECONDS),
    "SRV": _plain(_number(65535), _number(65535), _number(65535), _target),
    "SVCB": _service,
    "TLSA": _tlsa,
    "TXT": _text,
}
TYPES = tuple(_READ)
