"""No call outlasts its deadline, whatever the server does with its bytes; it takes a little real time."""

import asyncio
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from hetzner import APITimeoutError, AsyncHetzner, Hetzner
from hetzner.api.core import patience_of
from hetzner.schema.operation import DEFAULT
from tests.faulty import FaultyServer, SkippingClock

LIMIT = 0.2
GRACE = 3.0
"""Half of what the shortest of these answers takes; a busy machine needs some for itself."""


@pytest.fixture
def server() -> Iterator[FaultyServer]:
    """A server that drips the answer to the next request, whatever it asks."""
    with FaultyServer(SkippingClock()) as running:
        running.on_any = True
        yield running


@pytest.mark.parametrize("how", ["drip", "drip_headers", "hang"])
def test_a_slow_server_cannot_outlast_the_deadline(server: FaultyServer, how: str) -> None:
    """A body or head that comes byte by byte is cut off when the time is up."""
    server.faults = [how]
    began = time.monotonic()
    client = Hetzner(api_token="t", base_url=server.url, timeout=LIMIT, max_retries=0)
    with client, pytest.raises(APITimeoutError):
        client.servers.list()
    assert LIMIT <= time.monotonic() - began < LIMIT + GRACE


@pytest.mark.parametrize("how", ["drip", "drip_headers", "hang"])
def test_a_slow_server_cannot_outlast_the_deadline_of_an_awaited_call(server: FaultyServer, how: str) -> None:
    """The same holds for the awaited client."""
    server.faults = [how]

    async def call() -> None:
        async with AsyncHetzner(api_token="t", base_url=server.url, timeout=LIMIT, max_retries=0) as client:
            with pytest.raises(APITimeoutError):
                await client.servers.list()

    began = time.monotonic()
    asyncio.run(call())
    assert LIMIT <= time.monotonic() - began < LIMIT + GRACE


def test_a_deadline_of_one_call_wins(server: FaultyServer) -> None:
    """timeout= of a call, of options and of with_options() each replace the client's."""
    with Hetzner(api_token="t", base_url=server.url, timeout=60, max_retries=0) as client:
        for call in (
            lambda: client.servers.list(timeout=LIMIT),
            lambda: client.get("/servers", cast_to=dict, options={"timeout": LIMIT}),
            lambda: client.with_options(timeout=LIMIT).servers.list(),
        ):
            server.faults = ["hang"]
            with pytest.raises(APITimeoutError):
                call()


@pytest.mark.parametrize("wrong", ["5", 0, -1, float("nan"), True, (1, 2)])
def test_what_no_timeout_is_told_before_any_request(wrong: Any) -> None:
    """What is neither seconds nor phases is an error of the caller, wherever it is given."""
    with pytest.raises((TypeError, ValueError), match="timeout is seconds"):
        Hetzner(api_token="made-up", timeout=wrong)
    with pytest.raises((TypeError, ValueError), match="timeout is seconds"):
        Hetzner(api_token="made-up").with_options(timeout=wrong)
    with pytest.raises((TypeError, ValueError), match="timeout is seconds"):
        Hetzner(api_token="made-up").servers.list(timeout=wrong)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (DEFAULT, (5.0, 30.0, 30.0, 30.0, 60.0)),
        (20.0, (5.0, 20.0, 20.0, 20.0, 20.0)),
        (2, (2.0, 2.0, 2.0, 2.0, 2.0)),
        (None, (None, None, None, None, None)),
        (httpx.Timeout(60.0, read=5.0, write=10.0, connect=2.0), (2.0, 5.0, 10.0, 60.0, 60.0)),
        (httpx.Timeout(None, connect=2.0), (2.0, None, None, None, None)),
    ],
)
def test_what_a_timeout_means(given: Any, expected: tuple[float | None, ...]) -> None:
    """A number limits the whole attempt, an httpx.Timeout its phases and by its longest the whole."""
    found = patience_of(given)
    assert (found.connect, found.read, found.write, found.pool, found.deadline) == expected
