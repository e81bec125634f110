"""The labels by which this package knows what is its own."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import AfterValidator

PREFIX = "hetzner-apply/"
PROJECT = PREFIX + "project"
"""On everything that a document declares; its value is the document's project."""
KINDS = PREFIX + "kinds"
"""On everything that is owned: the kinds that the project had when the label was written, by their codes."""
RESUME = PREFIX + "resume"
"""On an object that is switched off or on for a change; its value is the state that it shall come back to."""
DROPS = PREFIX + "drops"
"""On an object that lets go of something which is to be deleted then; its value are the ids of that."""
REPLACES = PREFIX + "replaces"
"""On an object that is made to take the place of another one; its value is the id of that one."""
LOCK = PREFIX + "lock"
"""On the object that is the lock of a project, its value; it is no part of what the project owns."""
HOLDER = PREFIX + "lock-holder"
"""On that object: who holds the lock."""
STEERING = frozenset({PROJECT, KINDS, RESUME, REPLACES, LOCK, HOLDER})
"""All that tell what to do; every other one with the prefix keeps the fingerprint of something."""

_NAME = r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?"
KEY = re.compile(rf"(?:(?=[^/]{{1,253}}/)[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?/)?{_NAME}")
VALUE = re.compile(rf"(?:{_NAME})?")


def _checked(labels: Mapping[str, Any]) -> Mapping[str, Any]:
    for key, value in labels.items():
        if not KEY.fullmatch(key):
            raise ValueError(f"'{key}' cannot be a label: letters, digits, '-', '_' and '.', at most 63")
        if key.startswith(("hetzner.cloud/", PREFIX)):
            raise ValueError(f"the label '{key}' is reserved")
        if not isinstance(value, str):
            raise ValueError(f"the label '{key}' is seen by everybody: it cannot hold a secret")
        if not VALUE.fullmatch(value):
            raise ValueError(
                f"'{value}' cannot be the value of a label: letters, digits, '-', '_' and '.', at most 63"
            )
    return labels


Labels = Annotated[dict[str, str], AfterValidator(_checked)]


_TERM = rf"(?:!\s*{KEY.pattern}|{KEY.pattern}(?:\s*(?:==?|!=)\s*{VALUE.pattern}|\s+(?:not)?in\s*\([^()]+\))?)"
SELECTOR = re.compile(rf"\s*{_TERM}(?:\s*,\s*{_TERM})*\s*")


def _selector(text: str) -> str:
    if not SELECTOR.fullmatch(text):
        raise ValueError(f"'{text}' is no label selector, such as 'role=web' or 'env in (prod, test), !old'")
    return text


Selector = Annotated[str, AfterValidator(_selector)]
"""What chooses objects by their labels."""


def fingerprint(text: str) -> str:
    """Return what stands for a text in a label."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def own(labels: Mapping[str, str]) -> dict[str, str]:
    """Return the labels that this package put there for itself, but for the one that any run may renew."""
    return {key: value for key, value in labels.items() if key.startswith(PREFIX) and key != KINDS}


def declared(labels: Mapping[str, str]) -> dict[str, str]:
    """Return the labels that somebody else put there."""
    return {key: value for key, value in labels.items() if not key.startswith(PREFIX)}


def is_mark(key: str) -> bool:
    """Tell whether a label keeps the fingerprint of what cannot be read, such as a secret."""
    return key.startswith(PREFIX) and key not in STEERING


def is_foreign(key: str) -> bool:
    """Tell whether a label belongs to another tool, as those with a prefix do: it stays unless wanted."""
    return "/" in key and not key.startswith(PREFIX)
