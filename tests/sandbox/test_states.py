"""Snapshot, restore and reset of the whole state, time included."""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any, cast

import pytest

from hetzner.sandbox import FileStore, Sandbox, ScaledClock
from hetzner.sandbox.states import Snapshot
from tests.sandbox.talk import Talk

VOLUME = {"name": "data", "size": 10, "location": "fsn1"}
READS = ("/servers", "/primary_ips", "/volumes", "/networks", "/servers/actions", "/volumes/actions")


def everything(talk: Talk) -> list[Any]:
    """What a client can read."""
    return [talk.get(path) for path in READS]


def test_a_snapshot_brings_everything_back(talk: Talk) -> None:
    """Objects, running actions, ids, dice and time go on exactly as they did after the snapshot."""
    talk.server()
    talk.post("/volumes", VOLUME)
    state = json.loads(json.dumps(talk.sandbox.snapshot()))
    runs = []
    for _ in range(2):
        talk.sandbox.restore(state)
        runs.append([everything(talk), talk.server("db"), everything(talk)])
    assert runs[0] == runs[1]
    assert runs[0][0][2]["volumes"][0]["status"] == "creating"
    assert runs[0][2][2]["volumes"][0]["status"] == "available"
    talk.sandbox.restore(state)
    assert talk.sandbox.snapshot() == state


def test_a_snapshot_moves_to_another_sandbox(talk: Talk) -> None:
    """Another sandbox that takes it over answers the same, whatever it had before."""
    talk.server()
    other = Talk()
    other.post("/networks", {"name": "old", "ip_range": "10.0.0.0/16"})
    with other.sandbox.inside("elsewhere") as project:
        project.table("placement_groups").add({"id": 5, "name": "old", "labels": {}})
    other.sandbox.restore(talk.sandbox.snapshot())
    assert everything(other) == everything(talk)
    numbers = [project["meta"]["number"] for project in other.sandbox.snapshot()["projects"].values()]
    assert sorted(numbers) == [0, 1]
    assert other.sandbox.snapshot()["projects"]["elsewhere"]["rows"] == {}


def test_a_reset_is_a_new_sandbox(talk: Talk) -> None:
    """Objects, log, faults and time are as at the beginning; the same requests get the same answers."""
    first = [talk.server(), everything(talk)]
    talk.sandbox.faults.arm("*", "503", times=None)
    talk.sandbox.reset()
    assert len(talk.sandbox.log) == 0
    assert [talk.server(), everything(talk)] == first


def test_a_reset_keeps_the_tokens(talk: Talk) -> None:
    """Who was let in still is, and nobody else."""
    talk.sandbox.register("token", "mine")
    talk.sandbox.reset()
    talk.get("/servers")
    assert Talk(talk.sandbox, "other").refused("GET", "/servers") == (401, "unauthorized")


@pytest.mark.parametrize(
    "damage",
    [
        {"format": "something/1"},
        {"projects": {"default": {"meta": {"number": 0}, "rows": {"servers": [{"id": 1}]}}}},
        {"projects": {"default": {"meta": {"number": 0}, "rows": {"servers": ["a"]}}}},
    ],
)
def test_what_is_no_snapshot_changes_nothing(talk: Talk, damage: dict[str, Any]) -> None:
    """A damaged snapshot is refused, and everything is as it was."""
    talk.server()
    before = talk.sandbox.snapshot()
    with pytest.raises(ValueError, match="snapshot"):
        talk.sandbox.restore(cast(Snapshot, {**deepcopy(before), **damage}))
    assert talk.sandbox.snapshot() == before


def test_a_file_is_reset_and_restored_for_everybody(tmp_path: Path) -> None:
    """Two processes on one file see the same state after a reset and after a restore."""
    path, clock = tmp_path / "state.db", ScaledClock(1)
    one, two = (Talk(Sandbox(store=FileStore(path), clock=each)) for each in (clock, ScaledClock(1)))
    one.post("/networks", {"name": "old", "ip_range": "10.0.0.0/16"})
    state = one.sandbox.snapshot()
    one.sandbox.reset()
    assert two.get("/networks")["networks"] == []
    two.sandbox.restore(state)
    assert [network["name"] for network in one.get("/networks")["networks"]] == ["old"]
    one.sandbox.close()
    two.sandbox.close()


def test_time_is_put_forward_on_every_clock(tmp_path: Path) -> None:
    """Whatever is due by then has happened, also with real time and for others on the file."""
    one, two = (Talk(Sandbox(store=FileStore(tmp_path / "a.db"), clock=ScaledClock(1))) for _ in range(2))
    action = one.post("/volumes", VOLUME)["action"]["id"]
    one.sandbox.advance(3600)
    assert one.get(f"/actions/{action}")["action"]["status"] == "success"
    assert two.get(f"/actions/{action}")["action"]["status"] == "success"
    assert abs(one.sandbox.clock.now() - two.sandbox.clock.now()) < 60
    one.sandbox.close()
    two.sandbox.close()
