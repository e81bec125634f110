"""How many requests it takes, polls included."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from hetzner.sandbox import Sandbox, durations
from tests.apply.stage import Stage

PRELUDE = "project: shop\ndefaults: {location: fsn1, servers: {server_type: cx23, image: debian-13}}\n"
NETWORK = "networks: {net: {ip_range: 10.0.0.0/16, subnets: [10.0.0.0/17]}}\n"


@pytest.fixture
def stage() -> Stage:
    """An empty project."""
    return Stage()


MANY = (
    PRELUDE
    + NETWORK
    + "firewalls: {f: {count: 5}}\nservers: {web: {count: 100, networks: [net], firewalls: [f]}}\n"
)


def test_a_hundred_servers_take_few_requests(stage: Stage) -> None:
    """Looking at 100 servers takes at most 10 requests, making them at most 160, polls included."""
    before = stage.requests
    result = stage.apply(MANY)
    assert result.complete
    assert stage.requests - before <= 160
    before = stage.requests
    assert stage.plan(MANY).is_empty
    assert stage.requests - before <= 10


VOLUMES = "".join(f"  data-{number}: {{size: 10, server: web-{number}}}\n" for number in range(1, 101))
LARGE = (
    PRELUDE
    + NETWORK
    + "firewalls: {f: {count: 10}}\nservers: {web: {count: 100, networks: [net], firewalls: [f-1]}}\n"
    + f"volumes:\n{VOLUMES}"
)


def test_a_hundred_servers_with_volumes_take_few_requests(stage: Stage) -> None:
    """100 servers, 100 volumes, 10 firewalls and a network: at most 330 requests to make, 10 to look at."""
    assert stage.apply(LARGE).complete
    assert stage.requests <= 330
    before = stage.requests
    assert stage.plan(LARGE, settle=True).is_empty
    assert stage.requests - before <= 10


ANSWER = 0.05


class Distant(httpx.AsyncBaseTransport):
    """A sandbox that takes a while to answer."""

    def __init__(self, inner: httpx.AsyncBaseTransport, clock: Any) -> None:
        self._inner, self.clock = inner, clock

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Take half of the time there, and half of it back."""
        await self.clock.asleep(ANSWER / 2)
        response = await self._inner.handle_async_request(request)
        await self.clock.asleep(ANSWER / 2)
        return response


@pytest.mark.parametrize("seconds", [5, 20, None])
def test_fifty_servers_take_little_longer_than_they_must(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, seconds: int | None
) -> None:
    """With 50 ms to an answer, 50 servers are there within 1.15 of the critical path, in virtual time."""
    if seconds is not None:
        monkeypatch.setitem(durations.SECONDS, "create_server", (seconds, seconds))
        monkeypatch.setitem(durations.SECONDS, "start_server", (0.5, 0.5))
    stage.wrap = lambda inner: Distant(inner, stage.sandbox.clock)
    began = stage.sandbox.clock.now()
    assert stage.apply(PRELUDE + "servers: {web: {count: 50}}\n").complete
    took = stage.sandbox.clock.now() - began
    with stage.sandbox.inside() as inside:
        slowest = max(action["finished"] - action["started"] for action in inside.table("actions"))
    # Four answers (what is there, what is sold, the create, the last look) and the slowest of the servers.
    assert took <= 1.15 * (4 * ANSWER + slowest)
    assert stage.requests <= 100


def big(number: int) -> str:
    """Return a document of many things."""
    half = number // 2
    firewalls, groups = f"firewalls: {{f: {{count: {half}}}}}", f"placement_groups: {{g: {{count: {half}}}}}"
    return f"{PRELUDE}{firewalls}\n{groups}\n"


@pytest.mark.parametrize("number", [1_000, pytest.param(10_000, marks=pytest.mark.slow)])
def test_looking_at_many_takes_a_request_for_fifty(number: int) -> None:
    """A plan without changes costs one request for 50 objects and a few more: 210 for 10,000."""
    stage = Stage(Sandbox(requests_per_hour=100_000))
    assert stage.apply(big(number)).complete
    before = stage.requests
    assert stage.plan(big(number)).is_empty
    assert stage.requests - before <= number // 50 + 10


def test_slow_servers_take_few_requests(monkeypatch: pytest.MonkeyPatch) -> None:
    """32 servers that take 95 seconds each: at most 200 requests, none of them too many."""
    monkeypatch.setitem(durations.SECONDS, "create_server", (85, 85))
    monkeypatch.setitem(durations.SECONDS, "start_server", (10, 10))
    stage = Stage()
    assert stage.apply(PRELUDE + "servers: {web: {count: 32}}\n").complete
    assert stage.requests <= 200
    assert all(entry.status != 429 for entry in stage.sandbox.log)


def test_a_small_rate_limit_only_takes_longer() -> None:
    """With 60 requests an hour the run paces itself and is complete in the end."""
    stage = Stage(Sandbox(requests_per_hour=60))
    assert stage.apply(PRELUDE + "servers: {web: {count: 40}}\n").complete
    assert sum(entry.status == 429 for entry in stage.sandbox.log) <= 2
