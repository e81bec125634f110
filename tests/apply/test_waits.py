"""Waiting for each other: noticed, and told to one of those who wait."""

from __future__ import annotations

import asyncio

from hetzner.apply.waits import Unmet, Waits


def test_who_waits_for_each_other_is_told() -> None:
    """When all that is left waits, one of them is told so, and the others go on."""

    async def go() -> list[str]:
        waits, ends = Waits(), {name: asyncio.Event() for name in "ab"}
        waits.left, told = 3, []

        async def work(name: str, other: str) -> None:
            try:
                await waits.until(ends[other], other)
                told.append(f"{name} goes on")
            except Unmet as unmet:
                told.append(f"{name}: {unmet}")
            ends[name].set()
            waits.leave()

        knot = asyncio.gather(work("a", "b"), work("b", "a"))
        await asyncio.sleep(0)  # noqa: TID251  a turn of the loop, no time
        assert told == []  # somebody else is still busy
        waits.leave()
        await asyncio.wait_for(knot, 5)
        return told

    told = asyncio.run(go())
    assert told[0].startswith("a: needs b, and that needs this")
    assert told[1] == "b goes on"


def test_who_waits_for_the_busy_is_not_disturbed() -> None:
    """Waiting for something that comes about is no knot."""

    async def go() -> None:
        waits, end = Waits(), asyncio.Event()
        waits.left = 2
        waiting = asyncio.create_task(waits.until(end, "a"))
        await asyncio.sleep(0)  # noqa: TID251  a turn of the loop, no time
        end.set()
        waits.leave()
        await waiting

    asyncio.run(go())
