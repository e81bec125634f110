"""What load balancers are connected to: a network, the public interface, reverse DNS."""

from typing import Any

from hetzner.sandbox.kinds.load_balancers import LoadBalancers
from tests.sandbox.balancers import at, balancer, by, do, field, network, on, read, refusal, wish
from tests.sandbox.talk import Talk

PRIVATE = {"use_private_ip": True}
UNATTACHED = (422, "load_balancer_not_attached_to_network")


def members(talk: Talk, net: int) -> list[tuple[str, str, str]]:
    """What a network lists: type, address, status."""
    listed = talk.get(f"/networks/{net}/members")["members"]
    return [(each["type"], each["ip"], each["status"]) for each in listed]


def test_a_load_balancer_joins_a_network(talk: Talk) -> None:
    """It gets the lowest free address, which the network shows as attaching until it is there."""
    net, lb = network(talk), balancer(talk)
    action = talk.post(f"/load_balancers/{lb['id']}/actions/attach_to_network", {"network": net})["action"]
    assert {each["type"] for each in action["resources"]} == {"load_balancer", "network"}
    assert read(talk, lb["id"])["private_net"] == []
    assert members(talk, net) == [("load_balancer", "10.0.0.2", "attaching")]
    talk.wait()
    assert read(talk, lb["id"])["private_net"] == [{"network": net, "ip": "10.0.0.2"}]
    assert members(talk, net) == [("load_balancer", "10.0.0.2", "ok")]
    assert talk.get(f"/networks/{net}")["network"]["load_balancers"] == [lb["id"]]
    assert talk.server(networks=[net])["private_net"][0]["ip"] == "10.0.0.3"


def test_it_is_in_one_network_at_most(talk: Talk) -> None:
    """A second network is refused, be it another or the same."""
    net = network(talk)
    lb = balancer(talk, network=net)
    assert lb["private_net"] == [{"network": net, "ip": "10.0.0.2"}]
    other = network(talk, "other", ip_range="10.1.0.0/16")
    for ident in (net, other):
        refused = refusal(talk, lb, "attach_to_network", {"network": ident})
        assert refused == (422, "load_balancer_already_attached")


def test_an_address_can_be_chosen(talk: Talk) -> None:
    """A free address of a subnet is taken; one in use, another zone, and a missing network are refused."""
    net = network(talk)
    first = balancer(talk, name="first")
    lb = do(talk, first, "attach_to_network", {"network": net, "ip": "10.0.0.9", "ip_range": "10.0.0.0/24"})
    assert lb["private_net"] == [{"network": net, "ip": "10.0.0.9"}]
    second, far = balancer(talk, name="second"), balancer(talk, name="far", location="ash")
    body: dict[str, Any] = {"network": net, "ip": "10.0.0.9"}
    assert refusal(talk, second, "attach_to_network", body) == (422, "ip_not_available")
    assert refusal(talk, far, "attach_to_network", {"network": net}) == (422, "no_subnet_available")
    assert refusal(talk, second, "attach_to_network", {"network": 1}) == (404, "not_found")


def test_leaving_drops_private_targets(talk: Talk) -> None:
    """Who leaves the network loses the targets in it; public ones stay."""
    net = network(talk)
    web, db = talk.server("web"), talk.server("db", networks=[net])
    lb = balancer(talk, network=net, targets=[on(web), {**on(db), **PRIVATE}, {**by("a"), **PRIVATE}])
    path = f"/load_balancers/{lb['id']}/actions/detach_from_network"
    talk.post(path, {"network": net})
    assert members(talk, net)[-1] == ("load_balancer", lb["private_net"][0]["ip"], "detaching")
    talk.wait()
    lb = read(talk, lb["id"])
    assert (lb["private_net"], [each["server"]["id"] for each in lb["targets"]]) == ([], [web["id"]])
    assert talk.refused("POST", path, {"network": net}) == (404, "not_found")


def test_a_failed_detach_leaves_it_attached(talk: Talk) -> None:
    """When leaving fails it is still in the network, and when joining fails it is not."""
    net = network(talk)
    lb = balancer(talk, network=net)
    talk.sandbox.faults.fail_action("detach_from_network")
    talk.act(f"/load_balancers/{lb['id']}/actions/detach_from_network", {"network": net})
    assert members(talk, net) == [("load_balancer", "10.0.0.2", "ok")]
    do(talk, lb, "detach_from_network", {"network": net})
    talk.sandbox.faults.fail_action("attach_to_network")
    talk.act(f"/load_balancers/{lb['id']}/actions/attach_to_network", {"network": net})
    assert members(talk, net) == []


def test_a_deleted_network_drops_private_targets(talk: Talk) -> None:
    """Deleting a network detaches its load balancers, whose private targets go."""
    net = network(talk)
    db = talk.server(networks=[net])
    lb = balancer(talk, network=net, targets=[{**on(db), **PRIVATE}])
    late = balancer(talk, name="late")
    talk.post(f"/load_balancers/{late['id']}/actions/attach_to_network", {"network": net})
    talk.delete(f"/networks/{net}")
    talk.wait()
    assert (read(talk, lb["id"])["private_net"], read(talk, lb["id"])["targets"]) == ([], [])
    assert read(talk, late["id"])["private_net"] == []


def test_the_public_interface_can_be_switched(talk: Talk) -> None:
    """It goes off only in a network with private targets only, keeps its addresses, and goes on again."""
    net = network(talk)
    db, lb = talk.server(networks=[net]), balancer(talk)
    assert refusal(talk, lb, "disable_public_interface") == UNATTACHED
    lb = do(talk, lb, "attach_to_network", {"network": net})
    lb = do(talk, lb, "add_target", on(db))
    assert refusal(talk, lb, "disable_public_interface") == (422, "targets_without_use_private_ip")
    lb = do(talk, do(talk, lb, "remove_target", on(db)), "add_target", {**on(db), **PRIVATE})
    addresses = lb["public_net"]
    assert do(talk, lb, "disable_public_interface")["public_net"] == {**addresses, "enabled": False}
    assert do(talk, lb, "enable_public_interface")["public_net"] == addresses


def test_without_public_interface_no_public_targets(talk: Talk) -> None:
    """A load balancer created without public interface needs a network and takes no public target."""
    body = wish(public_interface=False)
    assert talk.refused("POST", "/load_balancers", body) == UNATTACHED
    lb, web = balancer(talk, public_interface=False, network=network(talk)), talk.server()
    assert lb["public_net"]["enabled"] is False
    with talk.sandbox.inside() as project:
        project.kind_as(LoadBalancers).register_ip("192.0.2.99")
    for target in (on(web), by("env"), at("192.0.2.99")):
        status, error = talk.error("POST", f"/load_balancers/{lb['id']}/actions/add_target", target)
        assert (status, error["code"]) == (422, "load_balancer_public_interface_disabled")
        words = "load balancer public interface is disabled, cannot add target using public IP"
        assert error["message"] == words


def test_reverse_dns_can_be_set(talk: Talk) -> None:
    """Both addresses get a name; null brings the default of IPv4 back and removes that of IPv6."""
    lb = balancer(talk)
    default = lb["public_net"]["ipv4"]["dns_ptr"]
    for version, reset in (("ipv4", default), ("ipv6", None)):
        body = {"ip": lb["public_net"][version]["ip"], "dns_ptr": "lb.example.com"}
        lb = do(talk, lb, "change_dns_ptr", body)
        assert lb["public_net"][version]["dns_ptr"] == "lb.example.com"
        primary = talk.get(f"/primary_ips/{lb['public_net'][version]['id']}")["primary_ip"]
        assert primary["dns_ptr"] == [body]
        lb = do(talk, lb, "change_dns_ptr", {**body, "dns_ptr": None})
        assert lb["public_net"][version]["dns_ptr"] == reset
    path = f"/load_balancers/{lb['id']}/actions/change_dns_ptr"
    for ip in ("192.0.2.250", "nowhere"):
        assert field(talk, path, {"ip": ip, "dns_ptr": "a.example"}) == "ip"
