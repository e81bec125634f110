"""The whole state as one JSON document: taken down, emptied, brought back."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

from typing_extensions import TypedDict

from hetzner.sandbox.store import Metas
from hetzner.sandbox.table import Row

if TYPE_CHECKING:
    from hetzner.sandbox.project import Project

FORMAT = "hetzner-sandbox/2"


class ProjectState(TypedDict):
    """A project: its counters, and its rows by kind."""

    meta: dict[str, Any]
    rows: dict[str, list[Row]]


class Snapshot(TypedDict):
    """A whole sandbox at a moment, in seconds since the epoch."""

    format: str
    moment: float
    anonymous: dict[str, Any]
    projects: dict[str, ProjectState]


def photographed(projects: dict[str, Project], metas: Metas, moment: float) -> Snapshot:
    """Take everything down."""
    state: Snapshot = {
        "format": FORMAT,
        "moment": moment,
        "anonymous": metas["anonymous"],
        "projects": {
            name: {"meta": project.meta, "rows": project.all_rows()} for name, project in projects.items()
        },
    }
    return deepcopy(state)


def emptied(projects: dict[str, Project], metas: Metas) -> None:
    """Remove every object and start all counters anew."""
    metas["anonymous"].clear()
    metas["anonymous"].update(requests=0)
    for number, project in enumerate(projects.values()):
        project.clear(number)


def put_back(projects: dict[str, Project], metas: Metas, snapshot: Snapshot) -> float:
    """Bring a snapshot back and return its moment; projects that it does not have are empty afterwards.

    Raises `ValueError` for what is no snapshot, or has objects that cannot be shown.
    """
    if snapshot["format"] != FORMAT:
        raise ValueError(f"this is no snapshot of the format {FORMAT}")
    emptied(projects, metas)
    taken = [state["meta"]["number"] for state in snapshot["projects"].values()]
    for number, project in enumerate(
        (project for name, project in projects.items() if name not in snapshot["projects"]),
        start=1 + max(taken, default=-1),
    ):
        project.clear(number)
    metas["anonymous"].update(snapshot["anonymous"])
    for name, state in snapshot["projects"].items():
        projects[name].meta.update(state["meta"])
        projects[name].now = snapshot["moment"]
        try:
            projects[name].take_over(state["rows"])
        except (KeyError, TypeError, AttributeError) as problem:
            raise ValueError(f"the snapshot of project {name!r} is damaged: {problem!r}") from None
    return snapshot["moment"]
