"""Members of networks: which addresses servers get, what is refused, what becomes of them."""

from typing import Any

from tests.sandbox.talk import Talk

EU = {"type": "cloud", "network_zone": "eu-central"}


def network(talk: Talk, ip_range: str = "10.0.0.0/16", *subnets: Any, name: str = "net") -> Any:
    """Create a network; with one /24 in the EU unless told otherwise. Returns its id."""
    body = {"name": name, "ip_range": ip_range, "subnets": list(subnets) or [EU]}
    return talk.post("/networks", body)["network"]["id"]


def server(talk: Talk, name: str, *networks: int, location: str = "fsn1") -> Any:
    """Create a server in networks."""
    kind = "cx23" if location == "fsn1" else "cpx11"
    return talk.server(name, networks=list(networks), location=location, server_type=kind)


def attach(talk: Talk, server: Any, network: int, **wish: Any) -> Any:
    """Attach a server and return its entry in the network."""
    talk.act(f"/servers/{server['id']}/actions/attach_to_network", {"network": network, **wish})
    nets = talk.get(f"/servers/{server['id']}")["server"]["private_net"]
    return next(net for net in nets if net["network"] == network)


def refusal(talk: Talk, server: Any, network: int, **wish: Any) -> tuple[int, str]:
    """Try to attach a server, which must be refused."""
    return talk.refused(
        "POST", f"/servers/{server['id']}/actions/attach_to_network", {"network": network, **wish}
    )


def test_the_first_server_gets_the_second_address(talk: Talk) -> None:
    """In 10.0.0.0/16 with 10.0.0.0/24 the gateway has .1; servers get .2, .3, and a free .2 again."""
    net = network(talk)
    first, second = server(talk, "a", net), server(talk, "b", net)
    assert [each["private_net"][0]["ip"] for each in (first, second)] == ["10.0.0.2", "10.0.0.3"]
    assert first["private_net"][0]["mac_address"].startswith("86:00:00:")
    talk.delete(f"/servers/{first['id']}")
    talk.wait()
    third = server(talk, "c", net)
    assert third["private_net"][0]["ip"] == "10.0.0.2"
    assert talk.get(f"/networks/{net}")["network"]["servers"] == [second["id"], third["id"]]


def test_other_subnets_start_at_their_first_address(talk: Talk) -> None:
    """Only the network's own first address is reserved, not that of a later subnet."""
    net = network(talk, "10.0.0.0/16", {**EU, "ip_range": "10.0.7.0/24"})
    assert server(talk, "a", net)["private_net"][0]["ip"] == "10.0.7.1"


def test_the_subnet_must_be_in_the_servers_zone(talk: Talk) -> None:
    """A server in the US gets no address from a subnet in the EU, but one from its own zone."""
    net, far = network(talk), server(talk, "far", location="ash")
    assert refusal(talk, far, net) == (422, "no_subnet_available")
    talk.act(f"/networks/{net}/actions/add_subnet", {"type": "cloud", "network_zone": "us-east"})
    assert attach(talk, far, net)["ip"] == "10.0.1.1"


def test_a_full_subnet_gives_way_to_the_next(talk: Talk) -> None:
    """A /30 has two addresses; when all subnets are full there is no_subnet_available."""
    small = [{**EU, "ip_range": f"10.0.{number}.0/30"} for number in (4, 5)]
    net = network(talk, "10.0.0.0/16", *small)
    got = [server(talk, f"s{number}", net)["private_net"][0]["ip"] for number in range(4)]
    assert got == ["10.0.4.1", "10.0.4.2", "10.0.5.1", "10.0.5.2"]
    assert refusal(talk, server(talk, "more"), net) == (422, "no_subnet_available")


def test_an_address_can_be_chosen(talk: Talk) -> None:
    """A wanted address is given when it is free; taken, reserved and outside ones are not available."""
    net, other = network(talk), server(talk, "b")
    assert attach(talk, server(talk, "a"), net, ip="10.0.0.9")["ip"] == "10.0.0.9"
    for ip in ("10.0.0.9", "10.0.0.1", "10.0.0.0", "10.0.0.255", "10.0.5.5", "192.168.0.1"):
        assert refusal(talk, other, net, ip=ip) == (422, "ip_not_available")
    assert refusal(talk, other, net, ip="nine") == (422, "invalid_input")


def test_a_subnet_can_be_chosen(talk: Talk) -> None:
    """With ip_range the address comes from that subnet, and a wanted one must lie in it."""
    net, web = network(talk, "10.0.0.0/16", EU, EU), server(talk, "a")
    assert refusal(talk, web, net, ip_range="10.0.9.0/24") == (422, "no_subnet_available")
    assert refusal(talk, web, net, ip_range="10.0.1.0/24", ip="10.0.0.5") == (422, "invalid_input")
    assert attach(talk, web, net, ip_range="10.0.1.0/24")["ip"] == "10.0.1.1"


def test_alias_addresses_are_checked_and_replaced(talk: Talk) -> None:
    """Alias IPs must be free and at most five; the own old ones count as free when they are replaced."""
    net, web = network(talk), server(talk, "a")
    assert attach(talk, web, net, alias_ips=["10.0.0.8", "10.0.0.9"])["alias_ips"] == ["10.0.0.8", "10.0.0.9"]
    assert refusal(talk, server(talk, "b"), net, alias_ips=["10.0.0.8"]) == (422, "ip_not_available")
    path = f"/servers/{web['id']}/actions/change_alias_ips"
    talk.act(path, {"network": net, "alias_ips": ["10.0.0.9", "10.0.0.10"]})
    assert talk.get(f"/networks/{net}/members")["members"][0]["alias_ips"] == ["10.0.0.9", "10.0.0.10"]
    taken = {"network": net, "alias_ips": ["10.0.0.2"]}
    assert talk.refused("POST", path, taken) == (422, "ip_not_available")
    many = {"network": net, "alias_ips": [f"10.0.0.{number}" for number in range(20, 26)]}
    assert talk.refused("POST", path, many) == (422, "invalid_input")


def test_alias_addresses_on_their_way_are_taken(talk: Talk) -> None:
    """An alias IP that a running change is about to set is not available to anybody else."""
    net = network(talk)
    web, other = server(talk, "a", net), server(talk, "b")
    wish = {"network": net, "alias_ips": ["10.0.0.9"]}
    talk.post(f"/servers/{web['id']}/actions/change_alias_ips", wish)
    assert refusal(talk, other, net, ip="10.0.0.9") == (422, "ip_not_available")


def test_a_network_is_joined_once_and_without_overlap(talk: Talk) -> None:
    """Joining twice, joining overlapping networks, and joining a fourth network are refused."""
    nets = [network(talk, f"10.{number}.0.0/16", name=f"n{number}") for number in range(4)]
    wide = network(talk, "10.0.0.0/8", {**EU, "ip_range": "10.50.0.0/24"}, name="wide")
    web = server(talk, "a", *nets[:3])
    assert refusal(talk, web, nets[0]) == (422, "server_already_attached")
    assert refusal(talk, web, wide) == (422, "networks_overlap")
    assert refusal(talk, web, nets[3]) == (403, "resource_limit_exceeded")
    assert refusal(talk, web, 999) == (404, "not_found")


def test_members_are_listed_with_their_state(talk: Talk) -> None:
    """Members show type, address, subnet and state, can be filtered by them and sorted by address."""
    net = network(talk, "10.0.0.0/16", EU, EU)
    first = attach(talk, server(talk, "a"), net, ip="10.0.0.100")
    second = server(talk, "b", net)
    talk.post(
        f"/servers/{second['id']}/actions/change_alias_ips", {"network": net, "alias_ips": ["10.0.1.7"]}
    )
    third = server_starting(talk, "c", net)
    members = talk.get(f"/networks/{net}/members?sort=ip")["members"]
    assert [each["ip"] for each in members] == ["10.0.0.2", "10.0.0.3", "10.0.0.100"]
    assert [each["status"] for each in members] == ["updating", "attaching", "ok"]
    assert members[2]["ip"] == first["ip"]
    assert {each["type"] for each in members} == {"server"}
    assert [each["id"] for each in talk.get(f"/networks/{net}/members?status=attaching")["members"]] == [
        third
    ]
    assert len(talk.get(f"/networks/{net}/members?subnet=10.0.0.0/24&per_page=2")["members"]) == 2
    assert talk.get(f"/networks/{net}/members?type=load_balancer")["members"] == []
    assert third not in talk.get(f"/networks/{net}")["network"]["servers"]


def server_starting(talk: Talk, name: str, net: int) -> Any:
    """Create a server without waiting for it; returns its id."""
    body = {"name": name, "server_type": "cx23", "image": "debian-13", "location": "fsn1", "networks": [net]}
    return talk.post("/servers", body)["server"]["id"]


def test_a_subnet_in_use_stays(talk: Talk) -> None:
    """A subnet with members is not deleted; one that is just being deleted takes no new ones."""
    net = network(talk, "10.0.0.0/16", EU, EU)
    web = server(talk, "a", net)
    path = f"/networks/{net}/actions/delete_subnet"
    status, error = talk.error("POST", path, {"ip_range": "10.0.0.0/24"})
    assert (status, error["code"]) == (422, "service_error")
    assert "servers are attached" in error["message"]
    talk.act(f"/servers/{web['id']}/actions/detach_from_network", {"network": net})
    talk.post(path, {"ip_range": "10.0.0.0/24"})
    assert attach(talk, web, net)["ip"] == "10.0.1.1"


def test_deleting_a_network_detaches_everybody(talk: Talk) -> None:
    """Servers leave a deleted network at once, also one that is still being created with it."""
    net = network(talk)
    inside, coming = server(talk, "a", net), server_starting(talk, "b", net)
    assert talk.delete(f"/networks/{net}") is None
    talk.wait()
    for ident in (inside["id"], coming):
        found = talk.get(f"/servers/{ident}")["server"]
        assert (found["private_net"], found["status"], found["locked"]) == ([], "running", False)


def test_a_network_has_a_hundred_members(talk: Talk) -> None:
    """The 101st server of a network answers resource_limit_exceeded."""
    net = network(talk)
    for number in range(100):
        server_starting(talk, f"s{number}", net)
    assert refusal(talk, server(talk, "more"), net) == (403, "resource_limit_exceeded")
    assert talk.get(f"/networks/{net}/members")["meta"]["pagination"]["total_entries"] == 100
