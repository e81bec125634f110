"""Bytes from disk, with nothing taken on trust: only regular files, only so large, only UTF-8.

Standard input is what whoever runs the program chose to give, so it may be a pipe.
"""

from __future__ import annotations

import codecs
import os
import re
import stat
import sys
from collections.abc import Callable
from functools import lru_cache
from typing import TextIO

from hetzner.apply.document.marks import Source
from hetzner.apply.document.problems import DocumentError, Problem

_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_KINDS: tuple[tuple[Callable[[int], bool], str], ...] = (
    (stat.S_ISDIR, "a directory"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
    (stat.S_ISSOCK, "a socket"),
)


class Unreadable(Exception):
    """A file that cannot be used; the text says why, without its name."""


def read_bytes(path: str, limit: int, *, follow: bool = True) -> bytes:
    """The content of a regular file of at most `limit` bytes; never blocks on a pipe.

    Raises:
        Unreadable: it does not exist, is no regular file, is too large or may not be read.
    """
    flags = (
        os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
    )
    try:
        handle = os.open(path, flags if follow else flags | getattr(os, "O_NOFOLLOW", 0))
    except (OSError, ValueError) as error:
        raise Unreadable(_reason(error)) from None
    try:
        _require_regular(os.fstat(handle), limit)
        return _all(handle, limit)
    except OSError as error:
        raise Unreadable(_reason(error)) from None
    finally:
        os.close(handle)


def read_stdin(limit: int) -> bytes:
    """What comes on standard input, which can be read once: asked again, it is what it was.

    Raises:
        Unreadable: it is closed or too large.
    """
    if sys.stdin is None:
        raise Unreadable("is closed")
    return _piped(sys.stdin, limit)


@lru_cache(maxsize=1)
def _piped(stream: TextIO, limit: int) -> bytes:
    raw = stream.buffer.read(limit + 1)
    if len(raw) > limit:
        raise Unreadable(too_large(limit))
    return raw


def decode(name: str, raw: bytes) -> str:
    """UTF-8 text without its byte order mark.

    Raises:
        DocumentError: it is UTF-16, no UTF-8 at all, or holds control characters.
    """
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise DocumentError([Problem(f"{name} is UTF-16, not UTF-8", help="save the file as UTF-8")])
    try:
        return raw.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        message = f"{name}:{line}: not UTF-8: byte 0x{raw[error.start]:02x}"
        raise DocumentError([Problem(message, help="save the file as UTF-8")]) from None


def checked(source: Source) -> Source:
    """The source itself, when it holds no character that a configuration has no use for.

    Raises:
        DocumentError: with the place of the first NUL, escape or other control character.
    """
    if found := _UNPRINTABLE.search(source.text):
        mark = source.mark(found.start(), found.end())
        message = f"control character U+{ord(found.group()):04X} is not allowed"
        hint = (
            "is this UTF-16? save it as UTF-8"
            if found.group() == "\0"
            else 'remove it, or write it as "\\x.."'
        )
        raise DocumentError([Problem(message, mark, hint)])
    return source


def _require_regular(status: os.stat_result, limit: int) -> None:
    if not stat.S_ISREG(status.st_mode):
        kind = next((word for test, word in _KINDS if test(status.st_mode)), "something else")
        raise Unreadable(f"is not a regular file but {kind}")
    if status.st_size > limit:
        raise Unreadable(too_large(limit))


def _all(handle: int, limit: int) -> bytes:
    """Everything in the file, but never more than one piece above the limit (files in /proc say size 0)."""
    pieces: list[bytes] = []
    size = 0
    while piece := os.read(handle, 1 << 16):
        pieces.append(piece)
        size += len(piece)
        if size > limit:
            raise Unreadable(too_large(limit))
    return b"".join(pieces)


def too_large(limit: int) -> str:
    """The reason given for a file beyond its limit."""
    unit, name = (1 << 20, "MiB") if limit >= 1 << 20 else (1 << 10, "KiB")
    return f"is larger than {limit // unit} {name}"


def _reason(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "does not exist"
    if isinstance(error, PermissionError):
        return "may not be read: permission denied"
    if isinstance(error, OSError) and error.strerror:
        return f"cannot be read: {error.strerror.lower()}"
    return "is not a possible file name"
