"""Nodes to values: `${...}` filled in, files read."""

from __future__ import annotations

from typing import Any

from hetzner.apply.document import limits
from hetzner.apply.document.declared import Replica
from hetzner.apply.document.frames import quoted
from hetzner.apply.document.inclusion import Inclusion, asked, filled, is_outside, unused
from hetzner.apply.document.lookups import LookupRefused, Lookups
from hetzner.apply.document.near import did_you_mean
from hetzner.apply.document.nodes import ListNode, MapNode, Node, ScalarNode, describe
from hetzner.apply.document.problems import Problems
from hetzner.apply.document.reading import Unreadable
from hetzner.apply.document.scalars import spelled
from hetzner.apply.document.template import BadTemplate, Hole, parse
from hetzner.apply.document.values import BROKEN, Reference, Secret, Template, Unknown, joined

_FILE = {"file", "vars"}


class Evaluator:
    """Fills in nodes. `special` turns true once a value came up that pydantic alone would not understand."""

    def __init__(self, lookups: Lookups, inclusion: Inclusion, problems: Problems) -> None:
        self._lookups = lookups
        self._inclusion = inclusion
        self._problems = problems
        self._nodes = limits.REPLICA_NODES
        self._characters = limits.WRITTEN_OUT
        self.special = False
        lookups.evaluate = self.value

    def value(self, node: Node, replica: Replica | None = None) -> Any:
        """The value of a node in a replica."""
        if isinstance(node, ScalarNode):
            value = node.value
            return self._text(node, value, replica) if isinstance(value, str) and "$" in value else value
        if isinstance(node, ListNode):
            return self._list(node, replica)
        if isinstance(node.get("file"), ScalarNode) and node.entries.keys() <= _FILE:
            return self._file(node, replica)
        return self.mapping(node, replica)

    def mapping(self, node: MapNode, replica: Replica | None = None) -> dict[str, Any]:
        """The value of a mapping, even of one that looks like a file."""
        self._spend(len(node.entries), node)
        values: dict[str, Any] = {}
        for key, (_, below) in node.entries.items():
            if isinstance(below, ScalarNode) and not (isinstance(below.value, str) and "$" in below.value):
                values[key] = below.value
            elif key == "labels" and isinstance(below, MapNode):
                values[key] = self.mapping(below, replica)
            else:
                values[key] = self.value(below, replica)
        return values

    def _list(self, node: ListNode, replica: Replica | None) -> list[Any]:
        """The values of a list; an item that is a whole `${list}` is laid flat into it."""
        self._spend(len(node.items), node)
        values: list[Any] = []
        for item in node.items:
            value = self.value(item, replica)
            values += value if isinstance(item, ScalarNode) and isinstance(value, list) else [value]
        return values

    def _text(self, node: ScalarNode, text: str, replica: Replica | None, *, whole: bool = True) -> Any:
        """A text with its holes filled in; one that is a single hole keeps the type, if `whole`."""
        try:
            parts = parse(text)
        except BadTemplate as error:
            self._problems.add(str(error), node.mark.find(error.at), "a plain '${' is written '$${'")
            return self._noted(BROKEN)
        if whole and len(parts) == 1 and isinstance(parts[0], Hole):
            return self._noted(self._hole(parts[0], node, replica)[0])
        written = [self._part(part, node, replica) if isinstance(part, Hole) else part for part in parts]
        if any(part is BROKEN for part in written):
            return self._noted(BROKEN)
        flat = [
            piece for part in written for piece in (part.parts if isinstance(part, Template) else (part,))
        ]
        self._count(sum(len(part) if isinstance(part, str) else 64 for part in flat), node)
        if any(isinstance(part, Reference) for part in flat):
            return self._noted(Template(tuple(flat)))
        return self._noted(joined(flat))

    def _hole(self, hole: Hole, node: ScalarNode, replica: Replica | None) -> tuple[Any, str | None]:
        try:
            found = self._lookups.find(hole, replica, lambda: node.mark.find(hole.source))
        except LookupRefused as refusal:
            self._problems.add(str(refusal), node.mark.find(hole.source), refusal.hint)
            return BROKEN, None
        return found.value, found.text

    def _part(self, hole: Hole, node: ScalarNode, replica: Replica | None) -> Any:
        """A hole as a piece of a longer text."""
        value, text = self._hole(hole, node, replica)
        if isinstance(value, Reference) and value.many:
            why = f"{value.base} has {len(value.targets)} replicas, which make a list"
            hint = f"name one, like {value.targets[0]}" if value.targets else ""
        elif isinstance(value, Secret | Unknown):
            return value
        elif value is None or isinstance(value, list | dict):
            why, hint = "it is a list or a mapping" if value is not None else "it has no value", ""
        else:
            return text if text is not None else spelled(value)
        self._problems.add(
            f"'{hole.source}' cannot be part of a text: {why}", node.mark.find(hole.source), hint
        )
        return BROKEN

    def _file(self, node: MapNode, replica: Replica | None) -> Any:
        path_node, vars_node = node.entries["file"][1], node.get("vars")
        path = self.value(path_node, replica)
        if not isinstance(path, str):
            if path is not BROKEN:
                self._problems.add(f"file must be a path, not {describe(path_node)}", path_node.mark)
            return self._noted(BROKEN)
        try:
            text = self._inclusion.text(path, path_node.source.folder)
            return self._noted(filled(text, path, self._vars(vars_node, text, replica)))
        except Unreadable as refusal:
            hint = "put it beside the YAML file, or pass --allow-outside" if is_outside(refusal) else ""
            self._problems.add(f"{quoted(path)} {refusal}", path_node.mark, hint)
            return self._noted(BROKEN)

    def _vars(self, node: Node | None, text: str, replica: Replica | None) -> dict[str, Any]:
        if node is None:
            return {}
        if not isinstance(node, MapNode):
            self._problems.add(f"vars must be a mapping, not {describe(node)}", node.mark)
            return {}
        for name in unused(text, node.entries):
            self._problems.add(
                f"the file has no '${{{name}}}'", node.key_mark(name), did_you_mean(name, asked(text))
            )
        return {name: self._var(below, replica) for name, (_, below) in node.entries.items()}

    def _var(self, node: Node, replica: Replica | None) -> Any:
        """A value as text to be put into a file."""
        if isinstance(node, ScalarNode) and isinstance(node.value, str) and "$" in node.value:
            value = self._text(node, node.value, replica, whole=False)
        elif isinstance(node, ScalarNode) and node.value is not None:
            value = node.text
        else:
            self._problems.add("a value put into a file must be a single text", node.mark)
            return ""
        return "" if value is BROKEN else value

    def _noted(self, value: Any) -> Any:
        if not isinstance(value, str | int | float) or type(value) not in (str, int, float, bool):
            self.special = True
        return value

    def _spend(self, nodes: int, node: Node) -> None:
        self._nodes -= nodes
        if self._nodes < 0:
            self._problems.add(f"written out, more than {limits.REPLICA_NODES:,} values", node.mark)
            self._problems.settle()

    def _count(self, characters: int, node: Node) -> None:
        self._characters -= characters
        if characters > limits.TEXT or self._characters < 0:
            self._problems.add("filled in, the text is too long", node.mark, "put long texts into files")
            self._problems.settle()
