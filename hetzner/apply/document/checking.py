"""Runs a kind's pydantic adapter over a resource and says what is wrong at the right place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any, cast

from pydantic import TypeAdapter
from pydantic_core import ErrorDetails, SchemaValidator, ValidationError

from hetzner.apply.document.complaints import Complaint, fields_at, locate
from hetzner.apply.document.faces import KindFace
from hetzner.apply.document.frames import quoted
from hetzner.apply.document.lenient import lenient
from hetzner.apply.document.lifecycle import META, adapter
from hetzner.apply.document.marks import Mark
from hetzner.apply.document.near import did_you_mean, near
from hetzner.apply.document.nodes import ListNode, MapNode, Node, ScalarNode, describe, place
from hetzner.apply.document.problems import Problems
from hetzner.apply.document.wording import REFERENCE, WANTED, wording
from hetzner.domain.asking import REMOVED


@lru_cache(maxsize=256)
def checker_of(face: KindFace) -> Checker:
    """The checker of a kind; its own keys are suggested beside the fields."""
    return Checker(face.adapter, META)


@cache
def checker_of_meta() -> Checker:
    """The checker of what stands beside the fields of every kind."""
    return Checker(adapter())


class Checker:
    """Checks values of one type; `extra` are names that may stand beside its fields, for suggestions."""

    def __init__(self, adapter: TypeAdapter[Any], extra: Iterable[str] = ()) -> None:
        self._adapter = adapter
        self._extra = tuple(extra)
        self._lenient: SchemaValidator | None = None

    def check(
        self,
        value: Any,
        node: MapNode,
        where: str,
        problems: Problems,
        *,
        special: bool = False,
        key: Mark | None = None,
    ) -> dict[str, Any] | None:
        """The validated value; None after adding a problem for each error.

        `special` says that unknowns, secrets or file texts are in it. `key` is the mark that
        missing fields are reported at.
        """
        try:
            return cast("dict[str, Any]", self._validate(value, special))
        except ValidationError as error:
            details = error.errors(include_url=False)
        self._complain(details, value, node, where, problems, key)
        return None

    def _validate(self, value: Any, special: bool) -> Any:
        if not special:
            return self._adapter.validate_python(value)
        if self._lenient is None:
            self._lenient = lenient(self._adapter)
        return self._lenient.validate_python(value)

    def _complain(
        self,
        details: list[ErrorDetails],
        value: Any,
        node: MapNode,
        where: str,
        problems: Problems,
        key: Mark | None,
    ) -> None:
        found = [locate(detail, value) for detail in details]
        missing = _missing_by_path(found)
        for complaint in found:
            if complaint.type == "extra_forbidden":
                self._unknown_field(complaint, node, where, problems, missing)
        for path, names in missing.items():
            mark = place(node, path) if path or key is None else key
            for name in names:
                problems.add(f"'{name}' is required in {_at(where, path)}", mark)
        for group in _groups(found):
            self._wrong(group, node, where, problems)

    def _unknown_field(
        self,
        complaint: Complaint,
        node: MapNode,
        where: str,
        problems: Problems,
        missing: dict[Any, list[str]],
    ) -> None:
        """An unknown field; when it looks like the one that is missing, one problem tells both."""
        parent, name = complaint.path[:-1], str(complaint.path[-1])
        known = fields_at(self._adapter.core_schema, parent)
        meant = near(name, missing.get(parent, ()))
        if meant:
            missing[parent].remove(meant)
        holder = _descend(node, parent)
        mark = holder.key_mark(name) if isinstance(holder, MapNode) else place(node, parent)
        hint = (
            f"did you mean '{meant}'?"
            if meant
            else did_you_mean(name, (*known, *(() if parent else self._extra)))
        )
        if not parent and name in REMOVED:
            hint = REMOVED[name]
        if not hint and name == "name" and not parent:
            hint = f"the key '{where.partition('.')[2]}' is the name"
        problems.add(f"unknown field {quoted(name)} in {_at(where, parent)}", mark, hint)

    def _wrong(self, group: list[Complaint], node: MapNode, where: str, problems: Problems) -> None:
        """All that one place is wrong for: the alternatives of a union are told in one sentence."""
        first = group[0]
        holder = _descend(node, first.path)
        at = _at(where, first.path)
        mark = place(node, first.path)
        if first.of_key:
            parent = _descend(node, first.path[:-1])
            mark = parent.key_mark(str(first.path[-1])) if isinstance(parent, MapNode) else mark
        wanted = list(dict.fromkeys(WANTED[c.type] for c in group if c.type in WANTED))
        if REFERENCE in wanted:
            wanted = [each for each in wanted if each not in ("text", "a whole number")]
        others = [c for c in group if c.type not in WANTED]
        if wanted and not others:
            is_a, hint = _what_it_is(wanted, holder, first)
            problems.add(f"{at} must be {' or '.join(wanted)}{is_a}", mark, hint)
            return
        for complaint in others:
            message, hint = wording(complaint)
            problems.add(f"{at}: {message}", _narrowed(mark, message), hint)


def _narrowed(mark: Mark, message: str) -> Mark:
    """Return the place of the very word that a message begins with, where it can be found."""
    found = re.match(r"(?:the label )?'([^']+)'", message)
    return mark.find(found[1]) if found else mark


def _what_it_is(wanted: list[str], holder: Node | None, complaint: Complaint) -> tuple[str, str]:
    """Return what is there in place of what is wanted, and what to do about it."""
    if holder is None:
        return "", ""
    if not isinstance(holder, ScalarNode) or holder.value is None:
        return f", not {describe(holder)}", ""
    if not isinstance(holder.value, str):
        return f", not {describe(holder)}", f'put it in quotes: "{holder.text}"' if "text" in wanted else ""
    if "${" in holder.value and complaint.is_a != "text":
        return f", and {holder.text} is {complaint.is_a}", "what stands alone keeps its type"
    return f", not {describe(holder)}", ""


def _missing_by_path(found: list[Complaint]) -> dict[Any, list[str]]:
    missing: dict[Any, list[str]] = {}
    for complaint in found:
        if complaint.type == "missing":
            missing.setdefault(complaint.path[:-1], []).append(str(complaint.path[-1]))
    return missing


def _groups(found: list[Complaint]) -> list[list[Complaint]]:
    """Complaints by place; a mere "must be text" falls away where another alternative got further in."""
    deeper = {c.path[:length] for c in found for length in range(len(c.path))}
    groups: dict[Any, list[Complaint]] = {}
    for complaint in found:
        if complaint.type in ("extra_forbidden", "missing"):
            continue
        if not (complaint.type in WANTED and complaint.path in deeper):
            groups.setdefault((complaint.path, complaint.of_key), []).append(complaint)
    return list(groups.values())


def _descend(node: Any, path: tuple[str | int, ...]) -> Any:
    for step in path:
        if isinstance(node, MapNode):
            node = node.get(str(step))
        elif isinstance(node, ListNode) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
        else:
            return None
    return node


def _at(where: str, path: tuple[str | int, ...]) -> str:
    return where + "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
