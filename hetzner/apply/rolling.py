"""Replicas one after the other: of those of one resource only so many may be down at the same time."""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from hetzner.api.errors import HetznerError
from hetzner.apply.events import Listen, Waiting
from hetzner.apply.plans import Item, Plan, Verdict
from hetzner.apply.waits import Unmet, Waits

Healthy = Callable[[Item], Awaitable[None]]


@dataclass(slots=True)
class Roll:
    """The replicas of one resource, some of which are replaced or stopped."""

    free: int
    """How many more may begin."""
    others: tuple[Item, ...]
    """The replicas that stay as they are."""
    looking: asyncio.Lock = field(default_factory=asyncio.Lock)
    is_checked: bool = False
    """Whether the others are known to be healthy."""
    stopped: str = ""
    """Why no further replica begins."""
    queue: deque[asyncio.Event] = field(default_factory=deque)
    """Those that wait for their turn."""

    def release(self) -> None:
        """Let the next one begin."""
        if self.queue:
            self.queue.popleft().set()
        else:
            self.free += 1


class Replicas:
    """Who of the replicas in a plan has a turn; each is healthy before the next one begins."""

    def __init__(self, plan: Plan, healthy: Healthy, listen: Listen, waits: Waits) -> None:
        self._healthy, self._listen, self._waits = healthy, listen, waits
        self._rolls = _rolls(plan)
        self._having: dict[str, Roll] = {}

    @asynccontextmanager
    async def turn(self, item: Item) -> AsyncIterator[None]:
        """Wait for the turn of an item, if it has to; when it fails, the others do not begin.

        Raises:
            Unmet: one that came before it failed, or is not healthy.
        """
        if (roll := self._rolls.get(item.address)) is None:
            yield
            return
        await self._begin(item, roll)
        try:
            await self._look(roll)
            yield
        except (HetznerError, Unmet, TimeoutError):
            roll.stopped = roll.stopped or f"{item.address} failed, and replicas go one after the other"
            raise
        finally:
            self.end(item)

    def end(self, item: Item) -> None:
        """Let the next replica begin; its turn is over only once."""
        if (roll := self._having.pop(item.address, None)) is not None:
            roll.release()

    async def _begin(self, item: Item, roll: Roll) -> None:
        if roll.free:
            roll.free -= 1
        else:
            await self._queue(item, roll)
        self._having[item.address] = roll
        if roll.stopped:
            self.end(item)
            raise Unmet(roll.stopped)

    async def _queue(self, item: Item, roll: Roll) -> None:
        self._listen(Waiting(item, ("its turn",)))
        turn = asyncio.Event()
        roll.queue.append(turn)
        try:
            await self._waits.until(turn, "its turn")
        except (Unmet, asyncio.CancelledError):
            if turn in roll.queue:
                roll.queue.remove(turn)
            else:
                roll.release()
            raise

    async def _look(self, roll: Roll) -> None:
        """Insist that the replicas that stay are healthy: an earlier run may have left one that is not."""
        async with roll.looking:
            for other in () if roll.is_checked else roll.others:
                try:
                    await self._healthy(other)
                except TimeoutError as error:
                    roll.stopped = str(error)
                    raise Unmet(roll.stopped) from None
            roll.is_checked = True


def lanes(plan: Plan) -> dict[str, str]:
    """Return in which lane an item goes that has to wait for its turn, by address; each lane takes one."""
    return {
        item.address: f"{item.kind.name} {index % limit} of {going[0].address}"
        for _, going, limit in _groups(plan)
        for index, item in enumerate(going)
    }


def _rolls(plan: Plan) -> dict[str, Roll]:
    """Return the roll of each item that takes down one of several replicas, by address."""
    found: dict[str, Roll] = {}
    for group, going, limit in _groups(plan):
        staying = tuple(item for item in group if item.actual is not None and item not in going)
        roll = Roll(limit, staying)
        found |= {item.address: roll for item in going}
    return found


def _groups(plan: Plan) -> Iterator[tuple[list[Item], list[Item], int]]:
    """Yield replicas, those of them that are taken down, and how many of these at the same time."""
    groups: dict[tuple[str, str], list[Item]] = defaultdict(list)
    for item in plan:
        if item.resource is not None and item.verdict is not Verdict.DELETE:
            groups[item.kind.name, item.resource.base_name].append(item)
    for group in groups.values():
        going = [item for item in group if item.takes_down or item.verdict is Verdict.REPLACE]
        if len(group) > 1 and going:
            yield group, going, _at_once(going[0], len(group))


def _at_once(item: Item, count: int) -> int:
    limit = item.resource.meta.max_unavailable if item.resource is not None else 1
    return max(1, count * int(limit.rstrip("%")) // 100) if isinstance(limit, str) else limit
