"""What storage boxes insist on: passwords, folders, descriptions and snapshot plans.

https://docs.hetzner.cloud/reference/hetzner#storage-boxes
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from hetzner.sandbox.errors import Refusal, invalid
from hetzner.sandbox.public_keys import key_blob

UPPER = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÜ")
LOWER = frozenset("abcdefghijklmnopqrstuvwxyzäöüß")
DIGITS = frozenset("0123456789")
SPECIAL = frozenset("^°!§$%/()=?+#-.,;:~*@{}_&")
_FOLDER = re.compile(r"[a-zA-Z0-9 ./_-]{1,999}", re.ASCII)
_DESCRIPTION = re.compile(r"[a-zA-Z0-9\-_,:<>+#!()\[\]{} ]*", re.ASCII)
_LONGEST_DESCRIPTION = 1000
_RANGES = {"minute": (0, 59), "hour": (0, 23), "day_of_week": (1, 7), "day_of_month": (1, 31)}


def check_password(password: str) -> None:
    """Refuse a password that breaks the policy; no word of it is in the refusal."""
    used = frozenset(password)
    if not 12 <= len(password) <= 128:
        raise invalid("password", "must have between 12 and 128 characters")
    if used - UPPER - LOWER - DIGITS - SPECIAL:
        raise invalid("password", "has a character that is not allowed")
    if not all(used & kind for kind in (UPPER, LOWER, DIGITS, SPECIAL)):
        raise invalid(
            "password", "must have an upper and a lower case letter, a digit and a special character"
        )


def check_keys(keys: Sequence[str]) -> None:
    """Refuse what is no public key in OpenSSH's format."""
    for key in keys:
        try:
            key_blob(key.strip())
        except ValueError as problem:
            raise invalid("ssh_keys", str(problem)) from None


def check_home(path: str) -> str:
    """Return the home directory of a subaccount, or refuse it."""
    if not _FOLDER.fullmatch(path) or path.startswith("/"):
        raise invalid("home_directory", "must be a relative path of letters, digits, blanks and . / _ -")
    folder_of("home_directory", path)
    return path


def folder_of(field: str, path: str) -> tuple[str, ...]:
    """The folders that a path goes through; refuses one that leads out of the storage box."""
    parts = tuple(part for part in path.split("/") if part not in ("", "."))
    if ".." in parts:
        raise invalid(field, "must not lead out of the storage box")
    return parts


def check_description(text: str, strict: bool = False) -> str:
    """Return a description, or refuse it; those of snapshots are strict about characters."""
    if len(text) > _LONGEST_DESCRIPTION:
        raise invalid("description", f"must not have more than {_LONGEST_DESCRIPTION} characters")
    if strict and not _DESCRIPTION.fullmatch(text):
        raise invalid("description", "has a character that is not allowed")
    return text


def check_plan(asked: Mapping[str, Any], limit: int) -> dict[str, Any]:
    """Return a snapshot plan as the API shows it, or refuse it."""
    for field, (least, most) in _RANGES.items():
        if asked.get(field) is not None and not least <= asked[field] <= most:
            raise invalid(field, f"must be between {least} and {most}")
    if not 1 <= asked["max_snapshots"] <= limit:
        raise invalid("max_snapshots", f"must be between 1 and {limit}")
    return {"max_snapshots": asked["max_snapshots"], **{field: asked.get(field) for field in _RANGES}}


def settings(names: Sequence[str], asked: Mapping[str, Any]) -> dict[str, bool]:
    """All access settings; what is not asked for is off."""
    return {name: asked.get(name, False) for name in names}


def action_locked() -> Refusal:
    """The refusal while another action runs on the storage box, in the API's words."""
    return Refusal(423, "locked", "Action is locked")
