"""Watching a project: drift is told once, put right where that is wanted, and outages are sat out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import pytest

from hetzner import AsyncHetzner
from hetzner.api.errors import AuthenticationError
from hetzner.apply.document import Document
from hetzner.apply.plans import Plan
from hetzner.apply.watching import Habits, Notice, Watch
from tests.apply.stage import Stage, read

GROUP = "placement_groups: {g: {labels: {a: b}}, h: {}}\n"
Happening = Callable[[int], None]


def watched(
    stage: Stage, happens: Happening = lambda number: None, text: str = GROUP, **habits: Any
) -> list[str]:
    """Watch for some rounds, before each of which something happens; return what was told."""
    told: list[str] = []
    number = 0

    def look() -> Document:
        nonlocal number
        number += 1
        happens(number - 1)
        return read(text)

    async def tell(news: Sequence[Notice], plan: Plan | None) -> None:
        told.extend(f"{notice.event} {notice.address}".strip() for notice in news)

    async def work(client: AsyncHetzner) -> None:
        await Watch(client, look, Habits(**{"rounds": 5, **habits}), tell).run()

    stage.go(work)
    return told


@pytest.fixture
def stage() -> Stage:
    """Return a project that is as it is declared."""
    stage = Stage()
    stage.converge(GROUP)
    return stage


def relabel(stage: Stage, name: str, **labels: str) -> None:
    """Change the labels of a group by hand, and keep that it is owned."""
    row = stage.row("placement_groups", name)
    own = {key: value for key, value in row["labels"].items() if "/" in key}
    stage.talk.put(f"/placement_groups/{row['id']}", {"labels": {**own, **labels}})


def test_drift_is_told_once(stage: Stage) -> None:
    """Drift is told when it appears, when it becomes another one, and when it is gone; nothing is changed."""

    def happens(number: int) -> None:
        if number in (1, 3):
            relabel(stage, "g", a=f"by-hand-{number}", x=str(number))
        if number == 4:
            relabel(stage, "g", a="b")

    before = stage.requests
    assert watched(stage, happens) == ["drift placement_groups.g"] * 2 + ["settled placement_groups.g"]
    assert stage.writes(before) == ["placement_groups.update"] * 3


def test_time_passes_between_looks(stage: Stage) -> None:
    """A look begins so many seconds after the one before."""
    times: list[float] = []
    watched(stage, lambda number: times.append(stage.sandbox.clock.now()), every=60.0)
    assert [round(later - now) for now, later in pairwise(times)] == [60] * 4


def test_converging(stage: Stage) -> None:
    """What has drifted is put right at the same look, and told."""

    def happens(number: int) -> None:
        if number == 1:
            relabel(stage, "g", a="by-hand")

    told = watched(stage, happens, converge=True)
    assert told == ["drift placement_groups.g", "applied placement_groups.g"]
    stage.settled(GROUP)


def test_nothing_goes_by_itself(stage: Stage) -> None:
    """Converging deletes nothing unless that is allowed; that it does not is told once."""
    less = "placement_groups: {g: {labels: {a: b}}}\n"
    told = watched(stage, text=less, converge=True)
    assert told == ["drift placement_groups.h", "held"]
    assert set(stage.rows("placement_groups")) == {"g", "h"}
    told = watched(stage, text=less, converge=True, allow_destroy=True)
    assert told == ["drift placement_groups.h", "applied placement_groups.h"]


def test_an_outage(stage: Stage) -> None:
    """An API that does not answer is told once, and asked again later and later."""
    times: list[float] = []

    def happens(number: int) -> None:
        times.append(stage.sandbox.clock.now())
        if number == 1:
            stage.sandbox.faults.arm("*", "503", times=None)
        if number == 4:
            stage.sandbox.faults.disarm()

    assert watched(stage, happens, rounds=6, every=3600.0) == ["outage", "back"]
    waits = [later - now for now, later in pairwise(times)]
    assert waits[0] == 3600
    assert waits[1] < waits[2] < waits[3] < waits[4]


def test_a_bad_file(stage: Stage) -> None:
    """A file that cannot be used any more is told once, and the watch goes on."""

    def happens(number: int) -> None:
        if number in (1, 2):
            read("placement_groups: {g: {tpye: spread}}")

    assert watched(stage, happens) == ["file", "back"]


def test_a_token_that_is_no_good(stage: Stage) -> None:
    """A token that the API does not take is no outage: no waiting mends it."""
    stage.sandbox.faults.refuse("*", code="unauthorized", status=401, times=9)
    with pytest.raises(AuthenticationError):
        watched(stage)


def test_a_budget(stage: Stage) -> None:
    """Looks are as far apart as the requests an hour ask for, which is told once."""
    times: list[float] = []
    before = stage.requests
    told = watched(stage, lambda number: times.append(stage.sandbox.clock.now()), every=10.0, budget=60)
    each = (stage.requests - before) // 5
    assert told == ["slowed"]
    waits = [round(later - now) for now, later in pairwise(times)]
    assert waits == [each * 60] * 4


def test_the_usual_budget(stage: Stage) -> None:
    """Unless told otherwise, watching takes no more than a tenth of the hourly limit."""
    before, began = stage.requests, stage.sandbox.clock.now()
    watched(stage, every=1.0, rounds=50)
    hours = (stage.sandbox.clock.now() - began) / 3600
    assert (stage.requests - before) * 49 / 50 / hours < 360.1
