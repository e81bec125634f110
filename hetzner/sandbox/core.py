"""The sandbox itself: one function from a request to an answer, each a transaction of its own."""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache

from hetzner.sandbox.acting import distorted, silent
from hetzner.sandbox.answering import Answering, encoded, operation_name
from hetzner.sandbox.catalogue import Catalogue
from hetzner.sandbox.clock import Clock, VirtualClock
from hetzner.sandbox.errors import Refusal
from hetzner.sandbox.faults import Faults
from hetzner.sandbox.limits import PER_HOUR
from hetzner.sandbox.message import Answer, Ask, LogEntry
from hetzner.sandbox.project import Project
from hetzner.sandbox.removed import REMOVED
from hetzner.sandbox.routing import Declared, Router
from hetzner.sandbox.steering import Steering
from hetzner.sandbox.store import OTHER_VERSION, MemoryStore, Metas, Store
from hetzner.sandbox.tokens import Tokens
from hetzner.schema.catalog import collection_class, collection_names

logger = logging.getLogger("hetzner.sandbox")


class Sandbox(Steering):
    """A Hetzner Cloud on this machine.

    `clock`: virtual by default. `store`: memory by default. `seed`: the same seed and the same requests give
    the same answers, byte for byte. `tokens`: token -> project name; without any, every token sees the
    project "default", with some, all others are refused (`register` adds one). `requests_per_hour`: the rate
    limit of each project. What can be done beside the API is in `hetzner.sandbox.steering` and in `faults`.
    """

    def __init__(
        self,
        *,
        clock: Clock | None = None,
        store: Store | None = None,
        seed: int | str = 0,
        tokens: dict[str, str] | None = None,
        requests_per_hour: int = PER_HOUR,
        operations: Iterable[Declared] | None = None,
    ) -> None:
        self.clock: Clock = clock or VirtualClock()
        self.faults = Faults()
        self.tokens = Tokens(tokens or {})
        self.requests_per_hour = requests_per_hour
        self.log: deque[LogEntry] = deque(maxlen=200_000)
        self.catalogue = Catalogue()
        self._store: Store = store or MemoryStore()
        self.seed = str(seed)
        self._projects: dict[str, Project] = {}
        self.metas: Metas = {"anonymous": {"requests": 0}}
        self._late: list[tuple[float, Ask]] = []
        self._born = self.clock.now()
        self.lock = threading.RLock()
        self._answering = Answering(self, declared_router() if operations is None else Router(operations))
        self._open()

    def _open(self) -> None:
        """Read what is kept, so that nobody works with a part of it; raises ValueError when that fails."""
        try:
            self._begin()
        except (ArithmeticError, AttributeError, LookupError, TypeError) as problem:
            raise ValueError(f"{OTHER_VERSION} ({problem!r})") from problem
        finally:
            self._store.rollback()

    def __repr__(self) -> str:
        return f"<Sandbox with {len(self._projects)} projects>"

    def close(self) -> None:
        """Let go of the store."""
        self._store.close()

    def project(self, name: str = "default") -> Project:
        """A project by name, made when it is new; to look at its state go through `inside`."""
        if name not in self._projects:
            number = 1 + max((each.meta["number"] for each in self._projects.values()), default=-1)
            self._projects[name] = Project(
                name, number, self.seed, self.catalogue, self.faults, self._projects
            )
            self.metas[f"project:{name}"] = self._projects[name].meta
        return self._projects[name]

    def project_names(self) -> tuple[str, ...]:
        """The projects that somebody has used."""
        return tuple(self._projects)

    def handle(self, ask: Ask) -> Answer:
        """Answer one request; never raises: what breaks inside is logged and answered with a 500."""
        with self.lock:
            self._catch_up()
            fault = None
            if self.faults.is_awaited:
                fault = self.faults.next_request(operation_name(self._answering.router, ask), ask.method)
            answer = silent(fault, ask.patience) if fault else None
            if answer is None:
                executes = fault is None or fault.executes
                answer = self._transact(ask, executes, fault.name if fault else "")
            elif fault:
                self._lose(ask, fault.name, fault.seconds, answer)
            return distorted(answer, fault, ask.patience) if fault and answer.status else answer

    @contextmanager
    def inside(self, name: str = "default") -> Iterator[Project]:
        """Look at a project as it is now, or change its tables behind the API's back, as one transaction.

        with sandbox.inside() as project:
            project.table("servers").update(42, status="off")
        """
        with self.lock:
            self._catch_up()
            try:
                self._begin()
                project = self.project(name)
                project.settle(self.clock.now())
                yield project
                self._commit()
            except BaseException:
                self._give_up()
                raise

    def _catch_up(self) -> None:
        while self._late and self._late[0][0] <= self.clock.now():
            self._transact(self._late.pop(0)[1], True, "late")

    def _lose(self, ask: Ask, fault: str, extra: float, answer: Answer) -> None:
        if fault == "late":
            answer.seconds = ask.patience or 30.0
            self._late.append((self.clock.now() + answer.seconds + extra, ask))
            self._late.sort(key=lambda entry: entry[0])
        name = operation_name(self._answering.router, ask)
        self.log.append(LogEntry(self.clock.now(), "", ask.method, ask.path, 0, "", name, fault))

    def _transact(self, ask: Ask, executes: bool, fault: str) -> Answer:
        try:
            self._begin()
            answer = self._answering.answer(ask, executes, fault)
            self._commit()
        except Exception as problem:
            logger.exception("the sandbox failed at %s %s", ask.method, ask.path)
            self._give_up()
            refusal = Refusal(500, "server_error", f"the sandbox failed: {type(problem).__name__}")
            return encoded(refusal.body(), 500, {})
        return answer

    def _give_up(self) -> None:
        self._store.rollback()
        for project in self._projects.values():
            project.undo_all()

    def _begin(self) -> None:
        changes, metas = self._store.begin()
        if not metas:
            return
        self.clock.restore(metas.get("clock", {}))
        for name, meta in sorted(metas.items(), key=lambda item: item[1].get("number", 0)):
            if name.startswith("project:"):
                self.project(name.removeprefix("project:")).meta.update(meta)
        self.metas["anonymous"].update(metas.get("anonymous", {}))
        for project, kind, ident, row in changes:
            self.project(project).load(kind, ident, row)

    def _commit(self) -> None:
        changes = [change for project in self._projects.values() for change in project.changes()]
        self._store.commit(changes, {**self.metas, "clock": self.clock.state()})
        for project in self._projects.values():
            project.committed()


@cache
def declared_router() -> Router:
    """The operations that the schema declares, loaded as they are needed, and those that were removed."""
    return Router(REMOVED, load=_declared)


def _declared(name: str) -> Iterable[Declared]:
    return collection_class(name).operations() if name in collection_names() else ()
