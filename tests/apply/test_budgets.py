"""How many requests it takes, polls included."""

from __future__ import annotations

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
