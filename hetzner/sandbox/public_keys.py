"""OpenSSH public keys: one line of text, checked down to the numbers inside.

RFC 4253 (RSA), RFC 5656 (ECDSA), RFC 8709 (Ed25519), and OpenSSH's own types for keys on security tokens.
"""

from __future__ import annotations

from base64 import b64decode
from binascii import Error
from hashlib import md5

_POINTS = {"nistp256": 65, "nistp384": 97, "nistp521": 133}
_ED25519 = ("ssh-ed25519", "sk-ssh-ed25519@openssh.com")
_SK_ECDSA = "sk-ecdsa-sha2-nistp256@openssh.com"
_LEAST_BITS = 1024


def key_blob(text: str) -> bytes:
    """Decode the key in a line `type base64 [comment]`. Raises ValueError with the reason."""
    words = text.split(None, 2)
    if "\n" in text.strip() or len(words) < 2:
        raise ValueError("must be one line with a key type and a key")
    kind, encoded = words[:2]
    try:
        blob = b64decode(encoded, validate=True)
    except Error:
        raise ValueError("the key is not valid base64") from None
    _check(kind, _fields(blob))
    return blob


def fingerprint(blob: bytes) -> str:
    """MD5 of a key, in pairs of hexadecimal digits."""
    return md5(blob, usedforsecurity=False).digest().hex(":")


def _fields(blob: bytes) -> list[bytes]:
    fields: list[bytes] = []
    while blob:
        length = int.from_bytes(blob[:4], "big")
        if len(blob) < 4 + length:
            raise ValueError("the key is cut off")
        fields.append(blob[4 : 4 + length])
        blob = blob[4 + length :]
    return fields


def _check(kind: str, fields: list[bytes]) -> None:
    if not fields or fields[0] != kind.encode():
        raise ValueError("the key is not of the type in front of it")
    if kind == "ssh-rsa":
        sound = len(fields) == 3 and _rsa(*fields[1:])
    elif kind in _ED25519:
        sound = len(fields) == _length(kind, 2) and len(fields[1]) == 32
    elif kind == _SK_ECDSA or kind.removeprefix("ecdsa-sha2-") in _POINTS:
        curve = "nistp256" if kind == _SK_ECDSA else kind.removeprefix("ecdsa-sha2-")
        sound = len(fields) == _length(kind, 3) and _point(curve, fields[1], fields[2])
    else:
        raise ValueError(f"'{kind}' is not a supported key type")
    if not sound:
        raise ValueError(f"the key is not a sound {kind} key")


def _length(kind: str, fields: int) -> int:
    return fields + kind.startswith("sk-")  # a key on a security token also names its application


def _rsa(exponent: bytes, modulus: bytes) -> bool:
    e, n = int.from_bytes(exponent, "big", signed=True), int.from_bytes(modulus, "big", signed=True)
    return e >= 3 and e % 2 == 1 and n % 2 == 1 and n > 0 and n.bit_length() >= _LEAST_BITS


def _point(curve: str, name: bytes, point: bytes) -> bool:
    return name == curve.encode() and len(point) == _POINTS[curve] and point[0] == 4
