"""Plain scalars by the YAML 1.2 core schema, without its traps.

`no`, `on`, `22:22`, `2026-11-23` and `0755` are text; `0o755` and `0x1f` are numbers.
"""

from __future__ import annotations

import re

Plain = str | int | float | bool | None

NOT_TEXT = frozenset("-+.0123456789tTfFnN~")
"""What a scalar that is no text may begin with."""

_WORDS: dict[str, Plain] = {
    **dict.fromkeys(("null", "Null", "NULL", "~")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)\Z")
_BASED = re.compile(r"0o[0-7]+\Z|0x[0-9a-fA-F]+\Z")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|(?:0|[1-9][0-9]*)(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z")
_LIMIT = 2**63


class NumberOutOfRange(ValueError):
    """A number beyond 64 bits, or beyond what a double can hold."""


def core(text: str) -> Plain:
    """The value of an unquoted scalar.

    Raises:
        NumberOutOfRange: it is written as a number but does not fit; quoted it would be text.
    """
    if not text:
        return None
    if text[0] not in NOT_TEXT:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.match(text):
        return _integer(text, 10)
    if _BASED.match(text):
        return _integer(text, 0)
    return _decimal(text) if _FLOAT.match(text) else text


def spelled(value: Plain) -> str:
    """A value as text inside other text: `true`, not `True`."""
    return str(value).lower() if isinstance(value, bool) else "" if value is None else str(value)


def _integer(text: str, base: int) -> int:
    if len(text) <= 24:  # longer ones never fit, and int() would be slow or refuse
        number = int(text, base)
        if -_LIMIT <= number < _LIMIT:
            return number
    raise NumberOutOfRange(text)


def _decimal(text: str) -> float:
    number = float(text)
    if number in (float("inf"), float("-inf")):
        raise NumberOutOfRange(text)
    return number
