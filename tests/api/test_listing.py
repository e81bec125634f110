"""A whole list with its pages side by side."""

import asyncio
from typing import Any

import httpx
import pytest

from hetzner import AsyncHetzner, Hetzner, NotFoundError
from hetzner._faces import drive
from hetzner.api.listing import everything
from tests.faulty import SkippingClock
from tests.scripted import error, ok


class Pages(httpx.MockTransport):
    """Seven pages of two servers; counts how many requests are under way at the same time."""

    def __init__(self, pages: int = 7, told: int | None = None) -> None:
        super().__init__(self._answer)
        self.pages, self.told, self.clock = pages, pages if told is None else told, SkippingClock()
        self.asked: list[int] = []
        self.now = self.most = 0
        self.broken: int | None = None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer after a while."""
        self.now += 1
        self.most = max(self.most, self.now)
        for _ in range(3):  # let the others run
            await asyncio.sleep(0)  # noqa: TID251
        self.now -= 1
        return self._answer(request)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        number = int(request.url.params.get("page", 1))
        self.asked.append(number)
        if number == self.broken:
            return error(404, "not_found")
        following = number + 1 if number < self.pages else None
        pagination = {"page": number, "next_page": following, "last_page": self.told}
        servers = [{"id": 10 * number}, {"id": 10 * number + 1}] if number <= self.pages else []
        return ok(servers=servers, meta={"pagination": pagination})


def awaited(transport: Pages) -> list[int]:
    """Return the ids of the whole list, by the awaited client."""

    async def call() -> list[Any]:
        async with AsyncHetzner(api_token="token", transport=transport, max_retries=0) as api:
            return await everything(api.servers.list())

    return [server.id for server in asyncio.run(call())]


def test_pages_are_under_way_together() -> None:
    """All items come in order, each page is asked for once, and those after the first at the same time."""
    pages = Pages()
    assert awaited(pages) == [10 * number + place for number in range(1, 8) for place in (0, 1)]
    assert sorted(pages.asked) == [1, 2, 3, 4, 5, 6, 7]
    assert pages.most == 6


def test_the_blocking_client_goes_page_by_page() -> None:
    """A coroutine over a blocking port never suspends, and asks for as many pages."""
    pages = Pages()
    api = Hetzner(api_token="token", transport=pages)
    assert len(drive(everything(api.awaited.servers.list()))) == 14
    assert pages.asked == [1, 2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize(("pages", "told"), [(7, 4), (3, 7), (4, 10**6), (1, 1), (1, 0)])
def test_what_the_first_page_tells_need_not_be_true(pages: int, told: int) -> None:
    """A list that turns out longer or shorter is read to its end; a number beyond reason is not followed."""
    transport = Pages(pages, told)
    assert len(awaited(transport)) == 2 * pages
    assert len(transport.asked) == max(pages, told if told < 1000 else 0)


def test_an_error_of_one_page_is_the_error() -> None:
    """When a page cannot be read, its error is raised as it is, not in a group."""
    pages = Pages()
    pages.broken = 3
    with pytest.raises(NotFoundError):
        awaited(pages)
