"""What the tests of load balancers share."""

from __future__ import annotations

from typing import Any

from tests.sandbox.talk import Talk

TCP = {"protocol": "tcp", "listen_port": 25, "destination_port": 2525}
HTTP = {"protocol": "http"}
SUBNETS = [{"type": "cloud", "network_zone": "eu-central"}]


def wish(**fields: Any) -> dict[str, Any]:
    """What a create asks for."""
    return {"name": "lb", "load_balancer_type": "lb11", "location": "fsn1", **fields}


def balancer(talk: Talk, **fields: Any) -> Any:
    """Create a load balancer and let it come up."""
    ident = talk.post("/load_balancers", wish(**fields))["load_balancer"]["id"]
    talk.wait()
    return read(talk, ident)


def read(talk: Talk, ident: int) -> Any:
    """Read a load balancer."""
    return talk.get(f"/load_balancers/{ident}")["load_balancer"]


def do(talk: Talk, lb: Any, name: str, body: object = None) -> Any:
    """Run an action to its good end, and read the load balancer again."""
    assert talk.act(f"/load_balancers/{lb['id']}/actions/{name}", body)["status"] == "success"
    return read(talk, lb["id"])


def refusal(talk: Talk, lb: Any, name: str, body: object = None) -> tuple[int, str]:
    """Try an action that must be refused."""
    return talk.refused("POST", f"/load_balancers/{lb['id']}/actions/{name}", body or {})


def field(talk: Talk, path: str, body: object) -> str:
    """Try a POST that must be refused because of one field, and return that."""
    status, error = talk.error("POST", path, body)
    assert (status, error["code"]) == (422, "invalid_input"), error
    name: str = error["details"]["fields"][0]["name"]
    return name


def network(talk: Talk, name: str = "net", **fields: Any) -> int:
    """Create a network with a subnet."""
    body = {"name": name, "ip_range": "10.0.0.0/16", "subnets": SUBNETS, **fields}
    ident: int = talk.post("/networks", body)["network"]["id"]
    return ident


def certificate(talk: Talk, name: str = "cert") -> int:
    """Put a certificate into the project, as if it was issued long ago."""
    fields = dict.fromkeys(("certificate", "fingerprint", "not_valid_before", "not_valid_after", "status"))
    with talk.sandbox.inside() as project:
        row = {"id": project.new_id(), "name": name, "labels": {}, "created": project.now, "type": "managed"}
        ident: int = project.table("certificates").add({**row, **fields, "domain_names": ["a.example"]})["id"]
    return ident


def on(server: Any, **fields: Any) -> dict[str, Any]:
    """A server as a target."""
    return {"type": "server", "server": {"id": server["id"], **fields}}


def by(selector: str) -> dict[str, Any]:
    """Servers with certain labels as a target."""
    return {"type": "label_selector", "label_selector": {"selector": selector}}


def at(ip: str) -> dict[str, Any]:
    """An address as a target."""
    return {"type": "ip", "ip": {"ip": ip}}
