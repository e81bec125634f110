"""Servers that failed to come up, and windows in which they are off: in the end each is as it shall be."""

from __future__ import annotations

import pytest

from hetzner.api.errors import ActionFailed
from hetzner.apply.plans import Verdict
from hetzner.domain.specs.labels import RESUME
from tests.apply.stage import Stage

PRELUDE = "project: shop\ndefaults: {location: fsn1, servers: {server_type: cx23, image: debian-13}}\n"
NETWORK = "networks: {net: {ip_range: 10.0.0.0/16, subnets: [10.0.0.0/17]}}\n"
HIDDEN = (
    PRELUDE
    + NETWORK
    + "servers: {web: {networks: {net: 10.0.0.5}, public_net: {ipv4: false, ipv6: false}}}\n"
)


@pytest.fixture
def stage() -> Stage:
    """An empty project."""
    return Stage()


def test_a_create_that_failed_is_made_anew_with_consent(stage: Stage) -> None:
    """A server whose installation failed exists and is no good: the next plan replaces it, and says why."""
    stage.sandbox.faults.fail_action("create_server", message="no disk")
    text = PRELUDE + "servers: {web: {protect: true}}\n"
    result = stage.apply(text)
    [(item, error)] = result.failed
    assert (item.address, isinstance(error, ActionFailed)) == ("servers.web", True)
    [item] = stage.plan(text)
    assert (item.verdict, item.consent, item.refused) == (Verdict.REPLACE, "replace", "")
    assert "no disk" in item.why
    stage.converge(text)
    stage.insist_exact(text)


def test_a_broken_server_of_others_is_left_to_them(stage: Stage) -> None:
    """An unowned server whose creation failed is not replaced."""
    stage.sandbox.faults.fail_action("create_server")
    stage.talk.server("web")
    [item] = stage.plan(PRELUDE + "servers: {web: {}}\n")
    assert item.verdict is Verdict.USE


def test_a_failed_first_start_is_made_up_for(stage: Stage) -> None:
    """A server that was made and did not start is started by the next run."""
    stage.sandbox.faults.fail_action("start_server")
    text = PRELUDE + "servers: {web: {backups: true}}\n"
    assert stage.apply(text).failed
    [item] = stage.plan(text)
    assert {call.operation for call in item.calls} == {
        "servers.actions.poweron",
        "servers.actions.enable_backup",
    }
    stage.converge(text)
    assert stage.row("servers", "web")["status"] == "running"


def test_a_server_that_was_switched_off_later_stays_off(stage: Stage) -> None:
    """Once a server has run, a start that failed long ago is no reason to start it."""
    stage.sandbox.faults.fail_action("start_server")
    text = PRELUDE + "servers: {web: {}}\n"
    stage.apply(text)
    stage.converge(text)
    stage.talk.act(f"/servers/{stage.row('servers', 'web')['id']}/actions/poweroff")
    stage.settled(text)


@pytest.mark.parametrize("status", ["running", "off"])
def test_a_window_that_failed_ends_as_it_began(stage: Stage, status: str) -> None:
    """When the change fails, the server is brought back at once, and the next run makes the change."""
    stage.converge(PRELUDE + "servers: {web: {}}\n")
    if status == "off":
        stage.talk.act(f"/servers/{stage.row('servers', 'web')['id']}/actions/poweroff")
    stage.sandbox.faults.fail_action("change_server_type")
    text = PRELUDE + "servers: {web: {server_type: cx33}}\n"
    assert stage.apply(text).failed
    assert stage.row("servers", "web")["status"] == status
    stage.converge(text)
    row = stage.row("servers", "web")
    assert (row["status"], row["server_type"]["name"], RESUME in row["labels"]) == (status, "cx33", False)


@pytest.mark.parametrize("left", ["off", "stopping", "running"])
@pytest.mark.parametrize("wanted", ["running", "off"])
def test_an_interrupted_window_is_ended(stage: Stage, left: str, wanted: str) -> None:
    """The label says what state a server shall come back to, whatever the interrupted run left."""
    stage.converge(PRELUDE + "servers: {web: {}}\n")
    row = stage.row("servers", "web")
    stage.talk.put(f"/servers/{row['id']}", {"labels": {**row["labels"], RESUME: wanted}})
    with stage.sandbox.inside() as project:
        project.table("servers").update(row["id"], status=left)
    stage.converge(PRELUDE + "servers: {web: {}}\n")
    row = stage.row("servers", "web")
    assert row["status"] == wanted or (wanted, left) == ("off", "stopping")
    assert RESUME not in row["labels"]


def test_an_interrupted_private_server_is_attached_before_it_starts(stage: Stage) -> None:
    """A server that was made and not attached yet cannot start; the next run attaches it first."""
    stage.sandbox.faults.fail_action("attach_to_network")
    assert stage.apply(HIDDEN).failed
    stage.converge(HIDDEN)
    assert stage.row("servers", "web")["status"] == "running"


def test_a_server_that_is_still_being_made_is_started_later(stage: Stage) -> None:
    """A private server whose run ended while it was being made is off when that is over, and is started."""
    stage.converge(PRELUDE + NETWORK)
    labels = {"hetzner-apply/project": "shop", RESUME: "running"}
    wanted = {"server_type": "cx23", "image": "debian-13", "location": "fsn1", "start_after_create": False}
    net = {"enable_ipv4": False, "enable_ipv6": False}
    networks = [stage.row("networks", "net")["id"]]
    body = {"name": "web", "labels": labels, "public_net": net, "networks": networks, **wanted}
    stage.talk.post("/servers", body)
    assert stage.row("servers", "web")["status"] == "initializing"
    [item] = stage.plan(HIDDEN).pending
    assert [call.operation for call in item.calls][-2:] == ["servers.actions.poweron", "servers.update"]
    stage.converge(HIDDEN)
    assert stage.row("servers", "web")["status"] == "running"


def test_power_window_is_made_once(stage: Stage) -> None:
    """Two changes that need a server off cost one shutdown and one start."""
    stage.converge(PRELUDE + "placement_groups: {apart: {}}\nservers: {web: {}}\n")
    before = stage.requests
    stage.converge(
        PRELUDE
        + "placement_groups: {apart: {}}\nservers: {web: {server_type: cx33, placement_group: apart}}\n"
    )
    made = stage.writes(before)
    assert made.count("servers.actions.shutdown") == 1
    assert made.count("servers.actions.poweroff") + made.count("servers.actions.poweron") <= 1


def test_an_interrupted_window_is_told(stage: Stage) -> None:
    """A plan that goes on with a server that an interrupted run left off says so beside what changes."""
    stage.converge(PRELUDE + "servers: {web: {}}\n")
    row = stage.row("servers", "web")
    stage.talk.put(f"/servers/{row['id']}", {"labels": {**row["labels"], RESUME: "running"}})
    with stage.sandbox.inside() as project:
        project.table("servers").update(row["id"], status="off")
    [item] = stage.plan(PRELUDE + "servers: {web: {server_type: cx33}}\n")
    assert [change.field for change in item.changes] == ["server_type"]
    assert item.why == "an earlier run was interrupted: finishing its work"
