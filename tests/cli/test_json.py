"""What programs are told: JSON on stdout and nothing else there."""

import json
from typing import Any

from click.testing import Result

from hetzner.sandbox import Sandbox
from tests.cli.conftest import Invoke
from tests.cli.files import EMPTY, NETWORK, SERVERS

SECRETIVE = (
    EMPTY
    + "variables: {pw: {default: hunter2, secret: true}}\n"
    + "servers:\n  web: {server_type: cx23, image: debian-13, user_data: 'pw ${pw}'}\n"
)


def lines(result: Result) -> list[dict[str, Any]]:
    """Return the documents of stdout, one a line."""
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_plan(invoke: Invoke) -> None:
    """With --plan there is one document that tells each action, its changes and where they are written."""
    result = invoke(NETWORK, "--plan", "-o", "json")
    plan = json.loads(result.stdout)
    assert (result.exit_code, result.stderr) == (0, "")
    assert (plan["version"], plan["project"], plan["pending"]) == (1, "shop", True)
    assert plan["summary"] == {
        "create": 1, "update": 0, "replace": 0, "delete": 0, "use": 0, "note": 0, "keep": 0,
    }  # fmt: skip
    [action] = plan["actions"]
    assert action["changes"][0] == {
        "field": "ip_range", "old": None, "new": "10.0.0.0/16", "effect": None, "noted": False,
        "where": "infra.yaml:3:24",
    }  # fmt: skip
    del action["changes"]
    assert action == {
        "address": "networks.internal", "kind": "networks", "name": "internal", "action": "create",
        "id": None, "why": None, "needs_consent": None, "refused": None, "where": "infra.yaml:3:3",
        "operations": ["networks.create"], "effects": [], "cost": None,
    }  # fmt: skip


def test_events(invoke: Invoke) -> None:
    """While applying there is a line for the plan, for everything that happens, and for the end."""
    result = invoke(SERVERS, "--yes", "-o", "json")
    told = lines(result)
    assert (result.exit_code, result.stderr) == (0, "")
    assert (told[0]["event"], told[-1]["event"]) == ("plan", "summary")
    events = {each["event"] for each in told[1:-1]}
    assert events == {"called", "progressed", "done"}
    done = next(each for each in told if each["event"] == "done")
    assert done["commands"][0] == "create_server"
    assert done["seconds"] > 1
    assert done["at"].startswith("2026-11-23T12:00:")
    assert told[-1]["status"] == "done"
    assert sorted(told[-1]["done"]) == ["servers.web-1", "servers.web-2"]


def test_failure(invoke: Invoke, cloud: Sandbox) -> None:
    """A failure is an event with code and help, and stands in the summary."""
    cloud.faults.fail_action("start_server", code="action_failed", message="no power today")
    result = invoke(SERVERS, "--yes", "-o", "json")
    told = lines(result)
    failed = next(each for each in told if each["event"] == "failed")
    assert (failed["command"], failed["code"]) == ("start_server", "action_failed")
    assert failed["error"] == "no power today (action_failed)"
    assert (result.exit_code, told[-1]["exit_code"], told[-1]["status"]) == (3, 3, "unfinished")
    assert told[-1]["failed"] == {"servers.web-1": "no power today (action_failed)"}


def test_refused(invoke: Invoke) -> None:
    """What is refused ends with a summary that says so; nothing is asked, and words go to stderr."""
    result = invoke(NETWORK, "-o", "json")
    told = lines(result)
    assert [each["event"] for each in told] == ["plan", "summary"]
    assert told[-1] == {"event": "summary", "exit_code": 4, "status": "refused"}
    assert "--yes" in result.stderr


def test_nothing_to_do(invoke: Invoke) -> None:
    """An empty plan ends with a summary of 0."""
    assert lines(invoke(EMPTY, "-o", "json"))[-1] == {"event": "summary", "exit_code": 0, "status": "done"}


def test_secrets(invoke: Invoke) -> None:
    """No form of the plan, of the events or of the text shows a secret, not even in part."""
    for options in (["--plan"], ["--plan", "-o", "json"], ["--yes", "-o", "json"]):
        result = invoke(SECRETIVE, *options)
        assert result.exit_code == 0, result.stderr
        assert "hunter2" not in result.output
        assert "(secret)" in result.output
