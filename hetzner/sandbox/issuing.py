"""What managed certificates get: an X.509 certificate that every program can read and none should trust.

It names the domains and its validity, but the key in it and the signature under it are thrown dice: nobody
has the private key. Written by hand so that it needs no package and is the same in every run of a seed.
"""

from __future__ import annotations

from base64 import b64encode
from datetime import UTC, datetime
from random import Random
from typing import Any

from hetzner.sandbox.x509 import fingerprint

VALID = 90 * 24 * 3600.0
"""Seconds."""
_SEQUENCE, _SET, _INTEGER, _BITS, _OCTETS, _TEXT = 0x30, 0x31, 0x02, 0x03, 0x04, 0x0C
_ED25519 = bytes.fromhex("06032b6570")
_COMMON_NAME = bytes.fromhex("0603550403")
_ALTERNATIVE_NAMES = bytes.fromhex("0603551d11")


def issue(domains: list[str], now: float, random: Random) -> dict[str, Any]:
    """Return the PEM text, the fingerprint and the validity of a new certificate."""
    until = now + VALID
    algorithm = _tlv(_SEQUENCE, _ED25519)
    names = _tlv(_SEQUENCE, *(_tlv(0x82, name.encode("ascii")) for name in domains))
    body = _tlv(
        _SEQUENCE,
        _tlv(0xA0, _tlv(_INTEGER, b"\x02")),
        _tlv(_INTEGER, b"\x01", random.randbytes(15)),
        algorithm,
        _name("hetzner sandbox"),
        _tlv(_SEQUENCE, _time(now), _time(until)),
        _name(domains[0][:64]),
        _tlv(_SEQUENCE, algorithm, _tlv(_BITS, b"\x00", random.randbytes(32))),
        _tlv(0xA3, _tlv(_SEQUENCE, _tlv(_SEQUENCE, _ALTERNATIVE_NAMES, _tlv(_OCTETS, names)))),
    )
    certificate = _tlv(_SEQUENCE, body, algorithm, _tlv(_BITS, b"\x00", random.randbytes(64)))
    return {
        "certificate": _pem(certificate),
        "fingerprint": fingerprint(certificate),
        "not_valid_before": float(int(now)),
        "not_valid_after": float(int(until)),
    }


def _tlv(tag: int, *parts: bytes) -> bytes:
    """Tag, length and value, as DER wants them."""
    value = b"".join(parts)
    if len(value) < 128:
        return bytes((tag, len(value))) + value
    size = len(value).to_bytes((len(value).bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(size))) + size + value


def _name(text: str) -> bytes:
    return _tlv(_SEQUENCE, _tlv(_SET, _tlv(_SEQUENCE, _COMMON_NAME, _tlv(_TEXT, text.encode()))))


def _time(moment: float) -> bytes:
    when = datetime.fromtimestamp(int(moment), UTC)
    tag, form = (0x17, "%y%m%d%H%M%SZ") if when.year < 2050 else (0x18, "%Y%m%d%H%M%SZ")
    return _tlv(tag, when.strftime(form).encode())


def _pem(certificate: bytes) -> str:
    text = b64encode(certificate).decode()
    lines = [text[at : at + 64] for at in range(0, len(text), 64)]
    return "\n".join(["-----BEGIN CERTIFICATE-----", *lines, "-----END CERTIFICATE-----", ""])
