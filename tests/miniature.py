"""A miniature of the API for tests of the client: servers, their actions and images, in dictionaries.

It knows nothing of the package under test, so it can be wrong only in ways of its own.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from typing import Any

Row = dict[str, Any]
Answer = tuple[int, Row | None]
COMMANDS = {"poweron": "start_server", "poweroff": "stop_server", "reboot": "reboot_server"}


class Miniature:
    """The state of one project; `handle` is the whole of its API."""

    def __init__(self, wall: Callable[[], float]) -> None:
        self._wall, self._ids = wall, count(1)
        self.servers: dict[int, Row] = {}
        self.images: dict[int, Row] = {}
        self.actions: dict[int, Row] = {}

    def handle(self, method: str, path: str, query: dict[str, list[str]], body: Row) -> Answer:
        """Answer a request."""
        parts = path.removeprefix("/v1").strip("/").split("/")
        match (method, *parts):
            case ("POST", "servers"):
                return self._create(body)
            case ("GET", "servers"):
                names = query.get("name")
                return _page(
                    "servers", [row for row in self.servers.values() if not names or row["name"] in names]
                )
            case ("GET", "servers", id) if int(id) in self.servers:
                return 200, {"server": self.servers[int(id)]}
            case ("DELETE", "servers", id) if int(id) in self.servers:
                del self.servers[int(id)]
                return 200, {"action": self._action("delete_server", int(id))}
            case ("GET", "servers", id, "actions"):
                return _page("actions", self._actions_of(int(id), query))
            case ("POST", "servers", id, "actions", "create_image"):
                return self._create_image(int(id), body)
            case ("POST", "servers", id, "actions", name):
                command = COMMANDS.get(name, name)
                return 201, {"action": self._action(command, int(id)), "root_password": "rootpass-12345"}
            case ("GET", "images"):
                return _page("images", [row for row in self.images.values() if _selected(row, query)])
            case ("GET", "actions"):
                return _page(
                    "actions", [self.actions[int(id)] for id in query["id"] if int(id) in self.actions]
                )
            case _:
                return refusal(404, "not_found")

    def _create(self, body: Row) -> Answer:
        if any(row["name"] == body["name"] for row in self.servers.values()):
            return refusal(409, "uniqueness_error")
        id = next(self._ids)
        self.servers[id] = {
            "id": id,
            "name": body["name"],
            "status": "initializing",
            "created": self._now(),
            "labels": body.get("labels") or {},
            "server_type": {"id": 1, "name": body["server_type"]},
            "image": {"id": 2, "name": body["image"]},
        }
        action = self._action("create_server", id)
        return 201, {
            "server": self.servers[id],
            "action": action,
            "next_actions": [self._action("start_server", id)],
            "root_password": "rootpass-12345",
        }

    def _create_image(self, server: int, body: Row) -> Answer:
        id = next(self._ids)
        self.images[id] = {
            "id": id,
            "type": "snapshot",
            "created": self._now(),
            "labels": body.get("labels") or {},
        }
        return 201, {"image": self.images[id], "action": self._action("create_image", server)}

    def _action(self, command: str, server: int) -> Row:
        id = next(self._ids)
        self.actions[id] = {
            "id": id,
            "command": command,
            "status": "running",
            "progress": 0,
            "started": self._now(),
            "resources": [{"id": server, "type": "server"}],
        }
        return self.actions[id]

    def _actions_of(self, server: int, query: dict[str, list[str]]) -> list[Row]:
        rows = [row for row in self.actions.values() if row["resources"][0]["id"] == server]
        return rows[::-1] if query.get("sort") == ["id:desc"] else rows

    def _now(self) -> str:
        return datetime.fromtimestamp(self._wall(), UTC).isoformat(timespec="seconds")


def refusal(status: int, code: str) -> Answer:
    """Return an error as the API words it."""
    return status, {"error": {"code": code, "message": f"refused: {code}", "details": None}}


def _named(row: Row, query: dict[str, list[str]]) -> bool:
    return row["name"] in query.get("name", [row["name"]])


def _selected(row: Row, query: dict[str, list[str]]) -> bool:
    name, _, value = query.get("label_selector", ["="])[0].partition("=")
    return not name or row["labels"].get(name) == value


def _page(name: str, rows: list[Row]) -> Answer:
    pagination = {"page": 1, "per_page": 50, "previous_page": None, "next_page": None, "last_page": 1}
    return 200, {name: rows, "meta": {"pagination": {**pagination, "total_entries": len(rows)}}}
