"""Labels and label selectors: their grammar, and which objects a selector picks.

https://docs.hetzner.cloud/reference/cloud#description/label-selector
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from hetzner.sandbox.errors import invalid

Test = Callable[[Mapping[str, str]], bool]

_NAME = r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?"
_PART = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_KEY = re.compile(rf"(?:(?P<prefix>{_PART}(?:\.{_PART})*)/)?{_NAME}", re.ASCII)
_VALUE = re.compile(rf"(?:{_NAME})?", re.ASCII)
_SET = re.compile(r"(\S+)\s+(in|notin)\s*\(([^()]*)\)", re.ASCII)
_EQUAL = re.compile(r"([^\s!=]+)\s*(!=|==|=)\s*(\S*)", re.ASCII)
_SPLIT = re.compile(r",(?![^()]*\))")


def check_labels(labels: Mapping[str, str]) -> dict[str, str]:
    """Return the labels as a dict, or refuse keys and values outside the grammar."""
    for key, value in labels.items():
        if not _is_key(key) or key.startswith("hetzner.cloud/"):
            raise invalid("labels", f"label key '{key}' is not valid")
        if not _VALUE.fullmatch(value):
            raise invalid("labels", f"label value '{value}' of key '{key}' is not valid")
    return dict(labels)


def _is_key(key: str) -> bool:
    match = _KEY.fullmatch(key)
    return match is not None and len(match["prefix"] or "") <= 253


@lru_cache(maxsize=512)
def selector(text: str) -> Test:
    """Read a selector (`k`, `!k`, `k=v`, `k==v`, `k!=v`, `k in (a,b)`, `k notin (a,b)`, joined by commas).

    `!=` and `notin` also pick objects without the key, as in Kubernetes. Malformed: `invalid_input`.
    """
    tests = [_term(term.strip(), text) for term in _SPLIT.split(text)] if text.strip() else []
    return lambda labels: all(test(labels) for test in tests)


def _term(term: str, text: str) -> Test:
    if match := _SET.fullmatch(term):
        return _membership(_key(match[1], text), match[2], match[3], text)
    if match := _EQUAL.fullmatch(term):
        key, value = _key(match[1], text), _value(match[3], text)
        if match[2] == "!=":
            return lambda labels: labels.get(key) != value
        return lambda labels: labels.get(key) == value
    if term.startswith("!"):
        absent = _key(term[1:].strip(), text)
        return lambda labels: absent not in labels
    present = _key(term, text)
    return lambda labels: present in labels


def _membership(key: str, operator: str, values: str, text: str) -> Test:
    wanted = frozenset(_value(value.strip(), text) for value in values.split(","))
    if operator == "in":
        return lambda labels: labels.get(key) in wanted
    return lambda labels: labels.get(key) not in wanted


def _key(key: str, text: str) -> str:
    if not _is_key(key):
        raise invalid("label_selector", f"'{text}' is not a valid label selector")
    return key


def _value(value: str, text: str) -> str:
    if not _VALUE.fullmatch(value):
        raise invalid("label_selector", f"'{text}' is not a valid label selector")
    return value
