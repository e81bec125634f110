"""What the page of a served sandbox shows: every object in a few words, running actions, the latest requests.

Nothing that is secret is among the words: no user data, no password, no key, no query and no body.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any

from hetzner.sandbox.clock import stamp
from hetzner.sandbox.kinds import kind_names
from hetzner.sandbox.message import LogEntry
from hetzner.sandbox.table import Row, Table

if TYPE_CHECKING:
    from hetzner.sandbox.kind import Kind
    from hetzner.sandbox.project import Project

MOST_OBJECTS, MOST_REQUESTS = 200, 100
"""What is shown of each kind, and of the log."""
_FIRST = ("servers", "load_balancers", "networks", "volumes", "firewalls")
_FACTS = (
    ("server_type", "name"), ("load_balancer_type", "name"), ("storage_box_type", "name"), ("type",),
    ("location", "name"), ("home_location", "name"), ("ip_range",), ("ip",), ("public_net", "ipv4", "ip"),
    ("fingerprint",), ("mode",), ("username",), ("home_directory",),
)  # fmt: skip
_COUNTS = (
    (("size",), "GB"), (("rules",), "rule"), (("applied_to",), "target"), (("services",), "service"),
    (("targets",), "target"), (("subnets",), "subnet"), (("record_count",), "record"),
    (("records",), "record"),
)  # fmt: skip
"""Numbers and lists, and what they are numbers of."""


def of_project(project: Project) -> dict[str, Any]:
    """Everything in a project."""
    names = [*_FIRST, *sorted(kind_names() - {*_FIRST, "actions"})]
    kinds = [_of_kind(project.kind(name)) for name in names]
    called = {project.kind(name).singular: project.table(name) for name in names}
    return {
        "name": project.name,
        "kinds": [kind for kind in kinds if kind["count"]],
        "actions": [
            _of_action(project, row, called) for row in project.table("actions") if row["status"] == "running"
        ],
    }


def of_log(entries: Iterable[LogEntry]) -> list[dict[str, Any]]:
    """The latest requests, the last one first."""
    return [
        {
            "at": stamp(entry.at),
            "project": entry.project,
            "method": entry.method,
            "path": entry.path,
            "status": entry.status,
            "operation": entry.operation,
            "fault": entry.fault,
        }
        for entry in entries
    ]


def _of_kind(kind: Kind) -> dict[str, Any]:
    rows = islice(kind.table, MOST_OBJECTS)
    return {
        "kind": kind.name,
        "count": len(kind.table),
        "objects": [_of_object(kind.render(row)) for row in rows],
    }


def _of_object(shown: dict[str, Any]) -> dict[str, Any]:
    status = shown.get("status")
    facts = [_dig(shown, path) for path in _FACTS]
    facts += [_counted(_dig(shown, path), unit) for path, unit in _COUNTS]
    return {
        "id": shown["id"],
        "name": shown.get("name") or shown.get("description") or "",
        "status": status if isinstance(status, str) else (status or {}).get("issuance", ""),
        "facts": [fact for fact in facts if fact and isinstance(fact, str)],
        "labels": [f"{key}={value}" if value else key for key, value in shown.get("labels", {}).items()],
    }


def _counted(value: Any, unit: str) -> str:
    if not isinstance(value, int | list):
        return ""
    number = len(value) if isinstance(value, list) else value
    return f"{number} {unit}" if number == 1 or unit == "GB" else f"{number} {unit}s"


def _dig(shown: dict[str, Any], path: Iterable[str]) -> Any:
    found: Any = shown
    for name in path:
        found = found.get(name) if isinstance(found, dict) else None
    return found


def _of_action(project: Project, row: Row, called: Mapping[str, Table]) -> dict[str, Any]:
    about = []
    for kind, ident in ((each["type"], each["id"]) for each in row["resources"]):
        found = called[kind].get(ident) if kind in called else None
        about.append(f"{kind.replace('_', ' ')} {(found or {}).get('name') or ident}")
    return {
        "id": row["id"],
        "command": row["command"],
        "progress": project.actions.progress(row),
        "waits": row["begun"] is None,
        "about": ", ".join(about),
    }
