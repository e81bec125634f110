"""Every answer of zones, RRSets and storage boxes, against the published specifications."""

from typing import Any

from hetzner.sandbox.kinds.storage_boxes import StorageBoxes
from hetzner.schema import operations
from tests.sandbox.boxes import BODY, PASSWORD
from tests.sandbox.dns import HEAD
from tests.sandbox.talk import Talk
from tests.sandbox.test_spec import Checked
from tests.sandbox.test_spec_networking import read_actions

KINDS = ("zones", "storage_boxes", "storage_box_types")
ZONE, RRSETS = "/zones/{id_or_name}", "/zones/{id_or_name}/rrsets"
RRSET = f"{RRSETS}/{{rr_name}}/{{rr_type}}"
A = {"records": [{"value": "192.0.2.1", "comment": "one"}]}
TWO = {"records": [{"value": "192.0.2.2", "comment": "two"}]}


def run(ask: Checked, template: str, actions: dict[str, Any], **path: Any) -> None:
    """Run actions one after the other, each also while the one before is running."""
    for name, body in actions.items():
        answer = ask("POST", f"{template}/actions/{name}", body, **path)
        assert answer["action"]["status"] in ("running", "success")
        ask("POST", f"{template}/actions/{name}", body, **path)
        ask.talk.wait()
        assert ask("GET", "/actions/{id}", id=answer["action"]["id"])["action"]["status"] == "success"


def test_zones_are_answered_as_published(talk: Talk) -> None:
    """The life of primary and secondary zones fits, refusals and zone files included."""
    ask = Checked(talk)
    servers = [{"address": "203.0.113.1", "tsig_key": "c2VjcmV0", "tsig_algorithm": "hmac-sha256"}]
    secondary = {"name": "example.org", "mode": "secondary", "primary_nameservers": servers}
    ident = ask("POST", "/zones", {"name": "example.com", "mode": "primary", "labels": {"a": "b"}})["zone"][
        "id"
    ]
    ask("POST", "/zones", secondary)
    ask("POST", "/zones", secondary)
    talk.wait()
    run(ask, ZONE, {"change_ttl": {"ttl": 60}, "import_zonefile": {"zonefile": HEAD}}, id_or_name=ident)
    run(ask, ZONE, {"change_primary_nameservers": {"primary_nameservers": servers}}, id_or_name="example.org")
    run(ask, ZONE, {"change_protection": {"delete": False}}, id_or_name="example.com")
    for which in (ident, "example.org", "example.net"):
        ask("GET", ZONE, id_or_name=which)
        ask("GET", f"{ZONE}/zonefile", id_or_name=which)
        ask("PUT", ZONE, {"labels": {"c": "d"}}, id_or_name=which)
        ask("GET", f"{ZONE}/actions", id_or_name=which)
    assert len(ask("GET", "/zones", query="?sort=name:desc&label_selector=c")["zones"]) == 2
    action = ask("GET", "/zones/actions", query="?status=success")["actions"][0]["id"]
    ask("GET", "/zones/actions/{id}", id=action)
    ask("GET", f"{ZONE}/actions/{{action_id}}", id_or_name=ident, action_id=action)
    ask("DELETE", ZONE, id_or_name=ident)
    ask("DELETE", ZONE, id_or_name=ident)


def test_rrsets_are_answered_as_published(talk: Talk) -> None:
    """The life of an RRSet fits, with comments and without."""
    ask = Checked(talk)
    ask("POST", "/zones", {"name": "example.com", "mode": "primary"})
    talk.wait()
    at: dict[str, Any] = {"id_or_name": "example.com", "rr_name": "www", "rr_type": "A"}
    ask("POST", RRSETS, {"name": "www", "type": "A", "labels": {"a": "b"}, **A}, id_or_name="example.com")
    ask("POST", RRSETS, {"name": "www", "type": "A", **A}, id_or_name="example.com")
    ask("POST", f"{RRSET}/actions/set_records", TWO, **at)
    talk.wait()
    run(ask, RRSET, {"set_records": TWO, "add_records": A, "update_records": A, "remove_records": TWO}, **at)
    run(ask, RRSET, {"change_ttl": {"ttl": 60}, "change_protection": {"change": True}}, **at)
    ask("POST", f"{RRSET}/actions/change_ttl", {"ttl": None}, **at)
    assert ask("PUT", RRSET, {"labels": {}}, **at)["rrset"]["ttl"] == 60
    assert len(ask("GET", RRSETS, query="?sort=id:desc", id_or_name="example.com")["rrsets"]) == 3
    ask("DELETE", RRSET, **at)
    ask("POST", f"{RRSET}/actions/change_protection", {"change": False}, **at)
    ask("DELETE", RRSET, **at)
    ask("GET", RRSET, **at)
    talk.wait()
    ask("GET", RRSET, **at)


def test_storage_boxes_are_answered_as_published(talk: Talk) -> None:
    """The life of a storage box fits, while it is initializing, in use, refused and deleted."""
    ask = Checked(talk)
    types = ask("GET", "/storage_box_types")["storage_box_types"]
    ask("GET", "/storage_box_types/{id}", id=types[0]["id"])
    ask("GET", "/storage_box_types/{id}", id=1)
    ident = ask("POST", "/storage_boxes", BODY)["storage_box"]["id"]
    ask("POST", "/storage_boxes", BODY)
    ask("GET", "/storage_boxes/{id}", id=ident)
    talk.wait()
    talk.sandbox.project().kind_as(StorageBoxes).make_folder(ident, "photos")
    plan = {"max_snapshots": 3, "minute": 0, "hour": 3}
    box = "/storage_boxes/{id}"
    run(ask, box, {"update_access_settings": {"zfs_enabled": True}, "enable_snapshot_plan": plan}, id=ident)
    ask("GET", box, id=ident)
    run(ask, box, {"disable_snapshot_plan": {}, "reset_password": {"password": PASSWORD}}, id=ident)
    run(
        ask,
        box,
        {"change_type": {"storage_box_type": "bx21"}, "change_protection": {"delete": True}},
        id=ident,
    )
    ask("PUT", box, {"name": "new", "labels": {"a": "b"}}, id=ident)
    assert ask("GET", "/storage_boxes", query="?sort=stats.size&label_selector=a")["storage_boxes"]
    assert ask("GET", f"{box}/folders", id=ident)["folders"] == ["photos"]
    read_actions(ask, "storage_boxes", ident)
    ask("DELETE", box, id=ident)
    run(ask, box, {"change_protection": {"delete": False}}, id=ident)
    ask("DELETE", box, id=ident)


def test_parts_of_storage_boxes_are_answered_as_published(talk: Talk) -> None:
    """Snapshots and subaccounts fit from their creation to their end."""
    ask = Checked(talk)
    ident = ask("POST", "/storage_boxes", BODY)["storage_box"]["id"]
    talk.wait()
    account = {"home_directory": "team", "password": PASSWORD, "labels": {"a": "b"}}
    for part, body in (("snapshot", {"description": "x"}), ("subaccount", account)):
        kind = f"/storage_boxes/{{id}}/{part}s"
        at = {"id": ident, f"{part}_id": ask("POST", kind, body, id=ident)[part]["id"]}
        ask("POST", kind, body, id=ident)
        one = f"{kind}/{{{part}_id}}"
        ask("GET", one, **at)
        talk.wait()
        ask("GET", one, **at)
        ask("PUT", one, {"description": "y", "labels": {"c": "d"}}, **at)
        assert ask("GET", kind, query="?label_selector=c", id=ident)[f"{part}s"]
        if part == "snapshot":
            run(
                ask,
                "/storage_boxes/{id}",
                {"rollback_snapshot": {"snapshot": str(at["snapshot_id"])}},
                id=ident,
            )
        else:
            passwords = {"reset_subaccount_password": {"password": PASSWORD}}
            run(ask, one, {"update_access_settings": {"readonly": True}, **passwords}, **at)
            run(ask, one, {"change_home_directory": {"home_directory": "new"}}, **at)
        ask("DELETE", one, **at)
        talk.wait()
        ask("DELETE", one, **at)


def test_every_declared_operation_is_simulated(talk: Talk) -> None:
    """No operation of these kinds answers that the sandbox cannot do it."""
    asked = 0
    for operation in operations():
        if operation.name.split(".")[0] in KINDS:
            path = operation.path
            for name in operation.paths:
                path = path.replace(f"{{{name}}}", "1")
            answer = talk.send(operation.verb, path, None if operation.verb == "GET" else {})
            assert b"unsupported_error" not in answer.body, operation.name
            asked += 1
    assert asked == 57
