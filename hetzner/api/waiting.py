"""Waiting for many actions with few requests: one batched request a poll, when something is due."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

from hetzner.api.errors import ActionFailed, ActionTimeout
from hetzner.schema.model import Model
from hetzner.schema.objects.actions import Action

OVER = ("success", "error")
BATCH = 25
"""Ids that one request takes; the API silently leaves out what is beyond."""
SHORTEST, LONGEST = 0.5, 5.0
"""Seconds between two looks at the same action."""
JUST_AFTER = 0.1
"""Seconds after an action should be done at which it is looked at: whoever asks too early must ask twice."""
FEW = 10
PACE_OF_FEW, PACE_OF_MANY, PACE_OF_BURST = 0.5, 1.0, 0.1
"""Seconds between two requests: while at most a FEW actions run, while more run, in a burst."""
BURST = 4
"""Requests that may follow each other when as many actions are due as each of them takes. One more may for
every second, which is what the rate limit gives back."""
FASTEST = 0.1
"""What the first of them can be set to."""


class CarriesAction(Protocol):
    """An answer with an action; of its ``next_actions`` none is forgotten."""

    @property
    def action(self) -> Action | None:
        """What was begun; None when there was nothing to do."""
        ...


class CarriesActions(Protocol):
    """An answer with several actions."""

    @property
    def actions(self) -> Sequence[Action] | None:
        """What was begun."""
        ...


Begun: TypeAlias = Action | CarriesAction | CarriesActions | None
"""What can be waited for: an action, or the answer of a call that began some."""


@dataclass(slots=True)
class _Watched:
    action: Action
    since: float
    due: float


class Watch:
    """Which actions are running and when to look at them again; pure, told the time by its caller.

    An action that reports progress is looked at when it should be done; others at growing intervals.
    """

    def __init__(self, shortest: float | None = None) -> None:
        self._running: dict[int, _Watched] = {}
        self._shortest = SHORTEST if shortest is None else max(FASTEST, shortest)
        """Seconds between two looks, at the least."""
        self._asked, self._burst = -math.inf, float(BURST)
        self._quickest: dict[str, float] = {}
        """The least seconds that an action of a command has taken so far: none is looked at before that."""

    def add(self, action: Action, now: float) -> bool:
        """Start watching; False when the action is over already."""
        if action.status in OVER:
            return False
        first = max(self._shortest, self._quickest.get(action.command, 0.0))
        self._running.setdefault(action.id, _Watched(action, now, now + first))
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

    def next_request(self) -> float | None:
        """Return when to ask again."""
        dues = sorted(watched.due for watched in self._running.values())
        if not dues:
            return None
        at = max(dues[0], self._asked + (PACE_OF_MANY if len(dues) > FEW else PACE_OF_FEW))
        if len(dues) < BATCH or self._burst < 1:
            return at
        return min(at, max(dues[BATCH - 1], self._asked + PACE_OF_BURST))

    def ask(self, now: float) -> list[Action]:
        """Return what to ask for in a request that is sent now."""
        self._burst = max(0.0, min(BURST, self._burst + (now - self._asked) / PACE_OF_MANY) - 1)
        self._asked = now
        return self.soonest()

    def soonest(self) -> list[Action]:
        """Return what to ask for in one request: the most urgent first, and all that go along for nothing."""
        urgent = sorted((watched.due, id) for id, watched in self._running.items())
        return [self._running[id].action for _, id in urgent[:BATCH]]

    def _note(self, action: Action, seconds: float) -> None:
        """Remember how quick a command can be; ``seconds`` is how long it took to be seen to be over."""
        quick = seconds if action.status == "success" else 0.0
        self._quickest[action.command] = min(quick, self._quickest.get(action.command, LONGEST))

    def learn(self, actions: Iterable[Action], now: float) -> list[Action]:
        """Take over what the API says; returns the actions that are over."""
        over = []
        for action in actions:
            watched = self._running.get(action.id)
            if watched is None:
                continue
            if action.status in OVER:
                over.append(action)
                self._note(action, now - watched.since)
                del self._running[action.id]
                continue
            watched.action = action
            watched.due = now + self._interval(watched, action.progress, now)
        return over

    def _interval(self, watched: _Watched, progress: object, now: float) -> float:
        """Return the seconds to the next look: more the longer it takes, however often it was looked at."""
        passed = now - watched.since
        wanted = self._shortest + passed / 2
        if isinstance(progress, int | float) and 0 < progress < 100:
            done = progress + 0.5  # what is shown is rounded down
            wanted = passed * (100 - done) / done + JUST_AFTER
        return max(self._shortest, min(LONGEST, wanted))


def actions_of(answer: Any) -> list[Any]:
    """Return every action that an answer carries in the places that are declared for them."""
    places = getattr(type(answer), "model_fields", {})
    found = [getattr(answer, name) for name in ("action", "actions", "next_actions") if name in places]
    every = [action for some in found for action in (some if isinstance(some, list) else [some])]
    return [action for action in every if action is not None]


def actions_in(begun: Iterable[Begun] | Begun) -> Iterator[Action]:
    """Yield the actions of what can be waited for; raises TypeError for what can carry none."""
    if begun is None or isinstance(begun, Model) or not isinstance(begun, Iterable):
        begun = [begun]
    for each in begun:
        if isinstance(each, Action):
            yield each
        elif each is not None:
            if not {"action", "actions"} & getattr(type(each), "model_fields", {}).keys():
                raise TypeError(
                    f"wait() takes actions and answers that carry some, not {type(each).__name__}"
                )
            yield from actions_of(each)


async def wait(
    client: Any,
    actions: Iterable[Begun] | Begun,
    *,
    timeout: float | None,
    on_progress: Callable[[Action], object] | None = None,
) -> list[Action]:
    """Wait on the awaited face of a client until all actions are over; returns them as they ended.

    One alone needs no list, an answer stands for all actions it carries, and ``None`` is passed over. Raises
    ActionFailed when one failed (after all are over), ActionTimeout when some are still running after
    ``timeout`` seconds, and TypeError before any request.
    """
    port = client._core.port
    started = port.clock.now()
    ends = math.inf if timeout is None else started + timeout
    ended = {action.id: action for action in actions_in(actions)}
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
