"""Names of the documented client that are not where the pattern would put them, and what must not be seen."""

from __future__ import annotations

from typing import Any

import pytest

from hetzner import Hetzner
from hetzner.schema import operations
from hetzner.schema.actions import KindActions
from hetzner.schema.catalog import collection_class, collection_names
from hetzner.schema.zones import Zone

CLIENT = Hetzner(api_token="token")


def asked(call: Any, *args: Any, **kwargs: Any) -> str:
    """The request line of a call that is not sent."""
    request = call.request(*args, **kwargs)
    query = "&".join(f"{name}={value}" for name, value in request.query)
    return f"{request.operation.verb} {request.path}{'?' if query else ''}{query}"


def test_actions_of_volumes_are_read_by_their_id_alone() -> None:
    """`volumes.actions.retrieve(id)` is documented so; the path with both ids has a name of its own."""
    actions = CLIENT.volumes.actions
    assert asked(actions.retrieve, 5) == "GET /volumes/actions/5"
    assert asked(actions.retrieve_by_id, 5) == "GET /volumes/actions/5"
    assert asked(actions.retrieve_of, 5, id=3) == "GET /volumes/3/actions/5"
    assert asked(actions.list, 3, page=1) == "GET /volumes/3/actions?page=1"
    assert asked(actions.list_all, id=[5, 6], page=1) == "GET /volumes/actions?id=5&id=6&page=1"


def test_actions_of_primary_ips_are_listed_together() -> None:
    """`primary_ips.actions.list()` is documented so; the list of one primary IP has a name of its own."""
    actions = CLIENT.primary_ips.actions
    assert asked(actions.retrieve, 5) == "GET /primary_ips/actions/5"
    assert asked(actions.retrieve_by_id, 5) == "GET /primary_ips/actions/5"
    assert asked(actions.retrieve_of, 5, id=3) == "GET /primary_ips/3/actions/5"
    assert asked(actions.list, id=5, page=1) == "GET /primary_ips/actions?id=5&page=1"
    assert asked(actions.list_all, id=5, page=1) == "GET /primary_ips/actions?id=5&page=1"
    assert asked(actions.list_of, 3, page=1) == "GET /primary_ips/3/actions?page=1"


@pytest.mark.parametrize("name", [n for n in collection_names() if "actions" in collection_class(n).parts()])
def test_every_kind_lists_all_its_actions_by_one_name(name: str) -> None:
    """What is true of all kinds can be asked of all kinds by the same words."""
    actions = getattr(CLIENT, name).actions
    assert asked(actions.list_all, page=1) == f"GET /{name}/actions?page=1"
    assert asked(actions.retrieve_by_id, 5) == f"GET /{name}/actions/5"
    if isinstance(actions, KindActions):
        assert asked(actions.list, 3, page=1) == f"GET /{name}/3/actions?page=1"
        assert asked(actions.retrieve, 5, id=3) == f"GET /{name}/3/actions/5"


def test_the_misspelt_name_of_2023_still_works() -> None:
    """`ass_target` is `add_target`: the same operation, counted once."""
    actions = CLIENT.load_balancers.actions
    target: dict[str, Any] = {"type": "server", "server": {"id": 7}}
    request = actions.ass_target.request(3, **target)  # type: ignore[attr-defined]
    assert (request.path, request.body) == ("/load_balancers/3/actions/add_target", target)
    names = [each.name for each in operations() if each.path.endswith("/add_target")]
    assert names == ["load_balancers.actions.add_target"]


def test_zones_are_addressed_by_id_or_name() -> None:
    """A zone's name and the parts of an RRSet's address go into the path, escaped where needed."""
    zones = CLIENT.zones
    assert asked(zones.retrieve, 5) == "GET /zones/5"
    assert asked(zones.export_zonefile, "example.com") == "GET /zones/example.com/zonefile"
    assert asked(zones.actions.list, "example.com", page=1) == "GET /zones/example.com/actions?page=1"
    assert asked(zones.actions.retrieve, 5, id_or_name=3) == "GET /zones/3/actions/5"
    assert asked(zones.rrsets.retrieve, "example.com", "@", "MX") == "GET /zones/example.com/rrsets/@/MX"
    assert asked(zones.rrsets.delete, 5, "*", "A") == "DELETE /zones/5/rrsets/%2A/A"
    assert (
        asked(zones.rrsets.actions.set_records, "example.com", "www", "A", records=[])
        == "POST /zones/example.com/rrsets/www/A/actions/set_records"
    )


def test_parts_of_a_storage_box_are_addressed_from_the_outside_in() -> None:
    """First the storage box, then the snapshot or subaccount; all of it at the other host."""
    boxes = CLIENT.storage_boxes
    assert asked(boxes.folders, 3, path="./a b") == "GET /storage_boxes/3/folders?path=./a b"
    assert asked(boxes.snapshots.retrieve, 3, 4) == "GET /storage_boxes/3/snapshots/4"
    assert (
        asked(boxes.subaccounts.list, 3, username="u1-sub1")
        == "GET /storage_boxes/3/subaccounts?username=u1-sub1"
    )
    assert (
        asked(boxes.subaccounts.actions.update_access_settings, 3, 4, readonly=True)
        == "POST /storage_boxes/3/subaccounts/4/actions/update_access_settings"
    )
    assert {each.host for each in operations() if each.path.startswith("/storage_box")} == {"storage"}


def test_datacenters_say_that_they_are_gone() -> None:
    """Old programs find them, and help() and the declaration name what to use instead."""
    gone = [each for each in operations() if each.path.startswith("/datacenters")]
    assert [each.name for each in gone] == ["datacenters.retrieve", "datacenters.list"]
    assert all("client.locations" in (each.deprecated or "") and "410" in each.summary for each in gone)


def test_what_was_removed_is_nowhere() -> None:
    """No operation takes a `datacenter`, and no model has one, or the old date `deprecated`."""
    for operation in operations():
        if not operation.path.startswith("/datacenters"):
            assert "datacenter" not in operation.parameters
            assert not {"datacenter", "deprecated"} & set(_fields(operation.returns)), operation.name


def _fields(model: Any) -> list[str]:
    schema = model.model_json_schema() if hasattr(model, "model_json_schema") else {}
    below = [each.get("properties", {}) for each in (schema, *schema.get("$defs", {}).values())]
    return [name for fields in below for name in fields]


def test_keys_of_nameservers_are_not_shown() -> None:
    """The key that a secondary zone signs with does not get into a repr, and is still there."""
    zone = Zone.model_validate({"primary_nameservers": [{"address": "192.0.2.1", "tsig_key": "hush-hush"}]})
    assert "hush-hush" not in repr(zone)
    assert "192.0.2.1" in repr(zone)
    assert zone.primary_nameservers
    assert zone.primary_nameservers[0].tsig_key == "hush-hush"


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("certificates.create", {"name": "a", "private_key": "hush-hush"}),
        ("storage_boxes.actions.reset_password", {"id": 3, "password": "hush-hush"}),
        (
            "zones.create",
            {"name": "a", "mode": "secondary", "primary_nameservers": [{"tsig_key": "hush-hush"}]},
        ),
    ],
)
def test_secrets_in_requests_are_not_shown(name: str, given: dict[str, Any]) -> None:
    """Keys and passwords are sent, but the repr of a request does not have them."""
    call: Any = CLIENT
    for part in name.split("."):
        call = getattr(call, part)
    request = call.request(**given)
    assert "hush-hush" in str(request.body)
    assert "hush-hush" not in repr(request)
