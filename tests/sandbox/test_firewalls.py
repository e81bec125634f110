"""Firewalls: direct application, limits, deletion; their rules and labels have files of their own."""

from typing import Any

from tests.sandbox.talk import Talk

SSH = {"direction": "in", "protocol": "tcp", "port": "22", "source_ips": ["0.0.0.0/0", "::/0"]}


def create(talk: Talk, name: str = "fw", **fields: Any) -> Any:
    """Create a firewall."""
    return talk.post("/firewalls", {"name": name, **fields})["firewall"]


def read(talk: Talk, firewall: Any) -> Any:
    """Read a firewall again."""
    return talk.get(f"/firewalls/{firewall['id']}")["firewall"]


def on(server: Any) -> dict[str, Any]:
    """A server as a target."""
    return {"type": "server", "server": {"id": server["id"]}}


def apply(talk: Talk, firewall: Any, *targets: Any) -> Any:
    """Apply a firewall to targets and wait; returns the actions."""
    return _do(talk, firewall, "apply_to_resources", {"apply_to": list(targets)})


def remove(talk: Talk, firewall: Any, *targets: Any) -> Any:
    """Take a firewall off targets and wait; returns the actions."""
    return _do(talk, firewall, "remove_from_resources", {"remove_from": list(targets)})


def _do(talk: Talk, firewall: Any, command: str, body: Any) -> Any:
    actions = talk.post(f"/firewalls/{firewall['id']}/actions/{command}", body)["actions"]
    talk.wait()
    return actions


def refusal(talk: Talk, firewall: Any, *targets: Any, field: str = "apply_to") -> tuple[int, str]:
    """Try to apply, or to remove with `remove_from`, which must be refused."""
    command = {"apply_to": "apply_to_resources", "remove_from": "remove_from_resources"}[field]
    return talk.refused("POST", f"/firewalls/{firewall['id']}/actions/{command}", {field: list(targets)})


def statuses(talk: Talk, server: Any) -> Any:
    """The firewalls a server shows: id -> status."""
    shown = talk.get(f"/servers/{server['id']}")["server"]["public_net"]["firewalls"]
    return {each["id"]: each["status"] for each in shown}


def test_a_firewall_gets_onto_a_server(talk: Talk) -> None:
    """A server shows the firewall as pending, then as applied when apply_firewall is done."""
    web, firewall = talk.server(), create(talk)
    body = {"apply_to": [on(web)]}
    actions = talk.post(f"/firewalls/{firewall['id']}/actions/apply_to_resources", body)["actions"]
    assert [each["command"] for each in actions] == ["apply_firewall"]
    assert {(each["type"], each["id"]) for each in actions[0]["resources"]} == {
        ("server", web["id"]),
        ("firewall", firewall["id"]),
    }
    assert statuses(talk, web) == {firewall["id"]: "pending"}
    talk.wait()
    assert statuses(talk, web) == {firewall["id"]: "applied"}
    assert read(talk, firewall)["applied_to"] == [on(web)]


def test_a_firewall_comes_off_a_server(talk: Talk) -> None:
    """It is off when remove_firewall is done; taking it off again is no mistake."""
    web = talk.server()
    firewall = create(talk, apply_to=[on(web)])
    talk.wait()
    assert [each["command"] for each in remove(talk, firewall, on(web))] == ["remove_firewall"]
    assert (statuses(talk, web), read(talk, firewall)["applied_to"]) == ({}, [])
    assert remove(talk, firewall, on(web)) == []


def test_new_rules_reach_every_server(talk: Talk) -> None:
    """set_rules yields one set_firewall_rules and an apply_firewall for each server that waits for it."""
    servers = [talk.server(name) for name in ("a", "b")]
    firewall = create(talk, apply_to=[on(server) for server in servers])
    talk.wait()
    path = f"/firewalls/{firewall['id']}/actions/set_rules"
    actions = talk.post(path, {"rules": [SSH]})["actions"]
    assert [each["command"] for each in actions] == ["set_firewall_rules", "apply_firewall", "apply_firewall"]
    assert read(talk, firewall)["rules"] == []
    assert talk.refused("POST", path, {"rules": []}) == (409, "conflict")
    assert talk.refused("PUT", f"/firewalls/{firewall['id']}", {"name": "x"}) == (409, "conflict")
    talk.wait()
    assert len(read(talk, firewall)["rules"]) == 1
    assert statuses(talk, servers[0]) == {firewall["id"]: "applied"}


def test_failed_actions_change_nothing(talk: Talk) -> None:
    """What was to be applied, replaced or removed stays as it was when the action fails."""
    web, firewall = talk.server(), create(talk, rules=[SSH])
    talk.sandbox.faults.fail_action("apply_firewall")
    apply(talk, firewall, on(web))
    assert (statuses(talk, web), read(talk, firewall)["applied_to"]) == ({}, [])
    apply(talk, firewall, on(web))
    talk.sandbox.faults.fail_action("set_firewall_rules")
    _do(talk, firewall, "set_rules", {"rules": []})
    assert len(read(talk, firewall)["rules"]) == 1
    assert statuses(talk, web) == {firewall["id"]: "applied"}
    talk.sandbox.faults.fail_action("remove_firewall")
    remove(talk, firewall, on(web))
    assert read(talk, firewall)["applied_to"] == [on(web)]


def test_a_firewall_is_applied_once(talk: Talk) -> None:
    """Applying again answers firewall_already_applied, naming a server twice server_already_added."""
    web = talk.server()
    firewall = create(talk, apply_to=[on(web)])
    assert refusal(talk, firewall, on(web)) == (422, "firewall_already_applied")
    assert refusal(talk, create(talk, "two"), on(web), on(web)) == (422, "server_already_added")


def test_unknown_servers_are_not_found(talk: Talk) -> None:
    """An unknown server is 404 on apply and remove, 422 on create, with the same code."""
    firewall, nobody = create(talk), on({"id": 999})
    assert refusal(talk, firewall, nobody) == (404, "firewall_resource_not_found")
    assert refusal(talk, firewall, nobody, field="remove_from") == (404, "firewall_resource_not_found")
    body = {"name": "two", "apply_to": [nobody]}
    assert talk.refused("POST", "/firewalls", body) == (422, "firewall_resource_not_found")
    assert refusal(talk, firewall, {"type": "server"}) == (422, "invalid_input")
    for text in ("=,", "", "k" * 1001):
        labels = {"type": "label_selector", "label_selector": {"selector": text}}
        assert refusal(talk, firewall, labels) == (422, "invalid_input")


def test_a_private_server_takes_no_firewall(talk: Talk) -> None:
    """A server without public interface answers private_net_only_server."""
    subnets = [{"type": "cloud", "network_zone": "eu-central"}]
    net = talk.post("/networks", {"name": "n", "ip_range": "10.0.0.0/16", "subnets": subnets})["network"][
        "id"
    ]
    public = {"enable_ipv4": False, "enable_ipv6": False}
    web = talk.server(networks=[net], public_net=public)
    assert refusal(talk, create(talk), on(web)) == (422, "private_net_only_server")


def test_a_server_takes_five_firewalls(talk: Talk) -> None:
    """The sixth firewall of a server is refused, when applied and at create."""
    web, firewalls = talk.server(), [create(talk, f"fw{number}") for number in range(6)]
    for firewall in firewalls[:5]:
        apply(talk, firewall, on(web))
    assert refusal(talk, firewalls[5], on(web)) == (403, "resource_limit_exceeded")
    body = {"name": "db", "server_type": "cx23", "image": "debian-13", "location": "fsn1"}
    wish = [{"firewall": firewall["id"]} for firewall in firewalls]
    assert talk.refused("POST", "/servers", {**body, "firewalls": wish}) == (403, "resource_limit_exceeded")
    assert [each["name"] for each in talk.get("/servers")["servers"]] == ["web"]


def test_a_server_is_created_behind_firewalls(talk: Talk) -> None:
    """Firewalls named at create are applied; an unknown one answers invalid_input."""
    firewall = create(talk)
    web = talk.server(firewalls=[{"firewall": firewall["id"]}])
    assert statuses(talk, web) == {firewall["id"]: "applied"}
    assert read(talk, firewall)["applied_to"] == [on(web)]
    body = {"name": "db", "server_type": "cx23", "image": "debian-13", "firewalls": [{"firewall": 999}]}
    assert talk.refused("POST", "/servers", body) == (422, "invalid_input")


def test_a_firewall_in_use_stays(talk: Talk) -> None:
    """A firewall that is applied to something is not deleted; when its server is gone it can go."""
    web = talk.server()
    firewall = create(talk, apply_to=[on(web)])
    status, error = talk.error("DELETE", f"/firewalls/{firewall['id']}")
    assert (status, error["code"]) == (422, "resource_in_use")
    assert error["message"] == f"firewall with ID {firewall['id']} is still in use"
    talk.delete(f"/servers/{web['id']}")
    talk.wait()
    assert read(talk, firewall)["applied_to"] == []
    assert talk.delete(f"/firewalls/{firewall['id']}") is None
    assert talk.refused("GET", f"/firewalls/{firewall['id']}") == (404, "not_found")


def test_a_removal_under_way_still_counts(talk: Talk) -> None:
    """While it is coming off, a server still counts as having it; afterwards it can be applied again."""
    web = talk.server()
    firewall = create(talk, apply_to=[on(web)])
    talk.wait()
    body = {"remove_from": [on(web)]}
    talk.post(f"/firewalls/{firewall['id']}/actions/remove_from_resources", body)
    assert statuses(talk, web) == {firewall["id"]: "applied"}
    assert refusal(talk, firewall, on(web)) == (422, "firewall_already_applied")
    talk.wait()
    apply(talk, firewall, on(web))
    assert statuses(talk, web) == {firewall["id"]: "applied"}


def test_a_firewall_can_go_while_its_rules_change(talk: Talk) -> None:
    """An action on a firewall that was deleted meanwhile ends without harm."""
    firewall = create(talk)
    actions = talk.post(f"/firewalls/{firewall['id']}/actions/set_rules", {"rules": [SSH]})["actions"]
    talk.delete(f"/firewalls/{firewall['id']}")
    talk.wait()
    assert talk.get(f"/actions/{actions[0]['id']}")["action"]["status"] == "success"
    assert talk.get("/firewalls")["firewalls"] == []


def test_a_firewall_does_not_grow_with_its_servers(talk: Talk) -> None:
    """One more server behind it changes that server and no firewall, whatever else is behind it."""
    wall = create(talk, apply_to=[on(talk.server("a"))])
    talk.wait()
    with talk.sandbox.inside() as project:
        before = dict(project.table("firewalls").get(wall["id"]) or {})
    web = talk.server("b", firewalls=[{"firewall": wall["id"]}])
    with talk.sandbox.inside() as project:
        assert project.table("firewalls").get(wall["id"]) == before
    assert on(web) in read(talk, wall)["applied_to"]


def test_targets_are_shown_in_the_order_they_came(talk: Talk) -> None:
    """Servers and selectors are mixed as they were applied; one that goes and comes is the last."""
    first, second = talk.server("a"), talk.server("b")
    labels = {"type": "label_selector", "label_selector": {"selector": "env=prod"}}
    wall = create(talk, apply_to=[on(second), labels, on(first)])
    found = {**labels, "applied_to_resources": []}
    assert read(talk, wall)["applied_to"] == [on(second), found, on(first)]
    talk.wait()
    remove(talk, wall, on(second))
    apply(talk, wall, on(second))
    assert read(talk, wall)["applied_to"] == [found, on(first), on(second)]
