"""The `defaults:` section: what a resource gets that does not say otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hetzner.apply.document.faces import KindFace
from hetzner.apply.document.frames import quoted
from hetzner.apply.document.lifecycle import COUNTING, DEFAULTABLE
from hetzner.apply.document.near import did_you_mean
from hetzner.apply.document.nodes import MapNode, Node, ScalarNode, describe
from hetzner.apply.document.problems import Problems

GENERAL = ("location", "labels")
"""Defaults for every kind that has such a field."""

Entry = tuple[ScalarNode, Node]


class Defaults:
    """General defaults and those of each kind. Labels merge, everything else replaces, the own value wins."""

    def __init__(self, section: MapNode, kinds: Mapping[str, KindFace], problems: Problems) -> None:
        self.general = {name: entry for name, entry in section.entries.items() if name in GENERAL}
        self._problems = problems
        self._by_kind: dict[str, dict[str, Entry]] = {}
        for name, (key, node) in section.entries.items():
            if name in kinds:
                self._by_kind[name] = self._checked(kinds[name], node)
            elif name not in GENERAL:
                hint = did_you_mean(name, (*GENERAL, *kinds))
                problems.add(f"unknown field {quoted(name)} in defaults", key.mark, hint)

    def fill(self, kind: KindFace, spec: MapNode) -> MapNode:
        """The spec with its defaults, without the keys that count replicas; every value keeps its place."""
        entries = {name: entry for name, entry in spec.entries.items() if name not in COUNTING}
        for name, entry in self._for(kind):
            if name == "labels" and name in entries:
                entries[name] = self._merged(entries[name], entry)
            elif name not in entries and not kind.unless.get(name, frozenset()) & spec.entries.keys():
                entries[name] = entry
        return spec.with_entries(entries)

    def _for(self, kind: KindFace) -> Iterator[tuple[str, Entry]]:
        """The defaults of a kind, the nearer ones first."""
        yield from self._by_kind.get(kind.name, {}).items()
        for name, entry in self.general.items():
            own = kind.defaults.get(name, name)
            if own in kind.fields:
                yield own, entry

    def _checked(self, kind: KindFace, node: Node) -> dict[str, Entry]:
        if not isinstance(node, MapNode):
            if not (isinstance(node, ScalarNode) and node.value is None):
                self._problems.add(f"defaults.{kind.name} must be a mapping, not {describe(node)}", node.mark)
            return {}
        known = (*kind.fields, *DEFAULTABLE)
        for name, (key, _) in node.entries.items():
            if name not in known:
                hint = did_you_mean(name, known)
                self._problems.add(f"unknown field {quoted(name)} in defaults.{kind.name}", key.mark, hint)
        return {name: entry for name, entry in node.entries.items() if name in known}

    def _merged(self, own: Entry, default: Entry) -> Entry:
        """Labels of both, the own ones first."""
        (key, node), (_, below) = own, default
        if isinstance(node, MapNode) and isinstance(below, MapNode):
            return key, node.with_entries({**below.entries, **node.entries})
        for labels in (node, below):
            if not isinstance(labels, MapNode):
                hint = "write them out, so that they can be merged with the defaults"
                self._problems.add(f"labels must be a mapping, not {describe(labels)}", labels.mark, hint)
        return own
