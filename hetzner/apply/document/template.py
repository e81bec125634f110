"""Text with `${...}` in it, taken apart; nothing is looked up here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_MARKUP = re.compile(r"\$\$|\$\{([^{}]*)\}|\$\{")
_HOLE = re.compile(r"\s*(?P<path>[^:]*?)\s*(?::(?P<how>[-?])(?P<rest>.*))?\Z", re.DOTALL)


class BadTemplate(ValueError):
    """A `${` that is never closed, or nested; `at` is the text to point to."""

    def __init__(self, message: str, at: str) -> None:
        super().__init__(message)
        self.at = at


@dataclass(frozen=True)
class Hole:
    """One `${path}`, `${path:-default}` or `${path:?message}`."""

    source: str
    """As written, from `$` to `}`."""
    path: str
    default: str | None = None
    message: str | None = None


@lru_cache(maxsize=2048)
def parse(text: str) -> tuple[str | Hole, ...]:
    """The parts of a text; `$$` has become `$`, a lone `$` is itself.

    Raises:
        BadTemplate: a `${` is not closed, is nested in another, or says nothing.
    """
    parts: list[str | Hole] = []
    end = 0
    for found in _MARKUP.finditer(text):
        if found.start() > end:
            parts.append(text[end : found.start()])
        parts.append("$" if found.group() == "$$" else _hole(found.group(), found.group(1)))
        end = found.end()
    if end < len(text):
        parts.append(text[end:])
    return tuple(parts)


def _hole(source: str, inner: str | None) -> Hole:
    if inner is None:
        raise BadTemplate("'${' is not closed, or holds another one", source)
    found = _HOLE.match(inner)
    if found is None or not found["path"]:
        raise BadTemplate(f"'{source}' is not understood", source)
    how, rest = found["how"], found["rest"]
    default = rest if how == "-" else None
    return Hole(source, found["path"], default, (rest or "is required") if how == "?" else None)
