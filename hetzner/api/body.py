"""Putting the body of an answer together, never larger than what a program can bear."""

from __future__ import annotations

import zlib

LARGEST = 32 * 1024 * 1024
_GZIP_OR_ZLIB = 47
"""What zlib calls "see by the header which of the two it is"."""


class BodyError(Exception):
    """The body of an answer cannot be read."""


class Body:
    """Collects the pieces of a body as they came over the wire and unpacks them.

    It unpacks by itself because a few kilobytes may stand for gigabytes, and the HTTP library would unpack
    all of them before anybody can look.
    """

    def __init__(self, encoding: str) -> None:
        self._parts: list[bytes] = []
        self._size = 0
        self._inflate = zlib.decompressobj(_GZIP_OR_ZLIB) if encoding in ("gzip", "deflate") else None
        if self._inflate is None and encoding not in ("", "identity"):
            raise BodyError("the answer is compressed in a way that was not asked for")

    def add(self, piece: bytes) -> None:
        """Take in the next piece; raises BodyError when it is too much or broken."""
        if self._inflate is not None:
            try:
                piece = self._inflate.decompress(piece, LARGEST + 1 - self._size)
            except zlib.error as error:
                raise BodyError("the answer's compression is broken") from error
        self._size += len(piece)
        if self._size > LARGEST:
            raise BodyError(f"the answer is larger than {LARGEST // 1024 // 1024} MiB")
        self._parts.append(piece)

    def whole(self) -> bytes:
        """Return all of it; raises BodyError when something is missing at the end."""
        if self._inflate is not None and self._size and not self._inflate.eof:
            raise BodyError("the answer's compression ends too early")
        return b"".join(self._parts)
