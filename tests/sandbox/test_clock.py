"""Time in the sandbox."""

import asyncio

import pytest

from hetzner.sandbox.clock import START, ScaledClock, VirtualClock, stamp


def test_virtual_time_stands_still_until_somebody_sleeps() -> None:
    """Only sleeping moves a virtual clock, and it never goes backwards."""
    clock = VirtualClock()
    assert stamp(clock.now()) == "2026-11-23T12:00:00Z"
    clock.sleep(90)
    clock.advance_to(START)
    clock.sleep(-5)
    assert clock.now() == START + 90


def test_tasks_sleep_side_by_side_on_virtual_time() -> None:
    """A hundred tasks that sleep as long as each other take that long together, and wake in order."""
    clock, woken = VirtualClock(), []

    async def task(seconds: float) -> None:
        await clock.asleep(seconds)
        woken.append((seconds, clock.now()))

    async def everybody() -> None:
        await asyncio.gather(*(task(seconds) for seconds in (3, 1, 2) for _ in range(100)))

    asyncio.run(everybody())
    assert clock.now() == START + 3
    assert woken == sorted(woken)
    assert {now - START - seconds for seconds, now in woken} == {0}


def test_a_cancelled_sleeper_does_not_hold_up_the_others() -> None:
    """A task that is cancelled while it sleeps is forgotten by the clock."""
    clock = VirtualClock()

    async def scene() -> None:
        sleeper = asyncio.create_task(clock.asleep(1))
        other = asyncio.create_task(clock.asleep(5))
        asyncio.get_running_loop().call_soon(sleeper.cancel)
        await asyncio.wait([sleeper, other])

    asyncio.run(scene())
    assert clock.now() == START + 5


def test_scaled_time_runs_faster_than_real_time() -> None:
    """Sleeping on a scaled clock takes a fraction of the real time."""
    clock = ScaledClock(100_000)
    before = clock.now()
    clock.sleep(100)
    asyncio.run(clock.asleep(100))
    assert clock.now() - before >= 200


def test_scaled_clocks_agree_through_their_state() -> None:
    """A clock that takes over another's state tells the same time, and keeps its own speed."""
    first, same, slower = ScaledClock(1000), ScaledClock(1000), ScaledClock(1)
    first.sleep(10)
    same.restore(first.state())
    assert same.state() == first.state()
    before = first.now()
    slower.restore(first.state())
    assert before <= slower.state()["moment"] <= first.now()
    assert slower.state()["scale"] == 1


def test_a_scale_of_zero_is_refused() -> None:
    """Time that never passes on a real clock would make every wait endless."""
    with pytest.raises(ValueError, match="greater than zero"):
        ScaledClock(0)


def test_a_virtual_clock_goes_on_from_its_state() -> None:
    """State that was kept moves a fresh clock to where the old one was, also a scaled one."""
    clock = VirtualClock()
    clock.sleep(1000)
    fresh, scaled = VirtualClock(), ScaledClock(1)
    fresh.restore(clock.state())
    assert fresh.now() == clock.now()
    future = {"now": scaled.now() + 10_000}
    scaled.restore(future)
    assert scaled.now() >= future["now"]
