"""Waiting for many actions with few requests: one batched request a poll, when something is due."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hetzner.api.errors import ActionFailed, ActionTimeout

if TYPE_CHECKING:
    from hetzner.schema.actions import Action

OVER = ("success", "error")
BATCH = 25
"""Ids that one request takes; the API silently leaves out what is beyond."""
SHORTEST, LONGEST = 0.5, 5.0
"""Seconds between two looks at the same action."""
FASTEST = 0.1
"""What the first of them can be set to."""


@dataclass(slots=True)
class _Watched:
    action: Action
    since: float
    due: float
    interval: float


class Watch:
    """Which actions are running and when to look at them again; pure, told the time by its caller.

    An action that reports progress is looked at when it should be done; others at growing intervals.
    """

    def __init__(self, shortest: float | None = None) -> None:
        self._running: dict[int, _Watched] = {}
        self._shortest = SHORTEST if shortest is None else max(FASTEST, shortest)
        """Seconds between two looks, at the least."""

    def add(self, action: Action, now: float) -> bool:
        """Start watching; False when the action is over already."""
        if action.status in OVER:
            return False
        self._running.setdefault(action.id, _Watched(action, now, now + self._shortest, self._shortest))
        return True

    @property
    def running(self) -> list[Action]:
        """The actions that are not known to be over."""
        return [watched.action for watched in self._running.values()]

    def overdue(self, now: float, seconds: float) -> list[Action]:
        """Return the actions that have been watched for longer than so many seconds."""
        return [watched.action for watched in self._running.values() if now - watched.since > seconds]

    def forget(self, id: int) -> None:
        """Stop watching an action."""
        self._running.pop(id, None)

    def next_look(self) -> float | None:
        """Return when the next look is due."""
        return min((watched.due for watched in self._running.values()), default=None)

    def soonest(self) -> list[Action]:
        """Return what to ask for in one request: the most urgent first, and all that go along for nothing."""
        urgent = sorted((watched.due, id) for id, watched in self._running.items())
        return [self._running[id].action for _, id in urgent[:BATCH]]

    def learn(self, actions: Iterable[Action], now: float) -> list[Action]:
        """Take over what the API says; returns the actions that are over."""
        over = []
        for action in actions:
            watched = self._running.get(action.id)
            if watched is None:
                continue
            if action.status in OVER:
                over.append(action)
                del self._running[action.id]
                continue
            watched.action = action
            watched.interval = max(self._shortest, _interval(watched, action.progress, now))
            watched.due = now + watched.interval
        return over


def _interval(watched: _Watched, progress: object, now: float) -> float:
    grown = min(LONGEST, watched.interval * 1.5)
    if not isinstance(progress, int | float) or not 0 < progress < 100:
        return grown
    left = (now - watched.since) * (100 - progress) / progress
    return max(SHORTEST, min(LONGEST, left))


async def wait(
    client: Any,
    actions: Iterable[Action | None],
    *,
    timeout: float | None,
    on_progress: Callable[[Action], object] | None = None,
) -> list[Action]:
    """Wait on the awaited face of a client until all actions are over; returns them as they ended.

    ``None`` among the actions is passed over. Raises ActionFailed when one failed (after all are over), and
    ActionTimeout when some are still running after ``timeout`` seconds.
    """
    port = client._core.port
    started = port.clock.now()
    ends = math.inf if timeout is None else started + timeout
    ended = {action.id: action for action in actions if action is not None}
    watch = Watch(client._core.poll_interval)
    for action in ended.values():
        watch.add(action, started)
    while (look := watch.next_look()) is not None:
        if (pause := min(look, ends) - port.clock.now()) > 0:
            await port.sleep(pause)
        for action in await look_at(client, watch.soonest()):
            if action.id in ended:
                ended[action.id] = action
                watch.learn([action], port.clock.now())
                if on_progress:
                    on_progress(action)
        if look > ends and watch.running:
            raise ActionTimeout(watch.running, timeout or 0.0)
    if failed := [action for action in ended.values() if action.status == "error"]:
        raise ActionFailed(failed)
    return list(ended.values())


async def look_at(client: Any, actions: Iterable[Action]) -> list[Action]:
    """Ask for actions by id, in one request for each of the two APIs that has some of them.

    Those that an answer leaves out are asked for one by one.
    """
    found: list[Action] = []
    asked: dict[bool, list[int]] = {}
    for action in actions:
        asked.setdefault(_is_stored(action), []).append(action.id)
    for stored, ids in asked.items():
        of = client.storage_boxes.actions if stored else client.actions
        ask, ask_one = (of.list_all, of.retrieve_by_id) if stored else (of.list, of.retrieve)
        answer: list[Action] = list((await ask(id=ids, per_page=50)).actions or [])
        known = {action.id for action in answer}
        found += answer
        found += [(await ask_one(id)).action for id in ids if id not in known]
    return found


def _is_stored(action: Action) -> bool:
    """Tell whether an action is one of a storage box: those are known to the other API only."""
    return any(str(resource.type).startswith("storage_box") for resource in action.resources or ())
