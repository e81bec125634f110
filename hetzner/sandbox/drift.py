"""Drift: objects that change or vanish although no client of the API did it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hetzner.sandbox.call import Call, Reply
from hetzner.sandbox.errors import not_found
from hetzner.sandbox.kind import Kind
from hetzner.sandbox.kinds import kind_class
from hetzner.sandbox.table import Id, Row
from hetzner.sandbox.verbs import check_kind

if TYPE_CHECKING:
    from hetzner.sandbox.project import Project

_NUMBER = (int, float)


def altered(project: Project, name: str, which: Id, changes: dict[str, Any]) -> dict[str, Any]:
    """Change fields of a row and return it as the API shows it now.

    Raises `ValueError` for a field that the row does not have or whose value is of another type, `Refusal`
    when there is no such object.
    """
    kind, row = _found(project, name, which)
    for field, value in changes.items():
        if field == "id" or field not in row:
            fields = ", ".join(sorted(each for each in row if each != "id"))
            raise ValueError(f"{field!r} cannot be changed; a row of {name} has {fields}")
        if not _alike(row[field], value):
            raise ValueError(f"{field!r} is {row[field]!r} and cannot become {value!r}")
    try:
        row = kind.table.add({**row, **changes})
        project.tell(f"{kind.singular}_updated", row)
        return kind.render(row)
    except (KeyError, TypeError, AttributeError, StopIteration) as problem:
        raise ValueError(f"the changed {kind.singular} could not be shown: {problem!r}") from None


def removed(project: Project, name: str, which: Id) -> None:
    """Delete an object with all that follows from it, at once; raises what the API would refuse with."""
    kind, row = _found(project, name, which)
    delete = kind_class(name).handlers().get("delete")
    if delete is None or row not in kind.table:
        raise ValueError(f"{name} cannot be deleted")
    done = getattr(kind, delete)(Call(project, f"{name}.delete", "", _path(row), {}, {}))
    body = (done.body if isinstance(done, Reply) else done) or {}
    if body.get("action"):
        project.actions.finish(body["action"]["id"])


def _found(project: Project, name: str, which: Id) -> tuple[Kind, Row]:
    check_kind(name)
    kind = project.kind(name)
    row = kind.get(which) or next(iter(kind.named(str(which))), None)
    if row is None:
        raise not_found(kind.singular, which)
    return kind, row


def _alike(old: Any, new: Any) -> bool:
    if old is None or new is None:
        return True
    if isinstance(old, _NUMBER) and isinstance(new, _NUMBER):
        return isinstance(old, bool) is isinstance(new, bool)
    return type(old) is type(new)


def _path(row: Row) -> dict[str, Any]:
    """The placeholders of every path that can lead to an object."""
    return {
        "id": row.get("storage_box", row["id"]),
        "id_or_name": row.get("zone", row["id"]),
        "rr_name": row.get("name"),
        "rr_type": row.get("type"),
        "snapshot_id": row["id"],
        "subaccount_id": row["id"],
    }
