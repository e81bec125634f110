"""Label selectors, written as text or as a map."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def selector(labels: str | Mapping[str, str | Iterable[str] | None]) -> str:
    """Return the selector that stands for labels.

    In a map a text must be equal, a list holds what it may be, and None asks only that the label is there.
    """
    if isinstance(labels, str):
        return labels
    parts = []
    for key, value in labels.items():
        if value is None:
            parts.append(key)
        elif isinstance(value, str):
            parts.append(f"{key}={value}")
        else:
            parts.append(f"{key} in ({','.join(value)})")
    return ",".join(parts)
