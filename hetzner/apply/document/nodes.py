"""The tree that is read: plain nodes that know where they stand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from hetzner.apply.document.marks import Mark, Source
from hetzner.apply.document.scalars import Plain


class _Placed:
    """Stands from character `start` of its source to before `end`; lines are counted only when asked for."""

    __slots__ = ("end", "source", "start")

    def __init__(self, source: Source, start: int, end: int) -> None:
        self.source = source
        self.start = start
        self.end = end

    @property
    def mark(self) -> Mark:
        """Where the node stands."""
        return self.source.mark(self.start, self.end)


class ScalarNode(_Placed):
    """A single value; `text` is its spelling in the file, which `1.10` and `0x1f` do not keep otherwise."""

    __slots__ = ("text", "value")

    def __init__(self, source: Source, start: int, end: int, value: Plain, text: str) -> None:
        self.source = source
        self.start = start
        self.end = end
        self.value = value
        self.text = text


class ListNode(_Placed):
    """A sequence; `size` counts all nodes in it with aliases written out, `height` its levels."""

    __slots__ = ("height", "items", "size")

    def __init__(self, source: Source, start: int, end: int = 0) -> None:
        super().__init__(source, start, end)
        self.items: list[Node] = []
        self.size = 1
        self.height = 1


class MapNode(_Placed):
    """A mapping; each key is text and keeps the node that it was written as."""

    __slots__ = ("entries", "height", "size")

    def __init__(self, source: Source, start: int, end: int = 0) -> None:
        super().__init__(source, start, end)
        self.entries: dict[str, tuple[ScalarNode, Node]] = {}
        self.size = 1
        self.height = 1

    def get(self, key: str) -> Node | None:
        """The value of a key, or None."""
        entry = self.entries.get(key)
        return entry[1] if entry else None

    def key_mark(self, key: str) -> Mark:
        """Where a key stands; the mapping itself when it has no such key."""
        entry = self.entries.get(key)
        return entry[0].mark if entry else self.mark

    def with_entries(self, entries: dict[str, tuple[ScalarNode, Node]]) -> MapNode:
        """A mapping at the same place with other entries."""
        other = MapNode(self.source, self.start, self.end)
        other.entries = entries
        return other


Node: TypeAlias = ScalarNode | ListNode | MapNode
Step: TypeAlias = str | int
Path: TypeAlias = tuple[Step, ...]


def describe(node: Node) -> str:
    """What a node is, in a user's word: text, a number, a list, ..."""
    if isinstance(node, ListNode):
        return "a list"
    return "a mapping" if isinstance(node, MapNode) else described(node.value)


def described(value: object) -> str:
    """What a value is, in the same words."""
    if isinstance(value, list):
        return "a list"
    if isinstance(value, Mapping):
        return "a mapping"
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return "true or false"
    return "a number" if isinstance(value, int | float) else "text"


def place(node: Node, path: Path) -> Mark:
    """The mark of the deepest node on a path that was really written."""
    for step in path:
        below: Node | None = None
        if isinstance(node, MapNode):
            below = node.get(str(step))
        elif isinstance(node, ListNode) and isinstance(step, int) and step < len(node.items):
            below = node.items[step]
        if below is None:
            break
        node = below
    return node.mark
