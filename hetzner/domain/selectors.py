"""Label selectors, written as text or as a map."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from hetzner.domain.specs.labels import KEY, VALUE

Labels = str | Mapping[str, str | Iterable[str] | None]
"""A label selector; or a map, where a text must be equal, a list holds the choice, None is any value."""


def selector(labels: Labels) -> str:
    """Return the selector that stands for labels.

    Raises ValueError for an empty one, since it would fit everything, and for what cannot be a label;
    TypeError for what is neither a map nor a text.
    """
    if not isinstance(labels, str | Mapping):
        raise TypeError(f"labels are a map or a label selector, not {type(labels).__name__}")
    text = labels if isinstance(labels, str) else ",".join(_part(key, value) for key, value in labels.items())
    if not text.strip():
        raise ValueError("empty labels would fit everything; leave the argument out if that is meant")
    return text


def _part(key: object, value: object) -> str:
    if not isinstance(key, str) or not KEY.fullmatch(key):
        raise ValueError(f"{key!r} cannot be the key of a label")
    if value is None:
        return key
    if isinstance(value, str):
        return f"{key}={_checked(value)}"
    if not isinstance(value, Iterable):
        raise TypeError(f"the value of a label is a text, and {value!r} is none")
    if choice := [_checked(each) for each in value]:
        return f"{key} in ({','.join(choice)})"
    raise ValueError(f"the choice of values of the label '{key}' is empty")


def _checked(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"the value of a label is a text, and {value!r} is none")
    if not VALUE.fullmatch(value):
        raise ValueError(f"{value!r} cannot be the value of a label")
    return value
