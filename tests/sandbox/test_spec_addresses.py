"""Every answer of volumes, addresses and certificates, against the published specification."""

from typing import Any

import pytest

from hetzner.schema import operations
from tests.sandbox.talk import Talk
from tests.sandbox.test_spec import Checked
from tests.sandbox.test_spec_networking import crud, read_actions

KINDS = ("certificates", "floating_ips", "primary_ips", "volumes")


@pytest.fixture
def ask(talk: Talk) -> Checked:
    """A client that validates every answer."""
    return Checked(talk)


def act(ask: Checked, kind: str, ident: int, command: str, body: Any) -> None:
    """Run an action twice, which is once too often for most, then to its end."""
    template = f"/{kind}/{{id}}/actions/{command}"
    ask("POST", template, body, id=ident)
    ask("POST", template, body, id=ident)
    ask.talk.wait()
    ask("GET", f"/{kind}/{{id}}", id=ident)


def protect(ask: Checked, kind: str, ident: int) -> None:
    """Protect, be refused, unprotect, read the actions and delete."""
    for wanted in (True, False):
        act(ask, kind, ident, "change_protection", {"delete": wanted})
        read_actions(ask, kind, ident)
        ask("DELETE", f"/{kind}/{{id}}", id=ident)
    assert ask("GET", f"/{kind}/{{id}}", id=ident)["error"]["code"] == "not_found"


def test_volumes_are_answered_as_published(ask: Checked) -> None:
    """The life of a volume fits, attached and free, refusals included."""
    talk = ask.talk
    body = {"name": "data", "size": 10, "location": "fsn1", "format": "xfs", "labels": {"a": "b"}}
    ident = crud(ask, "volumes", "volume", body)
    talk.wait()
    server = talk.server()["id"]
    ask("POST", "/volumes", {"name": "other", "size": 10, "server": server})
    talk.wait()
    for command, fields in (("attach", {"server": server}), ("resize", {"size": 20}), ("detach", {})):
        act(ask, "volumes", ident, command, fields)
    ask("GET", "/servers/{id}", id=server)
    protect(ask, "volumes", ident)


@pytest.mark.parametrize("version", ["ipv4", "ipv6"])
def test_primary_ips_are_answered_as_published(ask: Checked, version: str) -> None:
    """The life of a primary IP fits, assigned and free, refusals included."""
    talk = ask.talk
    bare = {"enable_ipv4": False, "enable_ipv6": False}
    server = talk.server(start_after_create=False, public_net=bare)["id"]
    body = {"name": "ip", "type": version, "location": "fsn1", "labels": {"a": "b"}, "auto_delete": True}
    ident = ask("POST", "/primary_ips", body)["primary_ip"]["id"]
    ask("PUT", "/primary_ips/{id}", {"name": "new", "auto_delete": False}, id=ident)
    ask("GET", "/primary_ips", query="?sort=created:desc&label_selector=a")
    owner = {"assignee_id": server, "assignee_type": "server"}
    made = ask("POST", "/primary_ips", {"name": "b", "type": version, **owner})["primary_ip"]
    talk.wait()
    dns = {"ip": made["ip"].replace("/64", "1"), "dns_ptr": "a.example.com"}
    for command, fields in (("change_dns_ptr", dns), ("assign", owner), ("unassign", {})):
        act(ask, "primary_ips", made["id"], command, fields)
    act(ask, "primary_ips", ident, "assign", owner)
    ask("GET", "/servers/{id}", id=server)
    act(ask, "primary_ips", ident, "unassign", {})
    protect(ask, "primary_ips", ident)


@pytest.mark.parametrize("version", ["ipv4", "ipv6"])
def test_floating_ips_are_answered_as_published(ask: Checked, version: str) -> None:
    """The life of a floating IP fits, assigned and free, refusals included."""
    talk = ask.talk
    server = talk.server()["id"]
    ask("POST", "/floating_ips", {"type": version})
    ask("POST", "/floating_ips", {"type": version, "home_location": "fsn1", "description": "x"})
    made = ask("POST", "/floating_ips", {"name": "ip", "type": version, "server": server})["floating_ip"]
    ask("PUT", "/floating_ips/{id}", {"description": "y", "labels": {"a": "b"}}, id=made["id"])
    ask("GET", "/floating_ips", query="?sort=created:desc&label_selector=a")
    talk.wait()
    dns = {"ip": made["ip"].replace("/64", "1"), "dns_ptr": "a.example.com"}
    for command, fields in (("change_dns_ptr", dns), ("assign", {"server": server}), ("unassign", {})):
        act(ask, "floating_ips", made["id"], command, fields)
    act(ask, "floating_ips", made["id"], "assign", {"server": server})
    ask("GET", "/servers/{id}", id=server)
    act(ask, "floating_ips", made["id"], "unassign", {})
    protect(ask, "floating_ips", made["id"])


def test_certificates_are_answered_as_published(ask: Checked) -> None:
    """The lives of both types fit, failures and refusals included."""
    from tests.sandbox.pems import Holder

    talk, web = ask.talk, Holder("web", "example.com")
    talk.post("/zones", {"name": "example.com", "mode": "primary"})
    body = {"name": "up", "certificate": web.pem, "private_key": web.key_pem(), "labels": {"a": "b"}}
    crud(ask, "certificates", "certificate", body)
    talk.sandbox.faults.fail_action("create_certificate")
    managed = {"name": "made", "type": "managed", "domain_names": ["example.com"]}
    ident = ask("POST", "/certificates", managed)["certificate"]["id"]
    talk.wait()
    assert ask("GET", "/certificates/{id}", id=ident)["certificate"]["status"]["error"]["code"]
    act(ask, "certificates", ident, "retry", {})
    read_actions(ask, "certificates", ident)
    ask("GET", "/certificates", query="?type=managed&type=uploaded&sort=name:desc")
    ask("DELETE", "/certificates/{id}", id=ident)


def test_every_declared_operation_is_simulated(talk: Talk) -> None:
    """No operation of these kinds answers that the sandbox cannot do it."""
    asked = 0
    for operation in operations():
        if operation.name.split(".")[0] in KINDS:
            path = operation.path.format(id=1, action_id=1)
            answer = talk.send(operation.verb, path, None if operation.verb == "GET" else {})
            assert b"unsupported_error" not in answer.body, operation.name
            asked += 1
    assert asked > 45
