"""What stands behind a single `${...}`."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import cast

from hetzner.apply.document.declared import Declared, Replica
from hetzner.apply.document.environment import Environment, TokenRefused
from hetzner.apply.document.frames import quoted
from hetzner.apply.document.marks import Mark
from hetzner.apply.document.near import did_you_mean
from hetzner.apply.document.nodes import Node
from hetzner.apply.document.scalars import NumberOutOfRange, core
from hetzner.apply.document.supply import Supplied, Supply
from hetzner.apply.document.template import Hole
from hetzner.apply.document.values import Reference, Secret

_ATTRIBUTE = re.compile(r"[A-Za-z_]\w*(?:\.\w+)*\Z")


class LookupRefused(ValueError):
    """Nothing stands behind it; `hint` is what to try."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class Lookups:
    """Finds the value of a hole in a replica; `declared` is None while names are still being counted."""

    def __init__(self, supply: Supply, environment: Environment, kinds: tuple[str, ...]) -> None:
        self._supply = supply
        self._environment = environment
        self._kinds = kinds
        self.declared: Declared | None = None
        self.evaluate: Callable[[Node], object] = lambda node: None

    def find(self, hole: Hole, replica: Replica | None, mark: Callable[[], Mark]) -> Supplied:
        """The value, with its spelling where that matters.

        Raises:
            LookupRefused: unknown, not here, without a value, or the API token.
        """
        root, _, rest = hole.path.partition(".")
        if hole.path in self._supply.declared:
            return self._variable(hole)
        if root == "env" and rest:
            return self._env(hole, rest)
        if hole.path == "n" or root == "each":
            return Supplied(_of_replica(hole.path, replica))
        if root in self._kinds and rest:
            return Supplied(self._reference(hole, root, rest, mark()))
        raise self._unknown(hole.path, root)

    def _variable(self, hole: Hole) -> Supplied:
        optional = hole.default is not None or hole.message is not None
        found = self._supply.value(hole.path, self.evaluate, optional=optional)
        return _or_default(hole, found)

    def _env(self, hole: Hole, name: str) -> Supplied:
        try:
            text = self._environment.get(name)
        except TokenRefused as refusal:
            raise LookupRefused(str(refusal)) from None
        if text is None and hole.default is None and hole.message is None:
            hint = did_you_mean(name, self._environment.names) or f"give a default: ${{env.{name}:-value}}"
            raise LookupRefused(f"the environment has no {quoted(name)}", hint)
        return _or_default(hole, Supplied(text, text if isinstance(text, str) else None))

    def _reference(self, hole: Hole, kind: str, rest: str, mark: Mark) -> Reference:
        if hole.default is not None or hole.message is not None:
            raise LookupRefused(
                "a reference to a resource has no default", "remove ':-' or ':?' and what follows"
            )
        if self.declared is None:
            raise LookupRefused(f"'{hole.source}' is known only after resources exist", "use a variable here")
        name = self._name(self.declared, kind, rest)
        star = rest[len(name) :].startswith("[*]")
        attribute = rest[len(name) :].removeprefix("[*]").removeprefix(".")
        if not _ATTRIBUTE.match(attribute):
            raise LookupRefused(f"'{hole.source}' names no attribute", f"like ${{{kind}.{name}.id}}")
        targets = self.declared.targets(kind, name) or ()
        return Reference(kind, name, targets, attribute, star or self.declared.replicated(kind, name), mark)

    def _name(self, declared: Declared, kind: str, rest: str) -> str:
        """The declared name that `rest` begins with; names may hold dots, so the longest one counts."""
        ends = [index for index, char in enumerate(rest) if char in ".["]
        for end in (len(rest), *reversed(ends)):
            if declared.targets(kind, rest[:end]) is not None:
                return rest[:end]
        word = rest[: ends[0]] if ends else rest
        names = declared.names(kind)
        hint = did_you_mean(word, names) or did_you_mean(rest.rpartition(".")[0], names)
        raise LookupRefused(f"unknown name {quoted(word)} in {kind}", hint)

    def _unknown(self, path: str, root: str) -> LookupRefused:
        known = (*self._supply.declared, "each.key", "each.value")
        if hint := did_you_mean(path, known):
            return LookupRefused(f"unknown name {quoted(path)}", hint)
        if "." in path:
            return LookupRefused(
                f"unknown name {quoted(path)}", did_you_mean(root, (*self._kinds, "env", "each"))
            )
        if path in self._environment.names:
            return LookupRefused(f"unknown name {quoted(path)}", f"for the environment write ${{env.{path}}}")
        return LookupRefused(
            f"unknown name {quoted(path)}", "declare it below 'variables:', or write $${ for a plain ${"
        )


def _or_default(hole: Hole, found: Supplied) -> Supplied:
    """`:-` and `:?` speak when the value is unset or empty, as in a shell."""
    if found.value is not None and found.value not in ("", Secret("")):
        return found
    if hole.message is not None:
        raise LookupRefused(f"{hole.path}: {hole.message.strip()}")
    if hole.default is None:
        return found
    try:
        return Supplied(core(hole.default) if hole.default else "", hole.default)
    except NumberOutOfRange:
        return Supplied(hole.default, hole.default)


def _of_replica(path: str, replica: Replica | None) -> object:
    if path == "n" and replica is not None and replica.n is not None:
        return replica.n
    if path == "n":
        raise LookupRefused("'${n}' counts replicas: it needs 'count' beside it")
    if path not in ("each", "each.key", "each.value") and not path.startswith("each.value."):
        raise LookupRefused(f"unknown name {quoted(path)}", "did you mean 'each.key' or 'each.value'?")
    if replica is None or replica.key is None:
        raise LookupRefused(f"'${{{path}}}' is of a replica: it needs 'for_each' beside it")
    if path in ("each", "each.key"):
        return replica.key
    value = replica.value
    for step in path.split(".")[2:]:
        known = cast("dict[str, object]", value) if isinstance(value, dict) else {}
        if step not in known:
            raise LookupRefused(f"'{path}': this item has no {quoted(step)}", did_you_mean(step, known))
        value = known[step]
    return value
