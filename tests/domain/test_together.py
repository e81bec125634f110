"""Waiting for many things at once: few requests, each thing's own end."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from anyio.lowlevel import checkpoint

import hetzner
from hetzner import ActionFailed, ActionTimeout, aio, using
from hetzner.sandbox import Sandbox
from tests.domain.faces import Face, done


async def servers(face: Face, count: int) -> list[Any]:
    """Create servers that run."""
    return [await face.server(f"w-{number}") for number in range(count)]


async def test_many_are_waited_for_together(face: Face) -> None:
    """Ten servers are begun one by one and waited for in one go, with the requests of about one."""
    begun = [await face.server(f"w-{number}", wait=False) for number in range(10)]
    with face.requests() as made:
        ended = await done(face.wait(begun))
    assert {each.status for each in begun} == {"running"}
    assert {action.status for action in ended} == {"success"}
    assert made.count("servers.retrieve") == 10
    assert made.count("actions.list") < 25
    assert await done(face.wait(begun)) == []


async def test_actions_and_records_mix(face: Face) -> None:
    """Actions as verbs return them will do, and None where a call had none."""
    one, two = await servers(face, 2)
    action = await done(one.poweroff(wait=False))
    await done(two.poweroff(wait=False))
    ended = await done(face.wait([action, two, None]))
    assert sorted(each.status for each in ended) == ["success", "success"]
    assert (one.status, two.status) == ("running", "off")
    await done(one.wait())
    assert one.status == "off"


async def test_what_fails_is_raised_when_all_are_over(face: Face) -> None:
    """The error has every failure, and the others did not suffer."""
    some = await servers(face, 3)
    face.sandbox.faults.fail_action("stop_server", times=2)
    for server in some:
        await done(server.poweroff(wait=False))
    with pytest.raises(ActionFailed) as caught:
        await done(face.wait(some))
    assert len(caught.value.failures) == 2
    assert await done(face.wait(some)) == []
    await done(some[2].refresh())
    assert some[2].status == "off"


async def test_time_runs_out(face: Face) -> None:
    """After a timeout the wait can be taken up again."""
    (web,) = await servers(face, 1)
    face.sandbox.faults.hang_action("stop_server")
    await done(web.poweroff(wait=False))
    with pytest.raises(ActionTimeout):
        await done(face.wait([web], timeout=20))
    face.sandbox.release("stop_server")
    await done(face.wait([web]))
    assert web.status == "off"


async def test_records_of_two_projects(face: Face) -> None:
    """Each is waited for by the client it came with."""
    other = face.client_of(Sandbox())
    here = await face.server(wait=False)
    there = await face.server(wait=False, client=other)
    await done(face.wait([here, there]))
    assert (here.status, there.status) == ("running", "running")


async def test_records_of_the_other_face_are_refused(face: Face) -> None:
    """A blocking wait cannot wait for awaited records, nor the other way round."""
    other = Face(blocking=not face.blocking)
    with using(other.client):
        web = await other.server(wait=False)
    with pytest.raises(TypeError, match="take a client of the class"):
        await done(face.wait([web]))


def test_nothing_to_wait_for() -> None:
    """An empty sum needs neither a client nor a request."""
    assert hetzner.wait([]) == hetzner.wait([None]) == []


@pytest.fixture
def awaited() -> Face:
    """Return the awaited face on a new sandbox."""
    return Face(blocking=False)


async def side_by_side(*work: Any) -> None:
    """Do several things in one block."""
    async with aio.gather() as g:
        for each in work:
            g.start(each)


async def test_gather_shares_one_poller(awaited: Face) -> None:
    """Ten servers take about the time of one, and all their actions are asked for together."""
    with using(awaited.client):
        before = awaited.now()
        await awaited.server("first")
        one = awaited.now() - before
        before = awaited.now()
        with awaited.requests() as made:
            async with aio.gather() as g:
                tasks = [g.start(awaited.server(f"w-{number}")) for number in range(10)]
        assert {task.result().status for task in tasks} == {"running"}
        assert awaited.now() - before < 3 * one
    assert made.count("servers.create") == 10
    assert made.count("actions.list") < 40


async def test_gather_bounds_requests_and_not_waiting(awaited: Face) -> None:
    """With a limit of one, requests go one after the other while actions run side by side."""
    busy = most = 0
    send = awaited.client._core.port.exchange

    async def counted(outgoing: Any) -> Any:
        nonlocal busy, most
        if "/servers" not in outgoing.sent.url:  # the poller's own
            return await send(outgoing)
        busy += 1
        most = max(most, busy)
        await checkpoint()
        try:
            return await send(outgoing)
        finally:
            busy -= 1

    awaited.client._core.port.exchange = counted
    with using(awaited.client):
        before = awaited.now()
        async with aio.gather(limit=1) as g:
            for number in range(5):
                g.start(awaited.server(f"w-{number}"))
        assert most == 1
        assert awaited.now() - before < 3 * 40
        assert len(await aio.Server.all()) == 5


async def test_work_may_have_tasks_of_its_own(awaited: Face) -> None:
    """Tasks that a coroutine makes use the same poller, and do not give away a turn that is not theirs."""

    async def two() -> list[Any]:
        return list(await asyncio.gather(awaited.server("a"), awaited.server("b")))

    with using(awaited.client):
        async with aio.gather(limit=1) as g:
            task, other = g.start(two()), g.start(awaited.server("c"))
        assert [server.status for server in (*task.result(), other.result())] == ["running"] * 3
        assert g._turns._value == 1


async def test_gather_lets_the_others_finish(awaited: Face) -> None:
    """One that fails does not end the others; the first error is raised, with a note of the others."""
    with using(awaited.client):
        await awaited.server("taken")
        with pytest.raises(hetzner.ConflictError) as caught:
            await side_by_side(awaited.server("taken"), aio.Server.find("nope"), awaited.server("fine"))
        assert (await aio.Server.find("fine")).status == "running"
    (note,) = caught.value.__notes__
    assert note.startswith("and also: NotFound: there is no server 'nope'")


async def test_a_failed_action_is_raised_by_gather(awaited: Face) -> None:
    """The shared poller tells each task about its own actions only."""
    with using(awaited.client):
        some = await servers(awaited, 2)
        awaited.sandbox.faults.fail_action("stop_server", times=1)
        with pytest.raises(ActionFailed):
            await side_by_side(*(server.poweroff() for server in some))
        assert sorted(server.status for server in await aio.Server.all()) == ["off", "running"]


async def test_an_error_in_the_block_cancels_what_runs(awaited: Face) -> None:
    """Work that did not begin is not begun, and the error is that of the block."""
    tasks = []

    async def work() -> None:
        async with aio.gather() as g:
            tasks.append(g.start(awaited.server()))
            raise KeyError

    with using(awaited.client), awaited.requests() as made, pytest.raises(KeyError):
        await work()
    assert tasks[0].cancelled()
    assert made == []


async def test_cancelling_the_block_cancels_what_runs(awaited: Face) -> None:
    """Nothing is left running behind the back of whoever gave up."""
    with using(awaited.client):
        tasks: list[asyncio.Task[Any]] = []

        async def work() -> None:
            async with aio.gather() as g:
                tasks.append(g.start(asyncio.Event().wait()))

        outer = asyncio.create_task(work())
        while not tasks:
            await checkpoint()
        await checkpoint()
        outer.cancel()
        with pytest.raises(asyncio.CancelledError):
            await outer
        assert tasks[0].cancelled()


async def test_gather_is_used_inside_its_block_only(awaited: Face) -> None:
    """Starting something outside, nothing at a time, or what is no coroutine says so."""
    g = aio.gather()
    wrong: Any = aio.Server.find
    async with aio.gather() as inside:
        with pytest.raises(TypeError, match=r"takes a coroutine such as web\.poweroff\(\), not <"):
            inside.start(wrong)
    with pytest.raises(RuntimeError, match="inside of 'async with gather"):
        g.start(aio.Server.find("web"))
    with pytest.raises(ValueError, match="at least one"):
        aio.gather(limit=0)


async def test_one_thing_needs_no_list(face: Face) -> None:
    """A record and an action are waited for as they are, as several in a list would be."""
    web = await face.server()
    action = await done(web.poweroff(wait=False))
    assert [each.command for each in await done(face.records.wait(action, client=face.client))] == [
        "stop_server"
    ]
    await done(web.poweron(wait=False))
    assert [each.status for each in await done(face.records.wait(web))] == ["success", "success"]
    assert web.status == "running"
