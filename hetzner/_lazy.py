"""Modules that only re-export: the names stand in a ``.pyi`` beside them, and each is loaded when used.

Type checkers read that file as it is, and at run time it is the list too, so that no name is written twice.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any


def exports(module: str) -> tuple[Callable[[str], Any], Callable[[], list[str]], list[str]]:
    """Return ``__getattr__``, ``__dir__`` and ``__all__`` of a module for what its ``.pyi`` names.

    That file has imports (``from a import b as b`` is a name of the module, ``from a import b`` is not) and
    other names for what is imported (``c = b``).
    """
    namespace = vars(sys.modules[module])
    homes = _homes(namespace["__spec__"])

    def load(name: str) -> Any:
        if name not in homes:
            raise AttributeError(f"module '{module}' has no attribute '{name}'")
        home, original = homes[name]
        if home == module:
            return import_module(f"{home}.{original}")
        found = namespace[name] = getattr(import_module(home), original)
        return found

    return load, lambda: sorted({*namespace, *homes}), sorted(homes)


def _homes(spec: Any) -> dict[str, tuple[str, str]]:
    """Read where each name of a module comes from: another module, and what it is called there."""
    imported, exported = {}, {}
    for statement in ast.parse(spec.loader.get_data(str(Path(spec.origin).with_suffix(".pyi")))).body:
        if isinstance(statement, ast.ImportFrom):
            for each in statement.names:
                imported[each.name] = (statement.module or "", each.name)
                if each.asname:
                    exported[each.asname] = imported[each.name]
        elif isinstance(statement, ast.Assign):
            [target], value = statement.targets, statement.value
            exported[ast.unparse(target)] = imported[ast.unparse(value)]
    return exported
