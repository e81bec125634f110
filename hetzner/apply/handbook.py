"""The tables of fields in ``docs/infra.md``, made of the specs.

``python -m hetzner.apply.handbook docs/infra.md`` writes anew what stands between
``<!-- fields: servers -->`` and ``<!-- end -->``; the prose around it stays.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from hetzner.apply.document.lifecycle import LifecycleOptions, MetaOptions
from hetzner.apply.document.variables import VariableOptions
from hetzner.apply.typeshape import EXPRESSION, FILE, SWITCH, Shape, mapping
from hetzner.domain.specs import kinds
from hetzner.domain.specs.facts import Changes, How
from hetzner.domain.specs.kind import Kind

_PART = re.compile(r"(<!-- fields: (\S+) -->\n).*?(<!-- end -->)", re.DOTALL)
_OTHERS: Mapping[str, Any] = {"lifecycle": LifecycleOptions, "own": MetaOptions, "variables": VariableOptions}
_PLURAL = {"a name": "names", "text": "texts", "a map": "maps", "a number": "numbers"}
_TYPES = {"string": "text", "object": "a map", "boolean": "yes or no"}
_HOW = {
    How.UPDATE: "in place",
    How.CALLS: "in place",
    How.REPLACE: "a new object",
    How.NOTE: "told only",
    How.NEVER: "—",
}


def renewed(page: str) -> str:
    """Return a page with all its tables made anew."""
    return _PART.sub(lambda found: f"{found[1]}{_table(found[2])}{found[3]}", page)


def _table(name: str) -> str:
    if name in _OTHERS:
        rows = [("field", "value", ""), ("---", "---", "---"), *_rows(mapping(_OTHERS[name]))]
        return "".join(f"| {' | '.join(row)} |\n" for row in rows)
    kind = kinds()[name]
    rows_of = [("field", "value", "", "a change"), ("---", "---", "---", "---")]
    for field in sorted(kind.fields.values(), key=lambda field: not field.required):
        for row in _rows({"properties": {field.name: mapping(kind.spec)["properties"][field.name]}}):
            is_whole = row[0].startswith(f"`{field.name}`")
            rows_of.append((*row, _change(field.changes) if is_whole else ""))
    required = [f"`{name}`" for name, field in kind.fields.items() if field.required]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows_of) + _below(kind, required)


def _below(kind: Kind, required: list[str]) -> str:
    told = [f"Required: {', '.join(required)}."] if required else []
    if kind.one_of:
        told.append(f"One of {' and '.join(f'`{name}`' for name in kind.one_of)} is needed.")
    if kind.text_field:
        told.append(f"A bare text in place of the map is its `{kind.text_field}`.")
    attributes = ", ".join(f"`{name}`" for name in sorted(kind.attributes))
    told.append(f"Others may refer to {attributes}: `${{{kind.name}.NAME.{min(kind.attributes)}}}`.")
    return f"\n{' '.join(told)}\n"


def _change(changes: Changes) -> str:
    words = _HOW[changes.how]
    if changes.off:
        words += ", off meanwhile"
    if changes.rebuilds:
        words += "; `rebuild_on` acts on it"
    return words + (" where possible" if changes.impossible is not None else "")


def _rows(made: Shape, prefix: str = "") -> Iterator[tuple[str, str, str]]:
    required = made.get("required", ())
    for name, part in made.get("properties", {}).items():
        mark = "*" if prefix and name in required else ""
        yield f"`{prefix}{name}`{mark}", _words(part), _cell(part.get("description", ""))
        for step, below in _maps(part):
            yield from _rows(below, f"{prefix}{name}{step}.")


def _maps(part: Any, step: str = "") -> Iterator[tuple[str, Shape]]:
    """Yield the maps of known fields in a value, and how one gets there."""
    if "properties" in part and part.get("additionalProperties") is False:
        yield step, part
    for each in part.get("anyOf", ()):
        if found := [*_maps(each, step)]:  # the long form comes first, and stands for the others
            yield from found
            return
    if isinstance(part.get("items"), dict):
        yield from _maps(part["items"], f"{step}[]")
    if isinstance(part.get("additionalProperties"), dict):
        yield from _maps(part["additionalProperties"], f"{step}.NAME")


def _words(part: Shape) -> str:
    """Return what may be written, in words."""
    found = [*dict.fromkeys(word for word in _kinds_of(part) if word)]
    return _cell(" or ".join(found)) or "anything"


def _kinds_of(part: Shape) -> Iterator[str]:
    bare = {name: value for name, value in part.items() if name != "description"}
    if bare in (EXPRESSION, FILE):
        return
    if bare == SWITCH:
        yield "yes or no"
    elif "anyOf" in bare:
        for each in bare["anyOf"]:
            yield from _kinds_of(each)
    elif "enum" in bare:
        yield ", ".join(f"`{each}`" for each in bare["enum"])
    else:
        yield from _typed(bare)


def _typed(part: Shape) -> Iterator[str]:
    types = part.get("type", [])
    names = types if isinstance(types, list) else [types]
    if names[:2] == ["string", "integer"]:
        yield "a name"
        names = names[2:]
    for name in names:
        if name == "array":
            yield f"a list of {_several(part.get('items', {}))}"
        elif name in ("integer", "number"):
            yield _number(part)
        else:
            yield _TYPES.get(str(name), str(name))


def _several(items: Shape) -> str:
    word = _words(items)
    return " or ".join(_PLURAL.get(part, part) for part in word.split(" or "))


def _number(part: Shape) -> str:
    low, high = part.get("minimum"), part.get("maximum")
    if low is not None and high is not None:
        return f"a number from {low} to {high}"
    return "a number" if low is None else f"a number from {low}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def main(path: str) -> None:
    """Renew the tables of a page."""
    page = Path(path)
    page.write_text(renewed(page.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
