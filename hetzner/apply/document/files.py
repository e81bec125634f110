"""Which files are meant: single files, folders of them, or standard input."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from hetzner.apply.document import limits
from hetzner.apply.document.frames import quoted
from hetzner.apply.document.marks import Source
from hetzner.apply.document.problems import DocumentError, Problems
from hetzner.apply.document.reading import Unreadable, checked, decode, read_bytes, read_stdin

STDIN = "-"
"""Stands for standard input where files are named."""
_SUFFIXES = (".yaml", ".yml")


def sources(paths: Sequence[str | os.PathLike[str]]) -> list[Source]:
    """The texts of all files, each once, in the order given and by name inside a folder.

    Raises:
        DocumentError: a file is missing, too large, no regular file, or no UTF-8; a folder has no YAML file.
    """
    problems = Problems()
    found: dict[str, Source] = {}
    for path in paths:
        for name in _files(os.fspath(path), problems):
            if len(found) >= limits.FILES:
                problems.add(f"more than {limits.FILES} files")
                problems.settle()
            _add(found, name, problems)
    problems.settle()
    return list(found.values())


def _add(found: dict[str, Source], name: str, problems: Problems) -> None:
    try:
        real = STDIN if name == STDIN else os.path.realpath(name)
        if real not in found:
            found[real] = _source(name, len(found))
    except (Unreadable, ValueError) as refusal:
        why = refusal if isinstance(refusal, Unreadable) else "is not a possible file name"
        help = f"'{STDIN}' in its place reads standard input" if str(why).endswith("a pipe") else ""
        problems.add(f"{quoted(name, 200)} {why}", help=help)
    except DocumentError as error:
        for problem in error.problems:
            problems.take(problem)


def _source(name: str, index: int) -> Source:
    if name == STDIN:
        name, raw = "<stdin>", read_stdin(limits.FILE_BYTES)
    else:
        raw = read_bytes(name, limits.FILE_BYTES)
    return checked(Source(name, decode(name, raw), str(Path(name).parent), index))


def _files(path: str, problems: Problems) -> Iterator[str]:
    """The path itself, or the YAML files of a folder; folders inside it are not entered."""
    if path == STDIN:
        yield path
        return
    try:
        names = sorted(found.name for found in Path(path).iterdir())
    except (OSError, ValueError):
        yield path
        return
    chosen = [name for name in names if name.endswith(_SUFFIXES) and not name.startswith(".")]
    if not chosen:
        problems.add(f"the folder {quoted(path, 200)} has no *.yaml or *.yml file")
    for name in chosen:
        yield str(Path(path) / name)
