"""What a caller asks for, checked before any request is made, and refused in a sentence."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError

from hetzner.domain.reference import Named, Refs, fitting
from hetzner.domain.specs.kind import Kind
from hetzner.schema.model import adapter

_PLAIN = {
    "is_instance_of": "expected an object that has an id",
    "string_type": "expected a text",
    "int_type": "expected a whole number",
    "int_from_float": "expected a whole number",
    "bool_type": "expected true or false",
    "dict_type": "expected a map",
    "list_type": "expected a list",
    "extra_forbidden": "there is no such field",
}
REMOVED = {"datacenter": "the API removed 'datacenter' on 2026-07-01; give 'location' instead"}
ELSEWHERE = {
    "volumes": "a volume says where it is attached: Server.create(..., volumes=[...]), "
    "Volume.create(..., server=...), or volume.attach(...)",
    "automount": "volumes are mounted by Volume.create(..., server=..., automount=True)",
    "start_after_create": "give power='off' for a server that is not started",
}
"""What the API takes in the create of a server, and this package in another place."""


def asked(kind: Kind, what: str, name: object, spec: Mapping[str, Any]) -> dict[str, Any]:
    """Return a spec in its canonical form.

    ``what`` is the call as people write it. Raises TypeError for arguments that do not exist or are missing,
    and ValueError for values that cannot be.
    """
    if not isinstance(name, str) or not name:
        raise TypeError(f"{what}: the name must be a text that is not empty")
    insist_on_names(what, spec, kind.fields)
    _insist_on_required(kind, what, spec)
    canonical: dict[str, Any] = checked(kind.spec, what, spec)
    for field, refers_to, ref in kind.refs(canonical):
        try:
            fitting(refers_to, ref)
        except TypeError as error:
            raise TypeError(f"{what}: {field}: {error}") from None
    if problems := list(kind.problems(name, canonical)):
        raise ValueError(f"{what}: {'; '.join(dict.fromkeys(text for _, text in problems))}")
    return canonical


def checked(wanted: Any, what: str, value: Any) -> Any:
    """Return a value in the form of a type; raises ValueError, which says what is wrong where."""
    try:
        return adapter(wanted).validate_python(value)
    except ValidationError as error:
        sentence = _told(error.errors(include_url=False, include_context=False), value)
    raise ValueError(f"{what}: {sentence}")


def references(what: str, kind: str, refs: Any) -> list[Named]:
    """Return what one or more references to objects of a kind stand for; raises TypeError and ValueError."""
    try:
        return [Named(kind, fitting(kind, ref)) for ref in checked(Refs, f"{what}: {kind}", refs)]
    except TypeError as error:
        raise TypeError(f"{what}: {kind}: {error}") from None


def insist_on_names(what: str, given: Iterable[str], known: Collection[str]) -> None:
    """Raise TypeError for a keyword argument that is not known, and say what is near."""
    for name in given:
        if name not in known:
            near = get_close_matches(name, known, 1)
            hint = {**REMOVED, **ELSEWHERE}.get(name) or (
                f"did you mean '{near[0]}'?" if near else f"there are {', '.join(known)}"
            )
            raise TypeError(f"{what} got an unexpected keyword argument '{name}'; {hint}")


def _insist_on_required(kind: Kind, what: str, spec: Mapping[str, Any]) -> None:
    missing = [f"'{name}'" for name, field in kind.fields.items() if field.required and name not in spec]
    if missing:
        raise TypeError(f"{what} is missing required arguments: {', '.join(missing)}")
    if lacking := kind.lacks(spec):
        raise TypeError(f"{what}: {lacking}")


def _told(errors: Sequence[Any], value: Any) -> str:
    """Join all complaints, those about one place (the choices of a union) in one; values are not shown."""
    places: dict[str, list[str]] = {}
    for error in errors:
        texts = places.setdefault(_place(error, value), [])
        if (text := _text(error)) not in texts:
            texts.append(text)
    return "; ".join(
        f"{place}: {_joined(texts)}" if place else _joined(texts) for place, texts in places.items()
    )


def _joined(texts: Sequence[str]) -> str:
    first, *others = texts
    return " or ".join([first, *(text.removeprefix("expected ") for text in others)])


def _text(error: Mapping[str, Any]) -> str:
    if plain := _PLAIN.get(error["type"]):
        return plain
    message = str(error["msg"]).removeprefix("Value error, ")
    if message.startswith("Input should be "):
        return "expected " + message.removeprefix("Input should be ")
    return message[:1].lower() + message[1:] if message[1:2].islower() else message


def _place(error: Mapping[str, Any], value: Any) -> str:
    """Return the steps of a location that lead through the value; the others name unions and functions."""
    location, steps = error["loc"], []
    is_missing = error["type"] == "missing"
    for step in location:
        try:
            value = value[step]
        except (LookupError, TypeError):
            if step is not location[-1] or not is_missing:
                continue
        steps.append(str(step))
    return ".".join(steps)
