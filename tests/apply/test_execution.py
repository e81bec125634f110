"""Carrying plans out on the sandbox: what fails, waits and is healed, and how many requests it takes."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from hetzner import AsyncHetzner
from hetzner.api.errors import ActionTimeout, APIStatusError
from hetzner.apply.events import Called, Done, Event, Failed, Progressed, Skipped, Waiting
from hetzner.apply.execute import Result
from tests.apply.stage import Stage

PRELUDE = "project: shop\ndefaults: {location: fsn1, servers: {server_type: cx23, image: debian-13}}\n"
NETWORK = "networks: {net: {ip_range: 10.0.0.0/16, subnets: [10.0.0.0/17]}}\n"
SMALL = (
    PRELUDE
    + NETWORK
    + "firewalls: {base: {}}\nservers: {web: {networks: [net], firewalls: [base]}, db: {}}\n"
)


@pytest.fixture
def stage() -> Stage:
    """An empty project."""
    return Stage()


def commands(events: list[Event], address: str) -> list[str]:
    """Return what was called for an item."""
    return [event.command for event in events if isinstance(event, Called) and event.item.address == address]


def test_create_then_nothing_then_destroy(stage: Stage) -> None:
    """A document is made, found to be there, and taken away again."""
    stage.converge(SMALL)
    stage.insist_exact(SMALL)
    before = stage.requests
    assert stage.apply(SMALL).done == []
    assert stage.writes(before) == []
    stage.apply(SMALL, destroy=True)
    assert not stage.state(owned=True)


def test_events_tell_what_happens(stage: Stage) -> None:
    """Whoever listens hears of waiting, of calls, of progress and of the end, with id and address."""
    stage.apply(SMALL.replace("web: {", 'web: {user_data: "db=${servers.db.id}", '))
    web = [event for event in stage.events if event.item.address == "servers.web"]
    assert isinstance(web[0], Waiting)
    assert web[0].others == ("servers.db",)
    assert commands(stage.events, "servers.web") == ["create_server"]
    assert any(isinstance(event, Progressed) and 0 < event.percent < 100 for event in web)
    done = web[-1]
    assert isinstance(done, Done)
    row = stage.row("servers", "web")
    assert done.told == f"id {row['id']}  {row['public_net']['ipv4']['ip']}"
    assert "attach_to_network" in done.commands


def test_what_does_not_depend_happens_at_once(stage: Stage) -> None:
    """Ten servers take about as long as one."""
    one = stage.apply(PRELUDE + "servers: {a: {}}\n").seconds
    ten = stage.apply(PRELUDE + "servers: {a: {}, b: {count: 10}}\n").seconds
    assert ten < 3 * max(one, 10)


def test_one_failure_stops_only_what_depends_on_it(stage: Stage) -> None:
    """A network that cannot be made costs its server, not the other one; a second run makes the rest."""
    stage.sandbox.faults.quotas["networks"] = 0
    result = stage.apply(SMALL)
    assert [item.address for item, _ in result.failed] == ["networks.net"]
    assert [(item.address, why) for item, why in result.skipped] == [
        ("servers.web", "needs networks.net, which failed")
    ]
    assert {item.address for item in result.done} == {"firewalls.base", "servers.db"}
    assert {type(event) for event in stage.events} >= {Failed, Skipped, Done}
    stage.sandbox.faults.disarm()
    stage.converge(SMALL)
    stage.insist_exact(SMALL)


@pytest.mark.parametrize("fault", ["locked", "conflict", "maintenance"])
@pytest.mark.parametrize("operation", ["servers.create", "servers.actions.enable_backup", "servers.update"])
def test_busy_objects_are_waited_for(stage: Stage, fault: Any, operation: str) -> None:
    """What is busy for half a minute is waited for, within the same run."""
    stage.converge(PRELUDE + "servers: {db: {}}\n")
    stage.sandbox.faults.arm(operation, fault, times=8)
    stage.converge(PRELUDE + "servers: {db: {backups: true, labels: {a: b}}, web: {}}\n")


def test_busy_objects_are_not_waited_for_for_ever(stage: Stage) -> None:
    """After five minutes it is a failure, told as what the API said."""
    stage.sandbox.faults.arm("servers.create", "locked", times=10_000)
    result = stage.apply(PRELUDE + "servers: {db: {}}\n")
    [(_, error)] = result.failed
    assert isinstance(error, APIStatusError)
    assert error.code == "locked"
    assert 300 <= result.seconds < 400


def test_a_firewall_goes_once_its_servers_are_gone(stage: Stage) -> None:
    """`resource_in_use` is waited for."""
    stage.converge(SMALL)
    stage.sandbox.faults.arm("firewalls.delete", "conflict", times=3)
    stage.converge(PRELUDE + NETWORK)


@pytest.mark.parametrize("others", range(8))
def test_rules_change_while_a_server_of_the_firewall_goes(stage: Stage, others: int) -> None:
    """An action that fails because its server is deleted in the same run is no failure of the firewall."""
    servers = "".join(f", s{number}: {{}}" for number in range(others))  # which shift the moments
    stage.converge(
        PRELUDE + f"firewalls: {{f: {{rules: [icmp]}}}}\nservers: {{web: {{firewalls: [f]}}{servers}}}\n"
    )
    result = stage.apply(PRELUDE + "firewalls: {f: {rules: []}}\n")
    assert [str(error) for _, error in result.failed] == []
    stage.insist_exact(PRELUDE + "firewalls: {f: {rules: []}}\n")


@pytest.mark.parametrize("others", range(8))
def test_rules_change_while_a_server_found_by_its_labels_goes(stage: Stage, others: int) -> None:
    """The same for a firewall that follows labels, whose other server stays."""
    web = "{labels: {role: web}}"
    servers = "".join(f", s{number}: {{}}" for number in range(others))  # which shift the moments
    before, after = (
        PRELUDE + f"firewalls: {{f: {{rules: [{rules}], apply_to: [role=web]}}}}\n" for rules in ("icmp", "")
    )
    stage.converge(before + f"servers: {{web: {web}, kept: {web}{servers}}}\n")
    after += f"servers: {{kept: {web}}}\n"
    result = stage.apply(after)
    assert [str(error) for _, error in result.failed] == []
    stage.insist_exact(after)


def test_what_is_gone_already_was_to_be_deleted(stage: Stage) -> None:
    """An object that somebody else deletes at the same time is no failure."""
    stage.converge(SMALL)

    async def work(client: AsyncHetzner) -> Result:
        prepared = await stage._prepared(client, SMALL, {"destroy": True}, False)
        stage.talk.delete(f"/networks/{stage.row('networks', 'net')['id']}")
        return await stage.started(prepared).run()

    assert stage.go(work).complete
    assert not stage.state(owned=True)


def test_actions_that_never_end_are_given_up(stage: Stage) -> None:
    """After a quarter of an hour an action is a failure; the next run does not wait for ever either."""
    stage.sandbox.faults.hang_action("create_server")
    text = PRELUDE + "servers: {web: {}, db: {}}\n"
    result = stage.apply(text)
    [(_, error)] = result.failed
    assert isinstance(error, ActionTimeout)
    assert 900 <= result.seconds < 1000
    assert stage.apply(text).complete
    stage.sandbox.release()
    stage.converge(text)


def test_stopping_returns_at_once_and_says_what_goes_on(stage: Stage) -> None:
    """A stopped run waits for nothing, names the running actions, and the next run goes on from there."""

    async def work(client: AsyncHetzner) -> tuple[Result, float]:
        prepared = await stage._prepared(client, SMALL, {}, True)
        execution = stage.started(prepared)
        execution.listen = lambda event: execution.stop() if isinstance(event, Progressed) else None
        result = await execution.run()
        return result, stage.sandbox.clock.now()

    began = stage.sandbox.clock.now()
    result, ended = stage.go(work)
    assert result.stopped
    assert not result.complete
    assert ended - began < 3
    assert {action.command for action in result.running} >= {"create_server"}
    assert {why for _, why in result.skipped} == {"stopped"}
    before = stage.requests
    stage.converge(SMALL)
    assert "networks.create" not in stage.writes(before)
    stage.insist_exact(SMALL)


def test_a_run_that_was_stopped_before_it_began_does_nothing(stage: Stage) -> None:
    """Stopping in time costs no request."""

    async def work(client: AsyncHetzner) -> Result:
        execution = stage.started(await stage._prepared(client, SMALL, {}, True))
        execution.stop()
        return await execution.run()

    result = stage.go(work)
    assert result.stopped
    assert len(result.skipped) == 4
    assert not stage.writes()


def test_a_run_that_is_cancelled_leaves_no_task_behind(stage: Stage) -> None:
    """Cancelling the run cancels everything that it began."""

    async def work(client: AsyncHetzner) -> int:
        prepared = await stage._prepared(client, SMALL, {}, True)
        run = asyncio.create_task(stage.started(prepared).run())
        for _ in range(20):
            await asyncio.sleep(0)  # noqa: TID251  a turn of the loop, no time
        run.cancel()
        await asyncio.gather(run, return_exceptions=True)
        return len(asyncio.all_tasks())

    assert stage.go(work) == 1


def test_programming_errors_are_not_swallowed(stage: Stage) -> None:
    """What is no error of the API comes out of the run."""

    async def work(client: AsyncHetzner) -> Result:
        prepared = await stage._prepared(client, SMALL, {}, True)
        execution = stage.started(prepared)
        execution.listen = lambda event: 1 // 0
        return await execution.run()

    with pytest.raises(ZeroDivisionError):
        stage.go(work)


def test_nothing_confidential_is_in_a_repr(stage: Stage) -> None:
    """Neither plan nor result show cloud-init data."""
    text = PRELUDE + "servers: {web: {user_data: open-sesame}}\n"
    assert "open-sesame" not in repr(stage.plan(text))
    assert "open-sesame" not in repr(stage.apply(text))
    assert "open-sesame" not in repr(stage.plan(text.replace("sesame", "sesame-2")))
    assert "open-sesame" not in repr(stage.events)
