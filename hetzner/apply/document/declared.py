"""Which resources there are: names, replicas, and who is meant by a name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from hetzner.apply.document.faces import KindFace
from hetzner.apply.document.marks import Mark
from hetzner.apply.document.nodes import MapNode, ScalarNode


@dataclass(frozen=True)
class Replica:
    """One resource of a declaration: `n` (from 1) is for `count`, `key` and `value` for `for_each`."""

    name: str
    n: int | None = None
    key: str | None = None
    value: object = None


@dataclass
class Declaration:
    """One name in a section, which stands for one resource or several."""

    kind: KindFace
    base: str
    key: ScalarNode
    node: MapNode
    """The spec with its defaults, before `${...}` is filled in."""
    replicas: list[Replica] = field(default_factory=list[Replica])
    replicated: bool = False

    @property
    def where(self) -> str:
        """How messages call it: servers.web."""
        return f"{self.kind.name}.{self.base}"


class Declared:
    """All declarations, by kind and by name."""

    def __init__(self, kinds: Iterable[str]) -> None:
        self.kinds = tuple(kinds)
        self._names: dict[str, dict[str, tuple[str, ...]]] = {kind: {} for kind in self.kinds}
        self._marks: dict[tuple[str, str], Mark] = {}
        self._replicated: set[tuple[str, str]] = set()

    def add(self, declaration: Declaration) -> tuple[str, Mark] | None:
        """Enter a declaration; the name and the place of the first one if a name is taken already."""
        kind, base = declaration.kind.name, declaration.base
        names, targets = self._names[kind], tuple(replica.name for replica in declaration.replicas)
        for name in dict.fromkeys((base, *targets)):
            if name in names:
                return name, self._marks[kind, name]
            names[name] = targets if name == base else (name,)
            self._marks[kind, name] = declaration.key.mark
        if declaration.replicated:
            self._replicated.add((kind, base))
        return None

    def targets(self, kind: str, name: str) -> tuple[str, ...] | None:
        """The resources that a name means; None for an unknown name."""
        return self._names[kind].get(name) if kind in self._names else None

    def replicated(self, kind: str, name: str) -> bool:
        """Whether a name stands for replicas."""
        return (kind, name) in self._replicated

    def names(self, kind: str) -> tuple[str, ...]:
        """Every name of a kind, for suggestions."""
        return tuple(self._names.get(kind, ()))

    def mark(self, kind: str, name: str) -> Mark | None:
        """Where a name is declared."""
        return self._marks.get((kind, name))
