"""Values of a plan as people read them: short, without secrets, and with what is not known yet said so."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any, TypeGuard

from hetzner.apply.diff import covers
from hetzner.apply.document import FileText, Secret, Unknown
from hetzner.domain.reference import Ordered, Selector, label_of
from hetzner.domain.specs import rules
from hetzner.domain.specs.kind import SpecField
from hetzner.schema.facts import SECRET_FIELDS

LONGEST = 200
"""Characters of a text that is shown as it is; a longer one is shown by its fingerprint."""
FINGERPRINTED = frozenset({"user_data"})
"""Secret fields whose changes people want to recognise all the same."""


def digest(text: str) -> str:
    """Return what stands for a text that is too long or too confidential to be shown."""
    data = text.encode(errors="surrogatepass")
    path = f"  {text.path}" if isinstance(text, FileText) else ""
    return f"sha256:{hashlib.sha256(data).hexdigest()[:12]}, {len(data)} bytes{path}"


def called(ref: object) -> str:
    """Return how people would write a reference, a key or any other plain value."""
    return str(ref) if isinstance(ref, str) else label_of(ref)


def waits_for(value: Any) -> list[str]:
    """Return the objects that an unknown value depends on."""
    every = (f"{ref.kind}.{target}" for ref in value.references for target in ref.targets)
    return list(dict.fromkeys(every))


def scalar(value: Any) -> str:
    """Return any value in one line."""
    if value is None or isinstance(value, bool):
        return {None: "none", True: "true", False: "false"}[value]
    if isinstance(value, Unknown):
        return f"(after {', '.join(waits_for(value))})"
    if isinstance(value, Mapping):
        return records(value) if "values" in value else pairs(value)
    if isinstance(value, Ordered | Selector):
        return str(value)
    if isinstance(value, list | tuple):
        return ", ".join(item(each) for each in value) or "none"
    if isinstance(value, str):
        return digest(value) if len(value) > LONGEST or "\n" in value else str(value)
    return repr(value) if isinstance(value, Secret) else called(value)


def pairs(value: Mapping[Any, Any]) -> str:
    """Return a map in one line."""
    told = ((called(key), _named(key, each), each) for key, each in value.items())
    return (
        " ".join(f"{key}={{{text}}}" if _is_map(each) else f"{key}={text}" for key, text, each in told)
        or "none"
    )


def records(value: Mapping[Any, Any]) -> str:
    """Return a set of values with what else is said of them, as DNS records are written."""
    more = {key: each for key, each in value.items() if key != "values" and each is not None}
    return " ".join(
        [scalar(value["values"]), *(f"{called(key)} {_named(key, each)}" for key, each in more.items())]
    )


def _is_map(value: Any) -> bool:
    return isinstance(value, Mapping) and bool(value) and "values" not in value


def _is_nested(value: Any) -> TypeGuard[Mapping[Any, Any]]:
    return isinstance(value, Mapping) and any(isinstance(each, Mapping) for each in value.values())


def _named(key: Any, value: Any) -> str:
    """Return the value below a key, which may say that it is a secret."""
    return "(secret)" if key in SECRET_FIELDS and isinstance(value, str) else scalar(value)


def item(value: Any) -> str:
    """Return an item of a list: a firewall rule in its short form, a map of one field by its value."""
    if not isinstance(value, Mapping):
        return scalar(value)
    if {"direction", "protocol"} <= value.keys():
        return rules.short({key: _texts(each) for key, each in value.items()})
    if {"value"} <= value.keys() <= {"value", "comment"}:
        return scalar(value["value"]) + (f" ({value['comment']})" if value.get("comment") else "")
    return _named(*next(iter(value.items()))) if len(value) == 1 else pairs(value)


def _texts(value: Any) -> Any:
    return [scalar(each) for each in value] if isinstance(value, list | tuple) else scalar(value)


def entry(field: SpecField, key: Any, value: Any) -> str:
    """Return an entry of a map; where the keys are objects, the value is the address in them."""
    if field.refers is None or not field.refers.is_whole:
        if not _is_map(value):
            return f"{called(key)}={scalar(value)}"
        told = (f"{called(name)} {_named(name, each)}" for name, each in value.items())
        return f"{called(key)} " + ", ".join(told)
    if isinstance(value, Mapping) and not value.get("ip") and "alias_ips" in value:
        return (
            f"{called(key)} with {scalar(value['alias_ips']) if value['alias_ips'] else 'no more addresses'}"
        )
    if not isinstance(value, Mapping) or not value.get("ip"):
        return f"{called(key)} (address given by Hetzner)"
    more = f" and {scalar(value['alias_ips'])}" if value.get("alias_ips") else ""
    return f"{called(key)} {scalar(value['ip'])}{more}"


def shown(field: SpecField, value: Any) -> str:
    """Return the value of a field in one line."""
    if field.name in SECRET_FIELDS and isinstance(value, str):
        return digest(value) if field.name in FINGERPRINTED else "(secret)"
    if field.refers is not None and field.refers.is_whole and isinstance(value, Mapping):
        return ", ".join(entry(field, key, each) for key, each in value.items()) or "none"
    return scalar(value)


def rows(field: SpecField, value: Any) -> list[str]:
    """Return the value of a new object's field, one line for each part of it that is a map itself."""
    if isinstance(value, list | tuple) and any(isinstance(each, Mapping) for each in value):
        return [item(each) for each in value]
    if _is_nested(value):
        return [entry(field, key, each) for key, each in value.items()]
    return [shown(field, value)]


def changed(
    field: SpecField, old: Any, new: Any, surplus: Mapping[Any, Any] | None = None
) -> list[tuple[str, str]] | None:
    """Return what goes from (``-``) and comes to (``+``) a map or a list of maps; None for other values."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        going = [("-", entry(field, key, each)) for key, each in (surplus or {}).items()]
        return [*going, *_entries(field, old, new)]
    if isinstance(old, list) and isinstance(new, list) and any(isinstance(e, Mapping) for e in (*old, *new)):
        return _items(old, new)
    return None


def _entries(field: SpecField, old: Mapping[Any, Any], new: Mapping[Any, Any]) -> Iterator[tuple[str, str]]:
    """Yield the entries that differ; what a map does not mention is only taken away where it is the whole."""
    if field.name == "labels" or (field.refers is not None and field.refers.is_whole):
        yield from (("-", entry(field, key, each)) for key, each in old.items() if key not in [*new])
    for key, want in new.items():
        known = next((name for name in old if name == key), None)
        if known is None:
            yield "+", entry(field, key, want)
        elif not covers(want, old[known]):
            gone, come = old[known], want
            if field.refers is None and _is_map(want) and _is_map(gone):
                gone, come = _apart(gone, want)
            if not _is_map(old[known]) or gone:
                yield "-", entry(field, known, gone)
            yield "+", entry(field, key, come)


def _apart(old: Mapping[Any, Any], new: Mapping[Any, Any]) -> tuple[dict[Any, Any], dict[Any, Any]]:
    """Return what differs of two maps of which the new one may leave things out."""
    come = {key: each for key, each in new.items() if key not in old or not covers(each, old[key])}
    gone = {key: old[key] for key in come if key in old}
    for key in gone:
        if _is_map(gone[key]) and _is_map(come[key]):
            gone[key], come[key] = _apart(gone[key], come[key])
    return gone, come


def _items(old: list[Any], new: list[Any]) -> list[tuple[str, str]]:
    """Return the items that go and come; those with parts of their own show only the parts that differ."""
    gone = [each for each in old if not any(covers(want, each) for want in new)]
    come = [each for each in new if not any(covers(each, have) for have in old)]
    if len(gone) == len(come) and all(map(_is_nested, come)):
        both = [_recognisable(_nearest(gone, want), want) for want in come]
        gone, come = [have for have, _ in both], [want for _, want in both]
    return [("-", item(each)) for each in gone] + [("+", item(each)) for each in come]


def _nearest(left: list[Any], want: Mapping[Any, Any]) -> Any:
    """Take the item out of a list that has most in common with another one."""
    found = max(left, key=lambda have: sum(have.get(key) == each for key, each in want.items()))
    left.remove(found)
    return found


def _recognisable(old: Mapping[Any, Any], new: Mapping[Any, Any]) -> tuple[dict[Any, Any], dict[Any, Any]]:
    """Return what differs of two items, and the plain values by which people know them."""
    gone, come = _apart(old, new)
    plain = [key for key in new if key in old and not isinstance(new[key], Mapping)]
    kept = [key for key in new if key in come or key in plain]
    return (
        {key: gone.get(key, old.get(key)) for key in kept if key in old},
        {key: come.get(key, new[key]) for key in kept},
    )
