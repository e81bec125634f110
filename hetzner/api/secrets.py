"""Keeping what must not be seen out of what people and logs see."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from hetzner.schema.facts import SECRET_FIELDS

HIDDEN = "[hidden]"
DEEPEST = 50
"""Levels of data that are looked through; what lies deeper is hidden as a whole."""
_WORDS = r"[A-Za-z0-9]{8,}"


class Secret:
    """A text that shows itself only when asked by name; the same object can get a new text."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        if not isinstance(text, str):
            raise TypeError(f"an API token must be text, not {type(text).__name__}")
        self._text = text

    def reveal(self) -> str:
        """Return the text."""
        return self._text

    def __repr__(self) -> str:
        return "Secret(...)"

    def __deepcopy__(self, memo: object) -> Secret:
        return self

    def __reduce__(self) -> Any:
        raise TypeError("a secret cannot be pickled")


def secret_values(body: object) -> Iterator[str]:
    """Yield the texts of a request that must not be repeated in a message."""
    if isinstance(body, Mapping):
        for name, value in body.items():
            if name in SECRET_FIELDS and isinstance(value, str) and value:
                yield value
            else:
                yield from secret_values(value)
    elif isinstance(body, list | tuple):
        for item in body:
            yield from secret_values(item)


def scrubber(token: Secret, body: object) -> Callable[[Any], Any]:
    """Return a function that takes the token (or a part of it) and the body's secrets out of text or data."""
    values = sorted(secret_values(body), key=len, reverse=True)

    def scrub(data: Any, depth: int = 0) -> Any:
        if isinstance(data, str):
            whole = token.reveal()
            for value in values:
                data = data.replace(value, HIDDEN)
            return re.sub(_WORDS, lambda word: HIDDEN if word[0] in whole else word[0], data)
        if not isinstance(data, Mapping | list):
            return data
        if depth > DEEPEST:
            return HIDDEN
        if isinstance(data, list):
            return [scrub(item, depth + 1) for item in data]
        return {
            scrub(name): HIDDEN if name in SECRET_FIELDS and item else scrub(item, depth + 1)
            for name, item in data.items()
        }

    return scrub


def forget_frames(error: BaseException | None) -> None:
    """Drop the tracebacks of a chain of exceptions: their frames hold headers, bodies and answers."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:  # an error that is raised twice can follow from itself
        seen.add(id(error))
        error.__traceback__ = None
        error = error.__cause__ or error.__context__
