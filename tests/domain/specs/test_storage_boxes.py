"""Storage boxes: what a spec is made into, and by which calls it changes."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from hetzner.apply.diff import covers
from hetzner.domain.reference import Attribute, Named
from hetzner.domain.specs import kind_of
from hetzner.domain.specs.facts import Change
from hetzner.domain.specs.kind import Names
from hetzner.domain.specs.labels import VALUE
from hetzner.domain.specs.passwords import LENGTH, Kept, password_mark
from hetzner.domain.specs.storage_boxes import weakness
from hetzner.schema.storage_box_subaccounts import StorageBoxSubaccount
from hetzner.schema.storage_boxes import StorageBox
from tests.domain.faces import KEY, PASSWORD

KIND = kind_of("storage_boxes")
REQUIRED = {"storage_box_type": "bx11", "location": "fsn1", "password": PASSWORD}
OF = Named("storage_boxes", "backup")
PLAN = {"hour": 3, "minute": 30, "max_snapshots": 7}
ACCOUNT = {"home_directory": "db", "password": PASSWORD}
OPEN = {"ssh_enabled": True, "samba_enabled": False}


def canonical(**spec: Any) -> dict[str, Any]:
    """Return the canonical form of a spec."""
    return KIND.canonical({**REQUIRED, **spec})


def test_a_storage_box_is_made_in_the_order_of_the_api() -> None:
    """Keys of the project become their text; the plan, subaccounts and protection come afterwards."""
    spec = canonical(
        ssh_keys=["ops", KEY],
        access_settings={"ssh_enabled": True},
        snapshot_plan=PLAN,
        subaccounts={"db": ACCOUNT},
        protect=True,
        labels={"a": "b"},
    )
    first, *rest = KIND.create("backup", spec)
    assert first.operation == "storage_boxes.create"
    assert first.arguments == {
        "name": "backup",
        **REQUIRED,
        "ssh_keys": [Attribute(Named("ssh_keys", "ops"), "public_key"), KEY],
        "access_settings": {"ssh_enabled": True},
        "labels": {"a": "b"},
    }
    assert [(call.operation, dict(call.arguments), call.of) for call in rest] == [
        ("storage_boxes.actions.enable_snapshot_plan", PLAN, OF),
        ("storage_boxes.subaccounts.create", {"name": "db", **ACCOUNT}, OF),
        ("storage_boxes.actions.change_protection", {"delete": True}, OF),
    ]
    assert PASSWORD not in repr([first, *rest])


def test_only_keys_of_the_project_are_references() -> None:
    """A public key as text is no name of anything."""
    spec = canonical(ssh_keys=["ops", KEY, 42])
    refs = [ref for field, _, ref in KIND.refs(spec) if field == "ssh_keys"]
    assert refs == ["ops", 42]


@pytest.mark.parametrize(
    "spec",
    [
        {"access_settings": {"readonly": True}},
        {"snapshot_plan": {"hour": 24, "minute": 0, "max_snapshots": 1}},
        {"snapshot_plan": {"hour": 3}},
        {"snapshot_plan": {**PLAN, "day_of_week": 0}},
        {"subaccounts": {"db": {"home_directory": "db"}}},
        {"subaccounts": {"db": {**ACCOUNT, "home_directory": "/db"}}},
        {"subaccounts": {"db": {**ACCOUNT, "access_settings": {"zfs_enabled": True}}}},
        {"labels": {"a b": "x"}},
    ],
)
def test_specs_that_cannot_be(spec: dict[str, Any]) -> None:
    """Settings of the other kind, times that do not exist, folders outside."""
    with pytest.raises(ValidationError):
        canonical(**spec)


@pytest.mark.parametrize(
    "password", ["Short-1", "no-upper-case-4711", "NO-LOWER-4711", "No-digits-here", "NoSpecial4711"]
)
def test_weak_passwords_are_told_without_showing_them(password: str) -> None:
    """The policy of the API, for the storage box and its subaccounts."""
    weak = {**ACCOUNT, "password": password}
    found = list(KIND.problems("backup", canonical(password=password, subaccounts={"db": weak})))
    assert [place for place, _ in found] == [("password",), ("subaccounts", "db", "password")]
    assert all(password not in message for _, message in found)
    assert weakness(PASSWORD) == ""


def box(**fields: Any) -> Any:
    """Return a storage box as the API shows it, with its subaccounts loaded."""
    account = {"id": 9, "name": "db", "home_directory": "db", "description": "", "labels": {}}
    shown = StorageBox.lenient(
        {
            "storage_box_type": {"id": 1, "name": "bx11"},
            "location": {"id": 1, "name": "fsn1"},
            "access_settings": OPEN,
            "snapshot_plan": None,
            "protection": {"delete": True},
            "labels": {"a": "b", "hetzner-apply/project": "shop"},
            **fields,
        }
    )
    accounts = [StorageBoxSubaccount.lenient({**account, "access_settings": OPEN})]
    return shown.model_copy(update={"subaccounts": accounts})


def calls(actual: Any, **spec: Any) -> list[tuple[str, dict[str, Any]]]:
    """Return the calls by which a storage box becomes what is wanted."""
    wanted, have = canonical(**spec), KIND.read(actual, Names({}))
    return [
        (call.operation.removeprefix("storage_boxes."), dict(call.arguments))
        for name, value in wanted.items()
        if name in have and not covers(value, have[name])
        for call in KIND.fields[name].changes(Change(OF, name, have[name], value, actual, wanted))
    ]


SHOWN_PLAN = {**PLAN, "day_of_week": None, "day_of_month": None}


@pytest.mark.parametrize(
    ("fields", "spec", "expected"),
    [
        ({}, {"access_settings": {"ssh_enabled": True}, "protect": True, "snapshot_plan": None}, []),
        ({}, {"storage_box_type": "bx21"}, [("actions.change_type", {"storage_box_type": "bx21"})]),
        ({}, {"protect": False}, [("actions.change_protection", {"delete": False})]),
        (
            {},
            {"access_settings": {"samba_enabled": True}},
            [("actions.update_access_settings", {"samba_enabled": True})],
        ),
        ({}, {"snapshot_plan": PLAN}, [("actions.enable_snapshot_plan", PLAN)]),
        ({"snapshot_plan": SHOWN_PLAN}, {"snapshot_plan": PLAN}, []),
        ({"snapshot_plan": SHOWN_PLAN}, {"snapshot_plan": None}, [("actions.disable_snapshot_plan", {})]),
        (
            {"snapshot_plan": {**SHOWN_PLAN, "day_of_week": 1}},
            {"snapshot_plan": PLAN},
            [("actions.enable_snapshot_plan", PLAN)],
        ),
        ({}, {"subaccounts": {"db": {**ACCOUNT, "access_settings": {"ssh_enabled": True}}}}, []),
        (
            {},
            {"subaccounts": {"web": ACCOUNT}},
            [("subaccounts.create", {"name": "web", **ACCOUNT})],
        ),
        (
            {},
            {
                "subaccounts": {
                    "db": {
                        "home_directory": "x", "password": PASSWORD, "description": "d",
                        "access_settings": {"readonly": True},
                    }
                }
            },
            [
                ("subaccounts.update", {"subaccount_id": 9, "description": "d"}),
                ("subaccounts.actions.change_home_directory", {"subaccount_id": 9, "home_directory": "x"}),
                ("subaccounts.actions.update_access_settings", {"subaccount_id": 9, "readonly": True}),
            ],
        ),
    ],
)  # fmt: skip
def test_changes_become_calls(
    fields: dict[str, Any], spec: dict[str, Any], expected: list[tuple[str, dict[str, Any]]]
) -> None:
    """Each field changes by its own action, and what is there already by none."""
    assert calls(box(**fields), **spec) == expected


def test_what_is_read_and_told() -> None:
    """Types and locations by name, the labels that are not our own, and what others may refer to."""
    have = KIND.read(box(), Names({}))
    assert (have["storage_box_type"], have["location"], have["labels"]) == ("bx11", "fsn1", {"a": "b"})
    shown = StorageBox.lenient({"id": 7, "name": "backup", "server": "u1.example", "username": "u1"})
    assert [KIND.attribute(shown, name) for name in ("id", "name", "server", "username")] == [
        7, "backup", "u1.example", "u1",
    ]  # fmt: skip


def test_fingerprints_tell_of_others_and_nothing_else() -> None:
    """Other keys and passwords are noticed later; equal passwords of several objects look different."""
    one, two = (KIND.marks(canonical(ssh_keys=[key]), "shop/backup") for key in ("ops", "other"))
    assert one.keys() == two.keys() == {"hetzner-apply/ssh-keys", "hetzner-apply/password"}
    assert one["hetzner-apply/ssh-keys"] != two["hetzner-apply/ssh-keys"]
    assert one["hetzner-apply/password"] == two["hetzner-apply/password"]
    both = KIND.marks(canonical(subaccounts={"db": ACCOUNT, "web": ACCOUNT}), "shop/backup").values()
    assert (len(both), len({*both})) == (3, 3)
    assert not any(PASSWORD in mark for mark in both)
    assert all(VALUE.fullmatch(mark) for mark in both)
    assert KIND.unprotect(OF) is not None
    assert weakness(PASSWORD) == ""


def test_a_fingerprint_is_of_one_password_and_one_that_is_missing_of_any() -> None:
    """What is kept is compared with the salt that it was made with; without it nothing is known."""
    kept = Kept(password_mark(PASSWORD, "shop/backup"))
    assert kept == PASSWORD
    assert kept != PASSWORD + "!"
    assert Kept("") == PASSWORD
    assert len(kept.partition(".")[2]) == LENGTH
