"""What this part must know about a kind, told from outside: it knows none by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydantic import TypeAdapter


@dataclass(frozen=True, eq=False)
class KindFace:
    """One section of the file: its name, its fields, and the pydantic adapter that checks a spec."""

    name: str
    """The top-level key, `servers`."""
    fields: frozenset[str]
    """The fields of a spec, for suggestions and for which defaults apply."""
    adapter: TypeAdapter[Any]
    """Of a TypedDict with `extra="forbid"`, without the name: the key is the name."""
    text_field: str | None = None
    """The field that a bare text in place of a mapping stands for (`ops: ssh-ed25519 AAAA...`)."""
    defaults: Mapping[str, str] = field(default_factory=dict[str, str])
    """The own field that a general default fills, if it is called otherwise (location: home_location)."""
    unless: Mapping[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])
    """Per field: other fields that, once written, keep a default of it away (location: {server})."""
    rebuilds: frozenset[str] = frozenset()
    """The fields that `lifecycle.rebuild_on` may name."""
