"""What a plan says that it takes is what the sandbox then needs."""

from __future__ import annotations

import pytest

from hetzner import AsyncHetzner
from hetzner.apply.converge import prepare
from hetzner.apply.figures import Work
from hetzner.apply.forecast import SPREAD, forecast, shares
from hetzner.sandbox import Sandbox, durations
from hetzner.sandbox.kinds import server_power
from tests.apply.stage import Stage, read

PRELUDE = "defaults: {location: fsn1, servers: {server_type: cx23, image: debian-13}}\n"
NETWORK = "networks: {net: {ip_range: 10.0.0.0/16, subnets: [10.0.0.0/17]}}\n"
STACKS = {
    "one server": ("", "servers: {web: {}}\n"),
    "a small stack": (
        "",
        NETWORK + "firewalls: {f: {rules: [icmp]}}\n"
        "servers: {web: {count: 3, networks: [net], firewalls: [f]}, db: {backups: yes, protect: true}}\n"
        "volumes: {data: {size: 10, server: db}}\n"
        "load_balancers: {lb: {load_balancer_type: lb11, networks: [net], targets: [{server: web-1}]}}\n",
    ),
    "forty servers": ("", NETWORK + "servers: {web: {count: 40, networks: [net]}}\n"),
    "another size": ("servers: {web: {}}\n", "servers: {web: {server_type: cx33}}\n"),
    "a replacement and a rebuild": (
        "servers: {a: {}, b: {user_data: one}, c: {}}\n",
        "servers: {a: {location: nbg1}, "
        "b: {user_data: two, lifecycle: {rebuild_on: [user_data]}}}\nfirewalls: {f: {rules: [icmp]}}\n",
    ),
    "replicas that are switched off": (
        "servers: {web: {count: 3}}\n",
        "servers: {web: {count: 3, server_type: cx33}}\n",
    ),
    "replicas of which the new ones come first": (
        "servers: {web: {count: 3}}\nfloating_ips: {vip: {type: ipv4, server: web-1}}\n",
        "servers: {web: {count: 3, location: nbg1, lifecycle: {replace: create_before_destroy}}}\n"
        "floating_ips: {vip: {type: ipv4, server: web-1}}\n",
    ),
    "one after the other": (
        "",
        NETWORK + "servers: {db: {networks: [net]}, "
        "web: {count: 4, networks: [net], user_data: 'db=${servers.db.private_ip}'}}\n",
    ),
}


@pytest.fixture
def usual(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every action take as long as it usually does, so that no luck comes in."""
    for command, (shortest, longest) in durations.SECONDS.items():
        middle = (shortest + longest) / 2
        monkeypatch.setitem(durations.SECONDS, command, (middle, middle))
    monkeypatch.setattr(server_power, "GUEST_SECONDS", (12.0, 12.0))


def both(stage: Stage, text: str, spread: float = SPREAD) -> tuple[Work, int, float]:
    """Return what is foreseen for a document, then how many requests and seconds it took."""

    async def work(client: AsyncHetzner) -> tuple[Work, int, float]:
        prepared = await prepare(client, read(PRELUDE + text), settle=True)
        before = stage.requests
        foreseen = forecast(prepared.plan, prepared.observed, answer=0.0, spread=spread)
        result = await prepared.execution().run()
        assert result.complete, (result.failed, result.skipped)
        return foreseen, stage.requests - before, result.seconds

    return stage.go(work)


@pytest.mark.parametrize("name", [*STACKS])
def test_requests_and_seconds(usual: None, name: str) -> None:
    """Requests and seconds are within a quarter of what it takes."""
    stage, (before, after) = Stage(), STACKS[name]
    if before:
        stage.converge(PRELUDE + before)
    foreseen, requests, seconds = both(stage, after, spread=0.0)
    assert foreseen.requests == pytest.approx(requests, rel=0.25, abs=2)
    assert foreseen.seconds == pytest.approx(seconds, rel=0.25, abs=2)


def test_luck() -> None:
    """Where actions take as long as they please, forty of them are still foreseen within a quarter."""
    foreseen, requests, seconds = both(Stage(), STACKS["forty servers"][1])
    assert foreseen.requests == pytest.approx(requests, rel=0.25)
    assert foreseen.seconds == pytest.approx(seconds, rel=0.25)


def test_what_takes_longest() -> None:
    """It names the object and its longest operation."""
    stage = Stage()
    stage.converge(PRELUDE + "servers: {web: {}}\n")
    foreseen, _, _ = both(stage, "servers: {web: {server_type: cx33}, new: {}}\nfirewalls: {f: {}}\n")
    assert foreseen.longest is not None
    assert foreseen.longest[:2] == ("servers.web", "change_type")
    assert foreseen.longest[2] <= foreseen.seconds


def test_what_is_left() -> None:
    """What the rate limit has left is what the newest answer told; the plan says whether that is enough."""
    stage = Stage(Sandbox(requests_per_hour=60))

    async def work(client: AsyncHetzner) -> Work | None:
        text = PRELUDE + "servers: {web: {count: 40}}\n"
        return (await prepare(client, read(text), figures=True)).plan.work

    foreseen = stage.go(work)
    assert foreseen is not None
    assert foreseen.left is not None
    assert foreseen.left == 60 - stage.requests
    assert not foreseen.fits


@pytest.mark.parametrize(
    ("operation", "actions"),
    [("servers.create", 2), ("servers.update", 0), ("servers.actions.poweron", 1), ("ssh_keys.create", 0)],
)
def test_actions_of_an_operation(operation: str, actions: int) -> None:
    """What an operation leads to stands in its declaration."""
    assert len(shares(operation)) == actions


def test_nothing_to_do_asks_nothing() -> None:
    """When nothing is to be done, neither prices nor a forecast are made, and no request more than needed."""
    stage = Stage()
    text = PRELUDE + "servers: {web: {}}\n"
    stage.converge(text)

    async def work(client: AsyncHetzner) -> None:
        plan = (await prepare(client, read(text), figures=True)).plan
        assert (plan.bill, plan.work) == (None, None)

    before = stage.requests
    stage.go(work)
    asked = stage.requests - before
    before = stage.requests
    stage.plan(text)
    assert asked == stage.requests - before
    assert all(entry.operation != "pricing.retrieve" for entry in stage.sandbox.log)
