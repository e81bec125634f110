"""Storage boxes: life, passwords, access, plans. Snapshots and subaccounts: test_storage_parts.py."""

import json
from typing import Any

import pytest

from hetzner.sandbox.kinds.storage_boxes import StorageBoxes
from tests.sandbox.boxes import BODY, PASSWORD, act, again, box, snapshot, subaccount
from tests.sandbox.talk import Talk

KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGVhh6NrZ0kpc2m2gdKvpl0bZ0Vb1y0BfsWrbKEbKGTX me@here"


def refusal(talk: Talk, method: str, path: str, body: object) -> tuple[int, str, str]:
    """Send a request that must be refused; returns status, code and the field (or the message)."""
    status, error = talk.error(method, path, body)
    return (
        status,
        error["code"],
        error["details"]["fields"][0]["name"] if error["details"] else error["message"],
    )


def test_the_types_are_those_on_sale(talk: Talk) -> None:
    """Four sizes, with limits and prices for both locations."""
    found = talk.get("/storage_box_types")["storage_box_types"]
    assert [(each["name"], each["size"] >> 40) for each in found] == [
        ("bx11", 1),
        ("bx21", 5),
        ("bx31", 10),
        ("bx41", 20),
    ]
    small = talk.get(f"/storage_box_types/{found[0]['id']}")["storage_box_type"]
    assert (small["snapshot_limit"], small["automatic_snapshot_limit"], small["subaccounts_limit"]) == (
        10,
        10,
        100,
    )
    assert [price["location"] for price in small["prices"]] == ["fsn1", "hel1"]
    assert small["prices"][0]["price_monthly"]["net"] == "3.2000000000"
    assert talk.get("/storage_box_types?name=bx41")["storage_box_types"][0]["name"] == "bx41"


def test_a_storage_box_becomes_active(talk: Talk) -> None:
    """It is initializing without user name, server and system, then active with them."""
    access = {"ssh_enabled": True, "zfs_enabled": False}
    answer = talk.post(
        "/storage_boxes", {**BODY, "labels": {"a": "b"}, "ssh_keys": [KEY], "access_settings": access}
    )
    made = answer["storage_box"]
    assert (made["status"], made["username"], made["server"], made["system"]) == (
        "initializing",
        None,
        None,
        None,
    )
    assert (answer["action"]["command"], answer["action"]["resources"]) == (
        "create",
        [{"id": made["id"], "type": "storage_box"}],
    )
    talk.wait()
    found = again(talk, made["id"])
    assert (found["status"], found["server"]) == ("active", f"{found['username']}.your-storagebox.de")
    assert found["username"][0] == "u"
    assert found["username"][1:].isdigit()
    assert found["system"].startswith("FSN1-BX")
    assert found["access_settings"] == {
        "reachable_externally": False,
        "samba_enabled": False,
        "ssh_enabled": True,
        "webdav_enabled": False,
        "zfs_enabled": False,
    }
    assert (found["snapshot_plan"], found["stats"]["size"], found["labels"]) == (None, 0, {"a": "b"})
    assert (found["storage_box_type"]["name"], found["location"]["name"]) == ("bx11", "fsn1")


@pytest.mark.parametrize(
    ("field", "fields"),
    [
        ("password", {"password": "Short-1aaaa"}),
        ("password", {"password": "x" * 125 + "Aa1!"}),
        ("password", {"password": "no-upper-case-1"}),
        ("password", {"password": "NO-LOWER-CASE-1"}),
        ("password", {"password": "No-Digit-At-All"}),
        ("password", {"password": "NoSpecialOne1234"}),
        ("password", {"password": "With blank inside-1"}),
        ("password", {"password": "Pipe|is-not-allowed-1"}),
        ("password", {"password": None}),
        ("name", {"name": ""}),
        ("storage_box_type", {"storage_box_type": "bx99"}),
        ("location", {"location": "moon"}),
        ("ssh_keys", {"ssh_keys": ["ssh-ed25519 nonsense"]}),
        ("labels", {"labels": {"a": "-"}}),
    ],
)
def test_bad_storage_boxes_are_refused(talk: Talk, field: str, fields: dict[str, Any]) -> None:
    """invalid_input names the field, and says nothing of the password."""
    status, error = talk.error("POST", "/storage_boxes", {**BODY, **fields})
    assert (status, error["code"], error["details"]["fields"][0]["name"]) == (422, "invalid_input", field)
    assert str(fields.get("password") or PASSWORD) not in json.dumps(error)
    assert talk.get("/storage_boxes")["storage_boxes"] == []


def test_they_are_sold_in_two_locations(talk: Talk) -> None:
    """Elsewhere the type is refused as server types are."""
    assert box(talk, location="hel1")["system"].startswith("HEL1-BX")
    found = refusal(talk, "POST", "/storage_boxes", {**BODY, "name": "b", "location": "nbg1"})
    assert found == (422, "invalid_input", "unsupported location for storage box type")


def test_names_are_unique_and_lists_filter(talk: Talk) -> None:
    """By name and labels, sorted also by what is stored."""
    first, second = box(talk, labels={"a": "b"})["id"], box(talk, name="other")["id"]
    talk.sandbox.project().kind_as(StorageBoxes).fill(first, 1000)
    assert refusal(talk, "POST", "/storage_boxes", BODY) == (409, "uniqueness_error", "name")
    listed = talk.get("/storage_boxes?sort=stats.size:asc")["storage_boxes"]
    assert [each["id"] for each in listed] == [second, first]
    assert talk.get("/storage_boxes?label_selector=a")["storage_boxes"][0]["id"] == first
    assert talk.put(f"/storage_boxes/{first}", {"name": "new", "labels": {}})["storage_box"]["name"] == "new"
    assert talk.get("/storage_boxes?name=new")["storage_boxes"][0]["labels"] == {}


def test_some_actions_want_it_for_themselves(talk: Talk) -> None:
    """While its type changes, a storage box takes no other action; its name and labels still change."""
    ident = box(talk)["id"]
    path = f"/storage_boxes/{ident}"
    talk.post(f"{path}/actions/change_type", {"storage_box_type": "bx21"})
    sub = {"home_directory": "a", "password": PASSWORD}
    for method, where, body in (
        ("POST", "/actions/reset_password", {"password": PASSWORD}),
        ("POST", "/actions/change_protection", {"delete": True}),
        ("POST", "/snapshots", {}),
        ("POST", "/subaccounts", sub),
        ("GET", "/folders", None),
        ("DELETE", "", None),
    ):
        assert refusal(talk, method, path + where, body) == (423, "locked", "Action is locked")
    assert talk.put(path, {"name": "new"})["storage_box"]["name"] == "new"
    talk.wait()
    assert again(talk, ident)["storage_box_type"]["name"] == "bx21"


def test_access_settings_change_in_part(talk: Talk) -> None:
    """What is not given stays."""
    ident = box(talk, access_settings={"ssh_enabled": True})["id"]
    found = act(talk, ident, "update_access_settings", samba_enabled=True, zfs_enabled=True)
    on = [name for name, value in found["access_settings"].items() if value]
    assert on == ["samba_enabled", "ssh_enabled", "zfs_enabled"]
    assert act(talk, ident, "update_access_settings")["access_settings"] == found["access_settings"]


def test_the_type_changes_as_long_as_everything_fits(talk: Talk) -> None:
    """Up and down, but not below what is stored, nor to the same type."""
    ident = box(talk)["id"]
    path = f"/storage_boxes/{ident}/actions/change_type"
    assert act(talk, ident, "change_type", storage_box_type="bx21")["storage_box_type"]["name"] == "bx21"
    assert refusal(talk, "POST", path, {"storage_box_type": "bx21"})[1:] == (
        "invalid_input",
        "storage_box_type",
    )
    talk.sandbox.project().kind_as(StorageBoxes).fill(ident, 2 << 40)
    assert refusal(talk, "POST", path, {"storage_box_type": "bx11"})[:2] == (422, "invalid_input")
    talk.sandbox.project().kind_as(StorageBoxes).fill(ident, 1 << 39)
    assert act(talk, ident, "change_type", storage_box_type=1333)["storage_box_type"]["name"] == "bx11"


def test_there_is_one_snapshot_plan(talk: Talk) -> None:
    """A plan replaces the one before; without one there is nothing to disable, which is fine."""
    ident = box(talk)["id"]
    daily = {"max_snapshots": 10, "minute": 30, "hour": 3}
    assert act(talk, ident, "enable_snapshot_plan", **daily)["snapshot_plan"] == {
        **daily,
        "day_of_week": None,
        "day_of_month": None,
    }
    weekly = {"max_snapshots": 2, "minute": 0, "hour": 0, "day_of_week": 7, "day_of_month": None}
    assert act(talk, ident, "enable_snapshot_plan", **weekly)["snapshot_plan"] == weekly
    for _ in range(2):
        assert act(talk, ident, "disable_snapshot_plan")["snapshot_plan"] is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("max_snapshots", 0), ("max_snapshots", 11), ("minute", 60), ("minute", -1), ("hour", 24),
        ("day_of_week", 0), ("day_of_week", 8), ("day_of_month", 0), ("day_of_month", 32), ("hour", None),
    ],
)  # fmt: skip
def test_bad_plans_are_refused(talk: Talk, field: str, value: int | None) -> None:
    """Times that are none, and more snapshots than the type allows."""
    path = f"/storage_boxes/{box(talk)['id']}/actions/enable_snapshot_plan"
    body = {"max_snapshots": 1, "minute": 0, "hour": 0, field: value}
    assert refusal(talk, "POST", path, body) == (422, "invalid_input", field)


def test_protection_forbids_deletion(talk: Talk) -> None:
    """A protected storage box stays; one that is not goes with its snapshots and subaccounts."""
    ident = box(talk)["id"]
    snapshot(talk, ident)
    subaccount(talk, ident)
    assert act(talk, ident, "change_protection", delete=True)["protection"] == {"delete": True}
    assert talk.refused("DELETE", f"/storage_boxes/{ident}") == (423, "protected")
    act(talk, ident, "change_protection", delete=False)
    answer = talk.send("DELETE", f"/storage_boxes/{ident}")
    assert (answer.status, json.loads(answer.body)["action"]["command"]) == (201, "delete")
    talk.wait()
    for path in ("", "/snapshots", "/subaccounts", "/folders", "/actions"):
        assert talk.refused("GET", f"/storage_boxes/{ident}{path}") == (404, "not_found")
    with talk.sandbox.inside() as project:
        assert [len(project.table(f"storage_boxes.{part}")) for part in ("snapshots", "subaccounts")] == [
            0,
            0,
        ]


def test_folders_are_listed_by_path(talk: Talk) -> None:
    """Names of the folders in a folder; paths are relative and stay inside."""
    ident = box(talk)["id"]
    kind = talk.sandbox.project().kind_as(StorageBoxes)
    for path in ("photos/2025", "photos/2026/may", "offsite"):
        kind.make_folder(ident, path)
    path = f"/storage_boxes/{ident}/folders"
    assert talk.get(path)["folders"] == ["offsite", "photos"]
    assert talk.get(f"{path}?path=./photos/")["folders"] == ["2025", "2026"]
    assert talk.get(f"{path}?path=photos/2025")["folders"] == []
    assert talk.refused("GET", f"{path}?path=videos") == (404, "not_found")
    assert refusal(talk, "GET", f"{path}?path=../etc", None) == (422, "invalid_input", "path")


def test_no_password_is_kept_or_shown(talk: Talk) -> None:
    """Neither rows nor actions nor the log nor answers have a password in them."""
    ident = box(talk, ssh_keys=[KEY])["id"]
    account = subaccount(talk, ident)["id"]
    act(talk, ident, "reset_password", password=PASSWORD)
    path = f"/storage_boxes/{ident}/subaccounts/{account}/actions/reset_subaccount_password"
    assert talk.act(path, {"password": PASSWORD})["status"] == "success"
    assert refusal(talk, "POST", path, {"password": "short"}) == (422, "invalid_input", "password")
    with talk.sandbox.inside() as project:
        kinds = ("actions", "storage_boxes", "storage_boxes.subaccounts")
        kept = json.dumps([[*project.table(kind)] for kind in kinds], ensure_ascii=False)
    assert PASSWORD not in kept + repr(talk.sandbox.log)
    assert PASSWORD.encode() not in talk.send("GET", f"/storage_boxes/{ident}").body
    assert KEY not in kept
