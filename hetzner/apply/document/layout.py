"""The sections of all files together: who declared what, and nothing declared twice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from hetzner.apply.document.frames import quoted
from hetzner.apply.document.marks import Source
from hetzner.apply.document.near import did_you_mean
from hetzner.apply.document.nodes import MapNode, Node, ScalarNode, describe
from hetzner.apply.document.problems import Problems

SINGLE = ("version", "project", "lock", "token")
SECTIONS = ("variables", "defaults", "outputs")
FREE = "x-"
"""Top-level keys that begin so are the user's own, for anchors."""


@dataclass
class Layout:
    """The merged files: single values, and sections by name."""

    single: dict[str, tuple[ScalarNode, Node]] = field(default_factory=dict[str, "tuple[ScalarNode, Node]"])
    sections: dict[str, MapNode] = field(default_factory=dict[str, MapNode])

    def section(self, name: str) -> MapNode:
        """A section, empty when no file has it."""
        return self.sections.get(name) or MapNode(Source("", ""), 0)


def lay_out(roots: Iterable[Node | None], kinds: Iterable[str], problems: Problems) -> Layout:
    """Merge the trees of all files."""
    layout, known = Layout(), (*SINGLE, *SECTIONS, *kinds)
    for root in roots:
        if isinstance(root, MapNode):
            for name, (key, node) in root.entries.items():
                _take(layout, known, name, key, node, problems)
        elif root is not None and not (isinstance(root, ScalarNode) and root.value is None):
            problems.add(f"the file must be a mapping, not {describe(root)}", root.mark)
    return layout


def _take(
    layout: Layout, known: tuple[str, ...], name: str, key: ScalarNode, node: Node, problems: Problems
) -> None:
    if name.startswith(FREE):
        return
    if name not in known:
        hint = did_you_mean(name, known) or "keys that begin with x- are free"
        problems.add(f"unknown section {quoted(name)}", key.mark, hint)
    elif name in SINGLE:
        _once(layout, name, key, node, problems)
    elif isinstance(node, MapNode):
        _merge(layout, name, node, problems)
    elif not (isinstance(node, ScalarNode) and node.value is None):
        problems.add(
            f"{name} must be a mapping of names, not {describe(node)}",
            node.mark,
            "write 'name:' and its fields",
        )


def _once(layout: Layout, name: str, key: ScalarNode, node: Node, problems: Problems) -> None:
    """Several files may say the same project, so that each can be checked alone, but not different ones."""
    first_key, first = layout.single.setdefault(name, (key, node))
    if not _same(first, node):
        apart = "; name the files of several projects one by one, or by a folder for each"
        hint = f"first given at {first_key.mark}{apart if name == 'project' else ''}"
        problems.add(f"another {name}", key.mark, hint)


def _same(one: Node, other: Node) -> bool:
    if isinstance(one, MapNode) and isinstance(other, MapNode):
        return one.entries.keys() == other.entries.keys() and all(
            _same(one.entries[name][1], other.entries[name][1]) for name in one.entries
        )
    return one is other or (
        isinstance(one, ScalarNode) and isinstance(other, ScalarNode) and one.text == other.text
    )


def _merge(layout: Layout, name: str, node: MapNode, problems: Problems) -> None:
    merged = layout.sections.get(name)
    if merged is None:
        layout.sections[name] = node.with_entries(dict(node.entries))
        return
    for entry, (key, value) in node.entries.items():
        if entry in merged.entries:
            first = merged.entries[entry][0].mark
            problems.add(f"duplicate {quoted(entry)} in {name}", key.mark, f"first defined at {first}")
        else:
            merged.entries[entry] = (key, value)
