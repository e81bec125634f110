"""From paths to a document: the passes, in order."""

from __future__ import annotations

import gc
import os
from collections.abc import Collection, Generator, Mapping, Sequence
from contextlib import contextmanager

from hetzner.apply.document.defaults import Defaults
from hetzner.apply.document.environment import Environment
from hetzner.apply.document.evaluate import Evaluator
from hetzner.apply.document.events import Budget, compose
from hetzner.apply.document.expand import expand
from hetzner.apply.document.faces import KindFace
from hetzner.apply.document.files import sources
from hetzner.apply.document.header import check_version, project_name, token_variable, wants_lock
from hetzner.apply.document.inclusion import Inclusion
from hetzner.apply.document.layout import Layout, lay_out
from hetzner.apply.document.lookups import Lookups
from hetzner.apply.document.marks import Source
from hetzner.apply.document.nodes import MapNode, Node
from hetzner.apply.document.problems import DocumentError, Problems
from hetzner.apply.document.resources import Builder
from hetzner.apply.document.result import Document
from hetzner.apply.document.supply import Supply
from hetzner.apply.document.variables import Ask, declare


def load(
    paths: Sequence[str | os.PathLike[str]],
    kinds: Mapping[str, KindFace],
    *,
    variables: Mapping[str, object] | None = None,
    environ: Mapping[str, str] | None = None,
    tokens: Collection[str] = (),
    allow_outside: bool = False,
    ask: Ask | None = None,
) -> Document:
    """Read files, or folders of `*.yaml` and `*.yml`, into one document. Nothing is sent anywhere.

    `variables` are values given by hand; `environ` is `os.environ` unless given; `tokens` are texts
    that must never get into a resource; `allow_outside` lets `{file: ...}` leave the YAML file's folder;
    `ask` is called for a variable that nothing else gives.

    Raises:
        DocumentError: with everything found wrong, each problem at its line and column.
    """
    with _unswept():
        found = sources(paths)
        environment = Environment(os.environ if environ is None else environ, tokens)
        return _load(found, kinds, variables or {}, environment, allow_outside, ask)


def loads(
    text: str,
    kinds: Mapping[str, KindFace],
    *,
    name: str = "infra.yaml",
    folder: str = ".",
    variables: Mapping[str, object] | None = None,
    environ: Mapping[str, str] | None = None,
) -> Document:
    """Read one text as if it were a file called `name` in `folder`; an empty environment unless one is given.

    Raises:
        DocumentError: as `load`.
    """
    with _unswept():
        return _load(
            [Source(name, text, folder)], kinds, variables or {}, Environment(environ or {}), False, None
        )


def _load(
    found: Sequence[Source],
    kinds: Mapping[str, KindFace],
    given: Mapping[str, object],
    environment: Environment,
    allow_outside: bool,
    ask: Ask | None,
) -> Document:
    problems = Problems()
    layout = lay_out(_trees(found, problems), kinds, problems)
    if token := token_variable(layout, problems):
        environment.withhold(token)
    supply = Supply(declare(layout.section("variables"), problems), given, environment, problems, ask)
    lookups = Lookups(supply, environment, tuple(kinds))
    inclusion = Inclusion(environment.home, allow_outside=allow_outside)
    evaluator = Evaluator(lookups, inclusion, problems)
    check_version(layout, problems)
    project, lock = project_name(layout, evaluator, found, problems), wants_lock(layout, problems)
    defaults = Defaults(layout.section("defaults"), kinds, problems)
    declarations, lookups.declared = expand(layout, kinds, defaults, evaluator, problems)
    builder = Builder(evaluator, problems)
    resources = tuple(resource for one in declarations for resource in builder.build(one))
    outputs = evaluator.mapping(layout.section("outputs"))
    general = evaluator.mapping(_general(layout, defaults))
    problems.settle()
    files = (*(source.name for source in found), *inclusion.paths)
    return Document(project, resources, outputs, supply.values, general, files, lookups.declared, lock, token)


def _trees(found: Sequence[Source], problems: Problems) -> list[Node | None]:
    """The trees of all files; syntax errors of several files are told together."""
    budget, broken = Budget(), False
    trees: list[Node | None] = []
    for source in found:
        try:
            trees.append(compose(source, budget, problems))
        except DocumentError as error:
            broken = True
            for problem in error.problems:
                problems.take(problem)
    if broken:
        problems.settle()
    return trees


def _general(layout: Layout, defaults: Defaults) -> MapNode:
    return layout.section("defaults").with_entries(dict(defaults.general))


@contextmanager
def _unswept() -> Generator[None]:
    """Without garbage collection: 300,000 nodes hold no garbage, and searching them doubles the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
