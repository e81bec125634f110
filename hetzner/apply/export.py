"""A live project as a document: what is there, in the words in which one would have declared it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from pydantic import ValidationError

from hetzner.api.errors import ConfigError
from hetzner.apply.diff import mark_of
from hetzner.apply.document import harmless, quoted
from hetzner.apply.document.writing import Verbatim, entries, quoted_if_needed, scalar
from hetzner.apply.observe import Observed, every, observe, read_every_part
from hetzner.apply.planning import natural
from hetzner.domain.specs import kinds
from hetzner.domain.specs.facts import How
from hetzner.domain.specs.kind import Kind, Names
from hetzner.domain.specs.labels import PROJECT

Place = tuple[str | int, ...]
NAMELESS = "main"
"""The project of a document about things that no project owns."""
UNKNOWN = "unknown"
"""Stands where a field must be given and the API does not tell it any more."""
HEADER = (
    "# yaml-language-server: $schema=infra.schema.json",
    "# What there is, written by hetzner-apply export. A plan of this file changes nothing;",
    "# with --adopt it takes over what no project owns yet.",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One object as a document has it."""

    kind: Kind
    name: str
    spec: Mapping[str, Any]
    comments: tuple[str, ...] = ()
    wrong: str = ""
    """Why it can only be a comment."""
    variables: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    """Fields that mattered when it was made, and that nobody can read back."""


async def export(
    client: Any, *, project: str | None = None, selector: str | None = None, only: Collection[str] = ()
) -> str:
    """Return a document of what is there, as text.

    ``project`` is whose document it shall be (default: that of whoever owns what is there), ``selector``
    a label selector, ``only`` the kinds that are wanted. Ids become names, what goes without saying is
    left out, and nothing that is secret is in it.

    Raises:
        ConfigError: several projects own what is there, and none was chosen.
        APIError: the API refused, or could not be reached.
    """
    observed = await observe(client)
    chosen = {kind: dict(observed.objects[kind]) for kind in kinds() if not only or kind in only}
    if selector is not None:
        for kind, found in chosen.items():
            names = {item.name for item in await every(client, kind, label_selector=selector)}
            chosen[kind] = {name: each for name, each in found.items() if name in names}
    project = project or _owner(chosen)
    await read_every_part(client, chosen)
    return written(chosen, observed, project)


def _owner(chosen: Mapping[str, Mapping[str, Any]]) -> str:
    """Return whose things these are."""
    owners = {each.labels.get(PROJECT) for found in chosen.values() for each in found.values()} - {None}
    if len(owners) > 1:
        known = ", ".join(sorted(map(str, owners)))
        raise ConfigError(f"several projects own what is there: {known}; choose one with --project")
    return str(next(iter(owners), NAMELESS))


def written(chosen: Mapping[str, Mapping[str, Any]], observed: Observed, project: str) -> str:
    """Return the document of some of the objects that were seen."""
    names, made, others = _names(observed), [], []
    for kind_name, found in chosen.items():
        kind = kinds()[kind_name]
        for name in sorted(found, key=natural):
            actual = found[name]
            if kind.is_implied(actual) and PROJECT not in actual.labels:
                continue
            owner = actual.labels.get(PROJECT, project)
            if owner != project:
                others.append(f"{kind_name}.{harmless(name)} belongs to the project {quoted(owner)}")
            else:
                made.append(_entry(kind, actual, names))
    return "\n".join(_lines(project, made, [*_missing(chosen, observed, project), *others])) + "\n"


def _names(observed: Observed) -> Names:
    """Return the names by which objects may be called: what came with another one is not called at all."""

    def called(kind: Kind, names: Mapping[int, str]) -> dict[int, str]:
        found = observed.objects[kind.name]
        return {id: name for id, name in names.items() if not kind.is_implied(found[name])}

    every = observed.names.names.items()
    return replace(observed.names, names={kind: called(kinds()[kind], names) for kind, names in every})


def _missing(chosen: Mapping[str, Mapping[str, Any]], observed: Observed, project: str) -> Iterator[str]:
    """Warn when something is left out that the project owns: applying the document would delete it."""
    left = [
        f"{kind}.{harmless(name)}"
        for kind, found in observed.objects.items()
        for name, actual in found.items()
        if actual.labels.get(PROJECT) == project and name not in chosen.get(kind, {})
    ]
    if left:
        yield f"CAREFUL: this is a part of {project}; applying it would delete the rest: {', '.join(left)}"


def _entry(kind: Kind, actual: Any, names: Names) -> Entry:
    have = kind.read(actual, names)
    spec, comments, hidden = kind.declare(have), [], []
    withheld = tuple(kind.withheld(spec))
    for name, field in kind.fields.items():
        if name in have and not (field.required and name not in spec):
            continue
        if mark_of(name) in actual.labels:
            comments.append(f"{name}: it was given one, which the API does not show; give it again")
        elif field.required and (name,) not in withheld:
            spec[name] = UNKNOWN
            comments.append(f"{name}: the API does not tell it any more")
        elif (name,) not in withheld and field.changes.how is How.NOTE:
            hidden.append(name)
    for name in kind.parts:
        if (parts := have.get(name)) and name not in spec:
            comments.append(f"{name}: {', '.join(map(str, parts))} stay; not all of them is shown by the API")
    wrong = _wrong(kind, actual.name, spec, withheld)
    variables = [_variable(kind, actual.name, path) for path in withheld]
    for path, variable in zip(withheld, variables, strict=True):
        holder: Any = spec
        for key in path[:-1]:
            holder = holder[key]
        holder[path[-1]] = Verbatim(f"${{{variable}}}")
    needed = [name for name, field in kind.fields.items() if field.required]
    order = dict.fromkeys((*reversed(needed), *kind.fields))  # what makes it what it is comes first
    ordered = {name: spec[name] for name in order if name in spec}
    return Entry(kind, actual.name, ordered, tuple(comments), wrong, tuple(variables), tuple(hidden))


def _variable(kind: Kind, name: str, path: Place) -> str:
    """Return the variable that gives a secret which nobody is shown."""
    said = "_".join(map(str, (kind.singular, name, *path)))
    return re.sub(r"[^a-z0-9]+", "_", said.lower()).strip("_")


def _wrong(kind: Kind, name: str, spec: Mapping[str, Any], withheld: Collection[Place]) -> str:
    """Tell why a spec could not be read back, or nothing."""
    try:
        canonical = kind.canonical(spec)
    except ValidationError as error:
        found = [each for each in error.errors() if each["loc"] not in withheld]
        return "; ".join(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in found)
    return "" if withheld else "; ".join(message for _, message in kind.problems(name, canonical))


def _lines(project: str, made: list[Entry], told: list[str]) -> Iterator[str]:
    yield from HEADER
    yield from (f"# {each}" for each in told)
    yield from ("version: 1", f"project: {scalar(project)}")
    if variables := [name for entry in made if not entry.wrong for name in entry.variables]:
        yield from ("", "# Secrets, none of which is written out: give them in these environment variables.")
        said = {name: {"env": name.upper(), "secret": True} for name in variables}
        yield from entries({"variables": said})
    for kind in kinds().values():
        if mine := [entry for entry in made if entry.kind is kind]:
            yield ""
            yield from _section(kind, mine)


def _section(kind: Kind, made: list[Entry]) -> Iterator[str]:
    if hidden := dict.fromkeys(name for entry in made for name in entry.hidden):
        yield f"# Never shown by the API, and therefore not here: {', '.join(hidden)}"
    sign = "# " if all(entry.wrong for entry in made) else ""
    yield f"{sign}{kind.name}:"
    for entry in made:
        yield from _object(entry)


def _object(entry: Entry) -> Iterator[str]:
    kind, spec = entry.kind, entry.spec
    short = spec[kind.text_field] if kind.text_field and spec.keys() == {kind.text_field} else spec
    lines = [*entries({entry.name: short}, 2)]
    at, indent = (1, "    ") if len(lines) > 1 else (0, "  ")  # an entry of one line has no inside
    lines[at:at] = [f"{indent}# {harmless(comment)}" for comment in entry.comments]
    if entry.wrong:
        yield f"  # {quoted_if_needed(entry.name)} cannot be declared: {harmless(entry.wrong)}"
        yield from (f"  # {line}" for line in lines)
    else:
        yield from lines
