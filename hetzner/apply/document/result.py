"""What a document is once it is read: resources with their specs, who needs whom, and where it says so."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from hetzner.apply.document.checking import checker_of
from hetzner.apply.document.declared import Declared
from hetzner.apply.document.faces import KindFace
from hetzner.apply.document.frames import quoted
from hetzner.apply.document.lifecycle import Meta
from hetzner.apply.document.marks import Mark
from hetzner.apply.document.near import near
from hetzner.apply.document.nodes import MapNode, Path, place
from hetzner.apply.document.problems import Problem, Problems
from hetzner.apply.document.values import Reference, resolve


@dataclass(frozen=True)
class Use:
    """A reference and the place in the spec that it stands in: `("routes", 0, "gateway")`."""

    path: Path
    reference: Reference


@dataclass(frozen=True, eq=False)
class Resource:
    """One thing that is to exist. The repr shows no field, for a field may be confidential."""

    kind: str
    name: str
    base_name: str
    """The key in the file: `web` for the replica `web-1`."""
    spec: dict[str, Any]
    """The checked fields; may hold `Unknown`, `Secret` and `FileText`."""
    meta: Meta
    mark: Mark
    """The key in the file."""
    node: MapNode = field(repr=False)
    raw: dict[str, Any] = field(repr=False)
    """The fields before they were checked, for `complete`."""
    references: tuple[Use, ...] = ()
    """What the spec refers to by `${...}`."""
    index: int | None = None
    """The number of the replica, from 1, when it comes from `count`."""

    @property
    def address(self) -> str:
        """How it is called in plans and messages: servers.web-1."""
        return f"{self.kind}.{self.name}"

    def mark_at(self, *path: str | int) -> Mark:
        """Where a value of the spec is written, be it in the defaults; the key at the worst."""
        return place(self.node, path) if path and path[0] in self.node.entries else self.mark

    def key_mark(self, field: str) -> Mark:
        """Where a field's own key is written; the resource's key when it is not."""
        return self.node.key_mark(field) if field in self.node.entries else self.mark

    def complete(self, face: KindFace, lookup: Callable[[Reference], object]) -> dict[str, Any]:
        """The spec with every reference looked up, checked once more and in full.

        Raises:
            DocumentError: what was looked up does not fit.
        """
        problems = Problems()
        value = resolve(self.raw, lookup)
        where = f"{self.kind}.{self.base_name}"
        spec = checker_of(face).check(value, self.node, where, problems, special=True, key=self.mark)
        problems.settle()
        return spec if spec is not None else {}

    def __repr__(self) -> str:
        return f"Resource({self.address})"


@dataclass(frozen=True)
class Document:
    """Everything that the files say."""

    project: str
    resources: tuple[Resource, ...]
    outputs: Mapping[str, Any]
    variables: Mapping[str, Any]
    """The values of the variables that are used; secrets wrapped."""
    defaults: Mapping[str, Any]
    """The general defaults, `location` and `labels`."""
    files: tuple[str, ...]
    declared: Declared = field(repr=False, compare=False)
    lock: bool = False
    """Whether only one run at a time may change the project."""
    token: str | None = None
    """The environment variable that has the API token of the project; None for what is usual."""

    @cached_property
    def _by_name(self) -> dict[tuple[str, str], Resource]:
        return {(resource.kind, resource.name): resource for resource in self.resources}

    def get(self, kind: str, name: str) -> Resource | None:
        """The resource of that very name."""
        return self._by_name.get((kind, name))

    def named(self, kind: str, name: str) -> tuple[Resource, ...] | None:
        """The resources that a name means: one, all replicas of a replicated name, or None for a stranger."""
        targets = self.declared.targets(kind, name)
        return None if targets is None else tuple(self._by_name[kind, target] for target in targets)

    def reference_problem(
        self, kind: str, name: str, mark: Mark | None, where: str, more: Iterable[str] = ()
    ) -> Problem:
        """The problem for a name that means nothing: `more` are names that exist outside the files."""
        meant = near(name, (*self.declared.names(kind), *more))
        declared_at = self.declared.mark(kind, meant) if meant else None
        notes = (f"'{meant}' is declared at {declared_at}",) if declared_at else ()
        hint = f"did you mean '{meant}'?" if meant else ""
        return Problem(f"{where}: unknown name {quoted(name)} in {kind}", mark, hint, notes)
