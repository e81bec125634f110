"""Actions: how they run, what they lock, how they end."""

import json

import pytest

from hetzner.sandbox import Sandbox
from hetzner.sandbox.durations import SECONDS
from tests.sandbox.talk import Talk

WEB = {"name": "web", "server_type": "cx23", "image": "debian-13", "location": "fsn1"}


def test_an_action_progresses_with_time(talk: Talk) -> None:
    """An action runs for as long as the table says, its progress follows the clock, its end is on time."""
    started = talk.sandbox.clock.now()
    action = talk.post("/servers", WEB)["action"]
    assert (action["status"], action["progress"], action["finished"]) == ("running", 0, None)
    seen = []
    while action["status"] == "running":
        talk.wait(0.5)
        action = talk.get(f"/actions/{action['id']}")["action"]
        seen.append(action["progress"])
    shortest, longest = SECONDS["create_server"]
    assert shortest <= talk.sandbox.clock.now() - started <= longest + 0.5
    assert seen == sorted(seen)
    assert seen[-1] == 100
    assert len(set(seen)) > 5


def test_an_action_ends_on_time_though_nobody_asks(talk: Talk) -> None:
    """What was due long ago is carried out as of its own moment, in order."""
    answer = talk.post("/servers", WEB)
    talk.wait(10_000)
    first = talk.get(f"/actions/{answer['action']['id']}")["action"]
    second = talk.get(f"/actions/{answer['next_actions'][0]['id']}")["action"]
    assert "2026-11-23T12:00:00Z" < first["finished"] < second["finished"] < "2026-11-23T12:01:00Z"


def test_actions_in_a_chain_wait_for_each_other(talk: Talk) -> None:
    """A server is started only when it is created, and is seen initializing, starting and running."""
    answer = talk.post("/servers", WEB)
    ids = [answer["action"]["id"], answer["next_actions"][0]["id"]]
    seen = []
    for _ in range(60):
        states = tuple(talk.get(f"/actions/{ident}")["action"]["status"] for ident in ids)
        status = talk.get(f"/servers/{answer['server']['id']}")["server"]["status"]
        seen.append((*states, status))
        talk.wait(0.5)
    assert list(dict.fromkeys(seen)) == [
        ("running", "running", "initializing"),
        ("success", "running", "starting"),
        ("success", "success", "running"),
    ]


def test_a_server_is_locked_while_an_action_runs(talk: Talk) -> None:
    """Until the chain is done the server shows locked, and further actions and its deletion answer 423."""
    ident = talk.post("/servers", WEB)["server"]["id"]
    assert talk.get(f"/servers/{ident}")["server"]["locked"] is True
    assert talk.refused("POST", f"/servers/{ident}/actions/poweroff") == (423, "locked")
    assert talk.refused("DELETE", f"/servers/{ident}") == (423, "locked")
    talk.wait()
    assert talk.get(f"/servers/{ident}")["server"]["locked"] is False
    talk.post(f"/servers/{ident}/actions/poweroff")


def test_actions_are_listed_by_id_kind_and_resource(talk: Talk) -> None:
    """The lists of actions answer with exactly what their path is about."""
    web, other = talk.server("web"), talk.server("other")
    talk.act(f"/servers/{web['id']}/actions/create_image")
    image = talk.get("/images?type=snapshot")["images"][0]
    commands = [each["command"] for each in talk.get(f"/servers/{web['id']}/actions")["actions"]]
    assert commands == ["create_server", "start_server", "create_image"]
    assert [each["command"] for each in talk.get(f"/images/{image['id']}/actions")["actions"]] == [
        "create_image"
    ]
    assert len(talk.get("/servers/actions")["actions"]) == 5
    assert len(talk.get("/servers/actions?status=error")["actions"]) == 0
    first, last = talk.get(f"/servers/{other['id']}/actions?sort=id:desc")["actions"]
    assert first["id"] > last["id"]
    listed = talk.get(f"/actions?id={first['id']}&id={last['id']}&id=5&sort=status&sort=id")["actions"]
    assert [each["id"] for each in listed] == [last["id"], first["id"]]
    both = talk.get(f"/servers/actions?id={first['id']}&id=77")["actions"]
    assert [each["id"] for each in both] == [first["id"]]


def test_actions_are_read_by_every_path_that_fits(talk: Talk) -> None:
    """A single action answers below its own kind and resource, and nowhere else."""
    web, other = talk.server("web"), talk.server("other")
    ident = talk.get(f"/servers/{web['id']}/actions")["actions"][0]["id"]
    for path in (f"/actions/{ident}", f"/servers/actions/{ident}", f"/servers/{web['id']}/actions/{ident}"):
        assert talk.get(path)["action"]["id"] == ident
    for path in (f"/servers/{other['id']}/actions/{ident}", f"/images/actions/{ident}", "/actions/1"):
        assert talk.refused("GET", path) == (404, "not_found")
    assert talk.refused("GET", "/servers/1/actions") == (404, "not_found")


def test_all_actions_at_once_are_no_longer_listed(talk: Talk) -> None:
    """Since 2025 a list of actions needs ids."""
    assert talk.refused("GET", "/actions") == (410, "deprecated_api_endpoint")


def test_a_failing_action_says_why_and_takes_the_rest_down(talk: Talk) -> None:
    """When create_server fails, what waits for it fails too, and the server is left switched off."""
    talk.sandbox.faults.fail_action("create_server", code="no_luck", message="host broke")
    answer = talk.post("/servers", WEB)
    talk.wait()
    action = talk.get(f"/actions/{answer['action']['id']}")["action"]
    assert (action["status"], action["error"]) == ("error", {"code": "no_luck", "message": "host broke"})
    following = talk.get(f"/actions/{answer['next_actions'][0]['id']}")["action"]
    assert following["error"] == {"code": "action_failed", "message": "create_server failed"}
    server = talk.get(f"/servers/{answer['server']['id']}")["server"]
    assert (server["status"], server["locked"]) == ("off", False)


def test_a_failed_action_leaves_the_state_from_before(talk: Talk) -> None:
    """A server whose poweroff fails goes on running, and the fault is used up."""
    ident = talk.server()["id"]
    talk.sandbox.faults.fail_action("stop_server")
    assert talk.act(f"/servers/{ident}/actions/poweroff")["status"] == "error"
    assert talk.get(f"/servers/{ident}")["server"]["status"] == "running"
    assert talk.act(f"/servers/{ident}/actions/poweroff")["status"] == "success"


def test_an_instant_action_can_fail_too(talk: Talk) -> None:
    """An action that takes no time and fails has changed nothing."""
    ident = talk.server()["id"]
    talk.sandbox.faults.fail_action("*", times=2)
    both = {"delete": True, "rebuild": True}
    for verb, body in (("change_protection", both), ("enable_backup", {})):
        assert talk.post(f"/servers/{ident}/actions/{verb}", body)["action"]["status"] == "error"
    server = talk.get(f"/servers/{ident}")["server"]
    assert (server["protection"]["delete"], server["backup_window"]) == (False, None)


def test_a_hanging_action_never_ends_until_it_is_released(talk: Talk) -> None:
    """A hanging action keeps running and locking, whatever time passes, and goes on when released."""
    talk.sandbox.faults.hang_action("create_*")
    answer = talk.post("/servers", WEB)
    talk.wait(1_000_000)
    action = talk.get(f"/actions/{answer['action']['id']}")["action"]
    assert (action["status"], action["progress"]) == ("running", 99)
    talk.sandbox.release("create_server")
    talk.wait()
    assert talk.get(f"/servers/{answer['server']['id']}")["server"]["status"] == "running"


def test_a_thousand_actions_end_in_one_go() -> None:
    """Settling is linear: a thousand servers that became due together are all running at the next request."""
    talk = Talk(Sandbox(requests_per_hour=10_000_000))
    for number in range(1000):
        talk.send("POST", "/servers", {**WEB, "name": f"s{number}"})
    talk.wait()
    answer = talk.send("GET", "/servers?status=running&per_page=1")
    assert json.loads(answer.body)["meta"]["pagination"]["total_entries"] == 1000


def test_the_state_can_be_looked_at_and_changed_between_requests(talk: Talk) -> None:
    """Inside a project everything due has happened, and what is changed there is what the API shows."""
    ident = talk.post("/servers", WEB)["server"]["id"]
    talk.wait()
    with talk.sandbox.inside() as project:
        row = project.table("servers").get(ident)
        assert row
        assert row["status"] == "running"
        project.table("servers").update(ident, name="drifted")
    assert talk.get(f"/servers/{ident}")["server"]["name"] == "drifted"


def test_a_change_behind_the_api_is_a_transaction(talk: Talk) -> None:
    """What a block changed before it raised is taken back."""
    ident = talk.server()["id"]

    def fail() -> None:
        with talk.sandbox.inside() as project:
            project.table("servers").remove(ident)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert talk.get(f"/servers/{ident}")["server"]["name"] == "web"
