"""Which labels a label selector picks, found out without asking.

https://docs.hetzner.cloud/reference/cloud#description/label-selector
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_APART = re.compile(r",(?![^()]*\))")
_SET = re.compile(r"(?P<key>\S+)\s+(?P<word>in|notin)\s*\((?P<values>[^()]*)\)")
_EQUAL = re.compile(r"(?P<key>[^\s!=]+)\s*(?P<word>!=|==?)\s*(?P<values>\S*)")


def picks(selector: str, labels: Mapping[str, str]) -> bool:
    """Tell whether a selector picks what has these labels; an empty one picks everything."""
    return all(_holds(term.strip(), labels) for term in _APART.split(selector) if term.strip())


def _holds(term: str, labels: Mapping[str, str]) -> bool:
    if found := _SET.fullmatch(term) or _EQUAL.fullmatch(term):
        values = {value.strip() for value in found["values"].split(",")}
        return (labels.get(found["key"]) in values) is (found["word"] in ("in", "=", "=="))
    if term.startswith("!"):
        return term[1:].strip() not in labels
    return term in labels
