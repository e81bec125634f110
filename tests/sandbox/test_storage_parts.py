"""Snapshots and subaccounts of storage boxes."""

import re
from typing import Any

import pytest

from hetzner.sandbox.kinds.storage_boxes import StorageBoxes
from tests.sandbox.boxes import PASSWORD, act, again, box, snapshot, subaccount
from tests.sandbox.talk import Talk

ACCOUNT = {"home_directory": "team", "password": PASSWORD}


@pytest.fixture
def ident(talk: Talk) -> int:
    """The id of an active storage box."""
    found: int = box(talk)["id"]
    return found


@pytest.fixture
def kind(talk: Talk) -> StorageBoxes:
    """The sandbox's own side of storage boxes."""
    return talk.sandbox.project().kind_as(StorageBoxes)


def test_a_snapshot_is_there_at_once(talk: Talk, ident: int) -> None:
    """The answer has two ids and an action on both objects; the name is the time it was asked for."""
    answer = talk.post(f"/storage_boxes/{ident}/snapshots", {"description": "before", "labels": {"a": "b"}})
    made = answer["snapshot"]
    assert made == {"id": made["id"], "storage_box": ident}
    assert answer["action"]["resources"] == [
        {"id": ident, "type": "storage_box"},
        {"id": made["id"], "type": "storage_box_snapshot"},
    ]
    path = f"/storage_boxes/{ident}/snapshots/{made['id']}"
    found = talk.get(path)["snapshot"]
    assert talk.refused("DELETE", path) == (423, "locked")
    talk.wait()
    assert talk.get(path)["snapshot"] == found
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d", found["name"])
    assert found["created"].replace(":", "-") == found["name"] + "Z"
    assert (found["description"], found["labels"], found["is_automatic"]) == ("before", {"a": "b"}, False)


def test_snapshots_are_changed_and_deleted(talk: Talk, ident: int) -> None:
    """Description and labels change at once; the deletion is an action; names cannot be chosen."""
    found = snapshot(talk, ident)
    path = f"/storage_boxes/{ident}/snapshots/{found['id']}"
    changed = talk.put(path, {"description": "new", "labels": {"c": "d"}, "name": "mine"})["snapshot"]
    assert (changed["description"], changed["labels"], changed["name"]) == ("new", {"c": "d"}, found["name"])
    assert talk.refused("PUT", path, {"description": "is * allowed?"}) == (422, "invalid_input")
    assert talk.refused("PUT", path, {"description": "x" * 1001}) == (422, "invalid_input")
    assert talk.send("DELETE", path).status == 201
    talk.wait()
    assert talk.refused("GET", path) == (404, "not_found")


def test_snapshots_are_limited_by_the_type(talk: Talk, ident: int) -> None:
    """The eleventh by hand is too many for a bx11; a bigger type takes it."""
    for _ in range(10):
        snapshot(talk, ident)
    refused = talk.refused("POST", f"/storage_boxes/{ident}/snapshots", {})
    assert refused == (403, "resource_limit_exceeded")
    act(talk, ident, "change_type", storage_box_type="bx21")
    assert snapshot(talk, ident)["id"]


def test_lists_have_no_pages_but_filters(talk: Talk, ident: int, kind: StorageBoxes) -> None:
    """By name, labels and whether the plan made it, in every order."""
    first = snapshot(talk, ident, labels={"a": "b"})
    act(talk, ident, "enable_snapshot_plan", max_snapshots=2, minute=0, hour=3)
    kind.run_plan(ident)
    path = f"/storage_boxes/{ident}/snapshots"
    everything = talk.get(f"{path}?sort=name:desc")
    assert "meta" not in everything
    assert [each["is_automatic"] for each in everything["snapshots"]] == [True, False]
    for query in (f"name={first['name']}", "label_selector=a", "is_automatic=false"):
        assert [each["id"] for each in talk.get(f"{path}?{query}")["snapshots"]] == [first["id"]], query
    assert len(talk.get(f"{path}?is_automatic=True")["snapshots"]) == 1


def test_a_plan_keeps_the_newest(talk: Talk, ident: int, kind: StorageBoxes) -> None:
    """The oldest automatic snapshot goes when there would be too many; those made by hand stay."""
    by_hand = snapshot(talk, ident)["id"]
    with pytest.raises(ValueError, match="no snapshot plan"):
        kind.run_plan(ident)
    act(talk, ident, "enable_snapshot_plan", max_snapshots=2, minute=0, hour=3, day_of_week=1)
    made = [kind.run_plan(ident)["id"] for _ in range(3)]
    left = talk.get(f"/storage_boxes/{ident}/snapshots")["snapshots"]
    assert [each["id"] for each in left] == [by_hand, *made[1:]]
    assert left[-1]["name"].startswith("snapshot-weekly--20")


@pytest.mark.parametrize("by", ["id", "name"])
def test_a_rollback_loses_what_came_after(talk: Talk, ident: int, kind: StorageBoxes, by: str) -> None:
    """Newer snapshots, folders and data go; the snapshot itself stays."""
    kind.fill(ident, 1000)
    kept = snapshot(talk, ident)
    assert kept["stats"]["size_filesystem"] == 1000
    kind.fill(ident, 5000)
    kind.make_folder(ident, "later")
    snapshot(talk, ident)
    assert act(talk, ident, "rollback_snapshot", snapshot=str(kept[by]))["stats"]["size_data"] == 1000
    assert [each["id"] for each in talk.get(f"/storage_boxes/{ident}/snapshots")["snapshots"]] == [kept["id"]]
    assert talk.get(f"/storage_boxes/{ident}/folders")["folders"] == []
    path = f"/storage_boxes/{ident}/actions/rollback_snapshot"
    assert talk.refused("POST", path, {"snapshot": "1999-01-01T00-00-00"}) == (422, "invalid_input")


def test_a_subaccount_is_there_at_once(talk: Talk, ident: int) -> None:
    """It has a user name below that of the storage box and its own host; its folder is made by the action."""
    answer = talk.post(f"/storage_boxes/{ident}/subaccounts", {**ACCOUNT, "home_directory": "a/b c"})
    made = answer["subaccount"]
    assert [each["type"] for each in answer["action"]["resources"]] == [
        "storage_box",
        "storage_box_subaccount",
    ]
    path = f"/storage_boxes/{ident}/subaccounts/{made['id']}"
    found, username = talk.get(path)["subaccount"], again(talk, ident)["username"]
    talk.wait()
    assert (found["username"], found["name"]) == (f"{username}-sub1", f"{username}-sub1")
    assert found["server"] == f"{username}-sub1.your-storagebox.de"
    assert (found["home_directory"], found["description"], found["labels"]) == ("a/b c", "", {})
    assert not any(found["access_settings"].values())
    assert talk.get(f"/storage_boxes/{ident}/folders?path=a")["folders"] == ["b c"]
    assert subaccount(talk, ident)["username"] == f"{username}-sub2"


@pytest.mark.parametrize(
    ("field", "fields"),
    [
        ("home_directory", {"home_directory": ""}),
        ("home_directory", {"home_directory": "/etc"}),
        ("home_directory", {"home_directory": "a/../../b"}),
        ("home_directory", {"home_directory": "a*b"}),
        ("home_directory", {"home_directory": "x" * 1000}),
        ("password", {"password": "too-simple"}),
        ("name", {"name": ""}),
        ("name", {"name": "x" * 51}),
        ("description", {"description": "x" * 1001}),
        ("access_settings.readonly", {"access_settings": {"readonly": "yes"}}),
    ],
)
def test_bad_subaccounts_are_refused(talk: Talk, ident: int, field: str, fields: dict[str, Any]) -> None:
    """invalid_input names the field, and nothing is made."""
    status, error = talk.error("POST", f"/storage_boxes/{ident}/subaccounts", {**ACCOUNT, **fields})
    assert (status, error["code"], error["details"]["fields"][0]["name"]) == (422, "invalid_input", field)
    assert talk.get(f"/storage_boxes/{ident}/subaccounts")["subaccounts"] == []


def test_names_of_subaccounts_are_unique_in_their_box(talk: Talk, ident: int) -> None:
    """The same name in another storage box is fine, and so is keeping one's own."""
    first, second = subaccount(talk, ident, name="team"), subaccount(talk, ident)
    path = f"/storage_boxes/{ident}/subaccounts"
    assert talk.refused("POST", path, {**ACCOUNT, "name": "team"}) == (409, "uniqueness_error")
    assert talk.refused("PUT", f"{path}/{second['id']}", {"name": "team"}) == (409, "uniqueness_error")
    assert talk.put(f"{path}/{first['id']}", {"name": "team"})["subaccount"]["name"] == "team"
    other = box(talk, name="other")["id"]
    assert subaccount(talk, other, name="team")["storage_box"] == other
    assert talk.refused("GET", f"/storage_boxes/{other}/subaccounts/{first['id']}") == (404, "not_found")


def test_subaccounts_are_changed_listed_and_deleted(talk: Talk, ident: int) -> None:
    """Settings change in part, the home moves and is made, lists filter by name and user name."""
    found = subaccount(talk, ident, name="team", access_settings={"readonly": True})
    path = f"/storage_boxes/{ident}/subaccounts"
    one = f"{path}/{found['id']}"
    talk.put(one, {"description": "ours! really?", "labels": {"a": "b"}})
    talk.act(f"{one}/actions/update_access_settings", {"ssh_enabled": True})
    talk.act(f"{one}/actions/change_home_directory", {"home_directory": "new/home"})
    changed = talk.get(one)["subaccount"]
    assert (changed["home_directory"], changed["labels"]) == ("new/home", {"a": "b"})
    assert [name for name, on in changed["access_settings"].items() if on] == ["ssh_enabled", "readonly"]
    assert talk.get(f"/storage_boxes/{ident}/folders")["folders"] == ["new", "team"]
    subaccount(talk, ident)
    for query in ("name=team", f"username={found['username']}", "label_selector=a=b"):
        assert [each["id"] for each in talk.get(f"{path}?{query}")["subaccounts"]] == [found["id"]], query
    assert talk.send("DELETE", one).status == 201
    assert talk.refused("DELETE", one) == (423, "locked")
    talk.wait()
    assert talk.refused("GET", one) == (404, "not_found")


def test_subaccounts_are_limited_by_the_type(talk: Talk, ident: int) -> None:
    """The hundred and first is too many."""
    for _ in range(100):
        subaccount(talk, ident)
    refused = talk.refused("POST", f"/storage_boxes/{ident}/subaccounts", ACCOUNT)
    assert refused == (403, "resource_limit_exceeded")


def test_a_subaccount_that_fails_does_not_stay(talk: Talk, ident: int) -> None:
    """A failed create_subaccount leaves nothing, and the storage box is free again."""
    talk.sandbox.faults.fail_action("create_subaccount", message="creating subaccount failed")
    talk.post(f"/storage_boxes/{ident}/subaccounts", ACCOUNT)
    talk.wait()
    assert talk.get(f"/storage_boxes/{ident}/subaccounts")["subaccounts"] == []
    assert (
        talk.get(f"/storage_boxes/{ident}/actions?status=error")["actions"][0]["command"]
        == "create_subaccount"
    )
    assert subaccount(talk, ident)["home_directory"] == "team"


def test_one_part_is_made_at_a_time(talk: Talk, ident: int) -> None:
    """A second snapshot or subaccount meanwhile is locked; other changes and deletions run beside it."""
    old, other = snapshot(talk, ident)["id"], snapshot(talk, ident)["id"]
    new = talk.post(f"/storage_boxes/{ident}/snapshots", {})["snapshot"]["id"]
    for plural, body in (("snapshots", {}), ("subaccounts", ACCOUNT)):
        assert talk.refused("POST", f"/storage_boxes/{ident}/{plural}", body) == (423, "locked")
    assert talk.refused("DELETE", f"/storage_boxes/{ident}/snapshots/{new}") == (423, "locked")
    for each in (old, other):
        assert talk.send("DELETE", f"/storage_boxes/{ident}/snapshots/{each}").status == 201
    assert talk.refused("DELETE", f"/storage_boxes/{ident}") == (423, "locked")
    talk.wait()
    assert [each["id"] for each in talk.get(f"/storage_boxes/{ident}/snapshots")["snapshots"]] == [new]


def test_a_subaccount_can_go_while_it_changes(talk: Talk, ident: int) -> None:
    """What is on its way to a subaccount that is deleted first ends without harm."""
    one = f"/storage_boxes/{ident}/subaccounts/{subaccount(talk, ident)['id']}"
    talk.sandbox.faults.delay_action("update_access_settings", 60)
    talk.sandbox.faults.delay_action("change_home_directory", 60)
    talk.post(f"{one}/actions/update_access_settings", {"ssh_enabled": True})
    talk.post(f"{one}/actions/change_home_directory", {"home_directory": "late"})
    assert talk.send("DELETE", one).status == 201
    talk.wait()
    assert talk.refused("GET", one) == (404, "not_found")
    assert talk.get(f"/storage_boxes/{ident}/folders")["folders"] == ["team"]


def test_settings_that_change_at_once_are_all_kept(talk: Talk, ident: int) -> None:
    """Two partial changes beside each other both count."""
    one = f"/storage_boxes/{ident}/subaccounts/{subaccount(talk, ident)['id']}"
    for path in (one, f"/storage_boxes/{ident}"):
        for setting in ("ssh_enabled", "samba_enabled"):
            talk.post(f"{path}/actions/update_access_settings", {setting: True})
        talk.wait()
    shown = talk.get(one)["subaccount"]["access_settings"], again(talk, ident)["access_settings"]
    assert all(settings["ssh_enabled"] and settings["samba_enabled"] for settings in shown)
