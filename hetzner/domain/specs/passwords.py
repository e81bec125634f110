"""Fingerprints of passwords, in labels: whether another one is wanted can be told, the password cannot."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import Any

ROUNDS = 200_000
LENGTH = 5
"""Hexadecimal digits that are kept of the result.

Everybody who may read the project sees the label, and people choose weak passwords. So guessing is made slow
(PBKDF2), has to begin anew for every object (the salt), and never leads to certainty: of a million wrong
guesses one has the same 20 bits, while a change goes unnoticed once in a million.
"""


def password_mark(password: str, of: str) -> str:
    """Return what stands for the password of an object in a label: the salt, and a part of a slow hash."""
    return _mark(password, hashlib.sha256(of.encode()).hexdigest()[:8])


@lru_cache(maxsize=64)
def _mark(password: str, salt: str) -> str:
    found = hashlib.pbkdf2_hmac("sha256", password.encode(), salt.encode(), ROUNDS).hex()
    return f"{salt}.{found[:LENGTH]}"


class Kept(str):
    """The fingerprint that is kept of a password: equal to what may be it; to anything when there is none."""

    def __eq__(self, other: object) -> bool:
        if not self or not isinstance(other, str):
            return not self
        salt, _, _ = self.partition(".")
        return str.__eq__(self, other if isinstance(other, Kept) else _mark(other, salt))

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = str.__hash__


def is_other(wanted: Any, kept: Kept) -> bool:
    """Tell whether a password, or the secret that holds one, is another one than that of a fingerprint."""
    reveal = getattr(wanted, "reveal", None)
    return bool(kept != (reveal() if reveal is not None else wanted))
