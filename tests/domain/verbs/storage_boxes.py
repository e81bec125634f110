"""Scenarios of the verbs of storage boxes, their snapshots and their subaccounts."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from hetzner import NotFound, NotFoundError
from tests.domain.faces import PASSWORD, Face, done
from tests.domain.verbs.registry import SCENARIOS, tries


@tries("StorageBox.change_type")
async def change_type(face: Face) -> None:
    """The type is a name or an object."""
    box = await face.storage_box()
    await done(box.change_type("bx21"))
    assert box.storage_box_type.name == "bx21"
    await done(box.change_type(await done(face.StorageBoxType.find("bx11"))))
    assert box.storage_box_type.name == "bx11"


@tries("StorageBox.reset_password", "StorageBox.update_access_settings", "StorageBox.change_protection")
async def access(face: Face) -> None:
    """What is not given stays as it is."""
    box = await face.storage_box(access_settings={"ssh_enabled": True})
    assert (await done(box.reset_password(PASSWORD + "b"))).command == "reset_password"
    await done(box.update_access_settings(reachable_externally=True))
    assert (box.access_settings.reachable_externally, box.access_settings.ssh_enabled) == (True, True)
    await done(box.change_protection(delete=True))
    assert box.protection.delete
    await done(box.change_protection(delete=False))
    assert not box.protection.delete


@tries("StorageBox.enable_snapshot_plan", "StorageBox.disable_snapshot_plan")
async def plans(face: Face) -> None:
    """There is one plan or none."""
    box = await face.storage_box()
    await done(box.enable_snapshot_plan(hour=3, minute=30, max_snapshots=7, day_of_week=1))
    assert (box.snapshot_plan.hour, box.snapshot_plan.day_of_week) == (3, 1)
    await done(box.disable_snapshot_plan())
    assert box.snapshot_plan is None


@tries("StorageBox.folders")
async def folders(face: Face) -> None:
    """The folders of a folder are told by name."""
    box = await face.storage_box(subaccounts={"db": {"home_directory": "a/b", "password": PASSWORD}})
    assert await done(box.folders()) == ["a"]
    assert await done(box.folders("a")) == ["b"]


@tries("StorageBox.rollback_snapshot")
async def rollback(face: Face) -> None:
    """Newer snapshots are gone; the one to go back to is an object, an id or a name."""
    box = await face.storage_box()
    first = await snapshot(face, box)
    for ref in (first, first.id, first.name):
        await snapshot(face, box)
        await done(box.rollback_snapshot(ref))
        assert await done(face.StorageBoxSnapshot.all(box)) == [first]


async def snapshot(face: Face, box: Any) -> Any:
    """Make a snapshot of a storage box."""
    return await done(face.StorageBoxSnapshot.create(box, description="before", labels={"a": "b"}))


async def subaccount(face: Face, box: Any) -> Any:
    """Make a subaccount of a storage box."""
    return await done(
        face.StorageBoxSubaccount.create(
            box,
            "db",
            home_directory="db",
            password=PASSWORD,
            description="dumps",
            access_settings={"ssh_enabled": True},
            labels={"a": "b"},
        )
    )


Make = Callable[[Face, Any], Awaitable[Any]]
PARTS: dict[str, Make] = {"StorageBoxSnapshot": snapshot, "StorageBoxSubaccount": subaccount}


async def create(face: Face, kind: str) -> None:
    """It is there as it was asked for; its storage box is named in any form."""
    made = await PARTS[kind](face, await face.storage_box())
    assert isinstance(made, getattr(face, kind))
    assert made.description in ("before", "dumps")
    assert made.labels == {"a": "b"}
    assert made.name


async def finders(face: Face, kind: str) -> None:
    """It is found by name, id, digits and itself, in a storage box that is named in any form."""
    box, records = await face.storage_box(), getattr(face, kind)
    made = await PARTS[kind](face, box)
    for whole in (box, box.id, str(box.id), "backup"):
        assert await done(records.get(whole, made.id)) == made
        assert await done(records.all(whole)) == [made]
    for ref in (made.name, made.id, str(made.id), made):
        assert await done(records.find("backup", ref)) == made
    assert await done(records.all(box, labels={"a": "b"}, name=made.name)) == [made]
    assert await done(records.all(box, labels={"a": "c"})) == []
    with pytest.raises(NotFoundError):
        await done(records.get(box, made.id + 99))
    with pytest.raises(NotFound, match=f"there is no .* 'x{made.name}'; did you mean '{made.name}'"):
        await done(records.find(box, f"x{made.name}"))


async def update(face: Face, kind: str) -> None:
    """What was updated shows in another record once that is refreshed."""
    box = await face.storage_box()
    made = await PARTS[kind](face, box)
    again = await done(getattr(face, kind).get(box, made.id))
    await done(made.update(description="other", labels={"c": "d"}))
    assert (made.description, made.labels) == ("other", {"c": "d"})
    assert again.description != "other"
    await done(again.refresh())
    assert (again.description, again.labels) == ("other", {"c": "d"})
    with face.requests() as asked:
        await done(again.wait())
    assert asked == [f"{made.kind}.retrieve"]


async def delete(face: Face, kind: str) -> None:
    """Afterwards it is gone, and deleting it once more is no error."""
    box = await face.storage_box()
    made = await PARTS[kind](face, box)
    assert (await done(made.delete())).status == "success"
    assert await done(getattr(face, kind).all(box)) == []
    assert await done(made.delete()) is None


def _of(kind: str, scenario: Callable[[Face, str], Awaitable[None]]) -> Callable[[Face], Awaitable[None]]:
    return lambda face: scenario(face, kind)


for _kind in PARTS:
    SCENARIOS[f"{_kind}.create"] = _of(_kind, create)
    SCENARIOS[f"{_kind}.delete"] = _of(_kind, delete)
    for _verb in ("get", "find", "all"):
        SCENARIOS[f"{_kind}.{_verb}"] = _of(_kind, finders)
    for _verb in ("update", "refresh", "wait"):
        SCENARIOS[f"{_kind}.{_verb}"] = _of(_kind, update)


@tries("StorageBoxSubaccount.ensure")
async def ensure(face: Face) -> None:
    """The first call makes the subaccount, the second finds it as it is."""
    await face.storage_box()
    options = {"home_directory": "db", "password": PASSWORD}
    first, created = await done(face.StorageBoxSubaccount.ensure("backup", "db", **options))
    assert (first.name, created) == ("db", True)
    assert await done(face.StorageBoxSubaccount.ensure("backup", "db", **options)) == (first, False)


@tries(
    "StorageBoxSubaccount.change_home_directory",
    "StorageBoxSubaccount.reset_subaccount_password",
    "StorageBoxSubaccount.update_access_settings",
)
async def changes(face: Face) -> None:
    """The record shows what it comes to; settings that are not given stay."""
    account = await subaccount(face, await face.storage_box())
    await done(account.change_home_directory("other"))
    assert account.home_directory == "other"
    action = await done(account.reset_subaccount_password(PASSWORD + "b"))
    assert action.command == "reset_subaccount_password"
    await done(account.update_access_settings(readonly=True))
    assert (account.access_settings.readonly, account.access_settings.ssh_enabled) == (True, True)
