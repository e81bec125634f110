"""The values of the declared variables, by priority, each looked up once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from hetzner.apply.document.environment import PREFIX, Environment, TokenRefused
from hetzner.apply.document.frames import quoted
from hetzner.apply.document.near import did_you_mean
from hetzner.apply.document.nodes import Node, ScalarNode, describe
from hetzner.apply.document.problems import Problems
from hetzner.apply.document.scalars import NumberOutOfRange, core, spelled
from hetzner.apply.document.values import BROKEN, Secret, Unknown
from hetzner.apply.document.variables import Ask, Variable


@dataclass(frozen=True)
class Supplied:
    """A value and its spelling: `1.10` is the number 1.1 alone but stays `1.10` inside a text."""

    value: object
    text: str | None = None


_NOTHING = Supplied(None)
_CHAIN = 32


class Supply:
    """Looks up variables: given > HETZNER_VAR_name > `env:` > `default` > asking > a problem."""

    def __init__(
        self,
        declared: Mapping[str, Variable],
        given: Mapping[str, object],
        environment: Environment,
        problems: Problems,
        ask: Ask | None = None,
    ) -> None:
        self.declared = declared
        self._given = given
        self._environment = environment
        self._problems = problems
        self._ask = ask
        self._known: dict[str, Supplied] = {}
        self._missing: set[str] = set()
        self._running: list[str] = []
        for name in given:
            if name not in declared:
                problems.add(f"variable {quoted(name)} is not declared", help=did_you_mean(name, declared))

    def value(self, name: str, evaluate: Callable[[Node], object], *, optional: bool = False) -> Supplied:
        """The value of a declared variable; with `optional` the lack of one is no problem but None."""
        if name in self._running or len(self._running) > _CHAIN:
            return self._circle(name)
        if name not in self._known:
            self._running.append(name)
            self._known[name] = self._find(self.declared[name], evaluate)
            self._running.pop()
        found = self._known[name]
        if found is _NOTHING and not optional and name not in self._missing:
            self._missing.add(name)
            self._complain(self.declared[name])
        return Supplied(BROKEN) if found is _NOTHING and not optional else found

    @property
    def values(self) -> dict[str, object]:
        """The values that were asked for so far."""
        return {name: found.value for name, found in self._known.items()}

    def _find(self, variable: Variable, evaluate: Callable[[Node], object]) -> Supplied:
        try:
            text = self._outside(variable)
        except TokenRefused as refusal:
            self._problems.add(str(refusal), variable.key.mark)
            return Supplied(BROKEN)
        if text is not None:
            return self._typed(variable, text)
        if variable.default is not None:
            return self._default(variable, evaluate)
        asked = self._ask(variable.name, variable.description, variable.secret) if self._ask else None
        if isinstance(asked, Unknown):
            return Supplied(asked)
        return _NOTHING if asked is None else self._typed(variable, asked)

    def _outside(self, variable: Variable) -> object:
        """What was given or is in the environment; an empty `env:` counts as unset, as in many CI systems."""
        given = self._given.get(variable.name)
        if given is None:
            given = self._environment.variable(variable.name)
        if given is None and variable.env:
            given = self._environment.get(variable.env) or None
            return None if given == Secret("") else given
        if isinstance(given, str):
            self._environment.guard(f"variable {variable.name}", given)
        return given

    def _default(self, variable: Variable, evaluate: Callable[[Node], object]) -> Supplied:
        node = variable.default
        if node is None:
            return _NOTHING
        value = evaluate(node)
        text = node.text if isinstance(node, ScalarNode) and value == node.value else None
        return _hidden(variable, Supplied(value, text))

    def _typed(self, variable: Variable, value: object) -> Supplied:
        """A text from outside in the type of the default: text stays text, `3` is a number for a number."""
        node = variable.default
        if isinstance(value, str) and node is not None:
            if not isinstance(node, ScalarNode):
                return _hidden(variable, Supplied([part.strip() for part in value.split(",")]))
            if isinstance(node.value, bool | int | float):
                return self._number(variable, node, value)
        return _hidden(variable, Supplied(value, value if isinstance(value, str) else None))

    def _number(self, variable: Variable, node: ScalarNode, text: str) -> Supplied:
        words = {"yes": True, "on": True, "no": False, "off": False} if isinstance(node.value, bool) else {}
        try:
            value = words.get(text.lower(), core(text.lower()))
        except NumberOutOfRange:
            value = None
        same = isinstance(value, bool) is isinstance(node.value, bool) and isinstance(value, int | float)
        if not same:
            shown = "the value given" if variable.secret else quoted(text)
            message = f"variable '{variable.name}': {shown} is not {describe(node)}"
            self._problems.add(message, node.mark, "the default says so")
            return Supplied(node.value, node.text)
        return Supplied(value, spelled(value) if isinstance(value, bool) else text)

    def _circle(self, name: str) -> Supplied:
        way = " → ".join([*self._running[self._running.index(name) :], name]) if name in self._running else ""
        message = f"variables need each other: {way}" if way else f"more than {_CHAIN} variables in a chain"
        self._problems.add(message, self.declared[name].key.mark)
        return Supplied(BROKEN)

    def _complain(self, variable: Variable) -> None:
        env = f"{PREFIX}{variable.name.replace('-', '_')}=..."
        own = [f"{variable.env}=..."] if variable.env else []
        ways = [f"--var {variable.name}=...", env, *own, "a default"]
        about = [variable.description] if variable.description else []
        self._problems.add(
            f"variable '{variable.name}' has no value",
            variable.key.mark,
            f"give it with {', '.join(ways[:-1])} or {ways[-1]}",
            about,
        )


def _hidden(variable: Variable, found: Supplied) -> Supplied:
    if not variable.secret or isinstance(found.value, Secret) or found.value is None:
        return found
    return Supplied(Secret(found.text if found.text is not None else spelled_any(found.value)))


def spelled_any(value: object) -> str:
    """Any value as text."""
    return spelled(value) if isinstance(value, bool | int | float | str) else str(value)
