"""What the documented client's page shows, as programs of our own, with both clients.

They run on the sandbox, which takes the place of the API by HCLOUD_ENDPOINT as it would for any program that
names no other endpoint; what the sandbox never does is scripted. Images and server types are today's.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import httpx
import pytest

import hetzner
from hetzner import AsyncHetzner, Hetzner
from hetzner.pagination import AsyncServersPage, SyncServersPage
from hetzner.types import Server, ServerCreateResponse
from tests.scripted import Scripted, action, error, ok


@pytest.fixture(autouse=True)
def token(monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment has a token, and no endpoint."""
    monkeypatch.setenv("HETZNER_API_TOKEN", "my api token")
    for name in ("HCLOUD_TOKEN", "HCLOUD_ENDPOINT", "HETZNER_ENDPOINT"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def sandbox(token: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Hetzner:
    """The endpoint in the environment is an empty sandbox, in which an hour takes some milliseconds."""
    monkeypatch.setenv("HCLOUD_ENDPOINT", f"sandbox:{tmp_path / 'cloud'}?scale=1000000")
    return Hetzner()


def made(client: Hetzner, count: int) -> list[int]:
    """Create servers and return their ids."""
    return [
        client.servers.create(name=f"server-{number}", image="debian-13", server_type="cx23").server_id
        for number in range(count)
    ]


def test_a_server_is_created(sandbox: Hetzner) -> None:
    """A client with a token of its own creates a server, whose id is in the answer twice."""
    client = Hetzner(api_token="my api token")
    created = client.servers.create(name="my-server", image="debian-13", server_type="cx23")
    assert isinstance(created, ServerCreateResponse)
    assert created.server.id == created.server_id > 0


def test_a_server_is_created_by_the_awaited_client(sandbox: Hetzner) -> None:
    """The same with `await`."""
    client = AsyncHetzner(api_token="my api token")

    async def main() -> int:
        created = await client.servers.create(name="my-server", image="debian-13", server_type="cx23")
        await client.close()
        return created.server_id

    assert asyncio.run(main()) > 0


def test_an_answer_becomes_a_dict(sandbox: Hetzner) -> None:
    """dict(model) has the fields, model_dump() all levels, to_dict() what JSON can say."""
    created = Hetzner().servers.create(name="my-server", image="debian-13", server_type="cx23")
    shallow, deep, plain = dict(created), created.model_dump(), created.to_dict()
    assert isinstance(shallow["server"], Server)
    assert dict(created.server)["name"] == "my-server"
    assert deep["server"]["created"] == created.server.created
    assert plain["server"]["created"].endswith("Z")
    assert created.model_dump_json().startswith('{"server":')


def test_a_list_brings_all_its_pages(sandbox: Hetzner) -> None:
    """Iterating over a list goes on to the pages that follow."""
    ids = made(sandbox, 5)
    client = Hetzner()
    all_servers = []
    for server in client.servers.list(per_page=2):
        all_servers.append(server)
    assert [server.id for server in all_servers] == ids


def test_a_list_brings_all_its_pages_to_the_awaited_client(sandbox: Hetzner) -> None:
    """`async for` does the same, over the call and over the page that was awaited."""
    ids = made(sandbox, 5)

    async def main() -> None:
        async with AsyncHetzner() as client:
            assert [server.id async for server in client.servers.list(per_page=2)] == ids
            first_page = await client.servers.list(per_page=2)
            assert [server.id async for server in first_page] == ids

    asyncio.run(main())


def test_pages_one_at_a_time(sandbox: Hetzner) -> None:
    """A page tells whether and how the next one is asked for, and asks for it."""
    ids = made(sandbox, 3)
    first_page: SyncServersPage = Hetzner().servers.list(per_page=2)
    assert first_page.has_next_page()
    info = first_page.next_page_info()
    assert info is not None
    assert info.params == {"page": 2}
    next_page = first_page.get_next_page()
    assert [server.id for server in next_page.servers] == ids[2:]
    assert (next_page.has_next_page(), next_page.next_page_info()) == (False, None)
    with pytest.raises(RuntimeError, match="has_next_page"):
        next_page.get_next_page()


def test_pages_one_at_a_time_by_the_awaited_client(sandbox: Hetzner) -> None:
    """Only asking for the next page is awaited."""
    ids = made(sandbox, 3)

    async def main() -> AsyncServersPage:
        async with AsyncHetzner() as client:
            first_page = await client.servers.list(per_page=2)
            assert first_page.has_next_page()
            assert "'page': 2" in f"{first_page.next_page_info()}"
            return await first_page.get_next_page()

    assert [server.id for server in asyncio.run(main()).servers] == ids[2:]


def test_a_page_by_itself(sandbox: Hetzner) -> None:
    """A page has its number and its items."""
    ids = made(sandbox, 3)
    first_page = Hetzner().servers.list()

    async def main() -> tuple[int, list[int]]:
        async with AsyncHetzner() as client:
            page = await client.servers.list(per_page=2, page=2)
            return page.page, [server.id for server in page.servers]

    assert f"page number: {first_page.page}" == "page number: 1"
    assert [server.id for server in first_page.servers] == ids
    assert asyncio.run(main()) == (2, ids[2:])


def test_nested_parameters(sandbox: Hetzner) -> None:
    """What is nested in a request is a dict."""
    firewall = sandbox.firewalls.create(name="web").firewall.id
    client = Hetzner()
    created = client.servers.create(
        name="my-server", image="debian-13", server_type="cx23", firewalls=[{"firewall": firewall}]
    )
    firewalls = client.servers.retrieve(created.server_id).server.public_net.firewalls or []
    assert [each.id for each in firewalls] == [firewall]


def outcome(client: Hetzner) -> str:
    """Tell by its class what goes wrong when an action is asked for."""
    try:
        client.actions.retrieve(1234)
    except hetzner.APIConnectionError as e:
        return f"not reached because of {type(e.__cause__).__name__}"
    except hetzner.RateLimitError as e:
        return f"too many, {e.status_code}"
    except hetzner.APIStatusError as e:
        return f"{type(e).__name__}: {e.status_code}, {e.response.status_code}"
    return "none"


async def awaited_outcome(client: AsyncHetzner) -> str:
    """Do the same with the awaited client."""
    try:
        await client.actions.retrieve(1234)
    except hetzner.APIConnectionError as e:
        return f"not reached because of {type(e.__cause__).__name__}"
    except hetzner.RateLimitError as e:
        return f"too many, {e.status_code}"
    except hetzner.APIStatusError as e:
        return f"{type(e).__name__}: {e.status_code}, {e.response.status_code}"
    return "none"


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        (ok(action=action(1234)), "none"),
        (error(404, "not_found"), "NotFoundError: 404, 404"),
        (error(429, "rate_limit_exceeded"), "too many, 429"),
        (error(503, "unavailable"), "InternalServerError: 503, 503"),
        (httpx.ConnectError("refused"), "not reached because of ConnectError"),
        (httpx.ReadTimeout("late"), "not reached because of ReadTimeout"),
    ],
    ids=str,
)
def test_errors_are_told_by_their_class(step: Any, expected: str) -> None:
    """Both clients raise the documented classes, and the cause is what the HTTP library raised."""
    script = Scripted(step)
    assert outcome(Hetzner(transport=script)) == expected
    assert asyncio.run(awaited_outcome(AsyncHetzner(transport=script))) == expected


def test_an_unknown_action_is_not_found(sandbox: Hetzner) -> None:
    """The sandbox refuses as the API does."""
    assert outcome(Hetzner()) == "NotFoundError: 404, 404"


def test_retries_are_configured_for_all_calls_or_for_one() -> None:
    """There are 2 by default, as many as the client is given, or as a copy is."""
    script = Scripted(error(503, "unavailable"))
    default, never = Hetzner(transport=script), Hetzner(transport=script, max_retries=0)
    for client, requests in ((default, 3), (never, 1), (never.with_options(max_retries=5), 6)):
        script.requests.clear()
        with pytest.raises(hetzner.InternalServerError):
            client.actions.retrieve(2345)
        assert len(script.requests) == requests


def test_an_action_is_called_with_more_retries(sandbox: Hetzner) -> None:
    """A copy of the client calls the same operations."""
    [id] = made(sandbox, 1)
    client = Hetzner(max_retries=0)
    sandbox.wait([sandbox.servers.actions.list(id).actions[0]])
    answer = client.with_options(max_retries=5).servers.actions.poweroff(id)
    assert answer.action.command == "stop_server"


def test_timeouts_are_configured_for_all_calls_or_for_one() -> None:
    """Seconds or an httpx.Timeout reach the transport, from the client, a copy, or the call."""
    script = Scripted(ok(action=action(2345)))

    def sent() -> Any:
        return script.requests[-1].extensions["timeout"]

    Hetzner(transport=script, timeout=20.0).actions.retrieve(2345)
    assert sent()["read"] == 20.0
    client = Hetzner(transport=script, timeout=httpx.Timeout(60.0, read=5.0, write=10.0, connect=2.0))
    client.actions.retrieve(2345)
    assert sent() == {"connect": 2.0, "read": 5.0, "write": 10.0, "pool": 60.0}
    client.with_options(timeout=5 * 1000).servers.actions.poweron(2345)
    assert sent()["read"] == 5000.0
    client.actions.retrieve(2345, timeout=None)
    assert sent()["read"] is None


def test_a_timeout_is_an_error_of_its_own() -> None:
    """Both clients raise APITimeoutError, after two retries, and it is an APIConnectionError."""
    script = Scripted(httpx.ReadTimeout("late"))
    with pytest.raises(hetzner.APITimeoutError) as caught:
        Hetzner(transport=script).actions.retrieve(2345)
    with pytest.raises(hetzner.APITimeoutError):
        asyncio.run(_retrieved(AsyncHetzner(transport=script)))
    assert len(script.requests) == 6
    assert isinstance(caught.value, hetzner.APIConnectionError)
    assert isinstance(caught.value, hetzner.APIError)


async def _retrieved(client: AsyncHetzner) -> None:
    await client.actions.retrieve(2345)


def test_url_proxies_and_transport_are_configured() -> None:
    """All three are taken together, and a call goes through the transport to the address."""
    client = Hetzner(
        base_url="http://my.test.server.example.com:8083",
        proxies="http://my.test.proxy.example.com",
        transport=httpx.HTTPTransport(local_address="0.0.0.0"),  # noqa: S104
    )
    assert client.base_url == "http://my.test.server.example.com:8083"
    client.close()
    script = Scripted(ok(action=action(1)))
    Hetzner(base_url="http://my.test.server.example.com:8083", transport=script).actions.retrieve(1)
    assert str(script.requests[0].url) == "http://my.test.server.example.com:8083/actions/1"


def test_a_client_is_closed_by_hand_or_by_leaving_a_block(sandbox: Hetzner) -> None:
    """close() and the context manager close the connections of either client."""
    client = Hetzner()
    client.close()
    assert client.is_closed()
    with Hetzner() as client:
        assert not client.is_closed()
    assert client.is_closed()

    async def main() -> bool:
        async with AsyncHetzner() as client:
            await client.servers.list()
        return client.is_closed()

    assert asyncio.run(main())
