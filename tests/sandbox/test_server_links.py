"""Servers together with networks, firewalls and placement groups."""

from typing import Any

import pytest

from tests.sandbox.talk import Talk

WEB = {"name": "web", "server_type": "cx23", "image": "debian-13", "location": "fsn1"}


@pytest.fixture
def network(talk: Talk) -> int:
    """A network with one subnet."""
    subnet = {"type": "cloud", "network_zone": "eu-central", "ip_range": "10.0.1.0/24"}
    body = {"name": "private", "ip_range": "10.0.0.0/16", "subnets": [subnet]}
    ident: int = talk.post("/networks", body)["network"]["id"]
    return ident


def nets(talk: Talk, ident: int) -> Any:
    """The private addresses a server shows."""
    return talk.get(f"/servers/{ident}")["server"]["private_net"]


def test_a_server_is_born_into_its_network(talk: Talk, network: int) -> None:
    """The chain is create, attach, start; the address shows when it is attached."""
    answer = talk.post("/servers", {**WEB, "networks": [network]})
    commands = [each["command"] for each in [answer["action"], *answer["next_actions"]]]
    assert commands == ["create_server", "attach_to_network", "start_server"]
    attach = answer["next_actions"][0]
    assert {each["type"]: each["id"] for each in attach["resources"]} == {
        "server": answer["server"]["id"], "network": network,
    }  # fmt: skip
    assert answer["server"]["private_net"] == []
    talk.wait()
    (entry,) = nets(talk, answer["server"]["id"])
    assert (entry["network"], entry["ip"], entry["alias_ips"]) == (network, "10.0.1.1", [])
    assert entry["mac_address"].startswith("86:00:00:")


def test_a_server_without_public_addresses_needs_a_network(talk: Talk, network: int) -> None:
    """With a network a server may have no public side; it takes no firewall and starts."""
    off = {"enable_ipv4": False, "enable_ipv6": False}
    ident = talk.server(networks=[network], public_net=off)["id"]
    server = talk.get(f"/servers/{ident}")["server"]
    assert (server["status"], server["public_net"]["ipv4"], server["public_net"]["ipv6"]) == (
        "running",
        None,
        None,
    )
    firewall = talk.post("/firewalls", {"name": "wall"})["firewall"]["id"]
    body = {
        **WEB,
        "name": "b",
        "networks": [network],
        "public_net": off,
        "firewalls": [{"firewall": firewall}],
    }
    assert talk.refused("POST", "/servers", body) == (422, "private_net_only_server")
    talk.act(f"/servers/{ident}/actions/poweroff")
    talk.act(f"/servers/{ident}/actions/detach_from_network", {"network": network})
    assert talk.refused("POST", f"/servers/{ident}/actions/poweron") == (422, "invalid_input")


def test_networks_are_joined_changed_and_left(talk: Talk, network: int) -> None:
    """Attach with an address, replace the aliases, detach; each shows when its action is done."""
    ident = talk.server()["id"]
    path = f"/servers/{ident}/actions"
    talk.post(f"{path}/attach_to_network", {"network": network, "ip": "10.0.1.9", "alias_ips": ["10.0.1.8"]})
    assert nets(talk, ident) == []
    talk.wait()
    assert [(each["ip"], each["alias_ips"]) for each in nets(talk, ident)] == [("10.0.1.9", ["10.0.1.8"])]
    again = talk.refused("POST", f"{path}/attach_to_network", {"network": network})
    assert again == (422, "server_already_attached")
    talk.act(f"{path}/change_alias_ips", {"network": network, "alias_ips": ["10.0.1.7", "10.0.1.8"]})
    assert nets(talk, ident)[0]["alias_ips"] == ["10.0.1.7", "10.0.1.8"]
    talk.post(f"{path}/detach_from_network", {"network": network})
    assert len(nets(talk, ident)) == 1
    talk.wait()
    assert nets(talk, ident) == []
    for verb in ("detach_from_network", "change_alias_ips"):
        assert talk.refused("POST", f"{path}/{verb}", {"network": network, "alias_ips": []}) == (
            404,
            "not_found",
        )


def test_a_failed_attach_frees_the_address(talk: Talk, network: int) -> None:
    """When attach_to_network fails the server is not in the network and the address is free again."""
    first, second = talk.server("a")["id"], talk.server("b")["id"]
    talk.sandbox.faults.fail_action("attach_to_network")
    body = {"network": network, "ip": "10.0.1.9"}
    talk.act(f"/servers/{first}/actions/attach_to_network", body)
    assert nets(talk, first) == []
    talk.act(f"/servers/{second}/actions/attach_to_network", body)
    assert nets(talk, second)[0]["ip"] == "10.0.1.9"
    talk.sandbox.faults.fail_action("detach_from_network")
    talk.act(f"/servers/{second}/actions/detach_from_network", {"network": network})
    assert nets(talk, second)[0]["ip"] == "10.0.1.9"


def test_placement_groups_are_joined_when_off(talk: Talk) -> None:
    """A server joins a group at birth or when it is off, leaves any time, and forgets a deleted group."""
    group = talk.post("/placement_groups", {"name": "spread", "type": "spread"})["placement_group"]["id"]
    born = talk.server("born", placement_group=group)
    assert born["placement_group"]["id"] == group
    ident = talk.server()["id"]
    path, body = f"/servers/{ident}/actions", {"placement_group": group}
    join = f"{path}/add_to_placement_group"
    assert talk.refused("POST", join, body) == (422, "server_not_stopped")
    talk.act(f"{path}/poweroff")
    assert talk.refused("POST", join, {"placement_group": 1}) == (422, "invalid_input")
    talk.act(join, body)
    assert talk.get(f"/placement_groups/{group}")["placement_group"]["servers"] == [born["id"], ident]
    assert talk.refused("POST", join, body) == (422, "already_in_placement_group")
    talk.act(f"{path}/remove_from_placement_group")
    assert talk.get(f"/servers/{ident}")["server"]["placement_group"] is None
    talk.delete(f"/placement_groups/{group}")
    assert talk.get(f"/servers/{born['id']}")["server"]["placement_group"] is None


def test_a_placement_group_has_ten_places(talk: Talk) -> None:
    """The eleventh server is refused."""
    group = talk.post("/placement_groups", {"name": "spread", "type": "spread"})["placement_group"]["id"]
    for number in range(10):
        talk.post("/servers", {**WEB, "name": f"s{number}", "placement_group": group})
    assert talk.refused("POST", "/servers", {**WEB, "placement_group": group}) == (422, "placement_error")


def test_with_ssh_keys_there_is_no_password(talk: Talk) -> None:
    """Keys by name or id replace the root password, at birth and at a rebuild."""
    public = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIC8w1Gm6FNhyDFzMtDkD3Gcqz5wTRZEF1ZyTtTAYcgxO me"
    key = talk.post("/ssh_keys", {"name": "me", "public_key": public})["ssh_key"]
    first = talk.post("/servers", {**WEB, "ssh_keys": ["me"]})
    second = talk.post("/servers", {**WEB, "name": "b", "ssh_keys": [key["id"]]})
    assert (first["root_password"], second["root_password"]) == (None, None)
    talk.wait()
    ident = first["server"]["id"]
    rebuilt = talk.post(f"/servers/{ident}/actions/rebuild", {"image": "debian-13"})
    assert rebuilt["root_password"] is None
    talk.wait()
    rescue = f"/servers/{ident}/actions/enable_rescue"
    assert talk.refused("POST", rescue, {"ssh_keys": [1]}) == (422, "invalid_input")
    assert talk.post(rescue, {"ssh_keys": [key["id"]]})["root_password"]


def test_firewalls_show_on_their_servers(talk: Talk) -> None:
    """A server is created behind a firewall; an unknown one is refused."""
    firewall = talk.post("/firewalls", {"name": "wall"})["firewall"]["id"]
    server = talk.server(firewalls=[{"firewall": firewall}])
    assert server["public_net"]["firewalls"] == [{"id": firewall, "status": "applied"}]
    body = {**WEB, "name": "b", "firewalls": [{"firewall": 1}]}
    assert talk.refused("POST", "/servers", body)[0] == 422
