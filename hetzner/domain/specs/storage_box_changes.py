"""How a storage box changes.

https://docs.hetzner.cloud/reference/hetzner#storage-box-actions
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from hetzner.domain.reference import Named, plain
from hetzner.domain.specs.facts import Call, Change
from hetzner.domain.specs.passwords import is_other


def storage_box_type(change: Change) -> Iterator[Call]:
    """Change the type, up or down; the API tells whether all that is stored fits."""
    arguments = {"storage_box_type": plain(change.new)}
    yield Call("storage_boxes.actions.change_type", arguments, change.of, seconds=20)


def password(change: Change) -> Iterator[Call]:
    """Set another password."""
    yield Call("storage_boxes.actions.reset_password", {"password": change.new}, change.of, seconds=2)


def access_settings(change: Change) -> Iterator[Call]:
    """Change by which ways it can be reached; what is not told stays."""
    yield Call("storage_boxes.actions.update_access_settings", dict(change.new), change.of, seconds=2)


def snapshot_plan(change: Change) -> Iterator[Call]:
    """Set the plan, or take it away."""
    if change.new is None:
        yield Call("storage_boxes.actions.disable_snapshot_plan", {}, change.of, seconds=2)
    else:
        yield plan(change.of, change.new)


def plan(of: Named, wanted: Mapping[str, Any]) -> Call:
    """Return the call that sets a snapshot plan."""
    arguments = {name: value for name, value in wanted.items() if value is not None}
    return Call("storage_boxes.actions.enable_snapshot_plan", arguments, of, seconds=2)


def subaccounts(change: Change) -> Iterator[Call]:
    """Make the subaccounts that are missing and change the others; those that are not told stay."""
    ids = {str(name): name.id for name in change.old}
    for name, wanted in change.new.items():
        if name in ids:
            yield from _changed(change.of, ids[name], wanted, change.old[name])
        else:
            yield subaccount(change.of, name, wanted)


def subaccount(of: Named, name: str, wanted: Mapping[str, Any]) -> Call:
    """Return the call that makes a subaccount."""
    return Call("storage_boxes.subaccounts.create", {"name": name, **wanted}, of, seconds=5)


def _changed(of: Named, id: int, wanted: Mapping[str, Any], have: Mapping[str, Any]) -> Iterator[Call]:
    at = {"subaccount_id": id}
    plainly = {
        name: wanted[name] for name in ("description", "labels") if wanted.get(name, have[name]) != have[name]
    }
    if plainly:
        yield Call("storage_boxes.subaccounts.update", {**at, **plainly}, of)
    if is_other(wanted["password"], have["password"]):
        arguments = {**at, "password": wanted["password"]}
        yield Call("storage_boxes.subaccounts.actions.reset_subaccount_password", arguments, of, seconds=2)
    if wanted["home_directory"] != have["home_directory"]:
        arguments = {**at, "home_directory": wanted["home_directory"]}
        yield Call("storage_boxes.subaccounts.actions.change_home_directory", arguments, of, seconds=2)
    settings = wanted.get("access_settings", {})
    if any(have["access_settings"].get(name) != on for name, on in settings.items()):
        arguments = {**at, **settings}
        yield Call("storage_boxes.subaccounts.actions.update_access_settings", arguments, of, seconds=2)
