"""The rate limit is the project's, and others use it too: a run waits for its turn and never fails."""

from __future__ import annotations

from random import Random

import httpx
import pytest

from hetzner.sandbox import Sandbox
from tests.apply.stage import Stage
from tests.apply.test_budgets import PRELUDE

ON_ITS_WAY = 4
"""Requests to both APIs that are sent when somebody empties the bucket; without a queue there were ten."""
STACK = PRELUDE + "servers: {web: {count: 12}}\n"


class Noisy(httpx.AsyncBaseTransport):
    """Lets another program use up all requests of the project now and then; counts what is refused to us."""

    def __init__(self, inner: httpx.AsyncBaseTransport, stage: Stage, seed: int) -> None:
        self._inner, self._stage, self._dice = inner, stage, Random(seed)  # noqa: S311  dice, not secrets
        self.clock = getattr(inner, "clock")  # noqa: B009  only the sandbox's transport has one
        self.drained = self.refused = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request, at times after somebody else has used up what there was."""
        if self._dice.random() < 0.15:
            self._drain()
        response = await self._inner.handle_async_request(request)
        self.refused += response.status_code == 429
        return response

    def _drain(self) -> None:
        self.drained += 1
        while self._stage.talk.send("GET", "/locations").status != 429:
            pass


@pytest.mark.parametrize("seed", range(20))
def test_a_neighbour_that_uses_up_all_requests_only_costs_time(seed: int) -> None:
    """Each time the bucket is emptied no more is refused than was on its way, and everything gets done."""
    stage = Stage(Sandbox(requests_per_hour=600))
    noise: list[Noisy] = []

    def noisy(inner: httpx.AsyncBaseTransport) -> Noisy:
        noise.append(Noisy(inner, stage, seed))
        return noise[-1]

    stage.wrap = noisy
    assert stage.apply(STACK).complete
    assert sum(each.drained for each in noise) > 0
    assert sum(each.refused for each in noise) <= ON_ITS_WAY * sum(each.drained for each in noise)
    stage.wrap = lambda inner: inner
    stage.settled(STACK)
