"""Lists: over all pages, page by page, and what a page knows of itself."""

import asyncio
import copy
import pickle
from typing import Any

import pytest

from hetzner import AsyncHetzner, Hetzner
from tests.scripted import Scripted, ok, page

PAGES = [
    page("servers", [{"id": 1}, {"id": 2}], 1, 2),
    page("servers", [{"id": 3}], 2, 3),
    page("servers", [{"id": 4}], 3),
]


def client() -> tuple[Hetzner, Scripted]:
    """Return a client whose list of servers has three pages."""
    script = Scripted(*PAGES)
    return Hetzner(api_token="token", transport=script), script


def test_iterating_goes_over_all_pages() -> None:
    """A for loop over a list yields every item and asks for each page when it is reached."""
    api, script = client()
    servers = iter(api.servers.list(name="web"))
    assert [next(servers).id, next(servers).id] == [1, 2]
    assert script.asked == ["GET /v1/servers?name=web&per_page=50"]
    assert [server.id for server in servers] == [3, 4]
    assert script.asked[1:] == [f"GET /v1/servers?name=web&per_page=50&page={number}" for number in (2, 3)]


def test_going_from_page_to_page() -> None:
    """has_next_page, next_page_info and get_next_page work on each page, and the last one says so."""
    api, _ = client()
    first = api.servers.list()
    assert (first.page, first.has_next_page(), len(first.servers)) == (1, True, 2)
    info = first.next_page_info()
    assert info is not None
    assert info.params == {"page": 2}
    last = first.get_next_page().get_next_page()
    assert (last.page, last.has_next_page(), last.next_page_info()) == (3, False, None)
    with pytest.raises(RuntimeError, match="has_next_page"):
        last.get_next_page()


def test_pages_can_be_iterated_too() -> None:
    """iter_pages yields the pages themselves."""
    api, _ = client()
    assert [[server.id for server in each.items] for each in api.servers.list().iter_pages()] == [
        [1, 2],
        [3],
        [4],
    ]


async def _awaited(make: Any) -> Any:
    async with AsyncHetzner(api_token="token", transport=Scripted(*PAGES)) as api:
        return await make(api)


def test_an_awaited_list_is_awaited_or_iterated() -> None:
    """`await` gives the first page, `async for` gives all items, and pages go on awaited."""

    async def items(api: AsyncHetzner) -> list[int]:
        return [server.id async for server in api.servers.list()]

    async def from_page(api: AsyncHetzner) -> list[int]:
        return [server.id async for server in await api.servers.list()]

    async def numbers(api: AsyncHetzner) -> list[int]:
        return [each.page async for each in (await api.servers.list()).iter_pages()]

    async def second(api: AsyncHetzner) -> list[int]:
        return [server.id for server in (await (await api.servers.list()).get_next_page()).servers]

    results = [asyncio.run(_awaited(each)) for each in (items, from_page, numbers, second)]
    assert results == [[1, 2, 3, 4], [1, 2, 3, 4], [1, 2, 3], [3]]


def test_the_awaited_face_of_a_blocking_client_has_awaited_pages() -> None:
    """Code written for both faces can walk all pages of a blocking client too."""
    api, _ = client()

    async def items() -> list[int]:
        return [server.id async for server in api.awaited.servers.list()]

    with pytest.raises(StopIteration) as done:
        items().send(None)
    assert done.value.value == [1, 2, 3, 4]


def test_asking_for_a_page_leaves_its_size_to_the_caller() -> None:
    """Fifty items a page are asked for unless the caller says page or per_page."""
    script = Scripted(page("servers", []))
    api = Hetzner(api_token="token", transport=script)
    api.servers.list(page=2)
    api.servers.list(per_page=10)
    api.servers.list(extra_query={"per_page": 5})
    assert [asked.partition("?")[2] for asked in script.asked] == ["page=2", "per_page=10", "per_page=5"]


def test_lists_in_a_query_repeat_their_key() -> None:
    """Several values are sent as several pairs, booleans in small letters, None not at all."""
    script = Scripted(page("images", []))
    api = Hetzner(api_token="token", transport=script)
    api.images.list(type=["snapshot", "backup"], include_deprecated=True, extra_query={"x": None})
    assert script.asked == ["GET /v1/images?type=snapshot&type=backup&include_deprecated=true&per_page=50"]


def test_a_page_without_meta_is_the_only_one() -> None:
    """When the API leaves out the pagination, the page is the first and the last."""
    api = Hetzner(api_token="token", transport=Scripted(ok(servers=[{"id": 1}])))
    only = api.servers.list()
    assert (only.page, only.has_next_page(), [server.id for server in only]) == (1, False, [1])


def test_a_page_can_be_copied_and_pickled() -> None:
    """A deep copy goes on over the same connections; a pickled page is data without a client."""
    api, _ = client()
    first = api.servers.list()
    assert copy.deepcopy(first).get_next_page().page == 2
    stored = pickle.loads(pickle.dumps(first))  # noqa: S301
    assert [server.id for server in stored.servers] == [1, 2]
    with pytest.raises(RuntimeError, match="pickled"):
        stored.get_next_page()


def test_raw_lists_are_pages_of_their_clients_face() -> None:
    """A list read by client.get() with a page type goes on like any other."""
    from hetzner.schema.servers import ServersPage

    api, _ = client()
    assert [server.id for server in api.get("/servers", cast_to=ServersPage)] == [1, 2, 3, 4]
