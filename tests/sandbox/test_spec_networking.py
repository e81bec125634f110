"""Every answer of networks, firewalls, SSH keys and placement groups, against the published specification."""

from typing import Any

from hetzner.sandbox.kinds.networks import Networks
from hetzner.schema import operations
from tests.sandbox.talk import Talk
from tests.sandbox.test_spec import Checked

KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGVhh6NrZ0kpc2m2gdKvpl0bZ0Vb1y0BfsWrbKEbKGTX me@here"
SUBNET = {"type": "cloud", "network_zone": "eu-central"}
RULES = [
    {"direction": "in", "protocol": "tcp", "port": "80-90", "source_ips": ["::/0"], "description": "web"},
    {"direction": "out", "protocol": "icmp", "destination_ips": ["0.0.0.0/0"]},
]
KINDS = ("firewalls", "networks", "placement_groups", "ssh_keys")


def crud(ask: Checked, kind: str, singular: str, body: dict[str, Any]) -> int:
    """Create, read, list, change and refuse; returns the id."""
    ident: int = ask("POST", f"/{kind}", body)[singular]["id"]
    ask("GET", f"/{kind}/{{id}}", id=ident)
    ask("GET", f"/{kind}", query="?sort=name:desc&label_selector=a")
    changed = ask("PUT", f"/{kind}/{{id}}", {"name": "new", "labels": {"c": "d"}}, id=ident)[singular]
    assert (changed["name"], changed["labels"]) == ("new", {"c": "d"})
    ask("POST", f"/{kind}", {**body, "name": "new"})
    ask("GET", f"/{kind}/{{id}}", id=1)
    return ident


def read_actions(ask: Checked, kind: str, ident: int) -> None:
    """Read the actions of an object in all four ways."""
    action = ask("GET", f"/{kind}/{{id}}/actions", id=ident)["actions"][0]["id"]
    ask("GET", f"/{kind}/{{id}}/actions/{{action_id}}", id=ident, action_id=action)
    ask("GET", f"/{kind}/actions", query="?status=success&sort=started")
    ask("GET", f"/{kind}/actions/{{id}}", id=action)


def test_ssh_keys_are_answered_as_published(talk: Talk) -> None:
    """The life of an SSH key fits the specification, refusals included."""
    ask = Checked(talk)
    ident = crud(ask, "ssh_keys", "ssh_key", {"name": "me", "public_key": KEY})
    ask("POST", "/ssh_keys", {"name": "other", "public_key": "nonsense"})
    ask("DELETE", "/ssh_keys/{id}", id=ident)


def test_placement_groups_are_answered_as_published(talk: Talk) -> None:
    """The life of a placement group fits, with a server in it."""
    ask = Checked(talk)
    ident = crud(ask, "placement_groups", "placement_group", {"name": "apart", "type": "spread"})
    server = talk.server(placement_group=ident)["id"]
    assert ask("GET", "/placement_groups/{id}", id=ident)["placement_group"]["servers"] == [server]
    ask("GET", "/servers/{id}", id=server)
    ask("DELETE", "/placement_groups/{id}", id=ident)


def test_networks_are_answered_as_published(talk: Talk) -> None:
    """The life of a network fits: subnets of all types, routes, members, refusals."""
    ask = Checked(talk)
    talk.sandbox.project().kind_as(Networks).register_vswitch(7)
    body = {"name": "net", "ip_range": "10.0.0.0/16", "subnets": [SUBNET], "labels": {"a": "b"}}
    ident = crud(ask, "networks", "network", body)
    route = {"destination": "10.100.0.0/16", "gateway": "10.0.0.9"}
    vswitch = {"type": "vswitch", "network_zone": "eu-central", "vswitch_id": 7}
    for name, fields in (
        ("add_subnet", vswitch),
        ("add_route", route),
        ("change_ip_range", {"ip_range": "10.0.0.0/15"}),
        ("change_protection", {"delete": True}),
    ):
        ask("POST", f"/networks/{{id}}/actions/{name}", fields, id=ident)
        ask("POST", f"/networks/{{id}}/actions/{name}", fields, id=ident)
        talk.wait()
    server = talk.server(networks=[ident])["id"]
    assert ask("GET", "/networks/{id}", id=ident)["network"]["servers"] == [server]
    ask.act("change_alias_ips", server, {"network": ident, "alias_ips": ["10.0.0.77"]})
    ask("GET", "/servers/{id}", id=server)
    ask("POST", "/networks/{id}/actions/delete_subnet", {"ip_range": "10.0.0.0/24"}, id=ident)
    ask.act("detach_from_network", server, {"network": ident})
    ask("POST", "/networks/{id}/actions/delete_subnet", {"ip_range": "10.0.0.0/24"}, id=ident)
    talk.wait()
    ask("POST", "/networks/{id}/actions/delete_route", route, id=ident)
    talk.wait()
    ask("DELETE", "/networks/{id}", id=ident)
    ask("POST", "/networks/{id}/actions/change_protection", {"delete": False}, id=ident)
    read_actions(ask, "networks", ident)
    ask("DELETE", "/networks/{id}", id=ident)


def test_firewalls_are_answered_as_published(talk: Talk) -> None:
    """The life of a firewall fits: rules, targets of both types, refusals."""
    ask = Checked(talk)
    body = {"name": "fw", "rules": RULES, "labels": {"a": "b"}}
    ident = crud(ask, "firewalls", "firewall", body)
    server = talk.server(labels={"env": "prod"})["id"]
    targets = [
        {"type": "label_selector", "label_selector": {"selector": "env"}},
        {"type": "server", "server": {"id": server}},
    ]
    for target in (*targets, targets[1]):
        ask("POST", "/firewalls/{id}/actions/apply_to_resources", {"apply_to": [target]}, id=ident)
        ask("GET", "/servers/{id}", id=server)
        talk.wait()
    ask("POST", "/firewalls/{id}/actions/set_rules", {"rules": RULES[:1]}, id=ident)
    talk.wait()
    ask("DELETE", "/firewalls/{id}", id=ident)
    for target in reversed(targets):
        ask("POST", "/firewalls/{id}/actions/remove_from_resources", {"remove_from": [target]}, id=ident)
        assert ask("GET", "/firewalls/{id}", id=ident)["firewall"]["id"] == ident
        talk.wait()
    read_actions(ask, "firewalls", ident)
    ask("DELETE", "/firewalls/{id}", id=ident)


def test_every_declared_operation_is_simulated(talk: Talk) -> None:
    """No operation of these kinds answers that the sandbox cannot do it."""
    asked = 0
    for operation in operations():
        if operation.name.split(".")[0] in KINDS:
            path = operation.path.format(id=1, action_id=1)
            answer = talk.send(operation.verb, path, None if operation.verb == "GET" else {})
            assert b"unsupported_error" not in answer.body, operation.name
            asked += 1
    assert asked > 30
