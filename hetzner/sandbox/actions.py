"""Actions: the queue of what is going on, and the record of what went on.

An action runs on the sandbox's clock. Nothing happens in the background: whenever a request arrives,
everything due by then is carried out first, in the order of time, as if it had happened at its moment.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from hetzner.sandbox.call import Call, Reply
from hetzner.sandbox.clock import stamp
from hetzner.sandbox.durations import seconds as drawn
from hetzner.sandbox.errors import gone, locked, not_found
from hetzner.sandbox.kind import Kind, answers
from hetzner.sandbox.listing import ordered, page_of
from hetzner.sandbox.table import Id, Key, Row, as_id

if TYPE_CHECKING:
    from hetzner.sandbox.project import Project

LISTED = "https://docs.hetzner.cloud/changelog"


class Actions(Kind):
    """Every action of the project."""

    name = "actions"
    singular = "action"
    sorts = ("id", "command", "status", "started", "finished")

    def __init__(self, project: Project) -> None:
        super().__init__(project)
        self._queue: list[tuple[float, int]] = []

    def keys(self, row: Row) -> Iterable[Key]:
        """By resource always; by lock and by what it waits for while it runs."""
        for resource in row["resources"]:
            yield ("resource", resource["type"], resource["id"])
            yield ("type", resource["type"])
        if row["status"] == "running":
            yield ("after", row["after"])
            for kind, ident in row["locks"]:
                yield ("lock", kind, ident)

    def start(
        self,
        command: str,
        *resources: tuple[str, Id],
        done: str | None = None,
        failed: str | None = None,
        args: dict[str, Any] | None = None,
        lock: bool | Sequence[tuple[str, Id]] = True,
        after: Row | None = None,
        seconds: float | None = None,
    ) -> Row:
        """Start an action on resources such as `("server", 42)`, and return it.

        `done` and `failed` name the method that carries out its effect when it ends, as `kind.method`; the
        method gets the action, `args` in its "args". `lock` keeps the first resource (or those given) locked
        until then. `after` makes it wait for another action. `seconds` of 0 ends it at once, without it the
        table of durations decides.
        """
        takes = drawn(command, self.project.random) if seconds is None else seconds
        fate = self.project.faults.next_action(command) or {}
        takes += fate.pop("delay", 0.0)
        locks = [resources[0]] if lock is True else list(lock or ())
        row = self.table.add(
            {
                "id": self.project.new_id(),
                "command": command,
                "status": "running",
                "resources": [{"id": ident, "type": kind} for kind, ident in resources],
                "started": self.project.now,
                "finished": None,
                "error": None,
                "seconds": takes,
                "begun": None,
                "due": None,
                "done": done,
                "failed": failed,
                "args": args or {},
                "locks": [list(each) for each in locks],
                "after": after["id"] if after and after["status"] == "running" else None,
                "fate": fate or None,
            }
        )
        if after and after["status"] == "error":
            self._end(row, _because(after))
        elif row["after"] is None:
            self._begin(row)
        return row

    def enqueue(self, row: Row) -> None:
        """Put a running action into the queue, when it has an end."""
        if row["status"] == "running" and row["due"] is not None:
            heapq.heappush(self._queue, (row["due"], row["id"]))

    def settle(self, now: float) -> None:
        """Carry out everything due by now, in the order of time."""
        while self._queue and self._queue[0][0] <= now:
            due, ident = heapq.heappop(self._queue)
            row = self.table.get(ident)
            if row and row["status"] == "running" and row["due"] == due:
                self.project.now = max(self.project.now, due)
                self._end(row, row["fate"])

    def is_locked(self, singular: str, ident: Id) -> bool:
        """Whether a running action holds a lock on the object."""
        return self.table.any("lock", singular, ident)

    def insist_unlocked(self, singular: str, ident: Id) -> None:
        """Refuse with `locked` while an action runs on the object."""
        if self.is_locked(singular, ident):
            raise locked(singular)

    def running(self, singular: str, ident: Id, command: str) -> bool:
        """Whether an action of that command runs on the object."""
        rows = self.table.by("resource", singular, ident)
        return any(row["status"] == "running" and row["command"] == command for row in rows)

    def cancel(self, singular: str, ident: Id) -> None:
        """End all running actions on an object that is no more, as failed and without effect."""
        for row in self.table.by("resource", singular, ident):
            if row["status"] == "running":
                error = {"code": "action_failed", "message": f"{singular.replace('_', ' ')} was deleted"}
                self._end(self.table.update(row["id"], done=None, failed=None), error)

    def release(self, command: str = "*") -> None:
        """Let hanging actions end now (for tests of what comes after)."""
        for row in [*self.table]:
            if (
                row["status"] == "running"
                and row["fate"] == {"hang": True}
                and fnmatchcase(row["command"], command)
            ):
                self.table.update(row["id"], fate=None)
                if row["after"] is None:
                    self._end(row, None)

    def finish(self, ident: Id) -> None:
        """Let a running action end well now, whatever it waits for or was told to do."""
        row = self.find(ident)
        if row["status"] == "running":
            self._end(row, None)

    def _begin(self, row: Row) -> None:
        now = self.project.now
        hanging = row["fate"] == {"hang": True}
        self.table.update(row["id"], begun=now, due=None if hanging else now + row["seconds"])
        if row["seconds"] <= 0 and not hanging:
            self._end(row, row["fate"])
        self.enqueue(row)

    def _end(self, row: Row, error: dict[str, Any] | None) -> None:
        status = "error" if error else "success"
        row = self.table.update(row["id"], status=status, finished=self.project.now, error=error, due=None)
        effect = row["failed"] if error else row["done"]
        if effect:
            kind, _, method = effect.rpartition(".")
            getattr(self.project.kind(kind), method)(row)
        for child in self.table.by("after", row["id"]):
            if error:
                self._end(child, _because(row))
            else:
                self.table.update(child["id"], after=None)
                self._begin(child)

    def progress(self, row: Row) -> int:
        """Per cent done by the time gone: 0 for an action that waits, at most 99 for one that hangs."""
        if row["status"] != "running":
            return 100
        if row["begun"] is None or not row["seconds"]:
            return 0
        return min(99, int(100 * max(0.0, self.project.now - row["begun"]) / row["seconds"]))

    def render(self, row: Row) -> dict[str, Any]:
        """Write an action as the API shows it."""
        return {
            "id": row["id"],
            "command": row["command"],
            "status": row["status"],
            "progress": self.progress(row),
            "started": stamp(row["started"]),
            "finished": None if row["finished"] is None else stamp(row["finished"]),
            "resources": row["resources"],
            "error": row["error"],
        }

    @answers("list")
    def list(self, call: Call) -> Reply:
        """Answer with the actions of the given ids; listing all of them was removed from the API."""
        if not call.many("id"):
            raise gone("the id query parameter is required", LISTED)
        return self.page(call, None)

    def page(self, call: Call, key: Key | None) -> Reply:
        """Answer with a page of the actions that carry a key, filtered by `id` and `status`."""
        ids, status = call.many("id"), set(call.many("status"))
        if ids:
            found = [self.table.get(as_id(each) or 0) for each in dict.fromkeys(ids)]
            rows = [row for row in found if row and (key is None or key in tuple(self.keys(row)))]
        else:
            rows = self.table.by(*(key or ()))
        rows = [row for row in rows if not status or row["status"] in status]
        rows, reply = page_of(call, ordered(rows, call.many("sort"), self.sorts))
        reply.body = {"actions": [self.render(row) for row in rows], **(reply.body or {})}
        return reply

    def of_kind(self, call: Call, singular: str) -> dict[str, Any] | Reply:
        """Answer `/{kind}/actions` and `/{kind}/actions/{id}`."""
        if "id" not in call.path:
            return self.page(call, ("type", singular))
        return self._one(call.path["id"], self.table.get(call.path["id"]), ("type", singular))

    def of_one(self, call: Call, kind: Kind) -> dict[str, Any] | Reply:
        """Answer `/{kind}/{id}/actions` and `/{kind}/{id}/actions/{action_id}`."""
        ident = kind.find(call.id)["id"]
        key = ("resource", kind.singular, ident)
        if "action_id" not in call.path:
            return self.page(call, key)
        return self._one(call.path["action_id"], self.table.get(call.path["action_id"]), key)

    def _one(self, ident: Id, row: Row | None, key: Key) -> dict[str, Any]:
        if row is None or key not in tuple(self.keys(row)):
            raise not_found("action", ident)
        return {"action": self.render(row)}


def _because(cause: Row) -> dict[str, Any]:
    return {"code": "action_failed", "message": f"{cause['command']} failed"}
