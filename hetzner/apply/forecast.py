"""What a plan takes: requests, polls and seconds, by going through it in thought; pure.

It follows the same rules as carrying out: each item call by call, as soon as what it refers to is there,
one change at a time on an object, one poller for everything that runs.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, reduce
from types import SimpleNamespace
from typing import Any

from hetzner.api.waiting import Watch
from hetzner.apply.document import Unknown, unknowns
from hetzner.apply.figures import Work
from hetzner.apply.observe import Observed
from hetzner.apply.order import users
from hetzner.apply.plans import CHANGING, DESTRUCTIVE, Item, Plan
from hetzner.apply.rolling import lanes
from hetzner.apply.world import referred
from hetzner.domain.reference import Attribute, Named
from hetzner.domain.specs.facts import Call
from hetzner.schema.catalog import collection_class

ANSWER = 0.15
"""Seconds until the API answers."""
NEVER = float("inf")
ASKED = 1.5
"""Seconds until something has been asked to reach a state by itself."""
SPREAD = 0.35
"""By which share of its usual length an action may be shorter or longer."""
CARRIES = frozenset({"action", "actions", "next_actions"})
FIRST = 2 / 3
"""The share of the first action where several follow each other."""


def forecast(
    plan: Plan,
    observed: Observed,
    *,
    answer: float = ANSWER,
    spread: float = SPREAD,
    left: float | None = None,
) -> Work:
    """Return what carrying out a plan takes.

    ``answer`` is how long an answer takes, in seconds; ``spread`` by which share actions may be shorter or
    longer than usual; ``left`` what the rate limit has left.
    """
    return _Thought(plan, observed, answer, spread).run(left)


@cache
def shares(operation: str) -> tuple[float, ...]:
    """Return the shares of the actions that an operation leads to, one after the other; none without any."""
    first, *parts, name = operation.split(".")
    collection = reduce(lambda kind, part: kind.parts()[part], parts, collection_class(first))
    returns = getattr(collection, name).operation.returns
    places = CARRIES & set(getattr(returns, "model_fields", ()))
    return (FIRST, 1 - FIRST) if "next_actions" in places else (1.0,) if places else ()


@dataclass(slots=True)
class _Pause:
    seconds: float


@dataclass(slots=True)
class _Action:
    seconds: float
    command: str


@dataclass(slots=True)
class _Need:
    key: str
    whole: bool


@dataclass(slots=True)
class _Lock:
    key: str


_Step = _Pause | _Action | _Need | _Lock
_Course = Iterator[_Step]


def _shares() -> Iterator[float]:
    """Yield numbers between 0 and 1 that are spread evenly from the first on, the middle first."""
    number = 0
    while True:
        number += 1
        rest, share, place = number, 0.0, 0.5
        while rest:
            share, rest, place = share + (rest & 1) * place, rest >> 1, place / 2
        yield share


def _read_afresh(value: Any) -> int:
    """Return how many attributes of other objects have to be read before a call is made."""
    if isinstance(value, Attribute):
        return 1
    if isinstance(value, Unknown):
        return sum(len(reference.targets) for reference in value.references)
    if isinstance(value, Mapping):
        return sum(map(_read_afresh, value.values()))
    return sum(map(_read_afresh, value)) if isinstance(value, list | tuple) else 0


class _Thought:
    """A run that nobody makes."""

    def __init__(self, plan: Plan, observed: Observed, answer: float, spread: float) -> None:
        self.spread, self.answer, self.now, self.requests, self.polls = spread, answer, 0.0, 0, 0
        self.items = {item.address: item for item in plan if item.verdict in CHANGING and not item.refused}
        self._users, self._lanes = users(plan, observed), lanes(plan)
        self._there = {key for key, item in self.items.items() if self._exists(item)}
        self._settled: set[str] = set()
        self._waiting: dict[tuple[str, bool], list[_Course]] = defaultdict(list)
        self._locked: dict[str, list[_Course]] = {}
        self._due: list[tuple[float, int, _Course]] = []
        self._ticket, self._shares = 0, _shares()
        self._watch = Watch()
        self._ends: dict[int, tuple[float, float, str, _Course]] = {}
        self.spent: dict[str, tuple[float, str]] = {}

    @staticmethod
    def _exists(item: Item) -> bool:
        opens = any(call.opens for call in item.calls)
        return item.actual is not None and item.verdict not in DESTRUCTIVE and not opens

    def run(self, left: float | None) -> Work:
        for item in self.items.values():
            self._go(self._course(item))
        while (moment := min(self._due_at(), look := self._look_at())) < NEVER:
            self.now = max(self.now, moment)
            while self._due and self._due[0][0] <= self.now:
                self._go(heapq.heappop(self._due)[2])
            if look <= self.now:
                self._look()
        spent = max(self.spent.items(), key=lambda entry: entry[1][0], default=None)
        return Work(
            self.requests + self.polls,
            self.polls,
            self.now,
            spent and (spent[0], spent[1][1], spent[1][0]),
            None if left is None else int(left),
        )

    def _course(self, item: Item) -> _Course:
        """Yield what an item waits for, one after the other."""
        yield from self._before(item)
        lane = self._lanes.get(item.address)
        if lane is not None:
            yield _Lock(lane)
        began, slowest = self.now, (0.0, "")
        for number, call in enumerate(item.calls, 1):
            if call.awaits == "release":  # others move over before the old object goes
                if lane is not None:
                    self._unlock(lane)
                    lane = None
                self._reach(item.address, whole=True)
                yield from (_Need(other.address, True) for other in self._users[item.address])
            of = () if call.of is None else ((call.of, False),)
            for named, whole in (*referred(call.arguments), *((each, False) for each in call.after), *of):
                if str(named) in self.items and str(named) != item.address and not call.lets_go:
                    yield _Need(str(named), whole)
            lock = str(call.of or item.named)
            yield _Lock(lock)
            since = self.now
            yield from self._made(call)
            if item.former is not None and call.of is None:  # whether the old one is still there
                self.requests += 1
                yield _Pause(self.answer)
            slowest = max(slowest, (self.now - since, call.operation.rpartition(".")[2]))
            self._unlock(lock)
            if not any(later.opens or later.awaits for later in item.calls[number:]):
                self._reach(item.address, whole=False)
        if lane is not None:
            self._unlock(lane)
        self.spent[item.address] = (self.now - began, slowest[1])
        self._reach(item.address, whole=True)

    def _before(self, item: Item) -> Iterator[_Need]:
        """Yield what must be settled before the first call: who uses it, what its values come from."""
        if item.verdict in DESTRUCTIVE and item.former is None:
            yield from (_Need(other.address, True) for other in self._users[item.address])
        if item.resource is None or (item.verdict in DESTRUCTIVE and not item.calls):
            return
        late = {name for name, each in item.kind.fields.items() if each.changes.late}
        for path, unknown in unknowns(item.resource.spec):
            if path and path[0] not in late:
                for reference in unknown.references:
                    self.requests += len(reference.targets)  # each is read afresh
                    yield from (_Need(str(Named(reference.kind, each)), True) for each in reference.targets)

    def _made(self, call: Call) -> _Course:
        """Yield what one call takes: looks whether it is needed, itself, and what it leads to."""
        if call.unless is not None:
            self.requests += 1
            yield _Pause(self.answer)
            if call.rarely:
                return
        self.requests += 1 + _read_afresh(call.arguments)
        yield _Pause(self.answer)
        took = call.seconds * (1 + self.spread * (2 * next(self._shares) - 1))
        if call.until is not None:
            yield _Action(min(ASKED, took), call.operation)
            yield from self._until(took)
        elif took > 0:
            for number, share in enumerate(shares(call.operation)):
                yield _Action(share * took, f"{call.operation} {number}")

    def _until(self, took: float) -> _Course:
        """Yield the looks until a state is reached, farther and farther apart."""
        ends, pause = self.now + took, 1.0
        while True:
            self.requests += 1
            yield _Pause(self.answer)
            if self.now >= ends:
                return
            yield _Pause(pause)
            pause = min(5.0, pause * 1.5)

    def _go(self, course: _Course) -> None:
        """Follow an item until it has to wait."""
        for step in course:
            match step:
                case _Need(key=key, whole=whole):
                    done = self._settled if whole else self._there | self._settled
                    if key in self.items and key not in done:
                        self._waiting[key, whole].append(course)
                        return
                case _Lock(key=key):
                    if key in self._locked:
                        self._locked[key].append(course)
                        return
                    self._locked[key] = []
                case _Action(seconds=seconds, command=command):
                    self._begin(course, seconds, command)
                    return
                case _Pause(seconds=seconds):
                    self._later(course, seconds)
                    return

    def _later(self, course: _Course, seconds: float) -> None:
        self._ticket += 1
        heapq.heappush(self._due, (self.now + seconds, self._ticket, course))

    def _begin(self, course: _Course, seconds: float, command: str) -> None:
        self._ticket += 1
        self._ends[self._ticket] = (self.now, self.now + seconds, command, course)
        self._watch.add(self._shown(self._ticket), self.now)

    def _reach(self, key: str, *, whole: bool) -> None:
        (self._settled if whole else self._there).add(key)
        for kind in (False, True) if whole else (False,):
            for course in self._waiting.pop((key, kind), ()):
                self._later(course, 0.0)

    def _unlock(self, key: str) -> None:
        waiting = self._locked.pop(key)
        if waiting:
            self._locked[key] = waiting[1:]
            self._later(waiting[0], 0.0)

    def _due_at(self) -> float:
        return self._due[0][0] if self._due else NEVER

    def _look_at(self) -> float:
        look = self._watch.next_request()
        return NEVER if look is None else look

    def _look(self) -> None:
        self.polls += 1
        for over in self._watch.learn([self._shown(each.id) for each in self._watch.ask(self.now)], self.now):
            self._later(self._ends.pop(over.id)[3], self.answer)

    def _shown(self, id: int) -> Any:
        began, ends, command, _ = self._ends[id]
        over = self.now >= ends
        progress = 100 if over else int(100 * (self.now - began) / (ends - began))
        status = "success" if over else "running"
        return SimpleNamespace(id=id, status=status, progress=progress, command=command)
