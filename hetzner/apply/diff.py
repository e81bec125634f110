"""How what is wanted differs from what is there, field by field; pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from functools import partial
from typing import Any

from hetzner.apply.document import Secret, Unknown, holds_unknown
from hetzner.domain.reference import Ordered, Selector
from hetzner.domain.specs.facts import How
from hetzner.domain.specs.kind import Kind, SpecField
from hetzner.domain.specs.labels import PREFIX, PROJECT, declared, is_foreign
from hetzner.domain.specs.referring import with_refs


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that is not as it should be."""

    field: SpecField
    old: Any
    new: Any
    surplus: Mapping[Any, Any] = dataclass_field(default_factory=dict)
    """What goes although the new value does not mention it."""
    is_guess: bool = False
    """Whether nothing says what the object was made with, as with one that was taken over."""


def differences(
    kind: Kind,
    spec: Mapping[str, Any],
    have: Mapping[str, Any],
    labels: Mapping[str, str],
    ignore: tuple[str, ...],
) -> Iterator[Difference]:
    """Yield the fields of a spec that an object does not have as wanted.

    What the spec leaves out is not looked at; an empty value is wanted to be empty.
    """
    marks = None
    for name, field in kind.fields.items():
        if name not in spec or name in ignore or field.changes.how is How.NEVER:
            continue
        if name in have:
            found = _without_foreign(have[name], spec[name]) if name == "labels" else have[name]
            whole = name == "labels" or (field.refers is not None and field.refers.is_whole)
            surplus = kind.surplus(name, spec, found)
            if surplus or not covers(spec[name], found, whole=whole):
                yield Difference(field, found, spec[name], surplus)
        elif field.changes.how is How.NOTE:
            marks = kind.marks(revealed(spec), "") if marks is None else marks
            mark = mark_of(name)
            if mark in marks and mark in labels and marks[mark] != labels[mark]:
                yield Difference(field, labels[mark], spec[name])
            elif mark in marks and mark not in labels and _is_news(field, spec[name], labels):
                yield Difference(field, None, spec[name], is_guess=not any(each in labels for each in marks))


def _is_news(field: SpecField, want: Any, labels: Mapping[str, str]) -> bool:
    """Tell whether a field without a fingerprint is to be told: what nothing could act on is not."""
    return bool(field.changes.calls and want and PROJECT in labels)


def _without_foreign(labels: Mapping[str, str], wanted: Mapping[str, str]) -> dict[str, str]:
    return {key: value for key, value in labels.items() if key in wanted or not is_foreign(key)}


def mark_of(field: str) -> str:
    """Return the label that keeps the fingerprint of a field."""
    return PREFIX + field.replace("_", "-")


PLAIN = frozenset({str, int})


def covers(want: Any, have: Any, *, whole: bool = False) -> bool:
    """Tell whether what is there is what is wanted; a map may have more than is wanted, unless ``whole``."""
    if type(want) in PLAIN:  # most of what there is
        return bool(have == want)
    if isinstance(want, Secret):
        return covers(want.reveal(), have)
    if isinstance(want, Selector):  # it is still one because it says nothing about what there is already
        return True
    if isinstance(want, Unknown):
        return False
    if isinstance(want, Ordered):
        return any(covers(each, have) for each in want)
    if isinstance(want, bool):
        return want is (have is not False and have is not None)
    if isinstance(want, Mapping):
        return isinstance(have, Mapping) and _map_covers(want, have, whole)
    if isinstance(want, list | tuple):
        return isinstance(have, list | tuple) and len(want) == len(have) and _all_covered(want, have)
    return bool(have == want)


def _map_covers(want: Mapping[Any, Any], have: Mapping[Any, Any], whole: bool) -> bool:
    if whole and len(want) != len(have):
        return False
    for key, value in want.items():
        found = have.get(key, _MISSING)
        if found is _MISSING:  # an id in place of a name is found by comparing
            found = next((there for known, there in have.items() if known == key), _MISSING)
        if found is _MISSING or not covers(value, found):
            return False
    return True


_MISSING = object()


def _all_covered(want: list[Any] | tuple[Any, ...], have: list[Any] | tuple[Any, ...]) -> bool:
    """Compare without regard to order."""
    if all(covers(one, other) for one, other in zip(want, have, strict=True)):
        return True
    left = list(have)
    for item in want:
        found = next((index for index, there in enumerate(left) if covers(item, there)), None)
        if found is None:
            return False
        del left[found]
    return True


def known(kind: Kind, spec: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is known of a spec, secrets revealed: of a map by references a part will do."""
    found = {}
    for name, value in spec.items():
        if not holds_unknown(value):
            found[name] = revealed(value)
        elif isinstance(value, Mapping) and kind.fields[name].refers is not None:
            found[name] = _known_parts(value)
    return found


def _known_parts(said: Mapping[Any, Any]) -> dict[Any, Any]:
    return {
        key: _known_parts(each) if isinstance(each, Mapping) else revealed(each)
        for key, each in said.items()
        if isinstance(each, Mapping) or not holds_unknown(each)
    }


def revealed(value: Any) -> Any:
    """Return a value with its secrets in the open, for calculations whose result shows none of them."""
    if isinstance(value, Secret):
        return value.reveal()
    if isinstance(value, Unknown):
        return str(value)
    if isinstance(value, Mapping):
        return {key: revealed(item) for key, item in value.items()}
    if isinstance(value, Ordered):
        return value
    return [revealed(item) for item in value] if isinstance(value, list | tuple) else value


def without(have: Mapping[str, Any], kind: Kind, gone: Callable[[str, Any], bool]) -> dict[str, Any]:
    """Return what an object has, less its references to objects that are about to go."""
    left = dict(have)
    for name, field in kind.fields.items():
        if field.refers is None or name not in left:
            continue
        left[name] = with_refs(left[name], partial(_staying, gone, field.refers.kind), field.refers.inside)
    return left


def _staying(gone: Callable[[str, Any], bool], kind: str, ref: Any) -> list[Any]:
    return [] if gone(kind, ref) else [ref]


def labels_wanted(labels: Mapping[str, str], wanted: Mapping[str, str] | None) -> dict[str, str]:
    """Return the labels an object shall have besides our own: what is wanted, and what is other tools'."""
    theirs = declared(labels)
    if wanted is None:
        return theirs
    return {**{key: value for key, value in theirs.items() if is_foreign(key)}, **wanted}
