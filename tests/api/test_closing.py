"""When the connections of a client close, and whose they are."""

import asyncio
import weakref

import httpx
import pytest

from hetzner import APIConnectionError, AsyncHetzner, Hetzner
from tests.scripted import Scripted, page


def test_closing() -> None:
    """close(), leaving a with block, and forgetting the client each close the connections."""
    with Hetzner(api_token="token") as client:
        pass
    assert vars(client._core.port)["http"].is_closed
    client = Hetzner(api_token="token")
    client.close()
    client.close()
    assert vars(client._core.port)["http"].is_closed
    client = Hetzner(api_token="token")
    http, twin = client._core.port.http, client.with_options(timeout=1)
    gone = weakref.ref(client)
    del client
    assert gone() is None
    assert not http.is_closed
    del twin
    assert http.is_closed


async def _closing() -> None:
    async with AsyncHetzner(api_token="token") as client:
        http = client._core.port.http
    assert http.is_closed
    with pytest.raises(APIConnectionError, match="closed"):
        await client.servers.list()


def test_closing_the_awaited_client() -> None:
    """Leaving an async with block closes the connections, and later calls say so."""
    asyncio.run(_closing())


def test_a_callers_http_client_is_used_and_left_open() -> None:
    """http_client= is the caller's: its settings are kept, its credentials are not used, it stays open."""
    script = Scripted(page("servers", []))
    with httpx.Client(transport=script, auth=("user", "password"), headers={"x-mine": "1"}) as http:
        with Hetzner(api_token="token", http_client=http) as client:
            client.servers.list()
        assert client.is_closed()
        assert not http.is_closed
    assert script.requests[0].headers["x-mine"] == "1"
    assert script.requests[0].headers["authorization"] == "Bearer token"
