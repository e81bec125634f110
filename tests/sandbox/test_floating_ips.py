"""Floating IPs: created, assigned, moved, protected, and what becomes of them when a server goes."""

from typing import Any

import pytest

from tests.sandbox.talk import Talk

HOME = {"type": "ipv4", "home_location": "fsn1"}


def create(talk: Talk, **fields: Any) -> Any:
    """Create a floating IP and let it be assigned."""
    ident = talk.post("/floating_ips", {**HOME, **fields})["floating_ip"]["id"]
    talk.wait()
    return talk.get(f"/floating_ips/{ident}")["floating_ip"]


def act(talk: Talk, ip: Any, command: str, /, **body: Any) -> Any:
    """Carry out an action of a floating IP and return the IP afterwards."""
    assert talk.act(f"/floating_ips/{ip['id']}/actions/{command}", body)["status"] == "success"
    return talk.get(f"/floating_ips/{ip['id']}")["floating_ip"]


def refusal(talk: Talk, ip: Any, command: str, /, **body: Any) -> tuple[int, str]:
    """Try an action that must be refused."""
    return talk.refused("POST", f"/floating_ips/{ip['id']}/actions/{command}", body)


def test_a_floating_ip_is_created_at_once(talk: Talk) -> None:
    """At a location there is no action; a name is made when none is given."""
    answer = talk.post("/floating_ips", {**HOME, "description": None})
    ip = answer["floating_ip"]
    assert answer["action"] is None
    assert (ip["name"], ip["description"], ip["server"]) == (f"floating_ip-{ip['id']}", None, None)
    assert ip["dns_ptr"][0]["dns_ptr"].startswith("static.")
    other = create(talk, type="ipv6", name="six", description="front")
    assert other["ip"].endswith("::/64")
    assert (other["name"], other["description"], other["dns_ptr"]) == ("six", "front", [])
    assert talk.refused("POST", "/floating_ips", {**HOME, "name": "six"}) == (409, "uniqueness_error")


def test_a_floating_ip_is_created_for_a_server(talk: Talk) -> None:
    """It is the server's at once and at home in its location, if nothing else is said."""
    server = talk.server(location="nbg1")["id"]
    answer = talk.post("/floating_ips", {"type": "ipv4", "server": server})
    ip = answer["floating_ip"]
    assert (ip["server"], ip["home_location"]["name"]) == (server, "nbg1")
    assert answer["action"]["command"] == "assign_floating_ip"
    assert create(talk, server=server)["home_location"]["name"] == "fsn1"
    shown = talk.get(f"/servers/{server}")["server"]["public_net"]["floating_ips"]
    assert len(shown) == 2
    assert shown[0] == ip["id"]


def test_a_create_needs_a_server_or_a_location(talk: Talk) -> None:
    """Without both, both fields are named, in the words of the API."""
    status, error = talk.error("POST", "/floating_ips", {"type": "ipv4"})
    assert (status, error["message"]) == (422, "invalid input in fields 'server', 'home_location'")
    for fields, named in (({"server": 7}, "server"), ({"home_location": "mars"}, "home_location")):
        status, error = talk.error("POST", "/floating_ips", {"type": "ipv4", **fields})
        assert (status, error["details"]["fields"][0]["name"]) == (422, named)


def test_a_floating_ip_moves_in_two_steps(talk: Talk) -> None:
    """An assigned one is refused; it has to be unassigned before it goes to another server, anywhere."""
    ip, first, second = create(talk), talk.server()["id"], talk.server("b", location="hel1")["id"]
    path = f"/floating_ips/{ip['id']}"
    talk.post(f"{path}/actions/assign", {"server": first})
    assert talk.get(path)["floating_ip"]["server"] is None
    assert refusal(talk, ip, "assign", server=second) == (423, "locked")
    talk.wait()
    assert talk.get(path)["floating_ip"]["server"] == first
    for server in (first, second):
        assert refusal(talk, ip, "assign", server=server) == (422, "floating_ip_assigned")
    assert act(talk, ip, "unassign")["server"] is None
    status, error = talk.error("POST", f"{path}/actions/unassign", {})
    message = "cannot unassign Floating IP because it is not assigned to a server"
    assert (status, error["code"], error["message"]) == (422, "service_error", message)
    assert act(talk, ip, "assign", server=second)["server"] == second
    assert refusal(talk, ip, "assign", server=7) == (422, "invalid_input")


def test_assigning_to_nothing_takes_it_off(talk: Talk) -> None:
    """Null for the server is allowed, assigned or not."""
    ip = create(talk, server=talk.server()["id"])
    assert act(talk, ip, "assign", server=None)["server"] is None
    assert act(talk, ip, "assign", server=None)["server"] is None


def test_two_floating_ips_go_to_one_server_together(talk: Talk) -> None:
    """The server is not locked by it."""
    server = talk.server()["id"]
    ips = [create(talk), create(talk)]
    for ip in ips:
        talk.post(f"/floating_ips/{ip['id']}/actions/assign", {"server": server})
    talk.wait()
    shown = talk.get(f"/servers/{server}")["server"]["public_net"]["floating_ips"]
    assert shown == [ip["id"] for ip in ips]


@pytest.mark.parametrize("version", ["ipv4", "ipv6"])
def test_reverse_dns_is_set_for_own_addresses_only(talk: Talk, version: str) -> None:
    """A name is set for the address or one in the network; a foreign address is refused."""
    ip = create(talk, type=version)
    own = ip["ip"].replace("/64", "1")
    changed = act(talk, ip, "change_dns_ptr", ip=own, dns_ptr="a.example.com")
    assert changed["dns_ptr"] == [{"ip": own, "dns_ptr": "a.example.com"}]
    assert act(talk, ip, "change_dns_ptr", ip=own, dns_ptr=None)["dns_ptr"] == ip["dns_ptr"]
    assert refusal(talk, ip, "change_dns_ptr", ip="9.9.9.9", dns_ptr="x") == (422, "invalid_input")


def test_an_assigned_or_protected_one_is_not_deleted(talk: Talk) -> None:
    """It must be unassigned, then unprotected, then it goes."""
    ip = create(talk, server=talk.server()["id"])
    path = f"/floating_ips/{ip['id']}"
    act(talk, ip, "change_protection", delete=True)
    assert talk.refused("DELETE", path) == (422, "must_be_unassigned")
    act(talk, ip, "unassign")
    status, error = talk.error("DELETE", path)
    assert (status, error["message"]) == (423, "Floating IP deletion is protected")
    act(talk, ip, "change_protection", delete=False)
    assert talk.delete(path) is None


def test_name_and_description_change(talk: Talk) -> None:
    """What is not given stays; null empties the description."""
    ip = create(talk, name="front", description="old")
    path = f"/floating_ips/{ip['id']}"
    changed = talk.put(path, {"description": "new", "labels": {"a": "b"}})["floating_ip"]
    assert (changed["name"], changed["description"], changed["labels"]) == ("front", "new", {"a": "b"})
    assert talk.put(path, {"name": "back", "description": None})["floating_ip"]["description"] is None
    assert [each["name"] for each in talk.get("/floating_ips?name=back")["floating_ips"]] == ["back"]


def test_floating_ips_survive_their_server(talk: Talk) -> None:
    """The end of the server unassigns them, and ends what was on its way to it."""
    server = talk.server()["id"]
    ip, late = create(talk, server=server), create(talk)
    talk.sandbox.faults.hang_action("assign_floating_ip")
    action = talk.post(f"/floating_ips/{late['id']}/actions/assign", {"server": server})["action"]
    talk.delete(f"/servers/{server}")
    talk.wait()
    for each in (ip, late):
        assert talk.get(f"/floating_ips/{each['id']}")["floating_ip"]["server"] is None
    ended = talk.get(f"/actions/{action['id']}")["action"]
    assert (ended["status"], ended["error"]["message"]) == ("error", "server was deleted")
    talk.delete(f"/floating_ips/{late['id']}")


def test_an_assignment_that_fails_leaves_it_free(talk: Talk) -> None:
    """At the create as later."""
    server = talk.server()["id"]
    talk.sandbox.faults.fail_action("assign_floating_ip", times=2)
    ip = create(talk, server=server)
    assert ip["server"] is None
    assert talk.act(f"/floating_ips/{ip['id']}/actions/assign", {"server": server})["status"] == "error"
    assert talk.get(f"/floating_ips/{ip['id']}")["floating_ip"]["server"] is None
