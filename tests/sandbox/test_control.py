"""The control path over HTTP: what Python can do, with a token of its own."""

import inspect
import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from hetzner.sandbox import Sandbox
from hetzner.sandbox.control import Control
from hetzner.sandbox.serve import Server, serve

CONTROL = {"Authorization": "Bearer steering"}
API = {"Authorization": "Bearer token"}
WEB = {"name": "web", "server_type": "cx23", "image": "debian-13"}


@pytest.fixture
def server() -> Iterator[Server]:
    """A sandbox on virtual time, served with a known control token."""
    with serve(Sandbox(), control_token="steering") as server:
        yield server


@pytest.fixture
def steer(server: Server) -> Iterator["Steer"]:
    """Calls verbs on it."""
    with httpx.Client(base_url=server.root, headers=CONTROL) as client:
        yield Steer(client)


class Steer:
    """Verbs as methods; a refusal is told as status and error."""

    def __init__(self, client: httpx.Client) -> None:
        self.client = client

    def __call__(self, verb: str, **arguments: Any) -> Any:
        """Call a verb that must succeed."""
        answer = self.client.post(f"/_sandbox/{verb}", json=arguments)
        assert answer.is_success, answer.text
        return answer.json()["result"] if answer.content else None

    def refused(self, verb: str, **arguments: Any) -> tuple[int, str, str]:
        """Call a verb that must be refused."""
        answer = self.client.post(f"/_sandbox/{verb}", json=arguments)
        error = answer.json()["error"]
        return answer.status_code, error["code"], error["message"]

    def api(self, method: str, path: str, body: object = None, token: str = "any") -> httpx.Response:  # noqa: S107
        """Ask the API."""
        return self.client.request(
            method, f"/v1{path}", json=body, headers={"Authorization": f"Bearer {token}"}
        )


def test_a_fault_is_armed_and_taken_back(steer: Steer) -> None:
    """The next request fails as told, those after `disarm` do not."""
    assert steer("arm", operation="servers.*", name="503", times=None) is None
    assert steer.api("GET", "/servers").status_code == 503
    assert steer.api("GET", "/locations").status_code == 200
    steer("disarm")
    assert steer.api("GET", "/servers").status_code == 200
    steer("refuse", operation="servers.create", code="resource_unavailable")
    assert steer.api("POST", "/servers", WEB).status_code == 412


def test_time_actions_and_stock_are_at_hand(steer: Steer) -> None:
    """Actions fail, hang and are released; time is put forward; types are sold out and restocked."""
    steer("fail_action", command="create_server", code="no_space", message="no disk")
    action = steer.api("POST", "/servers", WEB).json()["action"]["id"]
    steer("advance", seconds=60)
    assert steer.api("GET", f"/actions/{action}").json()["action"]["error"]["code"] == "no_space"
    steer("hang_action", command="delete_server")
    server = steer.api("GET", "/servers").json()["servers"][0]["id"]
    steer.api("DELETE", f"/servers/{server}")
    steer("advance", seconds=10_000)
    assert len(steer.api("GET", "/servers").json()["servers"]) == 1
    steer("release")
    assert steer.api("GET", "/servers").json()["servers"] == []
    here = {**WEB, "location": "fsn1"}
    steer("sell_out", server_type="cx23", location="fsn1")
    assert steer.api("POST", "/servers", here).status_code == 412
    steer("restock", server_type="cx23", location="fsn1")
    steer("quota", kind="servers", limit=0)
    assert steer.api("POST", "/servers", here).json()["error"]["code"] == "resource_limit_exceeded"


def test_state_goes_out_and_in(steer: Steer, server: Server) -> None:
    """Snapshot, drift, removal, reset and restore give back what was."""
    steer.api("POST", "/servers", WEB)
    steer("advance", seconds=60)
    before, state = steer.api("GET", "/servers").json(), steer("snapshot")
    assert steer("alter", kind="servers", which="web", changes={"status": "off"})["status"] == "off"
    steer("remove", kind="servers", which=before["servers"][0]["id"])
    steer("reset")
    assert steer("requests") == []
    assert steer.api("GET", "/servers").json()["servers"] == []
    steer("restore", snapshot=json.loads(json.dumps(state)))
    assert steer.api("GET", "/servers").json() == before
    assert steer.refused("restore", snapshot={"format": "x"})[:2] == (422, "invalid_input")


def test_the_log_is_read_without_leaving_a_trace(steer: Steer, server: Server) -> None:
    """The log tells operations, and control requests neither appear in it nor use up the rate limit."""
    steer.api("GET", "/servers?name=secret")
    steer.api("GET", "/locations")
    entries = steer("requests")
    assert [entry["operation"] for entry in entries] == ["servers.list", "locations.list"]
    assert "secret" not in json.dumps(entries)
    assert [entry["operation"] for entry in steer("requests", last=1)] == ["locations.list"]
    assert len(steer("requests", operation="servers.*")) == 1
    assert steer.api("GET", "/servers").headers["RateLimit-Remaining"] == "3597"


def test_tokens_are_projects(steer: Steer) -> None:
    """Each registered token sees its own project, unknown ones nothing, a reading one only reads."""
    steer("register", token="one", project="a")
    steer("register", token="two", project="b")
    steer("register", token="three", project="a", read_only=True)
    made = steer.api("POST", "/networks", {"name": "n", "ip_range": "10.0.0.0/16"}, "one").json()
    path = f"/networks/{made['network']['id']}"
    assert [steer.api("GET", path, None, token).status_code for token in ("one", "two", "three", "four")] == [
        200, 404, 200, 401,
    ]  # fmt: skip
    assert steer.api("DELETE", path, None, "three").json()["error"]["code"] == "token_readonly"
    assert {project["name"] for project in steer("overview")["projects"]} == {"a", "b"}


@pytest.mark.parametrize(
    "headers", [{}, API, {"Authorization": "Bearer steerin"}, {"Authorization": "steering"}]
)
@pytest.mark.parametrize(("method", "path"), [("GET", ""), ("POST", "/reset"), ("POST", "/nothing")])
def test_only_the_control_token_opens_it(
    server: Server, headers: dict[str, str], method: str, path: str
) -> None:
    """Without it nothing is told, also not whether a verb exists, and no token of the API will do."""
    answer = httpx.request(method, f"{server.root}/_sandbox{path}", headers=headers)
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "unauthorized")


def test_a_foreign_host_name_is_refused(server: Server) -> None:
    """A page of somebody else cannot steer the sandbox under a name of its own (DNS rebinding)."""
    for path in ("/", "/_sandbox", "/_sandbox/overview"):
        answer = httpx.post(f"{server.root}{path}", headers={**CONTROL, "Host": "evil.example"})
        assert answer.status_code == 403
    preflight = httpx.options(f"{server.root}/_sandbox/reset", headers={"Origin": "https://evil.example"})
    assert preflight.status_code == 401
    assert not [name for name in preflight.headers if name.lower().startswith("access-control")]


@pytest.mark.parametrize(
    ("verb", "arguments", "status", "words"),
    [
        ("explode", {}, 404, "only advance, alter, arm"),
        ("arm", {"operation": "*", "name": "explode"}, 422, "name"),
        ("arm", {"operation": "servers.creat", "name": "503"}, 422, "did you mean"),
        ("arm", {"operation": "*"}, 422, "name"),
        ("advance", {"seconds": "soon"}, 422, "seconds"),
        ("advance", {"seconds": 1, "hours": 1}, 422, "hours"),
        ("remove", {"kind": "servers", "which": 5}, 404, "not found"),
        ("close", {}, 404, "no verb 'close'"),
    ],
)
def test_wrong_arguments_are_told(
    steer: Steer, verb: str, arguments: dict[str, Any], status: int, words: str
) -> None:
    """Verbs that are none, and arguments that are missing, unknown or of the wrong type, name themselves."""
    said = steer.refused(verb, **arguments)
    assert said[0] == status
    assert words in said[2]


def test_what_is_no_json_is_refused(server: Server) -> None:
    """The body of a verb is a JSON object, its method is POST."""
    with httpx.Client(base_url=server.root, headers=CONTROL) as client:
        assert client.post("/_sandbox/advance", content=b"{").json()["error"]["code"] == "json_error"
        assert client.post("/_sandbox/advance", content=b"[]").status_code == 400
        assert client.get("/_sandbox/reset").status_code == 405
        assert client.post("/_sandbox").status_code == 405


def test_both_faces_have_the_same_verbs(steer: Steer, server: Server) -> None:
    """The list tells each verb with the parameters and the docstring of the method in Python."""
    listed = steer.client.get("/_sandbox").json()["verbs"]
    sandbox = server.sandbox
    for name, told in listed.items():
        method = getattr(sandbox, name, None) or getattr(sandbox.faults, name)
        assert told["about"] == inspect.getdoc(method)
        assert len(told["parameters"]) == len(inspect.signature(method).parameters)
    assert {"arm", "advance", "snapshot", "requests"} <= set(listed)


def test_a_token_is_made_when_none_is_given() -> None:
    """It is long, different each time, and in no repr."""
    one, two = Control(Sandbox()), Control(Sandbox())
    assert one.token != two.token
    assert len(one.token) >= 32
    assert one.token not in repr(one)


def test_what_breaks_inside_is_a_server_error(
    steer: Steer, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bug is logged and answered, and the server goes on."""
    monkeypatch.setattr(server.sandbox, "log", None)
    assert steer.refused("requests") == (500, "server_error", "the sandbox failed: TypeError")
    assert steer("advance", seconds=1) is None
