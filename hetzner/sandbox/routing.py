"""From method and path to a declared operation; literal segments win over placeholders."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import unquote

from hetzner.sandbox.table import as_id


class Declared(Protocol):
    """What the sandbox reads from a declared operation (`hetzner.schema.Operation` is one)."""

    @property
    def name(self) -> str:
        """Dotted: `servers.actions.poweroff`."""
        ...

    @property
    def verb(self) -> str:
        """GET, POST, PUT or DELETE."""
        ...

    @property
    def path(self) -> str:
        """A template: `/servers/{id}/actions/poweroff`."""
        ...

    @property
    def parameters(self) -> Mapping[str, Any]:
        """Query or body fields by name."""
        ...


@dataclass(slots=True)
class Route:
    """A path of the API: what its placeholders are called, and the operation behind each verb."""

    names: dict[str, tuple[str, ...]] = field(default_factory=dict)
    operations: dict[str, Declared] = field(default_factory=dict)


@dataclass(slots=True)
class _Node:
    literals: dict[str, _Node] = field(default_factory=dict)
    placeholder: _Node | None = None
    route: Route | None = None


class Router:
    """All paths of the API as a tree of segments.

    `load` brings the operations below a first segment (`servers`) when a path with it is first seen.
    """

    def __init__(
        self, operations: Iterable[Declared] = (), load: Callable[[str], Iterable[Declared]] | None = None
    ) -> None:
        self._root = _Node()
        self._load = load
        self._loaded: set[str] = set()
        self._growing = threading.RLock()
        for operation in operations:
            self._add(operation)

    def _add(self, operation: Declared) -> None:
        node, names = self._root, []
        for segment in operation.path.strip("/").split("/"):
            if segment.startswith("{"):
                names.append(segment.strip("{}"))
                node.placeholder = node = node.placeholder or _Node()
            else:
                node = node.literals.setdefault(segment, _Node())
        node.route = node.route or Route()
        node.route.operations[operation.verb] = operation
        node.route.names[operation.verb] = tuple(names)

    def match(self, path: str) -> tuple[Route, list[str]] | None:
        """Find the route of a path (with or without /v1), and the values of its placeholders."""
        segments = path.strip("/").split("/")
        if segments[0] == "v1":
            segments = segments[1:]
        if self._load and segments and segments[0] not in self._loaded:
            self._grow(self._load, segments[0])
        return self._walk(self._root, segments, 0, [])

    def _grow(self, load: Callable[[str], Iterable[Declared]], segment: str) -> None:
        with self._growing:  # all sandboxes of a process share a router, whatever threads they run in
            if segment in self._loaded:
                return
            operations = tuple(load(segment))
            for operation in operations:
                self._add(operation)
            if operations:  # else anything that is asked for would be remembered
                self._loaded.add(segment)

    def _walk(
        self, node: _Node, segments: list[str], at: int, values: list[str]
    ) -> tuple[Route, list[str]] | None:
        if at == len(segments):
            return (node.route, values) if node.route else None
        below = node.literals.get(segments[at])
        found = self._walk(below, segments, at + 1, values) if below else None
        if found is None and node.placeholder and segments[at]:
            found = self._walk(node.placeholder, segments, at + 1, [*values, unquote(segments[at])])
        return found


def path_values(route: Route, verb: str, values: list[str]) -> dict[str, Any] | None:
    """Name the placeholders' values, ids as numbers; None when an id is not a number (no such route then)."""
    named: dict[str, Any] = dict(zip(route.names[verb], values, strict=True))
    for name, value in named.items():
        if name == "id" or name.endswith("_id"):
            named[name] = as_id(value)
            if named[name] is None:
                return None
    return named
