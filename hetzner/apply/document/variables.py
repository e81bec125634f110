"""Declared variables: from the command line, the environment, the file, or by asking."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

from typing_extensions import TypedDict

from hetzner.apply.document.frames import quoted
from hetzner.apply.document.near import did_you_mean
from hetzner.apply.document.nodes import MapNode, Node, ScalarNode, describe
from hetzner.apply.document.problems import Problems
from hetzner.apply.document.values import Unknown

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,62}\Z")
RESERVED = {"n": "n", "env": "env.NAME", "each": "each.key"}
"""Names that stand for something of their own in `${...}`, and how that is written."""


class VariableOptions(TypedDict, total=False):
    """How a variable is given: by hand, else by the environment, else by default, else by asking."""

    env: Annotated[str, "Variable of the environment that gives it."]
    default: Annotated[Any, "What it is when nothing else gives it."]
    description: Annotated[str, "What it is for; said when it is asked for."]
    secret: Annotated[bool, "Never show it, nor save it."]


FIELDS = tuple(VariableOptions.__annotations__)

Ask = Callable[[str, str, bool], "str | Unknown | None"]
"""Asks for a variable: (name, description, secret) -> the text, None, or unknown where it does not matter."""


@dataclass(frozen=True)
class Variable:
    """A declaration; its value is looked up when it is first used."""

    name: str
    key: ScalarNode
    default: Node | None = None
    env: str | None = None
    description: str = ""
    secret: bool = False


def declare(section: MapNode, problems: Problems) -> dict[str, Variable]:
    """The variables that a file declares."""
    found: dict[str, Variable] = {}
    for name, (key, node) in section.entries.items():
        if name in RESERVED:
            why = f"${{{RESERVED[name]}}} is something else: take another name"
            problems.add(f"{quoted(name)} cannot be a variable", key.mark, why)
        elif not NAME.match(name):
            signs = "a name has letters, digits, _ and -, and begins with a letter"
            problems.add(f"{quoted(name)} cannot be a variable: {signs}", key.mark)
        found[name] = _declaration(name, key, node, problems)
    return found


def _declaration(name: str, key: ScalarNode, node: Node, problems: Problems) -> Variable:
    if not isinstance(node, MapNode):
        return Variable(name, key, default=node)
    for other, (other_key, _) in node.entries.items():
        if other not in FIELDS:
            hint = did_you_mean(other, FIELDS) or "a mapping as the value goes below 'default:'"
            problems.add(f"unknown field {quoted(other)} in variables.{name}", other_key.mark, hint)
    default, secret = node.get("default"), _field(node, "secret", bool, problems) is True
    if secret and default is not None:
        default.source.hidden.append(default.mark)
    env, about = (str(_field(node, name, str, problems) or "") for name in ("env", "description"))
    return Variable(name, key, default, env or None, about, secret)


def _field(node: MapNode, name: str, kind: type, problems: Problems) -> object:
    value = node.get(name)
    if value is None:
        return None
    if isinstance(value, ScalarNode) and isinstance(value.value, kind):
        return value.value
    wanted = "true or false" if kind is bool else "text"
    problems.add(f"{name} must be {wanted}, not {describe(value)}", value.mark)
    return None
