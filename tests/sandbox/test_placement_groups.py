"""Placement groups: their type, their servers, their end."""

from typing import Any

from tests.sandbox.talk import Talk


def create(talk: Talk, name: str = "apart") -> Any:
    """Create a placement group."""
    return talk.post("/placement_groups", {"name": name, "type": "spread"})["placement_group"]


def members(talk: Talk, ident: int) -> Any:
    """The servers in a group."""
    return talk.get(f"/placement_groups/{ident}")["placement_group"]["servers"]


def test_a_group_starts_empty_and_without_action(talk: Talk) -> None:
    """A create answers with an empty group and no action; the same name cannot be used twice."""
    answer = talk.post("/placement_groups", {"name": "apart", "type": "spread", "labels": {"a": "b"}})
    assert answer["action"] is None
    assert answer["placement_group"]["servers"] == []
    assert talk.get("/placement_groups?type=spread&label_selector=a")["placement_groups"] == [
        answer["placement_group"]
    ]
    again = {"name": "apart", "type": "spread"}
    assert talk.refused("POST", "/placement_groups", again) == (409, "uniqueness_error")


def test_spread_is_the_only_type(talk: Talk) -> None:
    """Any other type answers invalid_input."""
    status, error = talk.error("POST", "/placement_groups", {"name": "x", "type": "pack"})
    assert (status, error["code"]) == (422, "invalid_input")
    assert error["details"]["fields"][0]["name"] == "type"


def test_a_group_lists_its_servers(talk: Talk) -> None:
    """Servers join at create or later when off, and show the group they are in."""
    group = create(talk)["id"]
    first = talk.server("a", placement_group=group)
    second = talk.server("b", start_after_create=False)
    assert members(talk, group) == [first["id"]]
    talk.act(f"/servers/{second['id']}/actions/add_to_placement_group", {"placement_group": group})
    assert members(talk, group) == [first["id"], second["id"]]
    assert talk.get(f"/servers/{second['id']}")["server"]["placement_group"]["servers"] == members(
        talk, group
    )
    talk.act(f"/servers/{first['id']}/actions/remove_from_placement_group")
    assert members(talk, group) == [second["id"]]


def test_a_group_takes_ten_servers(talk: Talk) -> None:
    """The eleventh server of a spread group is refused."""
    group = create(talk)["id"]
    body = {"server_type": "cx23", "image": "debian-13", "location": "fsn1", "placement_group": group}
    for number in range(10):
        talk.post("/servers", {"name": f"s{number}", **body})
    assert talk.refused("POST", "/servers", {"name": "more", **body}) == (422, "placement_error")
    assert len(members(talk, group)) == 10


def test_servers_outlive_their_group(talk: Talk) -> None:
    """Deleting a group leaves its servers running without one, also one that is just joining."""
    group = create(talk)["id"]
    inside, joining = talk.server("a", placement_group=group), talk.server("b", start_after_create=False)
    talk.post(f"/servers/{joining['id']}/actions/add_to_placement_group", {"placement_group": group})
    assert talk.delete(f"/placement_groups/{group}") is None
    talk.wait()
    servers = talk.get("/servers")["servers"]
    assert [each["placement_group"] for each in servers] == [None, None]
    assert servers[0]["id"] == inside["id"]
    assert servers[0]["status"] == "running"
