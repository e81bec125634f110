"""The document: YAML on disk to a filled in, checked tree of plain values that knows its lines.

    document = load(["infra.yaml"], kinds)

Kinds come in as `KindFace`s; nothing here knows one by name, and nothing here touches a network.
"""

from hetzner.apply.document.cycles import Edge, cycles
from hetzner.apply.document.faces import KindFace
from hetzner.apply.document.frames import harmless, quoted, render
from hetzner.apply.document.health import Health
from hetzner.apply.document.lifecycle import Meta
from hetzner.apply.document.load import load, loads
from hetzner.apply.document.marks import Mark, Source
from hetzner.apply.document.near import did_you_mean, near
from hetzner.apply.document.problems import DocumentError, Problem, Problems
from hetzner.apply.document.result import Document, Resource, Use
from hetzner.apply.document.values import (
    FileText,
    Reference,
    Secret,
    Template,
    Unknown,
    holds_unknown,
    plain,
    resolve,
    unknowns,
)

__all__ = [
    "Document",
    "DocumentError",
    "Edge",
    "FileText",
    "Health",
    "KindFace",
    "Mark",
    "Meta",
    "Problem",
    "Problems",
    "Reference",
    "Resource",
    "Secret",
    "Source",
    "Template",
    "Unknown",
    "Use",
    "cycles",
    "did_you_mean",
    "harmless",
    "holds_unknown",
    "load",
    "loads",
    "near",
    "plain",
    "quoted",
    "render",
    "resolve",
    "unknowns",
]
