"""Which client records use: a given one, the chosen one, or one made from the environment."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

import hetzner
from hetzner import AsyncHetzner, ConfigError, Hetzner, aio, using
from hetzner.domain import project
from hetzner.sandbox import Sandbox, SandboxTransport
from tests.domain.faces import Face, done


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """An environment that says nothing, and no client made from another one."""
    for name in (
        "HETZNER_API_TOKEN",
        "HCLOUD_TOKEN",
        "HCLOUD_TOKEN_FILE",
        "HCLOUD_ENDPOINT",
        "HETZNER_ENDPOINT",
    ):
        monkeypatch.delenv(name, raising=False)
    project.forget_default_clients()
    yield monkeypatch
    project.forget_default_clients()


async def test_a_given_client_is_used(face: Face) -> None:
    """`client=` wins over the chosen one, for every way to get a record, and the record keeps it."""
    other = Sandbox()
    client = face.client_of(other)
    made = await done(face.Server.create("web", "cx23", image="debian-13", client=client))
    assert await done(face.Server.all()) == []
    assert await done(face.Server.all(client=client)) == [made]
    assert await done(face.Server.find("web", client=client)) == await done(
        face.Server.get(made.id, client=client)
    )
    assert not (await done(face.Server.ensure("web", "cx23", image="debian-13", client=client))).created
    await done(made.poweroff())
    assert made.status == "off"


async def test_using_nests(face: Face) -> None:
    """The innermost choice counts, and the outer one is back after the block, also after an error."""
    inner = face.client_of(Sandbox())
    web = await face.server()
    with using(inner):
        assert await done(face.Server.all()) == []
    assert await done(face.Server.all()) == [web]
    with pytest.raises(KeyError), using(inner):
        raise KeyError
    assert await done(face.Server.all()) == [web]


async def test_each_face_has_its_choice(face: Face) -> None:
    """Choosing a client for one face leaves the other alone."""
    web = await face.server()
    other = Face(blocking=not face.blocking)
    with using(other.client):
        assert await done(face.Server.all()) == [web]
        assert await done(other.Server.all()) == []


async def test_a_client_of_the_other_face_is_refused(face: Face) -> None:
    """The error names the class that is wanted, before any request."""
    other = Face(blocking=not face.blocking).client
    with pytest.raises(TypeError, match=r"take a client of the class (Async)?Hetzner, not"):
        await done(face.Server.all(client=other))
    with pytest.raises(TypeError, match="take a client of the class"):
        await done(face.Server.all(client="token"))
    no_client: Any = face.records
    with pytest.raises(TypeError, match=r"using\(\) takes a client"), using(no_client):
        raise AssertionError


def test_tasks_choose_for_themselves() -> None:
    """Two tasks at the same time, each with a client of its own, do not get in each other's way."""

    async def work(name: str, ready: asyncio.Event, go: asyncio.Event) -> list[str]:
        face = Face(blocking=False)
        with using(face.client):
            await face.server(name)
            ready.set()
            await go.wait()
            return [server.name for server in await aio.Server.all()]

    async def both() -> list[list[str]]:
        one, two = asyncio.Event(), asyncio.Event()
        return list(await asyncio.gather(work("one", one, two), work("two", two, one)))

    assert asyncio.run(both()) == [["one"], ["two"]]


def test_other_threads_take_no_part(environment: pytest.MonkeyPatch) -> None:
    """In a thread of a pool the environment counts, and a client that is given; records keep theirs."""
    environment.setenv("HCLOUD_ENDPOINT", "sandbox:")
    with (
        Hetzner(api_token="token", transport=SandboxTransport(Sandbox())) as client,
        using(client),
        ThreadPoolExecutor(1) as pool,
    ):
        web = hetzner.Server.create("web", "cx23", image="debian-13")
        assert pool.submit(hetzner.Server.all).result() == []
        assert pool.submit(hetzner.Server.all, client=client).result() == [web]
        pool.submit(web.poweroff).result()
        assert hetzner.Server.find("web").status == "off"


def test_the_default_client_is_made_once(environment: pytest.MonkeyPatch) -> None:
    """It comes from the environment, serves all records, and is made anew after it was closed."""
    environment.setenv("HCLOUD_ENDPOINT", "sandbox:")
    first, second = hetzner.Location.find("fsn1"), hetzner.ServerType.find("cx23")
    assert first._client is second._client
    first._client.close()
    assert hetzner.Location.find("fsn1")._client is not first._client


def test_forgetting_reads_the_environment_again(environment: pytest.MonkeyPatch) -> None:
    """Without a token there is a sentence about where it was looked for."""
    environment.setenv("HCLOUD_ENDPOINT", "sandbox:")
    assert hetzner.Location.find("fsn1").name == "fsn1"
    environment.delenv("HCLOUD_ENDPOINT")
    assert hetzner.Location.find("fsn1").name == "fsn1"
    project.forget_default_clients()
    with pytest.raises(ConfigError, match="no API token"):
        hetzner.Location.find("fsn1")


def test_every_event_loop_has_its_default_client(environment: pytest.MonkeyPatch) -> None:
    """Connections of a loop that is over are not used in the next, and within a loop there is one client."""
    environment.setenv("HCLOUD_ENDPOINT", "sandbox:")

    async def clients() -> list[Any]:
        return [(await aio.Location.find("fsn1"))._client, (await aio.Location.find("fsn1"))._client]

    first, second = asyncio.run(clients()), asyncio.run(clients())
    assert first[0] is first[1]
    assert second[0] is second[1]
    assert first[0] is not second[0]


def test_a_default_client_is_closed_with_its_event_loop(environment: pytest.MonkeyPatch) -> None:
    """Nobody made it, so nobody has to close it; one that is no default any more lives on with its loop."""
    environment.setenv("HCLOUD_ENDPOINT", "sandbox:")

    async def clients() -> tuple[Any, Any]:
        place = await aio.Location.find("fsn1")
        project.forget_default_clients()
        gc.collect()
        await asyncio.wait([asyncio.create_task(place.refresh())])
        await place.refresh()
        return place._client, (await aio.Location.find("fsn1"))._client

    first, second = asyncio.run(clients())
    assert first is not second
    assert first.is_closed()
    assert second.is_closed()


def test_a_closed_awaited_client_is_made_anew(environment: pytest.MonkeyPatch) -> None:
    """Closing the default client in between is no mistake."""
    environment.setenv("HCLOUD_ENDPOINT", "sandbox:")

    async def twice() -> None:
        client = (await aio.Location.find("fsn1"))._client
        await client.close()
        assert (await aio.Location.find("fsn1"))._client is not client

    asyncio.run(twice())


def test_clients_are_of_their_class(environment: pytest.MonkeyPatch) -> None:
    """The records of `hetzner` use `Hetzner`, those of `hetzner.aio` use `AsyncHetzner`."""
    environment.setenv("HCLOUD_ENDPOINT", "sandbox:")
    assert type(hetzner.Location.find("fsn1")._client) is Hetzner
    assert type(asyncio.run(aio.Location.find("fsn1"))._client) is AsyncHetzner
