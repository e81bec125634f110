"""The lock in the API: one holder at a time, taken over when it is stale, no part of any plan."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from random import Random
from typing import Any

import pytest

from hetzner import AsyncHetzner
from hetzner.api.errors import APIStatusError
from hetzner.apply.lock import RUN, TTL, Held, Holder, Lock, Lost, anchor, as_value, holder_of
from tests.apply.broken import Jostling
from tests.apply.stage import Stage


@pytest.fixture
def stage() -> Stage:
    """An empty project."""
    return Stage()


def locks(client: AsyncHetzner, count: int = 2) -> list[Lock]:
    """Return the locks of several runs."""
    return [Lock(client, "shop", holder=f"me@host {n}", run=f"run-{n}") for n in range(count)]


def test_one_holds_it(stage: Stage) -> None:
    """A second run is told who has it since when, until it is given back; the lock costs no action."""

    async def work(client: AsyncHetzner) -> None:
        one, two = locks(client)
        await one.take()
        with pytest.raises(Held, match=r"'shop' is locked by me-host-0 since 2026-11-23 12:00:00Z, until "):
            await two.take()
        assert not two.is_taken
        await one.give_back()
        await two.take()
        await two.give_back()
        assert await holder_of(client, "shop") is None

    stage.go(work)
    assert stage.rows("placement_groups") == {}


def test_projects_have_locks_of_their_own(stage: Stage) -> None:
    """The lock of one project is none of another one."""

    async def work(client: AsyncHetzner) -> None:
        await Lock(client, "shop", holder="me", run="1").take()
        await Lock(client, "blog", holder="me", run="2").take()

    stage.go(work)


def test_it_is_waited_for(stage: Stage) -> None:
    """With patience the second run gets it once the first one is done, and is told whom it waits for."""
    met: list[Holder] = []

    async def work(client: AsyncHetzner) -> None:
        one, two = locks(client)
        await one.take()
        waiting = asyncio.create_task(two.take(60, met.append))
        await client._core.port.clock.asleep(12)
        await one.give_back()
        await waiting
        assert two.is_taken

    stage.go(work)
    assert {holder.run for holder in met} == {"run-0"}


def test_patience_ends(stage: Stage) -> None:
    """Who waits long enough gives up."""

    async def work(client: AsyncHetzner) -> None:
        one, two = locks(client)
        await one.take()
        began = stage.sandbox.clock.now()
        with pytest.raises(Held):
            await two.take(30)
        assert 30 <= stage.sandbox.clock.now() - began < 40

    stage.go(work)


def test_a_stale_lock_is_taken_over_by_one(stage: Stage) -> None:
    """Of several that find a stale lock exactly one gets it, and its old holder finds out."""

    async def work(client: AsyncHetzner) -> None:
        dead, *others = locks(client, 5)
        await dead.take()
        await client._core.port.clock.asleep(TTL + 1)
        found = await asyncio.gather(*(each.take() for each in others), return_exceptions=True)
        assert sum(each.is_taken for each in others) == 1
        assert sum(isinstance(each, Held) for each in found) == 3
        with pytest.raises(Lost):
            await dead.renew()
        await dead.give_back()
        assert await holder_of(client, "shop") is not None

    for seed in range(10):
        stage = Stage()
        stage.wrap = _jostled(seed)
        stage.go(work)


def _jostled(seed: int) -> Callable[[Any], Any]:
    random = Random(seed)  # noqa: S311  dice, not secrets
    return lambda inner: Jostling(inner, random)


def test_keeping_renews(stage: Stage) -> None:
    """A run that is alive keeps its lock for as long as it takes, for few requests."""

    async def work(client: AsyncHetzner) -> None:
        one, two = locks(client)
        await one.take()
        keeping = asyncio.create_task(one.keep(lambda error: None))
        before = stage.requests
        await client._core.port.clock.asleep(3600)
        assert stage.requests - before <= 36
        with pytest.raises(Held):
            await two.take()
        keeping.cancel()

    stage.go(work)


def test_losing_it_is_told(stage: Stage) -> None:
    """Who keeps a lock hears that it was taken away."""
    lost: list[Lost] = []

    async def work(client: AsyncHetzner) -> None:
        [one] = locks(client, 1)
        await one.take()
        stage.talk.delete(f"/placement_groups/{stage.row('placement_groups', anchor('shop'))['id']}")
        await one.keep(lost.append)
        assert not one.is_taken

    stage.go(work)
    assert "was taken away" in str(lost[0])


def test_an_answer_that_is_lost_is_no_obstacle(stage: Stage) -> None:
    """A lock that was made although nobody heard of it is the lock of who asked for it."""
    stage.sandbox.faults.arm("placement_groups.create", "reset_after")

    async def work(client: AsyncHetzner) -> None:
        [one] = locks(client, 1)
        await one.take()
        assert one.is_taken

    stage.go(work)
    assert stage.row("placement_groups", anchor("shop"))["labels"][RUN] == "run-0"


def test_what_is_no_lock_is_not_taken_over(stage: Stage) -> None:
    """A group of that name which somebody made for servers stays, and is told."""
    stage.talk.post("/placement_groups", {"name": anchor("shop"), "type": "spread"})

    async def work(client: AsyncHetzner) -> None:
        [one] = locks(client, 1)
        with pytest.raises(Held, match="is a placement group and no lock"):
            await one.take()

    stage.go(work)


def test_other_refusals_are_errors(stage: Stage) -> None:
    """Somebody without the right to write learns that, and not that it is locked."""
    stage.sandbox.faults.refuse("placement_groups.create", code="forbidden")

    async def work(client: AsyncHetzner) -> None:
        [one] = locks(client, 1)
        with pytest.raises(APIStatusError):
            await one.take()

    stage.go(work)


def test_it_is_in_no_plan(stage: Stage) -> None:
    """A lock is neither shown nor deleted, by plans, by destroying, and by no project."""

    async def work(client: AsyncHetzner) -> None:
        await locks(client, 1)[0].take()

    stage.go(work)
    text = "placement_groups: {apart: {}}\n"
    stage.converge(text)
    assert [item.address for item in stage.plan(text)] == ["placement_groups.apart"]
    assert stage.apply(text, destroy=True).complete
    assert [*stage.rows("placement_groups")] == [anchor("shop")]


@pytest.mark.parametrize(("text", "value"), [("me@host", "me-host"), ("ü", ""), ("a" * 70 + "-", "a" * 63)])
def test_any_name_becomes_a_label(text: str, value: str) -> None:
    """A holder's name is brought into the form of a label's value."""
    assert as_value(text) == value
