"""Targets of load balancers: servers in public, in private, and addresses outside the cloud."""

from typing import Any

from hetzner.sandbox.kinds.load_balancers import LoadBalancers
from hetzner.sandbox.kinds.networks import Networks
from tests.sandbox.balancers import at, balancer, by, do, field, network, on, read, refusal, wish
from tests.sandbox.talk import Talk

UNREACHED = (422, "resolve_cloud_public_targets_error")
PRIVATE = {"use_private_ip": True}
NOT_PUBLIC = {"enable_ipv4": False, "enable_ipv6": False}


def ipv4(server: Any) -> str:
    """The public address of a server."""
    ip: str = server["public_net"]["ipv4"]["ip"]
    return ip


def test_a_server_becomes_a_target(talk: Talk) -> None:
    """A target is reached at the server's IPv4 address; the server shows the load balancer."""
    web, lb = talk.server(), balancer(talk)
    action = talk.post(f"/load_balancers/{lb['id']}/actions/add_target", on(web))["action"]
    assert (action["command"], read(talk, lb["id"])["targets"]) == ("add_target", [])
    talk.wait()
    shown = {**on(web, ip=ipv4(web)), "use_private_ip": False, "health_status": []}
    assert read(talk, lb["id"])["targets"] == [shown]
    assert talk.get(f"/servers/{web['id']}")["server"]["load_balancers"] == [lb["id"]]


def test_targets_can_be_there_from_the_start(talk: Talk) -> None:
    """A create takes targets of all types, private ones in the network it joins."""
    net = network(talk)
    web = talk.server(networks=[net], labels={"env": "prod"})
    targets = [{**on(web), **PRIVATE}, by("env"), at("203.0.113.200")]
    with talk.sandbox.inside() as project:
        project.kind_as(LoadBalancers).register_ip("203.0.113.200")
    answer = talk.post("/load_balancers", wish(network=net, targets=targets))["load_balancer"]
    assert [each["type"] for each in answer["targets"]] == ["server", "label_selector", "ip"]
    assert answer["targets"][0]["server"]["ip"] == web["private_net"][0]["ip"]
    assert answer["targets"][1]["targets"][0]["server"] == {"id": web["id"], "ip": ipv4(web)}
    assert answer["targets"][2] == {**at("203.0.113.200"), "health_status": []}


def test_unknown_servers_are_refused(talk: Talk) -> None:
    """An unknown server answers in the words seen of the API; a target without its part names the field."""
    lb = balancer(talk)
    status, error = talk.error("POST", f"/load_balancers/{lb['id']}/actions/add_target", on({"id": 1}))
    assert (status, error["code"]) == (422, "invalid_input")
    assert error["message"] == "cloud target was not found"
    path = f"/load_balancers/{lb['id']}/actions/add_target"
    for kind in ("server", "label_selector", "ip"):
        assert field(talk, path, {"type": kind}) == kind
    assert field(talk, "/load_balancers", wish(name="b", targets=[{"type": "ip"}])) == "targets[].ip"


def test_a_chosen_address_must_be_the_servers(talk: Talk) -> None:
    """The IPv4 address or one of the IPv6 network can be chosen, nothing else; none for private targets."""
    web, lb = talk.server(), balancer(talk, network=network(talk))
    host = web["public_net"]["ipv6"]["ip"].replace("::/64", "::7")
    unfit = (422, "ip_not_assigned_to_server")
    assert refusal(talk, lb, "add_target", on(web, ip="192.0.2.1")) == unfit
    assert refusal(talk, lb, "add_target", on(web, ip="2001:db8:ffff::1")) == unfit
    path = f"/load_balancers/{lb['id']}/actions/add_target"
    assert field(talk, path, on(web, ip="here")) == "server.ip"
    assert field(talk, path, {**on(web, ip=ipv4(web)), **PRIVATE}) == "server.ip"
    lb = do(talk, lb, "add_target", on(web, ip=host))
    assert lb["targets"][0]["server"] == {"id": web["id"], "ip": host}
    assert refusal(talk, lb, "add_target", on(web, ip=ipv4(web))) == (422, "target_already_defined")


def test_a_public_target_needs_a_public_address(talk: Talk) -> None:
    """A server without IPv4 address is refused unless an IPv6 address is chosen."""
    net, lb = network(talk), balancer(talk)
    hidden = talk.server("hidden", networks=[net], public_net=NOT_PUBLIC)
    six = talk.server("six", public_net={"enable_ipv4": False})
    assert refusal(talk, lb, "add_target", on(hidden)) == UNREACHED
    assert refusal(talk, lb, "add_target", on(six)) == UNREACHED
    host = six["public_net"]["ipv6"]["ip"].replace("::/64", "::1")
    assert do(talk, lb, "add_target", on(six, ip=host))["targets"][0]["server"]["ip"] == host


def test_a_private_target_needs_a_shared_network(talk: Talk) -> None:
    """Load balancer and server have to be in the same network."""
    net = network(talk)
    member, stranger = talk.server("member", networks=[net]), talk.server("stranger")
    lb = balancer(talk)
    refused = (422, "load_balancer_not_attached_to_network")
    assert refusal(talk, lb, "add_target", {**on(member), **PRIVATE}) == refused
    lb = do(talk, lb, "attach_to_network", {"network": net})
    away = (422, "resolve_cloud_private_targets_error")
    assert refusal(talk, lb, "add_target", {**on(stranger), **PRIVATE}) == away
    target = do(talk, lb, "add_target", {**on(member), **PRIVATE})["targets"][0]
    assert (target["use_private_ip"], target["server"]["ip"]) == (True, member["private_net"][0]["ip"])


def test_a_target_is_defined_once(talk: Talk) -> None:
    """The same server, selector or address a second time answers target_already_defined."""
    web = talk.server()
    with talk.sandbox.inside() as project:
        project.kind_as(LoadBalancers).register_ip("2001:DB8:1::1")
    targets = [on(web), by("env"), at("2001:db8:1::1")]
    lb = balancer(talk, targets=targets)
    for target in targets:
        assert refusal(talk, lb, "add_target", target) == (422, "target_already_defined")
    body = wish(name="two", targets=[on(web), on(web)])
    assert talk.refused("POST", "/load_balancers", body) == (422, "target_already_defined")


def test_targets_can_be_removed(talk: Talk) -> None:
    """A target of each type goes; one that is not there is refused with a code of its own."""
    web = talk.server()
    with talk.sandbox.inside() as project:
        project.kind_as(LoadBalancers).register_ip("2001:db8:1::1")
    targets = [on(web), by("env"), at("2001:db8:1::1")]
    lb = balancer(talk, targets=targets)
    for number, target in enumerate(targets, 1):
        assert len(do(talk, lb, "remove_target", target)["targets"]) == 3 - number
        gone = (404, "load_balancer_target_not_found")
        assert refusal(talk, lb, "remove_target", target) == gone
    assert talk.get(f"/servers/{web['id']}")["server"]["load_balancers"] == []


def test_foreign_addresses_are_refused(talk: Talk) -> None:
    """Public addresses must be those of the customer's dedicated servers, not those of cloud servers."""
    web, lb = talk.server(), balancer(talk)
    for ip in ("192.0.2.77", ipv4(web), "2001:db8::1"):
        assert refusal(talk, lb, "add_target", at(ip)) == (422, "ip_not_owned")
    path = f"/load_balancers/{lb['id']}/actions/add_target"
    assert field(talk, path, at("10.0.0.0/8")) == "ip.ip"
    assert field(talk, path, {**at("192.0.2.77"), **PRIVATE}) == "use_private_ip"


def test_internal_addresses_must_be_behind_the_vswitch(talk: Talk) -> None:
    """A private address needs a network with a vSwitch subnet that it lies in."""
    with talk.sandbox.inside() as project:
        project.kind_as(Networks).register_vswitch(7)
    lb = balancer(talk)
    refused = (422, "load_balancer_not_attached_to_network")
    assert refusal(talk, lb, "add_target", at("10.0.1.5")) == refused
    net = network(talk)
    lb = do(talk, lb, "attach_to_network", {"network": net})
    assert refusal(talk, lb, "add_target", at("10.0.1.5")) == (422, "network_has_no_vswitch_subnet")
    subnet = {"type": "vswitch", "network_zone": "eu-central", "vswitch_id": 7, "ip_range": "10.0.1.0/24"}
    talk.act(f"/networks/{net}/actions/add_subnet", subnet)
    assert refusal(talk, lb, "add_target", at("10.0.2.5")) == (422, "ip_not_in_vswitch_subnet")
    assert do(talk, lb, "add_target", at("10.0.1.5"))["targets"][0]["ip"] == {"ip": "10.0.1.5"}


def test_the_type_limits_the_targets(talk: Talk) -> None:
    """lb11 takes 25 targets, added or created."""
    targets = [by(f"k{number}") for number in range(26)]
    lb = balancer(talk, targets=targets[:25])
    assert refusal(talk, lb, "add_target", targets[25]) == (403, "resource_limit_exceeded")
    body = wish(name="two", targets=targets)
    assert talk.refused("POST", "/load_balancers", body) == (403, "resource_limit_exceeded")


def test_a_deleted_server_is_no_target(talk: Talk) -> None:
    """A server that is deleted leaves all load balancers, also one that it was just being added to."""
    web, lb = talk.server(), balancer(talk)
    other = balancer(talk, name="other", targets=[on(web), by("env")])
    talk.sandbox.faults.hang_action("add_target")
    talk.post(f"/load_balancers/{lb['id']}/actions/add_target", on(web))
    talk.delete(f"/servers/{web['id']}")
    talk.wait()
    talk.sandbox.release()
    assert read(talk, lb["id"])["targets"] == []
    assert [each["type"] for each in read(talk, other["id"])["targets"]] == ["label_selector"]


def test_the_address_of_a_target_cannot_be_taken_away(talk: Talk) -> None:
    """The IPv4 address of a server that is a public target stays assigned."""
    web = talk.server()
    lb = balancer(talk, targets=[on(web)])
    talk.act(f"/servers/{web['id']}/actions/poweroff")
    path = f"/primary_ips/{web['public_net']['ipv4']['id']}/actions/unassign"
    assert talk.refused("POST", path, {}) == (422, "server_is_load_balancer_target")
    do(talk, lb, "remove_target", on(web))
    assert talk.act(path)["status"] == "success"
