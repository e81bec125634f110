"""Plain values as the text of a document, such that reading it gives the same values again."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from hetzner.apply.document.scalars import NumberOutOfRange, core

WIDTH = 100
"""Columns within which a list or a map stands in one line."""
_PLAIN = re.compile(r"[A-Za-z0-9_./](?:[A-Za-z0-9_./@+()*%=;-]|:(?=[^ ])| (?=[A-Za-z0-9_./(]))*\Z")


class Verbatim(str):
    """A text with `${...}` in it that is meant as that."""


def scalar(value: Any) -> str:
    """Return a single value; what could be read as anything but this text is quoted."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int | float):
        return str(value)
    text = str.__str__(value) if isinstance(value, str) else str(value)
    return quoted_if_needed(text if isinstance(value, Verbatim) else text.replace("$", "$$"))


def quoted_if_needed(text: str) -> str:
    """Return a text as it is where that means the same, else in double quotes."""
    return text if _PLAIN.match(text) and _is_text(text) else _quoted(text)


def entries(value: Mapping[Any, Any], indent: int = 0) -> Iterator[str]:
    """Yield the lines of a map."""
    for key, each in value.items():
        yield from _entry(f"{' ' * indent}{quoted_if_needed(str(key))}:", each, indent)


def _entry(start: str, value: Any, indent: int) -> Iterator[str]:
    if (line := inline(value)) is not None and len(start) + len(line) < WIDTH:
        yield f"{start} {line}"
    elif isinstance(value, Mapping):
        yield start
        yield from entries(value, indent + 2)
    elif isinstance(value, str):
        yield from _text(start, value, indent + 2)
    else:
        yield start
        yield from _items(value, indent + 2)


def _items(values: Sequence[Any], indent: int) -> Iterator[str]:
    for value in values:
        start = f"{' ' * indent}-"
        if (line := inline(value)) is not None and len(start) + len(line) < WIDTH:
            yield f"{start} {line}"
        elif isinstance(value, Mapping):
            first, *rest = entries(value, indent + 2)
            yield f"{start} {first.lstrip()}"
            yield from rest
        elif isinstance(value, list | tuple):
            yield start
            yield from _items(value, indent + 2)
        else:
            yield f"{start} {scalar(value)}"


def inline(value: Any) -> str | None:
    """Return a value in one line, or None where people would not write it in one."""
    if isinstance(value, Mapping):
        parts = [(quoted_if_needed(str(key)), inline(each)) for key, each in value.items()]
        if any(part is None or part.startswith(("{", "[")) for _, part in parts if part != "[]"):
            return None
        return "{" + ", ".join(f"{key}: {part}" for key, part in parts) + "}"
    if isinstance(value, list | tuple):
        texts = [scalar(each) for each in value if not isinstance(each, Mapping | list | tuple)]
        if len(texts) < len(value) or any(" " in text for text in texts):
            return None
        return "[" + ", ".join(texts) + "]"
    return None if isinstance(value, str) and "\n" in value else scalar(value)


def _text(start: str, value: str, indent: int) -> Iterator[str]:
    """Yield a text of several lines as such where nothing of it would be lost, else in quotes."""
    body = value.removesuffix("\n")
    lines = body.split("\n")
    if "\n" not in value or not all(line and line.isprintable() and line == line.strip() for line in lines):
        yield f"{start} {scalar(value)}"
        return
    yield f"{start} |" if value.endswith("\n") else f"{start} |-"
    for line in lines:
        yield f"{' ' * indent}{line if isinstance(value, Verbatim) else line.replace('$', '$$')}"


def _is_text(text: str) -> bool:
    try:
        return isinstance(core(text), str)
    except NumberOutOfRange:
        return False


def _quoted(text: str) -> str:
    """Return a text in double quotes; what cannot be seen is written by its number."""
    return "".join(
        letter if letter.isprintable() else _numbered(letter)
        for letter in json.dumps(text, ensure_ascii=False)
    )


def _numbered(letter: str) -> str:
    return f"\\u{ord(letter):04x}" if ord(letter) < 0x10000 else f"\\U{ord(letter):08x}"
