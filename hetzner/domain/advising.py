"""What may be meant by a name that the API refuses, where only the API looks names up."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from difflib import SequenceMatcher
from typing import Any

from hetzner.api.errors import APIStatusError, HetznerError
from hetzner.domain.lookup import collection_of

FEW = 10
"""So many names are told all of them when none is near."""
NEAR = 0.5
"""How alike names are at least: enough for the next generation of a server type (cx22, cx23)."""


async def advise(client: Any, error: APIStatusError, refs: Iterable[tuple[str, str, Any]]) -> None:
    """Add to an error what may be meant by the names in a request that it is about.

    ``refs`` are fields, kinds and references. A list of a kind is asked for only when the error is about its
    field; what is deprecated is no advice.
    """
    for field, kind, ref in refs:
        if not isinstance(ref, str) or not _is_about(error, field.partition(".")[0]):
            continue
        names: dict[str, None] = {}
        with suppress(HetznerError):
            async for item in collection_of(client, kind).list():
                if item.name and not getattr(item, "deprecation", None):
                    names[item.name] = None
        if ref not in names and (hint := _hint(ref, list(names))):
            error.message = f"{error.message}; {hint}"
            error.args = (error.message,)


def _is_about(error: APIStatusError, field: str) -> bool:
    return field in error.fields or field.replace("_", " ").removesuffix("s") in error.message


def _hint(ref: str, names: list[str]) -> str:
    family = [name for name in names if _stem(name) == _stem(ref)]  # cx22 is no cpx22, which costs more
    alike = {name: SequenceMatcher(None, ref, name).ratio() for name in family or names}
    best = max(alike.values(), default=0.0)
    near = [name for name in alike if alike[name] >= max(NEAR, best - 0.1)][:3]
    if near:
        return f"did you mean {' or '.join(repr(name) for name in near)}?"
    return f"there are {', '.join(names)}" if 0 < len(names) <= FEW else ""


def _stem(name: str) -> str:
    return name.rstrip("0123456789.-")
