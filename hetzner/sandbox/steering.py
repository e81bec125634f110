"""What can be done to a sandbox as a whole, beside the API: its time, its state, its log."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from contextlib import AbstractContextManager
from copy import deepcopy
from fnmatch import fnmatchcase
from itertools import islice
from typing import TYPE_CHECKING, Any

from hetzner.sandbox.clock import Clock, stamp
from hetzner.sandbox.drift import altered, removed
from hetzner.sandbox.faults import Faults
from hetzner.sandbox.message import Ask, LogEntry
from hetzner.sandbox.overview import MOST_REQUESTS, of_log, of_project
from hetzner.sandbox.states import Snapshot, emptied, photographed, put_back
from hetzner.sandbox.store import Metas
from hetzner.sandbox.tokens import Tokens
from hetzner.sandbox.verbs import verb, verbs_of

if TYPE_CHECKING:
    from hetzner.sandbox.project import Project


class Steering:
    """The verbs of a sandbox; those of `faults` belong to it as well."""

    clock: Clock
    faults: Faults
    tokens: Tokens
    log: deque[LogEntry]
    metas: Metas
    requests_per_hour: int
    lock: threading.RLock
    _projects: dict[str, Project]
    _late: list[tuple[float, Ask]]
    _born: float

    def inside(self, name: str = "default") -> AbstractContextManager[Project]:
        """Look at a project, or change it, as one transaction."""
        raise NotImplementedError

    def project(self, name: str = "default") -> Project:
        """A project by name."""
        raise NotImplementedError

    @property
    def verbs(self) -> dict[str, Callable[..., Any]]:
        """Everything that can be done from outside, by name."""
        return {**verbs_of(self.faults), **verbs_of(self)}

    @verb
    def register(self, token: str, project: str = "default", *, read_only: bool = False) -> None:
        """Let a token open a project; as soon as one is registered, all others are refused with 401.

        Tokens live in this process only: neither a state file nor a snapshot holds them.
        """
        self.tokens.allow(token, project, read_only=read_only)

    @verb
    def advance(self, seconds: float) -> None:
        """Put the clock forward; whatever is due by then has happened."""
        with self.inside():
            self.clock.advance(seconds)
        for name in [*self._projects]:
            with self.inside(name):
                pass

    @verb
    def release(self, command: str = "*") -> None:
        """Let hanging actions of a command end now."""
        for name in [*self._projects]:
            with self.inside(name) as project:
                project.actions.release(command)

    @verb
    def rate_limit(
        self,
        requests_per_hour: int | None = None,
        *,
        remaining: float | None = None,
        project: str = "default",
    ) -> None:
        """Change how many requests each project has an hour, or how many a project has left just now."""
        if requests_per_hour is not None and requests_per_hour < 1:
            raise ValueError("requests_per_hour must be at least 1")
        self.requests_per_hour = requests_per_hour or self.requests_per_hour
        if remaining is not None:
            with self.inside(project) as found:
                found.meta.update(tokens=max(0.0, remaining), tokens_at=self.clock.now())

    @verb
    def alter(self, kind: str, which: int | str, changes: dict[str, Any], *, project: str = "default") -> Any:
        """Change an object behind the client's back, as a colleague in the Cloud Console would; return it.

        `which`: its id or name. `changes`: fields of the sandbox's own row, whole (a server's `server_type`
        is an id there). Raises `ValueError` for a field that it does not have, or that could not be shown.
        """
        with self.inside(project) as found:
            return altered(found, kind, which, changes)

    @verb
    def remove(self, kind: str, which: int | str, *, project: str = "default") -> None:
        """Delete an object behind the client's back: at once, and not in the request log.

        Raises `Refusal` when the API would refuse it (protected, in use).
        """
        with self.inside(project) as found:
            removed(found, kind, which)

    @verb
    def requests(self, *, operation: str = "*", last: int | None = None) -> list[LogEntry]:
        """The request log, oldest first: those of an operation or pattern, all or the last few."""
        with self.lock:
            entries = [entry for entry in self.log if fnmatchcase(entry.operation, operation)]
        return entries if last is None else entries[max(0, len(entries) - last) :]

    @verb
    def overview(self) -> dict[str, Any]:
        """What the page of a served sandbox shows."""
        projects = []
        for name in [*self._projects] or ["default"]:
            with self.inside(name) as project:
                projects.append(of_project(project))
        with self.lock:
            sent, latest = len(self.log), of_log([*islice(reversed(self.log), MOST_REQUESTS)])
        return {
            "now": stamp(self.clock.now()),
            "projects": projects,
            "requests": latest,
            "sent": sent,
        }

    @verb
    def reset(self) -> None:
        """Forget everything but the tokens: no objects, no faults, no log, and the time it began at."""
        self._replace(emptied)
        self.log.clear()
        self.faults.disarm()
        self.clock.rewind(self._born)

    @verb
    def snapshot(self) -> Snapshot:
        """Take down all projects and the time, as JSON; it holds no token and no fault."""
        with self.inside():
            return photographed(self._projects, self.metas, self.clock.now())

    @verb
    def restore(self, snapshot: Snapshot) -> None:
        """Bring back the state and the time of a snapshot.

        Raises `ValueError` for what is none; then nothing is changed.
        """
        for name in snapshot["projects"]:
            self.project(name)
        self._replace(lambda projects, metas: put_back(projects, metas, deepcopy(snapshot)))

    @verb
    def load(self, exported: dict[str, list[dict[str, Any]]], *, project: str = "default") -> Any:
        """Fill an empty project with what lists of the API answered: `{"servers": [...], "networks": [...]}`.

        Returns how many objects of each kind there are now, and what of the export was left out. Raises
        `ValueError` for what the sandbox cannot represent; then nothing is changed.
        """
        from hetzner.sandbox.loading import load  # it needs most kinds, which wait until they are used

        with self.inside(project) as found:
            return load(found, exported)

    def _replace(self, change: Callable[[dict[str, Project], Metas], float | None]) -> None:
        before = deepcopy(self.metas)
        with self.lock:
            try:
                with self.inside():
                    moment = change(self._projects, self.metas)
                    self.clock.rewind(self._born if moment is None else moment)
            except BaseException:
                for name, meta in before.items():
                    self.metas[name].clear()
                    self.metas[name].update(meta)
                raise
            self._late.clear()
