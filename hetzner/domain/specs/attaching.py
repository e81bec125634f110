"""The networks of what can be in networks, in every form that they may be written in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hetzner.domain.reference import plain


def attachments(value: Any) -> Any:
    """Take a name, a list of names, or a map of name to address; return a map of name to attachment.

    Raises ValueError for maps and lists inside of a list.
    """
    if isinstance(value, Mapping):
        return {plain(name): _attachment(value[name]) for name in sorted(value, key=str)}
    items = value if isinstance(value, list | tuple) else [value]
    if any(isinstance(item, Mapping | list | tuple) for item in items):
        raise ValueError("a list has names only; for addresses write a map, such as {internal: 10.0.1.5}")
    return {plain(item): {} for item in items}


def _attachment(given: Any) -> Any:
    if given is None:
        return {}
    return given if isinstance(given, Mapping) else {"ip": given}
