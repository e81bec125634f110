"""`{file: path, vars: {...}}`: texts from files beside the YAML file, and from nowhere else unasked."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hetzner.apply.document import limits
from hetzner.apply.document.reading import Unreadable, read_bytes, too_large
from hetzner.apply.document.values import FileText, Reference, Secret, Template, joined

_SYSTEM = ("/proc", "/sys", "/dev")
_OUTSIDE = "lies outside the folder of the YAML file"


class Inclusion:
    """Reads included files, each once; `home` is what `~` means, `allow_outside` lifts the fence."""

    def __init__(self, home: str | None, *, allow_outside: bool = False) -> None:
        self._home = home
        self._allow_outside = allow_outside
        self._texts: dict[str, str] = {}
        self.paths: dict[str, None] = {}
        """The files that were read, as written."""

    def text(self, path: str, folder: str) -> str:
        """The text of a file, its path relative to `folder`.

        Raises:
            Unreadable: outside, no regular file, above 32 KiB, no UTF-8.
        """
        real = self._locate(path, folder)
        if real not in self._texts:
            self._texts[real] = _decoded(read_bytes(real, limits.INCLUDED_BYTES, follow=False))
        text = self._texts[real]
        if not self._free(real, folder) and "PRIVATE KEY-----" in text:
            raise Unreadable("is a private key, whatever its name says")
        self.paths[path] = None
        return text

    def _locate(self, path: str, folder: str) -> str:
        """The real path, links followed, if it may be read."""
        if path.startswith("~/") and self._home:
            path = str(Path(self._home) / path[2:])
        try:
            real = os.path.realpath(Path(folder) / path)
        except (OSError, ValueError):
            raise Unreadable("is not a possible file name") from None
        if any(_within(real, system) for system in _SYSTEM):
            raise Unreadable("is not a regular file but the system's")
        if not self._free(real, folder) and not self._public(real):
            raise Unreadable(_OUTSIDE)
        return real

    def _free(self, real: str, folder: str) -> bool:
        return self._allow_outside or _within(real, os.path.realpath(folder))

    def _public(self, real: str) -> bool:
        """Public keys in the home folder are what people name most, and harmless."""
        return (
            real.endswith(".pub") and self._home is not None and _within(real, os.path.realpath(self._home))
        )


def filled(text: str, path: str, values: Mapping[str, Any]) -> FileText | Secret | Template:
    """The text with `${name}` replaced for the names given and no others (a script has its own `${...}`).

    Raises:
        Unreadable: the result is larger than what the API takes.
    """
    parts: list[Any] = [text]
    if values:
        names = "|".join(map(re.escape, values))
        pieces = re.split(rf"\$\{{({names})\}}", text)
        parts = [values[piece] if index % 2 else piece for index, piece in enumerate(pieces)]
    flat = [part for value in parts for part in (value.parts if isinstance(value, Template) else [value])]
    size = sum(len(part.reveal() if isinstance(part, Secret) else str(part)) for part in flat)
    if size > limits.INCLUDED_BYTES:
        raise Unreadable(f"filled in {too_large(limits.INCLUDED_BYTES)}")
    if any(isinstance(part, Reference) for part in flat):
        return Template(tuple(flat), path)
    result = joined(flat, path)
    return FileText(result, path) if isinstance(result, str) else result


def unused(text: str, names: Mapping[str, Any]) -> list[str]:
    """The names that the text never asks for."""
    return [name for name in names if f"${{{name}}}" not in text]


def asked(text: str) -> list[str]:
    """The names that the text asks for, for suggestions."""
    return re.findall(r"\$\{([A-Za-z_]\w*)\}", text)


def is_outside(refusal: Unreadable) -> bool:
    """Whether `allow_outside` would help."""
    return str(refusal) == _OUTSIDE


def _within(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        raise Unreadable("is not UTF-8 text") from None
