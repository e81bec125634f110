"""Declarations: specs with their defaults, and how many resources each stands for."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any, cast

from hetzner.apply.document import limits
from hetzner.apply.document.declared import Declaration, Declared, Replica
from hetzner.apply.document.defaults import Defaults
from hetzner.apply.document.evaluate import Evaluator
from hetzner.apply.document.faces import KindFace
from hetzner.apply.document.frames import quoted
from hetzner.apply.document.layout import Layout
from hetzner.apply.document.lifecycle import META
from hetzner.apply.document.nodes import MapNode, Node, ScalarNode, describe
from hetzner.apply.document.problems import Problems
from hetzner.apply.document.scalars import spelled
from hetzner.apply.document.values import BROKEN


def expand(
    layout: Layout,
    kinds: Mapping[str, KindFace],
    defaults: Defaults,
    evaluator: Evaluator,
    problems: Problems,
) -> tuple[list[Declaration], Declared]:
    """Every declaration of every kind, with its replicas; the names of all of them."""
    declared, total = Declared(kinds), 0
    found: list[Declaration] = []
    for kind in kinds.values():
        for base, (key, node) in layout.section(kind.name).entries.items():
            spec = _spec(kind, base, key, node, problems)
            if spec is None:
                continue
            declaration = Declaration(kind, base, key, defaults.fill(kind, spec))
            _replicate(declaration, spec, evaluator, problems)
            total += len(declaration.replicas)
            if total > limits.RESOURCES:
                problems.add(f"more than {limits.RESOURCES:,} resources", key.mark)
                problems.settle()
            _enter(declared, declaration, problems)
            found.append(declaration)
    return found, declared


def _enter(declared: Declared, declaration: Declaration, problems: Problems) -> None:
    clash = declared.add(declaration)
    if clash:
        name, first = clash
        problems.add(
            f"{declaration.where} makes {quoted(name)}, which is there already",
            declaration.key.mark,
            f"first defined at {first}",
        )


def _spec(kind: KindFace, base: str, key: ScalarNode, node: Node, problems: Problems) -> MapNode | None:
    """The mapping of a resource, its short form written out."""
    if len(base) > 253 or any(unicodedata.category(char)[0] in "CZ" and char != " " for char in base):
        problems.add(f"{quoted(base)} cannot be a name: it is too long or has invisible characters", key.mark)
    if isinstance(node, MapNode):
        return _from_file(kind, key, node)
    empty = isinstance(node, ScalarNode) and node.value is None
    spec = MapNode(node.source, key.start if empty else node.start, key.end if empty else node.end)
    if empty:
        return spec
    if kind.text_field and isinstance(node, ScalarNode):
        spec.entries[kind.text_field] = (key, node)
        return spec
    problems.add(f"{kind.name}.{base} must be a mapping, not {describe(node)}", node.mark)
    return None


def _from_file(kind: KindFace, key: ScalarNode, node: MapNode) -> MapNode:
    """`ops: {file: key.pub}` is the short form with its text in a file."""
    rest = node.entries.keys() - set(META)
    if not kind.text_field or "file" not in rest or not rest <= {"file", "vars"} or "file" in kind.fields:
        return node
    text = node.with_entries({name: entry for name, entry in node.entries.items() if name in rest})
    own = {name: entry for name, entry in node.entries.items() if name not in rest}
    return node.with_entries({**own, kind.text_field: (key, text)})


def _replicate(declaration: Declaration, spec: MapNode, evaluator: Evaluator, problems: Problems) -> None:
    count, each = spec.get("count"), spec.get("for_each")
    declaration.replicated = count is not None or each is not None
    if count is not None and each is not None:
        problems.add(
            f"{declaration.where} has both count and for_each",
            spec.key_mark("for_each"),
            "one of them is enough",
        )
    elif count is not None:
        number = _count(declaration, count, evaluator.value(count), problems)
        declaration.replicas = [Replica(f"{declaration.base}-{n}", n=n) for n in range(1, number + 1)]
    elif each is not None:
        declaration.replicas = _each(declaration, each, evaluator, problems)
    else:
        declaration.replicas = [Replica(declaration.base)]


def _count(declaration: Declaration, node: Node, value: Any, problems: Problems) -> int:
    """The number of replicas; digits from the environment count as a number."""
    if isinstance(value, str) and value.isdecimal() and value.isascii() and len(value) < 10:
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= limits.RESOURCES:
        return value
    if value is not BROKEN:
        wanted = f"a whole number from 0 to {limits.RESOURCES:,}"
        problems.add(f"{declaration.where}.count must be {wanted}", node.mark)
    return 0


def _each(declaration: Declaration, node: Node, evaluator: Evaluator, problems: Problems) -> list[Replica]:
    where = f"{declaration.where}.for_each"
    value = evaluator.mapping(node) if isinstance(node, MapNode) else evaluator.value(node)
    if isinstance(value, dict):
        named = cast("dict[str, Any]", value).items()
        return [Replica(f"{declaration.base}-{key}", key=key, value=item) for key, item in named]
    if not isinstance(value, list):
        if value is not BROKEN:
            problems.add(f"{where} must be a list or a mapping, not {describe(node)}", node.mark)
        return []
    replicas: dict[str, Replica] = {}
    for item in _items(value):
        if item is BROKEN:
            continue
        key = spelled(item) if isinstance(item, str | int) else ""
        if not key or key in replicas:
            why = f"has {quoted(key)} twice" if key else "must be a list of words"
            problems.add(f"{where} {why}", node.mark, "" if key else "use a mapping to give each one a value")
        replicas[key] = Replica(f"{declaration.base}-{key}", key=key, value=item)
    return list(replicas.values())


def _items(value: Any) -> list[Any]:
    return list(value)
