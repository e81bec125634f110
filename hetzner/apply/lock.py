"""A lock against runs at the same time, kept in the API itself: a placement group with a name of its own.

Names are unique in a project, so creating it is a test and a set in one; it costs nothing and takes no
action. Its labels say who holds it, since when and until when. A lock that was not renewed in time is stale:
it is deleted by its id, which only one of several can do, and made anew. It belongs to no project's objects.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from hetzner.api.errors import APIError, APIStatusError, HetznerError, NotFoundError
from hetzner.api.recovery import skew
from hetzner.domain.specs.labels import HOLDER, LOCK, PREFIX

UNTIL, SINCE, RUN = PREFIX + "lock-until", PREFIX + "lock-since", PREFIX + "lock-run"
TTL = 300.0
"""Seconds after which a lock that nobody renews is stale."""
PAUSE = 5.0
"""Seconds between two attempts to take it."""
TURNS = 20
"""Attempts that may meet others who take and give it back at the same time."""


class Held(HetznerError):
    """Somebody else has the lock; the message says who, since when and until when."""


class Lost(Held):
    """The lock was taken away, or could not be renewed in time: nothing more may be changed under it."""


def anchor(project: str) -> str:
    """Return the name of the object that is the lock of a project."""
    return f"hetzner-apply-lock-{project}"


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a lock."""

    id: int
    """Of the object that is the lock."""
    name: str
    run: str
    since: float
    until: float
    """Seconds since 1970."""

    def __str__(self) -> str:
        return (
            f"{self.name or 'somebody'} since {_told(self.since)}, until {_told(self.until)} unless renewed"
        )


async def holder_of(client: Any, project: str) -> Holder | None:
    """Return who holds the lock of a project, or None.

    Raises:
        Held: the name of the lock is taken by something that is none.
    """
    groups = (await client.placement_groups.list(name=anchor(project))).placement_groups
    if not groups:
        return None
    labels: Mapping[str, str] = groups[0].labels
    if labels.get(LOCK) != project:
        raise Held(f"'{anchor(project)}' is a placement group and no lock: rename it, or work without --lock")
    return Holder(
        groups[0].id,
        labels.get(HOLDER, ""),
        labels.get(RUN, ""),
        float(_number(labels.get(SINCE, ""))),
        float(_number(labels.get(UNTIL, ""))),
    )


class Lock:
    """The lock of a project, wanted by one run; ``run`` tells it from all others."""

    def __init__(self, client: Any, project: str, *, holder: str, run: str) -> None:
        self._client, self._core, self.project = client, client._core, project
        self._holder, self._run = as_value(holder), run
        self._id: int | None = None
        self._since = self._until = 0.0

    @property
    def is_taken(self) -> bool:
        """Whether this run has it."""
        return self._id is not None

    async def take(self, patience: float = 0.0, waiting: Callable[[Holder], object] | None = None) -> None:
        """Take it, waiting so many seconds for whoever has it.

        Raises:
            Held: somebody else still has it.
            APIError: the API refused, or could not be reached.
        """
        ends = self._clock.now() + patience
        for _ in range(TURNS + int(patience / PAUSE)):
            if await self._made():
                return
            held = await holder_of(self._client, self.project)
            if held is None:
                continue
            if held.run == self._run:
                self._id = held.id
                return
            if held.until <= self._now():
                await take_away(self._client, held.id)
                continue
            if self._clock.now() >= ends:
                raise Held(f"'{self.project}' is locked by {held}")
            if waiting is not None:
                waiting(held)
            await self._clock.asleep(min(PAUSE, ends - self._clock.now()))
        raise Held(f"the lock of '{self.project}' changes hands all the time")

    async def renew(self) -> None:
        """Hold it for longer.

        Raises:
            Lost: somebody took it away.
        """
        assert self._id is not None  # noqa: S101  only who has it renews it
        until = self._now() + TTL
        try:
            await self._client.placement_groups.update(self._id, labels=self._labels(until))
        except NotFoundError:
            self._id = None
            raise Lost(f"the lock of '{self.project}' was taken away") from None
        self._until = until

    async def keep(self, lost: Callable[[Lost], object]) -> None:
        """Renew it again and again, until it is lost or this is cancelled."""
        while True:
            await self._clock.asleep(TTL / 3)
            try:
                await self.renew()
            except Lost as error:
                lost(error)
                return
            except APIError as error:
                if self._now() >= self._until:
                    lost(Lost(f"the lock of '{self.project}' could not be renewed: {error}"))
                    return

    async def give_back(self) -> None:
        """Give it back; one that cannot be given back is stale after a while."""
        if self._id is None:
            return
        try:
            await take_away(self._client, self._id)
        except APIError:
            return
        finally:
            self._id = None

    async def _made(self) -> bool:
        self._since = self._now()
        until = self._since + TTL
        try:
            answer = await self._client.placement_groups.create(
                name=anchor(self.project), type="spread", labels=self._labels(until)
            )
        except APIStatusError as error:
            if error.code != "uniqueness_error":
                raise
            return False
        group = answer.placement_group
        if group.labels.get(RUN) != self._run:
            return False
        self._id, self._until = group.id, until
        return True

    def _labels(self, until: float) -> dict[str, str]:
        times = {SINCE: str(int(self._since)), UNTIL: str(int(until))}
        return {LOCK: self.project, HOLDER: self._holder, RUN: self._run, **times}

    @property
    def _clock(self) -> Any:
        return self._core.port.clock

    def _now(self) -> float:
        """Return the time by the API's clock, which is the same for all who want the lock."""
        wall: float = self._core.port.wall()
        return wall + skew(self._core)


async def take_away(client: Any, id: int) -> None:
    """Take a lock away from whoever holds it, by its id: of several who do that at a time, one does."""
    try:
        await client.placement_groups.delete(id)
    except NotFoundError:
        return


def as_value(text: str) -> str:
    """Return a text as the value of a label, as far as possible."""
    return re.sub(r"[^A-Za-z0-9._-]+", "-", text)[:63].strip("._-")


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 12 else 0


def _told(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%d %H:%M:%SZ")
