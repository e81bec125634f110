"""What type checkers must see of the public surface; checked by mypy --strict and pyright, never run."""

from __future__ import annotations

from typing import Any, assert_type

import httpx

from hetzner import APIStatusError, AsyncHetzner, Hetzner, NotFoundError, Response
from hetzner._faces import Async, Sync
from hetzner.schema.actions import Action, ActionResponse
from hetzner.schema.catalog import Catalog
from hetzner.schema.server_actions import ActionCreateImageResponse, RootPasswordResponse
from hetzner.schema.servers import (
    Server,
    ServerCreateResponse,
    ServerDeleteResponse,
    ServerRetrieveResponse,
    ServersPage,
)


def blocking(client: Hetzner) -> None:
    """The blocking face returns results."""
    created = client.servers.create(
        name="web", server_type="cx23", image="debian-13", firewalls=[{"firewall": 12}]
    )
    assert_type(created, ServerCreateResponse)
    assert_type(created.server_id, int)
    page = client.servers.list(name="web", status=["running", "off"])
    assert_type(page, ServersPage[Sync])
    for server in page:
        assert_type(server, Server)
    assert_type(page.servers, list[Server])
    assert_type(page.page, int)
    assert_type(page.has_next_page(), bool)
    assert_type(page.get_next_page(), ServersPage[Sync])
    for each in page.iter_pages():
        assert_type(each, ServersPage[Sync])
    assert_type(client.servers.retrieve(1), ServerRetrieveResponse)
    assert_type(client.servers.delete(1, timeout=5.0), ServerDeleteResponse)
    assert_type(client.servers.actions.poweroff(1, extra_headers={"x": "y"}), ActionResponse)
    assert_type(client.servers.actions.create_image(1, type="snapshot"), ActionCreateImageResponse)
    assert_type(client.servers.actions.reset_password(1), RootPasswordResponse)
    assert_type(client.actions.retrieve(1).action, Action)


def around(client: Hetzner, actions: list[Action | None], created: ServerCreateResponse) -> None:
    """What is beside the operations has exact types too."""
    assert_type(client.with_options(max_retries=5, timeout=None), Hetzner)
    assert_type(client.copy(default_headers={"a": None}).base_url, str)
    assert_type(client.wait(actions, timeout=60), list[Action])
    assert_type(client.wait([created, *actions, None]), list[Action])
    assert_type(client.raw(client.servers.retrieve, 42), Response)
    assert_type(client.get("/servers/1", cast_to=ServerRetrieveResponse), ServerRetrieveResponse)
    assert_type(client.get("/servers/1", cast_to=httpx.Response), httpx.Response)
    assert_type(client.post("/servers", cast_to=str, body={"a": 1}, options={"max_retries": 1}), str)
    assert_type(client.awaited, Catalog[Async])
    with client as same:
        assert_type(same, Hetzner)
    client.close()


def made() -> None:
    """Every documented argument of the constructor is one."""
    Hetzner(
        api_token="token",
        base_url=httpx.URL("https://api.example/v1"),
        timeout=httpx.Timeout(60.0, read=5.0),
        max_retries=0,
        default_headers={"a": "b"},
        default_query={"a": 1},
        transport=httpx.HTTPTransport(local_address="127.0.0.1"),
        proxies={"https://": "http://proxy.example"},
        connection_pool_limits=httpx.Limits(),
    )
    AsyncHetzner(transport=httpx.AsyncHTTPTransport(), proxies="http://proxy.example", timeout=20)


def refused(client: Hetzner) -> None:
    """What is wrong is refused: each comment below is reported as unused if it is not needed."""
    client.servers.create(name="web")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    client.servers.list(status="red")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    client.servers.retrieve("one")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    client.raw(client.servers.retrieve)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]


def errors(client: Hetzner) -> None:
    """Errors carry typed facts."""
    try:
        client.servers.retrieve(1)
    except NotFoundError as error:
        assert_type(error.code, str | None)
        assert_type(error.fields, dict[str, list[str]])
    except APIStatusError as error:
        assert_type(error.status_code, int)
        assert_type(error.response, Response)
        assert_type(error.details, Any)


async def awaited(client: AsyncHetzner, actions: list[Action]) -> None:
    """The awaited face returns coroutines."""
    created = await client.servers.create(name="web", server_type="cx23", image="debian-13")
    assert_type(created, ServerCreateResponse)
    page = await client.servers.list(name="web")
    assert_type(page, ServersPage[Async])
    async for server in client.servers.list():
        assert_type(server, Server)
    async for server in page:
        assert_type(server, Server)
    async for each in page.iter_pages():
        assert_type(each, ServersPage[Async])
    assert_type(await page.get_next_page(), ServersPage[Async])
    assert_type(await client.wait(actions), list[Action])
    assert_type(await client.wait(created), list[Action])
    assert_type(await client.raw(client.servers.retrieve, 42), Response)
    assert_type(await client.get("/servers/1", cast_to=str), str)
    async with client.with_options(timeout=1) as same:
        assert_type(same, AsyncHetzner)
    await client.close()
