"""Replicas are replaced and stopped one after the other, each healthy before the next one begins."""

from __future__ import annotations

import pytest

from hetzner.apply.checking import Unhealthy
from hetzner.apply.document import DocumentError
from tests.apply.stage import Stage, read

PRELUDE = "project: shop\ndefaults: {location: fsn1, servers: {server_type: cx23, image: debian-13}}\n"
OPEN = "firewalls: {open: {rules: [tcp/443]}, shut: {rules: [icmp]}}\n"


def replicas(lifecycle: str, data: str = "old", count: int = 3, more: str = "") -> str:
    """Return a document with replicas that a change of their data replaces."""
    spec = f"count: {count}, user_data: {data}, lifecycle: {{replace_on: [user_data], {lifecycle}}}{more}"
    return f"{PRELUDE}{OPEN}servers: {{web: {{{spec}}}}}\n"


@pytest.fixture
def stage() -> Stage:
    """An empty project."""
    return Stage()


def most_missing(stage: Stage, since: int, count: int) -> int:
    """Return how many of the servers were gone at the worst moment, by the creates and deletes since then."""
    gone = worst = 0
    for entry in [*stage.sandbox.log][since:]:
        gone += (entry.operation == "servers.delete") - (entry.operation == "servers.create")
        worst = max(worst, gone)
    return worst


@pytest.mark.parametrize(
    ("limit", "at_once"), [("", 1), ("max_unavailable: 2", 2), ("max_unavailable: 70%", 2)]
)
def test_so_many_replicas_at_once(stage: Stage, limit: str, at_once: int) -> None:
    """By default one replica is gone at any time, else as many as are allowed, as a number or a share."""
    stage.converge(replicas(limit))
    before = stage.requests
    stage.converge(replicas(limit, "new"))
    assert most_missing(stage, before, 3) == at_once


def test_windows_come_one_after_the_other(stage: Stage) -> None:
    """Replicas are switched off one after the other; what is no replica is not held up."""
    text = PRELUDE + "servers: {web: {count: 3}, a: {}, b: {}}\n"
    stage.converge(text)
    before = stage.requests
    stage.converge(text.replace("cx23", "cx33"))
    ids = {str(row["id"]): name for name, row in stage.rows("servers").items()}
    made = [e for e in [*stage.sandbox.log][before:] if e.operation.endswith(("shutdown", "change_type"))]
    steps = [(ids[entry.path.split("/")[3]], entry.operation.rpartition(".")[2]) for entry in made]
    assert [step for step in steps if step[0].startswith("web")] == [
        (f"web-{number}", verb) for number in (1, 2, 3) for verb in ("shutdown", "change_type")
    ]
    assert {name for name, _ in steps[:3]} == {"a", "b", "web-1"}


HEALTHY = "health: {port: 443}"


def test_a_replica_that_does_not_become_healthy_stops_the_roll(stage: Stage) -> None:
    """The first one fails and is named, the others are not begun; once it is healthy the next run goes on."""
    lifecycle = f"{HEALTHY[:-1]}, timeout: 2m}}"
    stage.converge(replicas(lifecycle, more=", firewalls: [open]"))
    ids = {name: row["id"] for name, row in stage.rows("servers").items()}
    broken = replicas(lifecycle, "new", more=", firewalls: [shut]")
    result = stage.apply(broken)
    [(item, error)] = result.failed
    assert (item.address, isinstance(error, Unhealthy)) == ("servers.web-1", True)
    assert "not healthy after 120 s, without an answer from port 443" in str(error)
    assert {item.address for item, why in result.skipped} == {"servers.web-2", "servers.web-3"}
    assert all("servers.web-1 failed" in why for _, why in result.skipped)
    assert {name for name, row in stage.rows("servers").items() if row["id"] == ids[name]} == {
        "web-2",
        "web-3",
    }
    again = stage.apply(broken)
    assert not again.done
    assert {item.address for item, _ in again.skipped} == {"servers.web-2", "servers.web-3"}
    assert {name for name, row in stage.rows("servers").items() if row["id"] == ids[name]} == {
        "web-2",
        "web-3",
    }
    mended = replicas(lifecycle, "new", more=", firewalls: [open]")
    stage.converge(mended)
    stage.insist_exact(mended)


def test_the_old_replica_is_kept_when_the_new_one_is_not_healthy(stage: Stage) -> None:
    """With create_before_destroy nothing is lost by a bad version, and changing it back takes it away."""
    lifecycle = "health: {port: 443, timeout: 2m}, replace: create_before_destroy"
    good = replicas(lifecycle, more=", firewalls: [open]")
    stage.converge(good)
    ids = {name: row["id"] for name, row in stage.rows("servers").items()}
    result = stage.apply(replicas(lifecycle, "new", more=", firewalls: [shut]"))
    assert [item.address for item, _ in result.failed] == ["servers.web-1"]
    rows = stage.rows("servers")
    assert {name: rows[name]["id"] for name in ids} == ids
    assert "web-1-next" in rows
    stage.converge(good)
    assert {name: row["id"] for name, row in stage.rows("servers").items()} == ids


@pytest.mark.parametrize(
    "health",
    ["port: 443", "http: {port: 443, path: /healthz, status: 204}", "cloud_init: true, address: ipv6"],
)
def test_a_new_server_is_done_when_it_is_healthy(stage: Stage, health: str) -> None:
    """What needs a server waits until it answers, not only until it runs."""
    text = f"{PRELUDE}servers: {{web: {{lifecycle: {{health: {{{health}}}}}}}}}\n"
    took = stage.apply(text).seconds
    plain = Stage().apply(PRELUDE + "servers: {web: {}}\n").seconds
    assert took >= plain + 8
    stage.settled(text)


def test_a_server_that_shall_be_off_is_not_asked(stage: Stage) -> None:
    """A server that is off by intent is as healthy as it can be."""
    text = f"{PRELUDE}servers: {{web: {{lifecycle: {{{HEALTHY}}}}}}}\n"
    stage.converge(text)
    stage.talk.act(f"/servers/{stage.row('servers', 'web')['id']}/actions/poweroff")
    stage.converge(text.replace("cx23", "cx33"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("servers: {web: {lifecycle: {health: {}}}}", "one of port, http and cloud_init"),
        (
            "servers: {web: {lifecycle: {health: {port: 1, cloud_init: true}}}}",
            "one of port, http and cloud_init",
        ),
        ("servers: {web: {lifecycle: {health: {port: 80, timeout: soon}}}}", "such as 90s, 10m or 1h"),
        ("servers: {web: {lifecycle: {max_unavailable: 0}}}", "greater than or equal to 1"),
        ("servers: {web: {lifecycle: {max_unavailable: 150%}}}", "pattern"),
        ("servers: {web: {lifecycle: {replace_on: [imge]}}}", "unknown field 'imge'"),
        ("placement_groups: {g: {lifecycle: {health: cloud_init}}}", "have no address at which to ask"),
    ],
)
def test_what_makes_no_sense_is_told_offline(text: str, message: str) -> None:
    """Wrong options of a roll are errors of the document."""
    with pytest.raises(DocumentError, match=message):
        read(PRELUDE + text + "\n")
