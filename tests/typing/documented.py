"""Names of the documented client in annotations; checked by mypy --strict and pyright, never run."""

from __future__ import annotations

from typing import assert_type

import httpx

import hetzner
from hetzner import AsyncClient, AsyncHetzner, Client, Hetzner, NoneType, RequestOptions, types
from hetzner._faces import Sync
from hetzner.pagination import AsyncServersPage, SyncFloatingIPsPage, SyncServersPage
from hetzner.resources import AsyncServers, Servers, SshKeys
from hetzner.types import (
    Action,
    Server,
    ServerCreateParams,
    ServerCreateResponse,
    Volume,
    shared,
    shared_params,
)
from hetzner.types.load_balancers import ActionAssTargetParams, ActionAssTargetResponse
from hetzner.types.servers import ActionListResponse, ActionPoweroffResponse, ActionRebuildResponse


def names(client: Client, other: AsyncClient) -> None:
    """Other names of the clients are the clients."""
    assert_type(client, Hetzner)
    assert_type(other, AsyncHetzner)
    assert_type(client.is_closed(), bool)
    assert_type(hetzner.__title__, str)
    assert_type(hetzner.__version__, str)
    assert_type(hetzner.Timeout(5.0), httpx.Timeout)


def answers(client: Hetzner) -> None:
    """Answers are what their documented names say."""
    created: ServerCreateResponse = client.servers.create(name="a", server_type="b", image="c")
    assert_type(created.server, Server)
    assert_type(created.action, shared.Action)
    volume: Volume = client.volumes.retrieve(1).volume
    assert_type(volume.size, int)
    off: ActionPoweroffResponse = client.servers.actions.poweroff(1)
    assert_type(off.action, Action)
    rebuilt: ActionRebuildResponse = client.servers.actions.rebuild(1, image="c")
    assert_type(rebuilt.root_password, str | None)
    added: ActionAssTargetResponse = client.load_balancers.actions.ass_target(1, type="server")
    assert_type(added.action, types.Action)
    actions: ActionListResponse[Sync] = client.servers.actions.list(1)
    assert_type(actions.actions, list[Action])


def asked() -> None:
    """Params are TypedDicts with the documented fields, and no others."""
    params: ServerCreateParams = {"name": "a", "server_type": "b", "image": "c"}
    target: ActionAssTargetParams = {"type": "server", "server": {"id": 7}}
    options: RequestOptions = {"max_retries": 1}
    status: types.StatusParam = "running"
    wrong: ServerCreateParams = {"name": "a"}  # type: ignore[typeddict-item]  # pyright: ignore[reportAssignmentType]
    print(params, target, options, status, wrong)


def pages(servers: Servers, page: SyncServersPage) -> SyncServersPage:
    """The pages of the blocking client have a name, and so have its collections."""
    assert_type(page.get_next_page(), SyncServersPage)
    for server in page:
        assert_type(server, Server)
    return servers.list(name="web")


async def awaited(servers: AsyncServers) -> AsyncServersPage:
    """Those of the awaited client have another."""
    page = await servers.list()
    assert_type(page, AsyncServersPage)
    async for server in page:
        assert_type(server, Server)
    return await page.get_next_page()


def others(client: Hetzner) -> tuple[SyncFloatingIPsPage, SshKeys]:
    """All kinds are known by their names, and None's type is one of what raw answers are cast to."""
    client.delete("/servers/1", cast_to=NoneType)
    return client.floating_ips.list(), client.ssh_keys


def plain(action: shared_params.Action, meta: shared_params.ResponseMeta) -> tuple[str, int]:
    """Plain data has typed fields."""
    assert_type(action["finished"], str | None)
    return action["command"], meta["pagination"]["page"]


def unknown() -> None:
    """A name that is none is an error where it is used."""
    print(hetzner.Nonsense, types.Nonsense)  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownArgumentType]
