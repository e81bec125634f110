"""YAML events to nodes: one flat pass, so no nesting and no alias can exhaust stack or memory."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import yaml

from hetzner.apply.document import limits
from hetzner.apply.document.frames import quoted
from hetzner.apply.document.marks import Mark, Source
from hetzner.apply.document.near import did_you_mean
from hetzner.apply.document.nodes import ListNode, MapNode, Node, ScalarNode
from hetzner.apply.document.problems import DocumentError, Problem, Problems
from hetzner.apply.document.scalars import NOT_TEXT, NumberOutOfRange, core
from hetzner.apply.document.syntax import explain

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Budget:
    """Nodes that all files of one run may still use."""

    def __init__(self) -> None:
        self.nodes = limits.NODES
        self.alias_nodes = limits.ALIAS_NODES


def compose(source: Source, budget: Budget, problems: Problems) -> Node | None:
    """The tree of a text, or None when the text is empty.

    Duplicate keys, tags and the like are added to `problems` and reading goes on.

    Raises:
        DocumentError: the text is no YAML, or goes beyond a limit.
    """
    builder = _Builder(source, budget, problems)
    loader = _Loader(source.text)
    try:
        return builder.build(loader.get_event)
    except yaml.MarkedYAMLError as error:
        raise DocumentError([*problems, explain(error, source)]) from None
    except yaml.YAMLError:
        raise DocumentError([*problems, Problem(f"{source.name} is not readable as YAML")]) from None
    finally:
        loader.dispose()


class _Builder:
    def __init__(self, source: Source, budget: Budget, problems: Problems) -> None:
        self._source = source
        self._budget = budget
        self._problems = problems
        self._root: Node | None = None
        self._open: list[ListNode | MapNode] = []
        self._keys: list[ScalarNode | None] = []  # beside each open mapping: the key that waits for its value
        self._merges: list[tuple[MapNode, Node]] = []
        self._names: list[str | None] = []
        self._anchors: dict[str, Node] = {}
        self._lost: list[Node] = []
        """What stands for aliases without an anchor."""
        self._documents = 0

    def build(self, next_event: Callable[[], Any]) -> Node | None:
        """Take events until the text ends."""
        handlers: dict[Any, Callable[[Any], None]] = {
            yaml.ScalarEvent: self._scalar,
            yaml.MappingStartEvent: lambda event: self._start(event, MapNode),
            yaml.SequenceStartEvent: lambda event: self._start(event, ListNode),
            yaml.MappingEndEvent: self._end,
            yaml.SequenceEndEvent: self._end,
            yaml.AliasEvent: self._alias,
            yaml.DocumentStartEvent: self._document,
        }
        event = next_event()
        while event is not None:
            self._budget.nodes -= 1
            if self._budget.nodes < 0:
                self._stop(f"more than {limits.NODES:,} values", event, "split it into several projects")
            handler = handlers.get(type(event))
            if handler is not None:
                handler(event)
            event = next_event()
        return self._root

    def _document(self, event: Any) -> None:
        self._documents += 1
        if self._documents > 1:
            self._stop("a second document begins here", event, "one file is one document; use several files")

    def _scalar(self, event: Any) -> None:
        text: str = event.value
        node = ScalarNode(self._source, event.start_mark.index, event.end_mark.index, text, text)
        if not event.style and (not text or text[0] in NOT_TEXT) and event.implicit[0]:
            self._type(node)
        if event.tag is not None:
            self._tag(event)
        if event.anchor is not None:
            self._anchors[event.anchor] = node
        self._put(node, 1, event)

    def _type(self, node: ScalarNode) -> None:
        try:
            node.value = core(node.text)
        except NumberOutOfRange:
            self._problems.add("number out of range", node.mark, "if it is text, put it in quotes")

    def _start(self, event: Any, kind: type[ListNode] | type[MapNode]) -> None:
        if len(self._open) >= limits.DEPTH:
            self._stop(limits.TOO_DEEP, event)
        self._open.append(kind(self._source, event.start_mark.index))
        self._keys.append(None)
        self._names.append(event.anchor)
        if event.anchor is not None:
            self._anchors.pop(event.anchor, None)
        if event.tag is not None:
            self._tag(event)

    def _end(self, event: Any) -> None:
        node = self._open.pop()
        self._keys.pop()
        node.end = event.end_mark.index
        while self._merges and self._merges[-1][0] is node:
            self._merge(*self._merges.pop())
        name = self._names.pop()
        if name is not None:
            self._anchors[name] = node
        self._put(node, node.size, event)

    def _alias(self, event: Any) -> None:
        name: str = event.anchor
        node = self._anchors.get(name)
        if node is None:
            open_one = name in self._names
            self._problems.add(
                f"alias {quoted('*' + name)} {'contains itself' if open_one else 'has no anchor'}",
                self._mark(event),
                "" if open_one else did_you_mean(name, self._anchors),
            )
            node = ScalarNode(self._source, 0, 0, None, "")
            self._lost.append(node)
        size = 1 if isinstance(node, ScalarNode) else node.size
        self._budget.alias_nodes -= size
        if self._budget.alias_nodes < 0:
            self._stop(
                f"aliases repeat more than {limits.ALIAS_NODES:,} nodes",
                event,
                "write them out, or use count",
            )
        if not isinstance(node, ScalarNode) and len(self._open) + node.height > limits.DEPTH:
            self._stop(limits.TOO_DEEP, event)
        self._put(node, size, event)

    def _put(self, node: Node, size: int, event: Any) -> None:
        """Hang a finished node where it belongs."""
        if not self._open:
            self._root = node
            return
        top = self._open[-1]
        top.size += size
        if not isinstance(node, ScalarNode):
            top.height = max(top.height, node.height + 1)
        if isinstance(top, ListNode):
            top.items.append(node)
        elif (key := self._keys[-1]) is None:
            self._keys[-1] = self._key(top, node, event)
        else:
            self._keys[-1] = None
            self._pair(top, key, node)

    def _key(self, top: MapNode, node: Node, event: Any) -> ScalarNode:
        if not isinstance(node, ScalarNode) or not node.text:
            self._problems.add("a key must be a word, not a list, a mapping or nothing", self._mark(event))
            return ScalarNode(self._source, top.start, top.start, None, "")
        node.text = sys.intern(node.text)
        if "${" in node.text:
            self._problems.add("${...} is not filled in here: a key is plain text", node.mark)
        return node

    def _pair(self, top: MapNode, key: ScalarNode, value: Node) -> None:
        text = key.text
        if text == "<<":
            self._merges.append((top, value))
        elif text and text not in top.entries:
            top.entries[text] = (key, value)
            return
        if text in top.entries:
            first = top.entries[text][0].mark
            self._problems.add(
                f"duplicate key {quoted(text)}", key.mark, f"first defined at line {first.line}"
            )
        elif text:
            top.entries[text] = (key, value)  # kept until the end so that a second << is seen

    def _merge(self, top: MapNode, value: Node) -> None:
        """Write out `<<`: what stands in the mapping itself wins, then the earlier of several."""
        top.entries.pop("<<", None)
        for source in value.items if isinstance(value, ListNode) else [value]:
            if any(source is each for each in self._lost):
                continue  # an alias without an anchor, which is told already
            if not isinstance(source, MapNode):
                self._problems.add("<< takes a mapping, or a list of mappings", source.mark)
                continue
            for key, entry in source.entries.items():
                top.entries.setdefault(key, entry)

    def _tag(self, event: Any) -> None:
        tag = str(event.tag).replace("tag:yaml.org,2002:", "!!")
        self._problems.add(
            f"tag {quoted(tag)} is not allowed", self._mark(event), "values have the types of YAML 1.2"
        )

    def _stop(self, message: str, event: Any, help: str = "") -> None:
        for held in (self._open, self._anchors, self._merges):
            held.clear()  # or the error's traceback would keep the whole tree
        raise DocumentError([*self._problems, Problem(message, self._mark(event), help)])

    def _mark(self, event: Any) -> Mark:
        return self._source.mark(event.start_mark.index, event.end_mark.index)
