"""The options of records in the docstrings of what takes them, since editors read nothing else.

``python -m hetzner.domain.docstrings`` writes them there from what stands on the specs; a test tells when
that is due.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from hetzner import RECORDS
from hetzner.domain.specs import kind_of
from hetzner.domain.specs.kind import Kind
from hetzner.schema.docstrings import Told, mended, renew


def outdated() -> dict[Path, str]:
    """Return what the files should be whose docstrings do not tell the options as they are."""
    return mended(_methods())


def _methods() -> Iterator[tuple[Any, Told]]:
    """Yield every method of a record that takes the options of its kind, in both faces."""
    for name, home in RECORDS.items():
        module = import_module(f"hetzner.{home}")
        for cls in (getattr(module, name), getattr(module, f"Async{name}")):
            for found in list(vars(cls).values()):
                function = inspect.unwrap(getattr(found, "__func__", found))
                if "options" in getattr(function, "__annotations__", {}):
                    yield function, (_purpose(function), _options(kind_of(cls.kind), function))


def _options(kind: Kind, function: Any) -> list[tuple[str, str]]:
    """Return the options that a kind knows, those first that stand in the signature."""
    own = [name for name in inspect.signature(function).parameters if name in kind.fields]
    others = [name for name in kind.fields if name not in own]
    return [(name, kind.fields[name].doc) for name in (*own, *others)]


def _purpose(function: Any) -> str:
    return inspect.cleandoc(function.__doc__ or "").partition("\n\nArgs:\n")[0]


if __name__ == "__main__":
    renew(outdated())
