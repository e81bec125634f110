"""A caller's own client may be one of httpx2, a fork of httpx with the same names."""

import asyncio
from typing import Any

import pytest

from hetzner import APIConnectionError, APITimeoutError, AsyncHetzner, Hetzner, NotFoundError
from tests.faulty import FaultyServer, SkippingClock, raw_server, wire

httpx2: Any = pytest.importorskip("httpx2")


def test_both_clients_work_with_it() -> None:
    """Calls and their errors are the same, blocking and awaited."""
    with FaultyServer(SkippingClock()) as server:
        with httpx2.Client() as http:
            api = Hetzner(api_token="t", base_url=server.url, http_client=http)
            assert api.servers.list().servers == []
            with pytest.raises(NotFoundError):
                api.servers.retrieve(99)

        async def call() -> None:
            async with httpx2.AsyncClient() as http:
                awaited = AsyncHetzner(api_token="t", base_url=server.url, http_client=http)
                assert [item async for item in awaited.servers.list()] == []

        asyncio.run(call())


def test_its_errors_are_ours() -> None:
    """Nothing of the library's own is raised, and what was not sent is known not to be."""
    with httpx2.Client() as http:
        api = Hetzner(api_token="t", base_url="http://127.0.0.1:1/v1", http_client=http, max_retries=0)
        with pytest.raises(APIConnectionError) as caught:
            api.servers.create(name="web", server_type="cx23", image="debian-13")
        assert isinstance(caught.value.__cause__, httpx2.ConnectError)
        assert caught.value.maybe_done is False


@pytest.mark.parametrize("how", ["drip", "drip_headers", "hang"])
def test_the_deadline_holds(how: str) -> None:
    """A server that drips bytes does not outlast the deadline here either."""
    with FaultyServer(SkippingClock()) as server, httpx2.Client() as http:
        server.on_any, server.faults = True, [how]
        api = Hetzner(api_token="t", base_url=server.url, http_client=http, timeout=0.2, max_retries=0)
        with pytest.raises(APITimeoutError):
            api.servers.list()


def test_its_timeouts_and_answers_are_understood() -> None:
    """timeout= may be its own type, and an answer can be had as one."""
    answer = wire(200, b'{"servers": []}')
    with raw_server(answer) as (url, _), httpx2.Client() as http:
        api = Hetzner(api_token="t", base_url=url, http_client=http, timeout=httpx2.Timeout(5))
        told = api.get("/servers", cast_to=httpx2.Response)
        assert isinstance(told, httpx2.Response)
        assert told.json() == {"servers": []}
