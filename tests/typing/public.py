"""What type checkers must see of the public surface; checked by mypy --strict and pyright, never run."""

from __future__ import annotations

from typing import assert_type

from hetzner._faces import Async, Sync
from hetzner.schema.catalog import Catalog
from hetzner.schema.servers import Server, ServerCreateResponse, ServersPage


def blocking(client: Catalog[Sync]) -> None:
    """The blocking face returns results."""
    created = client.servers.create(name="web", server_type="cx23", image="debian-13")
    assert_type(created, ServerCreateResponse)
    page = client.servers.list(name="web")
    assert_type(page, ServersPage[Sync])
    for server in page:
        assert_type(server, Server)
    assert_type(page.servers, list[Server])
    assert_type(page.get_next_page(), ServersPage[Sync])
    client.servers.actions.poweroff(1)


async def awaited(client: Catalog[Async]) -> None:
    """The awaited face returns coroutines."""
    created = await client.servers.create(name="web", server_type="cx23", image="debian-13")
    assert_type(created, ServerCreateResponse)
    page = await client.servers.list(name="web")
    assert_type(page, ServersPage[Async])
    async for server in client.servers.list():
        assert_type(server, Server)
    async for server in page:
        assert_type(server, Server)
    assert_type(await page.get_next_page(), ServersPage[Async])
