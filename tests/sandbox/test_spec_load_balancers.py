"""Every answer of load balancers and their types, against the published specification."""

from typing import Any

from hetzner.sandbox.kinds.load_balancers import LoadBalancers
from hetzner.schema import operations
from tests.sandbox.balancers import HTTP, TCP, at, balancer, by, certificate, network, on
from tests.sandbox.talk import Talk
from tests.sandbox.test_spec import Checked
from tests.sandbox.test_spec_networking import read_actions

PERIOD = "&start=2026-11-23T12:00:00Z&end=2026-11-23T13:00:00Z"
CHECK = {"protocol": "http", "http": {"path": "/up", "domain": "a.example"}}


def test_the_types_are_answered_as_published(talk: Talk) -> None:
    """The list and every single type fit."""
    ask = Checked(talk)
    for entry in ask("GET", "/load_balancer_types")["load_balancer_types"]:
        ask("GET", "/load_balancer_types/{id}", id=entry["id"])


def test_load_balancers_are_answered_as_published(talk: Talk) -> None:
    """The life of a load balancer fits: create, change, measure, protect, delete, refusals."""
    ask = Checked(talk)
    body = {"name": "lb", "load_balancer_type": "lb11", "network_zone": "eu-central", "labels": {"a": "b"}}
    ask("POST", "/load_balancers", {"name": "lb"})
    ask("POST", "/load_balancers", body)
    talk.wait()
    ident = settled(ask, talk, {**body, "name": "two"})
    ask("GET", "/load_balancers/{id}/metrics", query="?type=open_connections,bandwidth" + PERIOD, id=ident)
    for name, fields in (
        ("change_protection", {"delete": True}),
        ("change_algorithm", {"type": "least_connections"}),
        ("change_type", {"load_balancer_type": "lb21"}),
        ("change_type", {"load_balancer_type": "lb21"}),
        ("change_dns_ptr", {"ip": "192.0.2.250", "dns_ptr": None}),
    ):
        ask("POST", f"/load_balancers/{{id}}/actions/{name}", fields, id=ident)
        ask("PUT", "/load_balancers/{id}", {"name": "busy"}, id=ident)
        talk.wait()
    ask("DELETE", "/load_balancers/{id}", id=ident)
    ask("POST", "/load_balancers/{id}/actions/change_protection", {"delete": False}, id=ident)
    read_actions(ask, "load_balancers", ident)
    ask("DELETE", "/load_balancers/{id}", id=ident)


def settled(ask: Checked, talk: Talk, body: dict[str, Any]) -> int:
    """Create one, let it come up, list, change and refuse; returns the id."""
    ident = int(ask("POST", "/load_balancers", body)["load_balancer"]["id"])
    talk.wait()
    ask("GET", "/load_balancers", query="?sort=name:desc&label_selector=a")
    ask("PUT", "/load_balancers/{id}", {"name": "new", "labels": {"c": "d"}}, id=ident)
    ask("POST", "/load_balancers", {**body, "name": "new"})
    ask("GET", "/load_balancers/{id}", id=1)
    return ident


def test_services_are_answered_as_published(talk: Talk) -> None:
    """Services of all protocols fit, with both kinds of health check, good and refused."""
    ask, ident = Checked(talk), balancer(talk)["id"]
    secure = {"protocol": "https", "http": {"certificates": [certificate(talk)]}}
    change = {"listen_port": 80, "http": {"sticky_sessions": True}}
    for name, fields in (
        ("add_service", TCP),
        ("add_service", TCP),
        ("add_service", {**HTTP, "health_check": CHECK}),
        ("add_service", secure),
        ("update_service", change),
        ("delete_service", {"listen_port": 25}),
        ("delete_service", {"listen_port": 25}),
    ):
        ask("POST", f"/load_balancers/{{id}}/actions/{name}", fields, id=ident)
        talk.wait()
        ask("GET", "/load_balancers/{id}", id=ident)


def test_targets_and_links_are_answered_as_published(talk: Talk) -> None:
    """Targets of all types fit with every health, and so does what goes on in the network."""
    with talk.sandbox.inside() as project:
        project.kind_as(LoadBalancers).register_ip("192.0.2.99")
    ask, net = Checked(talk), network(talk)
    web = talk.server(networks=[net], labels={"env": "prod"})
    ident = balancer(talk, services=[TCP])["id"]
    private = {"use_private_ip": True}
    for name, fields in (
        ("attach_to_network", {"network": net}),
        ("attach_to_network", {"network": net}),
        ("add_target", {**on(web), **private}),
        ("add_target", {**by("env"), **private}),
        ("disable_public_interface", {}),
        ("enable_public_interface", {}),
        ("add_target", at("192.0.2.99")),
        ("add_target", at("192.0.2.98")),
    ):
        ask("POST", f"/load_balancers/{{id}}/actions/{name}", fields, id=ident)
        ask("GET", "/networks/{id}", id=net)
        talk.wait()
    ask("GET", "/load_balancers/{id}", id=ident)
    with talk.sandbox.inside() as project:
        kind = project.kind_as(LoadBalancers)
        kind.report(ident, web["id"], "unhealthy", detail="unexpected_http_status", http_status_code=503)
        kind.report(ident, "192.0.2.99", "unhealthy", detail="layer4_timeout")
    ask("GET", "/load_balancers/{id}", id=ident)
    ask("GET", "/servers/{id}", id=web["id"])
    for name, fields in (
        ("remove_target", at("192.0.2.99")),
        ("remove_target", at("192.0.2.99")),
        ("detach_from_network", {"network": net}),
        ("detach_from_network", {"network": net}),
    ):
        ask("POST", f"/load_balancers/{{id}}/actions/{name}", fields, id=ident)
        talk.wait()


def test_every_declared_operation_is_simulated(talk: Talk) -> None:
    """No operation of these kinds answers that the sandbox cannot do it."""
    asked = 0
    for operation in operations():
        if operation.name.split(".")[0] in ("load_balancers", "load_balancer_types"):
            path = operation.path.format(id=1, action_id=1)
            answer = talk.send(operation.verb, path, None if operation.verb == "GET" else {})
            assert b"unsupported_error" not in answer.body, operation.name
            asked += 1
    assert asked >= 24
