"""Loading a project that was exported from the real API: what its lists answered becomes a state here.

Everything is rebuilt and read again. Where a read would differ from the export, nothing is loaded and the
differences are told; only what the sandbox makes up anyway (traffic, health, prices, ...) may differ.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from typing_extensions import TypedDict

from hetzner.sandbox.addresses import number_of
from hetzner.sandbox.errors import Refusal
from hetzner.sandbox.kind import Kind
from hetzner.sandbox.kinds.images import OWN
from hetzner.sandbox.rebuilding import BUILDERS, Rebuilding, Shown, moment
from hetzner.sandbox.verbs import check_kind

if TYPE_CHECKING:
    from hetzner.sandbox.project import Project

MADE_UP = frozenset({
    "ingoing_traffic", "outgoing_traffic", "included_traffic", "health_status", "registrar",
    "authoritative_nameservers", "rapid_deploy", "prices",
})  # fmt: skip
"""Fields whose values are the sandbox's own."""
BY_NAME = frozenset({
    "server_type", "load_balancer_type", "storage_box_type", "location", "home_location", "iso",
})  # fmt: skip
"""What Hetzner sells, which is the same when it has the same name."""
SETTLED = {
    "servers": {"running", "off"}, "volumes": {"available"}, "images": {"available"},
    "zones": {"ok", "error"}, "storage_boxes": {"active"},
}  # fmt: skip
MOST_TOLD = 20


class Loaded(TypedDict):
    """What became of an export: how many objects of each kind, and which lists and fields were left out."""

    loaded: dict[str, int]
    left_out: list[str]


def load(project: Project, exported: dict[str, list[Shown]]) -> Loaded:
    """Fill an empty project.

    Raises `ValueError` when the project is not empty, or for what the sandbox cannot represent.
    """
    for kind in exported:
        check_kind(kind)
    if filled := [kind for kind in BUILDERS if len(project.table(kind))]:
        raise ValueError(f"the project is not empty, it has {', '.join(filled)}; reset the sandbox first")
    wanted = {kind: _own(kind, exported[kind]) for kind in BUILDERS if kind in exported}
    for kind, objects in wanted.items():
        for shown in objects:
            _insist_settled(kind, shown)
            _add(project, kind, shown)
    differences, unknown = _compared(project, wanted)
    if differences:
        told = "\n".join(differences[:MOST_TOLD])
        raise ValueError(
            f"the sandbox cannot represent this export ({len(differences)} differences):\n{told}"
        )
    _count_on(project)
    lists = {kind for kind in exported if kind not in BUILDERS}
    return {"loaded": {kind: len(each) for kind, each in wanted.items()}, "left_out": sorted(lists | unknown)}


def _own(kind: str, objects: list[Shown]) -> list[Shown]:
    return [each for each in objects if each.get("type") in OWN] if kind == "images" else objects


def _insist_settled(kind: str, shown: Shown) -> None:
    settled, status = SETTLED.get(kind), shown.get("status")
    if settled is not None and status not in settled:
        raise ValueError(f"{_called(kind, shown)} is {status!r}; export again when nothing is going on")


def _add(project: Project, kind: str, shown: Shown) -> None:
    try:
        table, row = project.table(kind), Rebuilding(project).row(kind, shown)
        if table.get(row["id"]) is not None:
            raise ValueError("is there twice")
        table.add(row)
    except (KeyError, TypeError, AttributeError) as problem:
        raise ValueError(f"{_called(kind, shown)} is incomplete: {problem!r}") from None
    except (ValueError, Refusal) as problem:
        raise ValueError(f"{_called(kind, shown)}: {problem}") from None


def _called(kind: str, shown: Shown) -> str:
    return f"{kind}[{shown.get('name') or shown.get('id')}]"


def _count_on(project: Project) -> None:
    """Let new ids and addresses come after those that were loaded."""
    meta = project.meta
    for kind in BUILDERS:
        for row in project.table(kind):
            if isinstance(row["id"], int):
                meta["ids"] = max(meta["ids"], row["id"])
            if kind in ("primary_ips", "floating_ips"):
                meta[row["type"]] = max(meta.get(row["type"], 0), number_of(row["ip"]))


def _compared(project: Project, wanted: dict[str, list[Shown]]) -> tuple[list[str], set[str]]:
    differences: list[str] = []
    unknown: set[str] = set()
    for kind, objects in wanted.items():
        for shown in objects:
            found = _read(project.kind(kind), shown)
            differences += _differences(_called(kind, shown), shown, found)
            unknown |= {f"{kind}.{field}" for field in shown.keys() - found.keys()}
    return differences, unknown


def _read(kind: Kind, shown: Shown) -> Shown:
    ident = f"{shown['zone']}/{shown['id']}" if kind.name == "zones.rrsets" else shown["id"]
    try:
        return kind.render(kind.find(ident))
    except (LookupError, TypeError, AttributeError, Refusal) as problem:
        raise ValueError(f"{_called(kind.name, shown)} cannot be shown: {problem!r}") from None


def _differences(path: str, told: Any, found: Any) -> Iterator[str]:
    if isinstance(told, dict) and isinstance(found, dict):
        for field in found:
            if field in BY_NAME and told.get(field) and found[field]:
                yield from _differences(f"{path}.{field}.name", told[field]["name"], found[field]["name"])
            elif field in told and field not in MADE_UP:
                yield from _differences(f"{path}.{field}", told[field], found[field])
    elif isinstance(told, list) and isinstance(found, list) and len(told) == len(found):
        for number, (one, other) in enumerate(zip(_ordered(told), _ordered(found), strict=True)):
            yield from _differences(f"{path}[{number}]", one, other)
    elif told != found and not _same_moment(told, found):
        yield f"{path}: {told!r} in the export, {found!r} here"


def _ordered(items: list[Any]) -> list[Any]:
    """Lists of ids have no order of their own."""
    if all(isinstance(item, int) for item in items):
        return sorted(items)
    if all(isinstance(item, dict) and "id" in item for item in items):
        return sorted(items, key=lambda item: item["id"])
    return items


def _same_moment(told: Any, found: Any) -> bool:
    try:
        return bool(isinstance(told, str) and isinstance(found, str) and moment(told) == moment(found))
    except ValueError:
        return False
