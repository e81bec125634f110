"""Volumes: sizes, names, attaching, detaching, growing, and what servers do with them."""

from typing import Any

import pytest

from tests.sandbox.talk import Talk

DATA = {"name": "data", "size": 10, "location": "fsn1"}


def create(talk: Talk, **fields: Any) -> Any:
    """Create a volume and let it become available."""
    ident = talk.post("/volumes", {**DATA, **fields})["volume"]["id"]
    talk.wait()
    return talk.get(f"/volumes/{ident}")["volume"]


def act(talk: Talk, volume: Any, command: str, **body: Any) -> Any:
    """Carry out an action of a volume and return the volume afterwards."""
    assert talk.act(f"/volumes/{volume['id']}/actions/{command}", body)["status"] == "success"
    return talk.get(f"/volumes/{volume['id']}")["volume"]


def refusal(talk: Talk, volume: Any, command: str, **body: Any) -> tuple[int, str]:
    """Try an action that must be refused."""
    return talk.refused("POST", f"/volumes/{volume['id']}/actions/{command}", body)


def test_a_volume_is_created_in_a_location(talk: Talk) -> None:
    """It is there at once, and available when its action is done; the device is named after its id."""
    answer = talk.post("/volumes", {**DATA, "format": "ext4", "automount": False})
    volume = answer["volume"]
    assert (volume["status"], volume["format"], volume["server"]) == ("creating", "ext4", None)
    assert volume["linux_device"] == f"/dev/disk/by-id/scsi-0HC_Volume_{volume['id']}"
    assert (answer["action"]["command"], answer["next_actions"]) == ("create_volume", [])
    assert talk.get("/volumes?status=available")["volumes"] == []
    talk.wait()
    assert talk.get("/volumes?status=available")["volumes"] == [{**volume, "status": "available"}]


def test_a_volume_is_created_for_a_server(talk: Talk) -> None:
    """The location is the server's; it is attached in a second action, and the server lists it."""
    server = talk.server(location="nbg1")["id"]
    body = {"name": "data", "size": 10, "server": server, "automount": True}
    answer = talk.post("/volumes", body)
    assert (answer["volume"]["server"], answer["volume"]["location"]["name"]) == (server, "nbg1")
    assert [each["command"] for each in answer["next_actions"]] == ["attach_volume"]
    talk.wait()
    assert talk.get(f"/servers/{server}")["server"]["volumes"] == [answer["volume"]["id"]]
    assert talk.get(f"/actions/{answer['next_actions'][0]['id']}")["action"]["status"] == "success"


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"size": 9}, ["size"]),
        ({"size": 10241}, ["size"]),
        ({"format": "ntfs"}, ["format"]),
        ({"name": "-data"}, ["name"]),
        ({"name": "da ta"}, ["name"]),
        ({"name": "d" * 65}, ["name"]),
        ({"location": "mars"}, ["location"]),
        ({"location": None}, ["server", "location"]),
        ({"server": 7}, ["server"]),
        ({"automount": True}, ["automount"]),
        ({"datacenter": "fsn1-dc14"}, ["datacenter"]),
    ],
)
def test_creates_outside_the_rules_are_refused(talk: Talk, fields: Any, named: list[str]) -> None:
    """Sizes, names and places outside the rules are invalid input in the field."""
    status, error = talk.error("POST", "/volumes", {**DATA, **fields})
    assert (status, error["code"]) == (422, "invalid_input")
    assert [each["name"] for each in error["details"]["fields"]] == named


def test_the_limits_of_sizes_and_names_are_reached(talk: Talk) -> None:
    """The largest size and the longest name are good, a name twice is not."""
    name = "d" + "._-" * 20 + "123"
    assert create(talk, name=name, size=10240)["size"] == 10240
    assert talk.refused("POST", "/volumes", {**DATA, "name": name}) == (409, "uniqueness_error")


def test_another_location_than_the_servers_is_refused(talk: Talk) -> None:
    """A server and a location that is not its own do not go together."""
    server = talk.server(location="nbg1")["id"]
    status, error = talk.error("POST", "/volumes", {**DATA, "server": server})
    assert (status, error["details"]["fields"][0]["name"]) == (422, "location")
    volume = create(talk)
    assert refusal(talk, volume, "attach", server=server) == (422, "invalid_input")


def test_a_volume_is_attached_and_detached(talk: Talk) -> None:
    """Attaching and detaching show when they are done; both objects are locked meanwhile."""
    volume, server = create(talk), talk.server()["id"]
    path = f"/volumes/{volume['id']}"
    action = talk.post(f"{path}/actions/attach", {"server": server, "automount": False})["action"]
    assert {each["type"] for each in action["resources"]} == {"server", "volume"}
    assert talk.get(path)["volume"]["server"] is None
    assert refusal(talk, volume, "resize", size=20) == (423, "locked")
    assert talk.refused("POST", f"/servers/{server}/actions/poweroff") == (423, "locked")
    talk.wait()
    assert talk.get(path)["volume"]["server"] == server
    assert refusal(talk, volume, "attach", server=server) == (422, "volume_already_attached")
    assert talk.refused("DELETE", path) == (422, "invalid_input")
    assert act(talk, volume, "detach")["server"] is None
    assert refusal(talk, volume, "detach") == (422, "service_error")
    assert talk.delete(path) is None
    assert talk.refused("GET", path) == (404, "not_found")


def test_a_volume_only_grows(talk: Talk) -> None:
    """A larger size is taken, also while attached, and stays a whole number; anything else is refused."""
    volume = create(talk, server=talk.server()["id"])
    grown = act(talk, volume, "resize", size=20.0)
    assert (grown["size"], type(grown["size"])) == (20, int)
    for size in (20, 10, 20.5, 10241, 1e308):
        assert refusal(talk, volume, "resize", size=size) == (422, "invalid_input")


def test_a_protected_volume_is_not_deleted(talk: Talk) -> None:
    """Protection shows at once and refuses until it is off."""
    volume = create(talk)
    assert act(talk, volume, "change_protection", delete=True)["protection"] == {"delete": True}
    status, error = talk.error("DELETE", f"/volumes/{volume['id']}")
    assert (status, error["message"]) == (423, "volume deletion is protected")
    act(talk, volume, "change_protection", delete=False)
    talk.delete(f"/volumes/{volume['id']}")


def test_a_server_takes_sixteen_volumes(talk: Talk) -> None:
    """The seventeenth is refused, however it comes."""
    server = talk.server()["id"]
    for number in range(16):
        create(talk, name=f"d{number}", server=server)
    more = {**DATA, "server": server}
    assert talk.refused("POST", "/volumes", more) == (403, "resource_limit_exceeded")
    volume = create(talk)
    assert refusal(talk, volume, "attach", server=server) == (403, "resource_limit_exceeded")


def test_servers_are_created_with_volumes(talk: Talk) -> None:
    """They are taken at once and attached in the chain; the same one cannot be given twice."""
    volume = create(talk)
    server = {"server_type": "cx23", "image": "debian-13", "location": "fsn1", "volumes": [volume["id"]]}
    twice = {**server, "name": "twice", "volumes": [volume["id"]] * 2}
    assert talk.refused("POST", "/servers", twice) == (422, "volume_already_attached")
    answer = talk.post("/servers", {**server, "name": "web"})
    assert "attach_volume" in [each["command"] for each in answer["next_actions"]]
    assert talk.refused("POST", "/servers", {**server, "name": "late"}) == (423, "locked")
    talk.wait()
    assert talk.refused("POST", "/servers", {**server, "name": "late"}) == (422, "volume_already_attached")
    for body in ({"volumes": [7]}, {"location": "nbg1", "volumes": [create(talk, name="far")["id"]]}):
        status, error = talk.error("POST", "/servers", {**server, "name": "late", **body})
        assert (status, error["details"]["fields"][0]["name"]) == (422, "volumes")


def test_volumes_survive_their_server(talk: Talk) -> None:
    """The delete of a server detaches them, even one that was on its way."""
    server = talk.server()["id"]
    volume = create(talk, server=server)
    talk.delete(f"/servers/{server}")
    coming = talk.post("/volumes", {"name": "coming", "size": 10, "server": server})
    talk.wait()
    assert talk.get(f"/volumes/{volume['id']}")["volume"]["server"] is None
    assert talk.get(f"/volumes/{coming['volume']['id']}")["volume"]["server"] is None
    attach = talk.get(f"/actions/{coming['next_actions'][0]['id']}")["action"]
    assert (attach["status"], attach["error"]["message"]) == ("error", "server was deleted")


def test_what_fails_leaves_no_half_volume(talk: Talk) -> None:
    """A create that fails leaves no volume, an attach that fails a free one, a resize the old size."""
    faults, server = talk.sandbox.faults, talk.server()["id"]
    faults.fail_action("create_volume")
    lost = talk.post("/volumes", {"name": "lost", "size": 10, "server": server})["volume"]["id"]
    talk.wait()
    assert talk.refused("GET", f"/volumes/{lost}") == (404, "not_found")
    faults.fail_action("attach_volume")
    volume = create(talk, server=server)
    assert (volume["server"], volume["status"]) == (None, "available")
    faults.fail_action("resize_volume")
    assert talk.act(f"/volumes/{volume['id']}/actions/resize", {"size": 20})["status"] == "error"
    assert talk.get(f"/volumes/{volume['id']}")["volume"]["size"] == 10


def test_space_and_quotas_run_out(talk: Talk) -> None:
    """A location without space and a project at its limit refuse new volumes."""
    talk.sandbox.faults.sell_out("volumes", "fsn1")
    assert talk.refused("POST", "/volumes", DATA) == (422, "no_space_left_in_location")
    talk.sandbox.faults.quotas["volumes"] = 0
    status, error = talk.error("POST", "/volumes", {**DATA, "location": "nbg1"})
    assert (status, error["message"]) == (403, "volume limit reached")
