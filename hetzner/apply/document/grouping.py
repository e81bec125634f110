"""Which of several files belong together: those of the same project."""

from __future__ import annotations

import os
from collections.abc import Sequence

from hetzner.apply.document.events import Budget, compose
from hetzner.apply.document.files import sources
from hetzner.apply.document.frames import quoted
from hetzner.apply.document.nodes import MapNode, ScalarNode
from hetzner.apply.document.problems import Problems

Paths = tuple[str, ...]


def grouped(paths: Sequence[str | os.PathLike[str]]) -> list[Paths]:
    """Return the paths by project, in the order in which projects are first named; mostly all in one.

    Raises:
        DocumentError: several projects are named, and one of the paths names none; or a file is no YAML.
    """
    names = [os.fspath(path) for path in paths]
    if len(names) < 2:
        return [tuple(names)]
    named = {path: _projects(path) for path in names}
    if len(frozenset().union(*named.values())) < 2:
        return [tuple(names)]
    groups: dict[frozenset[str], list[str]] = {}
    problems = Problems()
    for path, projects in named.items():
        if not projects:
            problems.add(f"{quoted(path, 200)} names no project, and the other files name several")
        groups.setdefault(projects, []).append(path)
    problems.settle()
    return [tuple(group) for group in groups.values()]


def _projects(path: str) -> frozenset[str]:
    """Return the projects that a file, or the files of a folder, name."""
    roots = [compose(source, Budget(), Problems()) for source in sources([path])]
    written = (root.get("project") for root in roots if isinstance(root, MapNode))
    return frozenset(node.text for node in written if isinstance(node, ScalarNode))
