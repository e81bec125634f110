"""The kinds as the document part wants to know them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from hetzner.apply.document import KindFace
from hetzner.apply.document.lifecycle import META
from hetzner.domain.specs import kinds
from hetzner.domain.specs.kind import Kind


@cache
def faces() -> Mapping[str, KindFace]:
    """Return what the document part must know of every kind: the same each time, since checkers go by it."""
    return {name: _face(kind) for name, kind in kinds().items()}


def _face(kind: Kind) -> KindFace:
    fields = frozenset(kind.fields) - frozenset(META)
    return KindFace(
        kind.name,
        fields,
        kind.validator,
        text_field=kind.text_field,
        defaults=kind.defaults,
        unless=kind.unless,
        rebuilds=frozenset(name for name, field in kind.fields.items() if field.changes.rebuilds),
    )
