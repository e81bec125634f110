"""The single values of a document: its version, its project, and whether a run locks that."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from hetzner.apply.document.evaluate import Evaluator
from hetzner.apply.document.frames import quoted
from hetzner.apply.document.layout import Layout
from hetzner.apply.document.marks import Source
from hetzner.apply.document.nodes import MapNode, ScalarNode, describe
from hetzner.apply.document.problems import Problems
from hetzner.apply.document.scalars import spelled
from hetzner.apply.document.values import BROKEN

_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,127}\Z")
_LABEL_VALUE = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?\Z")


def check_version(layout: Layout, problems: Problems) -> None:
    """`version: 1` is the only one there is, and may be left out."""
    _, node = layout.single.get("version", (None, None))
    if node is not None and not (isinstance(node, ScalarNode) and node.text == "1"):
        problems.add("this version of the file format is not known", node.mark, "write 'version: 1'")


def wants_lock(layout: Layout, problems: Problems) -> bool:
    """`lock: true` lets only one run at a time change the project."""
    _, node = layout.single.get("lock", (None, None))
    if node is None:
        return False
    if not isinstance(node, ScalarNode) or not isinstance(node.value, bool):
        problems.add("lock must be true or false", node.mark)
        return False
    return node.value


def token_variable(layout: Layout, problems: Problems) -> str | None:
    """`token: {env: NAME}`: the variable that has the API token of the project; no file ever has a token."""
    _, node = layout.single.get("token", (None, None))
    if node is None:
        return None
    name: Any = node.get("env") if isinstance(node, MapNode) and node.entries.keys() == {"env"} else None
    if isinstance(name, ScalarNode) and _VARIABLE.match(name.text):
        return name.text
    hint = "write 'token: {env: SHOP_TOKEN}', and put the token itself into that environment variable"
    problems.add("token must say which environment variable has the token", node.mark, hint)
    return None


def project_name(layout: Layout, evaluator: Evaluator, found: Sequence[Source], problems: Problems) -> str:
    """The project: the label value that marks everything this document owns."""
    entry = layout.single.get("project")
    if entry is None:
        names = ", ".join(source.name for source in found[:3])
        problems.add(
            f"no project in {names or 'no file'}", help="name it: 'project: shop' marks what belongs to it"
        )
        return ""
    node = entry[1]
    value = evaluator.value(node)
    if value is BROKEN:
        return ""
    if (
        not isinstance(node, ScalarNode)
        or not isinstance(value, str | int | float)
        or isinstance(value, bool)
    ):
        problems.add(f"project must be text, not {describe(node)}", node.mark)
        return ""
    name = node.text if value == node.value else spelled(value)
    if not _LABEL_VALUE.match(name):
        hint = "up to 63 letters, digits, '-', '_' and '.', a letter or digit at both ends"
        problems.add(f"{quoted(name)} cannot be a project: it becomes a label", node.mark, hint)
    return name
