"""Primary IPs: created, assigned to servers that are off, protected, and what servers leave of them."""

from typing import Any

import pytest

from tests.sandbox.talk import Talk

FREE = {"name": "ip", "type": "ipv4", "location": "fsn1"}
BARE = {"enable_ipv4": False}


def create(talk: Talk, **fields: Any) -> Any:
    """Create a primary IP."""
    return talk.post("/primary_ips", {**FREE, **fields})["primary_ip"]


def off(talk: Talk, name: str = "web", **fields: Any) -> int:
    """A server that is off, without IPv4 if nothing else is said."""
    ident: int = talk.server(name, start_after_create=False, **{"public_net": BARE, **fields})["id"]
    return ident


def act(talk: Talk, ip: Any, command: str, /, **body: Any) -> Any:
    """Carry out an action of a primary IP and return the IP afterwards."""
    assert talk.act(f"/primary_ips/{ip['id']}/actions/{command}", body)["status"] == "success"
    return talk.get(f"/primary_ips/{ip['id']}")["primary_ip"]


def assign(talk: Talk, ip: Any, server: int) -> Any:
    """Assign a primary IP to a server."""
    return act(talk, ip, "assign", assignee_id=server, assignee_type="server")


def refusal(talk: Talk, ip: Any, command: str, /, **body: Any) -> tuple[int, str]:
    """Try an action that must be refused."""
    return talk.refused("POST", f"/primary_ips/{ip['id']}/actions/{command}", body)


def test_a_primary_ip_is_created_at_once(talk: Talk) -> None:
    """Without an assignee there is no action; it says it is unassigned and stays when things go."""
    answer = talk.post("/primary_ips", {**FREE, "assignee_type": "server"})
    ip = answer["primary_ip"]
    assert answer["action"] is None
    assert (ip["assignee_type"], ip["assignee_id"], ip["auto_delete"]) == ("unassigned", None, False)
    assert ip["dns_ptr"] == [{"ip": ip["ip"], "dns_ptr": "static.1.113.0.203.clients.your-server.de"}]
    assert [each["id"] for each in talk.get(f"/primary_ips?ip={ip['ip']}")["primary_ips"]] == [ip["id"]]


def test_a_network_is_found_by_its_address(talk: Talk) -> None:
    """IPv6 ones by their first address, as hcloud-go asks for them, with or without the length."""
    ip = talk.post("/primary_ips", {**FREE, "type": "ipv6"})["primary_ip"]
    assert ip["ip"].endswith("::/64")
    for text in (ip["ip"], ip["ip"].removesuffix("/64")):
        assert [each["id"] for each in talk.get(f"/primary_ips?ip={text}")["primary_ips"]] == [ip["id"]]
    assert talk.get(f"/primary_ips?ip={text}1")["primary_ips"] == []


def test_a_primary_ip_is_created_for_a_server(talk: Talk) -> None:
    """It is the server's at once, in its location, with an action on both."""
    server = off(talk, location="nbg1")
    body = {"name": "ip", "type": "ipv4", "assignee_type": "server", "assignee_id": server}
    answer = talk.post("/primary_ips", body)
    ip, action = answer["primary_ip"], answer["action"]
    assert (ip["assignee_id"], ip["location"]["name"]) == (server, "nbg1")
    assert action["command"] == "assign_primary_ip"
    assert {each["type"]: each["id"] for each in action["resources"]} == {
        "server": server,
        "primary_ip": ip["id"],
    }
    talk.wait()
    assert talk.get(f"/servers/{server}")["server"]["public_net"]["ipv4"]["ip"] == ip["ip"]


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"type": "ipv5"}, ["type"]),
        ({"name": ""}, ["name"]),
        ({"location": "mars"}, ["location"]),
        ({"location": None}, ["assignee_id", "location"]),
        ({"assignee_id": 7, "assignee_type": "server"}, ["assignee_id"]),
        ({"assignee_id": 7}, ["assignee_type"]),
        ({"assignee_type": "load_balancer"}, ["assignee_type"]),
        ({"datacenter": "fsn1-dc14"}, ["datacenter"]),
    ],
)
def test_creates_outside_the_rules_are_refused(talk: Talk, fields: Any, named: list[str]) -> None:
    """What is missing, unknown or removed from the API is invalid input in the field."""
    status, error = talk.error("POST", "/primary_ips", {**FREE, **fields})
    assert (status, error["code"]) == (422, "invalid_input")
    assert [each["name"] for each in error["details"]["fields"]] == named


def test_a_datacenter_is_refused_with_advice(talk: Talk) -> None:
    """The field that was removed names the one to use."""
    _, error = talk.error("POST", "/primary_ips", {**FREE, "datacenter": "fsn1-dc14"})
    assert "'location'" in error["details"]["fields"][0]["messages"][0]


def test_names_are_unique(talk: Talk) -> None:
    """A second one of the name is refused."""
    create(talk)
    assert talk.refused("POST", "/primary_ips", FREE) == (409, "uniqueness_error")


def test_a_primary_ip_moves_between_servers_that_are_off(talk: Talk) -> None:
    """It is assigned when the action is done, and cannot be assigned again before it was unassigned."""
    ip, server, other = create(talk), off(talk), off(talk, "other")
    body = {"assignee_id": server, "assignee_type": "server"}
    talk.post(f"/primary_ips/{ip['id']}/actions/assign", body)
    assert refusal(talk, ip, "assign", **body) == (409, "conflict")
    assert talk.refused("PUT", f"/primary_ips/{ip['id']}", {"name": "x"}) == (409, "conflict")
    net = {"server_type": "cx23", "image": "debian-13", "location": "fsn1", "public_net": {"ipv4": ip["id"]}}
    assert talk.refused("POST", "/servers", {"name": "third", **net}) == (409, "conflict")
    talk.wait()
    assert talk.get(f"/servers/{server}")["server"]["public_net"]["ipv4"]["id"] == ip["id"]
    again = {"assignee_id": other, "assignee_type": "server"}
    assert refusal(talk, ip, "assign", **again) == (422, "primary_ip_already_assigned")
    assert act(talk, ip, "unassign")["assignee_type"] == "unassigned"
    assert refusal(talk, ip, "unassign") == (422, "service_error")
    assert assign(talk, ip, other)["assignee_id"] == other


def test_a_running_server_keeps_its_addresses(talk: Talk) -> None:
    """Nothing is assigned to or taken from a server that is not off."""
    server = talk.server()
    own = server["public_net"]["ipv4"]
    assert refusal(talk, own, "unassign") == (422, "server_not_stopped")
    body = {"assignee_id": server["id"], "assignee_type": "server"}
    assert refusal(talk, create(talk), "assign", **body) == (422, "server_not_stopped")
    assert talk.refused("POST", "/primary_ips", {**FREE, "name": "b", **body}) == (422, "server_not_stopped")


@pytest.mark.parametrize("version", ["ipv4", "ipv6"])
def test_a_server_has_one_address_of_a_version(talk: Talk, version: str) -> None:
    """A second one is refused, at the create as at the assign."""
    server = off(talk, public_net={})
    ip, body = create(talk, type=version), {"assignee_id": server, "assignee_type": "server"}
    assert refusal(talk, ip, "assign", **body) == (422, f"server_has_{version}")
    more = {**FREE, "name": "more", "type": version, **body}
    assert talk.refused("POST", "/primary_ips", more) == (422, f"server_has_{version}")


def test_an_address_stays_in_its_location(talk: Talk) -> None:
    """A server elsewhere does not get it."""
    ip, server = create(talk), off(talk, location="nbg1")
    body = {"assignee_id": server, "assignee_type": "server"}
    assert refusal(talk, ip, "assign", **body) == (422, "primary_ip_datacenter_mismatch")


def test_an_assigned_primary_ip_is_not_deleted(talk: Talk) -> None:
    """It must be unassigned first."""
    ip, server = create(talk), off(talk)
    assign(talk, ip, server)
    assert talk.refused("DELETE", f"/primary_ips/{ip['id']}") == (422, "must_be_unassigned")
    act(talk, ip, "unassign")
    assert talk.delete(f"/primary_ips/{ip['id']}") is None
    assert talk.get("/primary_ips?name=ip")["primary_ips"] == []


def test_protection_and_auto_delete_exclude_each_other(talk: Talk) -> None:
    """Only an address that stays can be protected, and a protected one must stay."""
    ip = create(talk, auto_delete=True)
    assert refusal(talk, ip, "change_protection", delete=True) == (422, "invalid_input")
    path = f"/primary_ips/{ip['id']}"
    assert talk.put(path, {"auto_delete": False})["primary_ip"]["auto_delete"] is False
    assert act(talk, ip, "change_protection", delete=True)["protection"] == {"delete": True}
    assert talk.refused("PUT", path, {"auto_delete": True}) == (422, "invalid_input")
    assert talk.refused("DELETE", path) == (423, "protected")
    act(talk, ip, "change_protection", delete=False)
    talk.delete(path)


def test_reverse_dns_follows_the_address(talk: Talk) -> None:
    """IPv4 goes back to its default; a name in an IPv6 network is added and removed."""
    v4, v6 = create(talk), create(talk, name="six", type="ipv6")
    first = v4["dns_ptr"]
    assert act(talk, v4, "change_dns_ptr", ip=v4["ip"], dns_ptr="a.example.com")["dns_ptr"] == [
        {"ip": v4["ip"], "dns_ptr": "a.example.com"}
    ]
    assert act(talk, v4, "change_dns_ptr", ip=v4["ip"], dns_ptr=None)["dns_ptr"] == first
    inside = v6["ip"].replace("/64", "7")
    named = act(talk, v6, "change_dns_ptr", ip=inside, dns_ptr="b.example.com")
    assert named["dns_ptr"] == [{"ip": inside, "dns_ptr": "b.example.com"}]
    assert act(talk, v6, "change_dns_ptr", ip=inside, dns_ptr=None)["dns_ptr"] == []
    for ip in ("2001:db8:ffff::1", v4["ip"], "nonsense"):
        assert refusal(talk, v6, "change_dns_ptr", ip=ip, dns_ptr="c.example.com") == (422, "invalid_input")


def test_the_end_of_a_server_takes_what_is_to_go(talk: Talk) -> None:
    """Addresses that are to be deleted with it go, the others become free."""
    server = off(talk)
    kept = assign(talk, create(talk), server)
    (made,) = [each for each in talk.get("/primary_ips")["primary_ips"] if each["id"] != kept["id"]]
    assert made["auto_delete"] is True
    ptr = f"/primary_ips/{made['id']}/actions/change_dns_ptr"
    talk.delete(f"/servers/{server}")
    assert talk.refused("DELETE", f"/primary_ips/{kept['id']}") == (422, "must_be_unassigned")
    talk.sandbox.faults.hang_action("change_dns_ptr")
    hanging = talk.post(ptr, {"ip": made["ip"].replace("/64", "1"), "dns_ptr": "a.example.com"})["action"]
    talk.wait()
    left = talk.get("/primary_ips")["primary_ips"]
    assert [(each["id"], each["assignee_type"]) for each in left] == [(kept["id"], "unassigned")]
    assert talk.get(f"/actions/{hanging['id']}")["action"]["status"] == "error"


def test_what_fails_changes_nothing(talk: Talk) -> None:
    """An assignment that fails leaves the address free, one that ends badly leaves it assigned."""
    faults, server = talk.sandbox.faults, off(talk)
    faults.fail_action("assign_primary_ip", times=2)
    body = {"assignee_id": server, "assignee_type": "server"}
    ip = create(talk, **body)
    talk.wait()
    assert talk.get(f"/primary_ips/{ip['id']}")["primary_ip"]["assignee_id"] is None
    assert talk.act(f"/primary_ips/{ip['id']}/actions/assign", body)["status"] == "error"
    assert talk.get(f"/primary_ips/{ip['id']}")["primary_ip"]["assignee_id"] is None
    assign(talk, ip, server)
    faults.fail_action("unassign_primary_ip")
    assert talk.act(f"/primary_ips/{ip['id']}/actions/unassign")["status"] == "error"
    assert talk.get(f"/primary_ips/{ip['id']}")["primary_ip"]["assignee_id"] == server


def test_the_address_of_a_target_stays(talk: Talk) -> None:
    """The IPv4 address that a load balancer sends connections to cannot be unassigned, IPv6 can."""
    server = talk.server()
    body = {"name": "lb", "load_balancer_type": "lb11", "location": "fsn1"}
    target = {"type": "server", "server": {"id": server["id"]}}
    talk.post("/load_balancers", {**body, "targets": [target]})
    talk.wait()
    talk.act(f"/servers/{server['id']}/actions/poweroff")
    net = server["public_net"]
    assert refusal(talk, net["ipv4"], "unassign") == (422, "server_is_load_balancer_target")
    assert act(talk, net["ipv6"], "unassign")["assignee_id"] is None


def test_the_address_of_a_load_balancer_stays(talk: Talk) -> None:
    """It is fixed for the load balancer's life."""
    body = {"name": "lb", "load_balancer_type": "lb11", "location": "fsn1"}
    ip = talk.post("/load_balancers", body)["load_balancer"]["public_net"]["ipv4"]
    talk.wait()
    assert refusal(talk, ip, "unassign") == (422, "invalid_input")
