"""What programs import from the package, from hetzner.pagination and from hetzner.resources."""

from __future__ import annotations

import asyncio
import types as standard
from importlib import import_module
from typing import Any

import httpx
import pytest

import hetzner
from hetzner import AsyncHetzner, Hetzner, pagination, resources
from hetzner.schema import storage_boxes, zones
from tests.scripted import Scripted, ok, page

EXPORTS = """
Hetzner AsyncHetzner Client AsyncClient types Timeout Transport ProxiesTypes RequestOptions NoneType
__version__ __title__ APIError APIResponseValidationError APIStatusError BadRequestError AuthenticationError
PermissionDeniedError NotFoundError ConflictError UnprocessableEntityError RateLimitError InternalServerError
APIConnectionError APITimeoutError
"""
COLLECTIONS = """
Actions Certificates Datacenters Firewalls FloatingIPs ISOs Images LoadBalancerTypes LoadBalancers Locations
Networks PlacementGroups Pricing PrimaryIPs ServerTypes Servers SshKeys Volumes
"""
PACKAGE, RESOURCES = import_module("hetzner"), import_module("hetzner.resources")


@pytest.mark.parametrize("name", EXPORTS.split())
def test_a_documented_export_is_one(name: str) -> None:
    """It can be had, `from hetzner import *` brings it, and dir() shows it."""
    assert getattr(hetzner, name) is not None
    assert name in PACKAGE.__all__
    assert name in dir(hetzner)


def test_everything_that_is_exported_can_be_had() -> None:
    """All names of `__all__` lead somewhere, and any other is an AttributeError."""
    assert all(hasattr(hetzner, name) for name in PACKAGE.__all__)
    with pytest.raises(AttributeError, match="Nonsense"):
        hetzner.Nonsense  # type: ignore[attr-defined]  # noqa: B018  # pyright: ignore


@pytest.mark.parametrize("module", ["hetzner", "hetzner.aio", "hetzner.resources"])
def test_dir_shows_what_is_offered_and_nothing_else(module: str) -> None:
    """What an editor offers after a dot is public; imports and tables of a module are not among it."""
    loaded = import_module(module)
    assert dir(loaded) == sorted(loaded.__all__)
    assert {name for name in dir(loaded) if name.startswith("_")} <= {"__title__", "__version__"}


def test_exports_are_what_their_names_say() -> None:
    """Other names mean the same, and those of httpx are httpx's own, unchanged."""
    assert hetzner.Client is Hetzner
    assert hetzner.AsyncClient is AsyncHetzner
    assert hetzner.Timeout is httpx.Timeout
    assert httpx.Timeout.__module__.startswith("httpx")
    assert hetzner.Transport is httpx.BaseTransport
    assert hetzner.NoneType is standard.NoneType
    assert hetzner.__title__ == "hetzner"
    assert set(hetzner.RequestOptions.__annotations__) == {
        "headers", "max_retries", "timeout", "params", "extra_json", "idempotency_key",
    }  # fmt: skip


@pytest.mark.parametrize("name", COLLECTIONS.split())
def test_a_collection_is_there_for_both_clients(name: str) -> None:
    """It is the class of the client's collection, by the name for each face."""
    kinds = getattr(resources, name), getattr(resources, f"Async{name}")
    for kind, client in zip(kinds, (Hetzner, AsyncHetzner), strict=True):
        collection = getattr(client(api_token="token"), kind.__module__.rpartition(".")[2])
        assert isinstance(collection, kind)
    assert {name, f"Async{name}"} <= set(RESOURCES.__all__) & set(dir(resources))


def test_all_collections_are_resources() -> None:
    """Those that came later are there as well, and nothing else."""
    assert resources.Zones is zones.Zones
    assert resources.AsyncStorageBoxes is storage_boxes.StorageBoxes
    assert len(RESOURCES.__all__) == 2 * 22
    with pytest.raises(AttributeError, match="Nonsense"):
        resources.Nonsense  # type: ignore[attr-defined]  # noqa: B018  # pyright: ignore


@pytest.mark.parametrize(("name", "kind"), [("servers", "ServersPage"), ("floating_ips", "FloatingIPsPage")])
def test_pages_know_their_face(name: str, kind: str) -> None:
    """A page is an instance of the name of its own client's face, and of no other."""

    async def awaited() -> Any:
        async with AsyncHetzner(api_token="token", transport=Scripted(page(name, []))) as client:
            return await getattr(client, name).list()

    blocking = getattr(Hetzner(api_token="token", transport=Scripted(page(name, []))), name).list()
    sync, other = getattr(pagination, f"Sync{kind}"), getattr(pagination, f"Async{kind}")
    assert isinstance(blocking, sync)
    assert not isinstance(blocking, other)
    assert isinstance(asyncio.run(awaited()), other)
    assert not isinstance(asyncio.run(awaited()), sync)
    assert not isinstance("text", sync)
    assert isinstance(other.model_validate({name: []}), other)


def test_pages_of_other_kinds_are_not_those() -> None:
    """A page of volumes is no page of servers."""
    volumes = Hetzner(api_token="token", transport=Scripted(page("volumes", []))).volumes.list()
    assert not isinstance(volumes, pagination.SyncServersPage)  # pyright: ignore[reportArgumentType]


def test_closing_is_asked_by_a_method() -> None:
    """is_closed() tells of both clients whether they are closed."""
    client = Hetzner(api_token="token", transport=Scripted(ok()))
    assert not client.is_closed()
    client.close()
    assert client.is_closed()
    other = AsyncHetzner(api_token="token", transport=Scripted(ok()))
    assert not other.is_closed()
    asyncio.run(other.close())
    assert other.is_closed()
