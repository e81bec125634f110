"""Circles among things that need each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from hetzner.apply.document.marks import Mark
from hetzner.apply.document.problems import Problem


@dataclass(frozen=True)
class Edge:
    """`source` needs `target`, as written at `mark`. Names are free: `servers.db`, `networks.a/routes[0]`."""

    source: str
    target: str
    mark: Mark | None = None


def cycles(edges: Iterable[Edge]) -> list[Problem]:
    """A problem for each circle found, `a → b → a`, with the line of every step.

    Each edge is reported at most once, so two circles that share their way back are told one after the other.
    Neither depth nor number of edges matters: there is no recursion.
    """
    following: dict[str, list[Edge]] = {}
    for edge in edges:
        following.setdefault(edge.source, []).append(edge)
    done: set[str] = set()
    return [problem for start in following for problem in _from(start, following, done)]


def _from(start: str, following: dict[str, list[Edge]], done: set[str]) -> Iterator[Problem]:
    """Walk depth first; an edge back to a name on the way closes a circle."""
    if start in done:
        return
    way: list[Edge] = []
    on_way = {start: 0}
    branches = [iter(following.get(start, ()))]
    while branches:
        edge = next(branches[-1], None)
        if edge is None:
            branches.pop()
            leaf = way.pop().target if way else start
            on_way.pop(leaf, None)
            done.add(leaf)
        elif edge.target in on_way:
            yield _problem([*way[on_way[edge.target] :], edge])
        elif edge.target not in done:
            way.append(edge)
            on_way[edge.target] = len(way)
            branches.append(iter(following.get(edge.target, ())))


def _problem(circle: list[Edge]) -> Problem:
    names = [circle[0].source, *(edge.target for edge in circle)]
    shown = names if len(names) <= 12 else [*names[:6], "...", *names[-5:]]
    notes = [
        f"{edge.source} needs {edge.target}" + (f" at {edge.mark}" if edge.mark else "")
        for edge in circle[:12]
    ]
    mark = next((edge.mark for edge in circle if edge.mark), None)
    return Problem(
        f"they need each other: {' → '.join(shown)}", mark, "one of them must do without", tuple(notes)
    )
