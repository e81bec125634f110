"""Which of several files belong together: those of the same project."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

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


def dealt(groups: Sequence[Paths], given: Mapping[str, object]) -> list[dict[str, object]]:
    """Return for each group the variables that it declares; the first one gets, and refuses, what none does.

    Raises:
        DocumentError: a file is no YAML.
    """
    declared = [_variables(group) for group in groups] if len(groups) > 1 else [frozenset(given)]
    nowhere = given.keys() - frozenset().union(*declared)
    mine = [declared[0] | nowhere, *declared[1:]]
    return [{name: value for name, value in given.items() if name in names} for names in mine]


def _variables(paths: Paths) -> frozenset[str]:
    sections = (root.get("variables") for root in _roots(paths))
    return frozenset(name for each in sections if isinstance(each, MapNode) for name in each.entries)


def _projects(path: str) -> frozenset[str]:
    """Return the projects that a file, or the files of a folder, name."""
    written = (root.get("project") for root in _roots((path,)))
    return frozenset(node.text for node in written if isinstance(node, ScalarNode))


def _roots(paths: Paths) -> list[MapNode]:
    roots = [compose(source, Budget(), Problems()) for source in sources(paths)]
    return [root for root in roots if isinstance(root, MapNode)]
