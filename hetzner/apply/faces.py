"""The kinds as the document part wants to know them."""

from __future__ import annotations

from collections.abc import Mapping

from hetzner.apply.document import KindFace
from hetzner.apply.document.lifecycle import META
from hetzner.domain.specs import kinds
from hetzner.domain.specs.kind import Kind


def faces(known: Mapping[str, Kind] | None = None) -> dict[str, KindFace]:
    """Return what the document part must know of every kind."""
    return {name: _face(kind) for name, kind in (known or kinds()).items()}


def _face(kind: Kind) -> KindFace:
    fields = frozenset(kind.fields) - frozenset(META)
    return KindFace(
        kind.name,
        fields,
        kind.validator,
        text_field=kind.text_field,
        defaults=kind.defaults,
        unless=kind.unless,
    )
