"""Reading a whole list with its pages side by side, where the first one tells how many there are."""

from __future__ import annotations

from typing import Any

import anyio

from hetzner.schema.pages import numbered

MOST = 1000
"""Pages that are asked for side by side; nobody has 50,000 objects, and a server may lie."""


async def everything(listing: Any) -> list[Any]:
    """Return all items of a list of the awaited face, in order.

    ``await everything(client.servers.list())`` takes as many requests as going from page to page; on an event
    loop those after the first are under way at the same time, as many as the client's port lets through. The
    first error ends all of it.
    """
    first = await listing
    pages, last = [first], getattr(first._pagination, "last_page", None)
    suspends = not listing._core.port.blocking
    if suspends and first.has_next_page() and isinstance(last, int) and last <= MOST:
        pages += await _side_by_side(listing, range(first.page + 1, last + 1))
    items: list[Any] = []
    page = first
    for page in pages:
        items.extend(page.items)
        if not page.has_next_page():  # also when the list became shorter meanwhile
            return items
    while page.has_next_page():  # or longer
        page = await page._following()
        items.extend(page.items)
    return items


async def _side_by_side(listing: Any, numbers: range) -> list[Any]:
    found: dict[int, Any] = {}
    failures: list[Exception] = []

    async def read(number: int) -> None:
        try:
            found[number] = await listing._core.send(numbered(listing._request, number))
        except Exception as error:
            failures.append(error)
            group.cancel_scope.cancel()

    async with anyio.create_task_group() as group:
        for number in numbers:
            group.start_soon(read, number)
    if failures:
        raise failures[0]
    return [found[number] for number in numbers]
