"""Ways in which a run can come to its end, or meet others, in the middle of a request."""

from __future__ import annotations

import asyncio
from random import Random
from typing import Literal

import httpx

Moment = Literal["before", "unanswered", "after"]
MOMENTS: tuple[Moment, ...] = ("before", "unanswered", "after")
"""Before a request is sent, when it was carried out and not answered, and when it was answered."""


class Crash(BaseException):
    """The process is dead: nothing catches this."""


class Crashing(httpx.AsyncBaseTransport):
    """Dies at one request; from then on nothing is sent any more."""

    def __init__(self, inner: httpx.AsyncBaseTransport, number: int, moment: Moment) -> None:
        self._inner, self._left, self._moment = inner, number, moment
        self.clock = getattr(inner, "clock")  # noqa: B009  only the sandbox's transport has one
        self.is_dead = False

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request, unless this is the one."""
        if self.is_dead:
            raise Crash
        dies, self._left = self._left == 0, self._left - 1
        if dies and self._moment == "before":
            raise self._dead()
        response = await self._inner.handle_async_request(request)
        if dies and self._moment == "unanswered":
            raise self._dead()
        self.is_dead |= dies  # the answer arrives, and nothing is sent after it
        return response

    def _dead(self) -> Crash:
        self.is_dead = True
        return Crash()


class Jostling(httpx.AsyncBaseTransport):
    """Lets other tasks come first now and then, in an order that a seed decides."""

    def __init__(self, inner: httpx.AsyncBaseTransport, random: Random) -> None:
        self._inner, self._random = inner, random
        self.clock = getattr(inner, "clock")  # noqa: B009  only the sandbox's transport has one

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request after some turns of the loop, and answer it after some more."""
        await self._wait()
        response = await self._inner.handle_async_request(request)
        await self._wait()
        return response

    async def _wait(self) -> None:
        for _ in range(self._random.randrange(6)):
            await asyncio.sleep(0)  # noqa: TID251  a turn of the loop, no time
