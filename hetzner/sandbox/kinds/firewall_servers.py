"""Firewalls on servers: applied directly or by labels, which are followed as servers come, change and go.

A firewall's row has `targets`, what it is applied to by request, and `on`, the servers it really is on: their
ids (as text) -> `pending`, `applied` or `leaving`. Requests and labels decide, actions bring it about.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from hetzner.sandbox.errors import invalid, limit_exceeded, unprocessable
from hetzner.sandbox.kind import Kind
from hetzner.sandbox.kinds.primary_ips import PrimaryIPs
from hetzner.sandbox.labels import selector
from hetzner.sandbox.table import Id, Key, Row, Table

MOST_ON_SERVER = 5


class FirewallServers(Kind):
    """How firewalls get onto servers and off them."""

    name = "firewalls"
    singular = "firewall"

    def keys(self, row: Row) -> Iterable[Key]:
        """By name, by the servers it is on, and whether it follows labels."""
        yield ("name", row["name"])
        for ident in row["on"]:
            yield ("server", int(ident))
        if any(target["type"] == "label_selector" for target in row["targets"]):
            yield ("follows", "labels")

    @property
    def servers(self) -> Table:
        """The servers."""
        return self.project.table("servers")

    # What the rows say

    def _follows(self, row: Row, server: Row) -> bool:
        texts = (target["selector"] for target in row["targets"] if target["type"] == "label_selector")
        return any(selector(text)(server["labels"]) for text in texts)

    def found_by(self, row: Row, text: str) -> list[int]:
        """The servers that have the firewall by a label selector, without those that have it directly."""
        direct = {target.get("server") for target in row["targets"]}
        test = selector(text)
        idents = sorted(int(ident) for ident in row["on"])
        servers = [server for ident in idents if ident not in direct and (server := self.servers.get(ident))]
        return [server["id"] for server in servers if test(server["labels"])]

    # Adding and dropping targets

    def add_targets(self, row: Row, targets: Sequence[Row]) -> list[Row]:
        """Apply to what was not applied to before; refuse what was. Returns the actions."""
        actions: list[Row] = []
        for target in targets:
            if target in row["targets"]:
                raise unprocessable("firewall_already_applied", "firewall is already applied to resource")
            if target["type"] == "server":
                self._insist_room(row, target["server"])
            with self.table.edit(row["id"]) as row:
                row["targets"].append(target)
            if target["type"] == "server":
                actions.append(self.apply(row, target["server"]))
            else:
                actions += [action for server in [*self.servers] for action in self.follow(row, server)]
        return actions

    def drop_targets(self, row: Row, targets: Sequence[Row]) -> list[Row]:
        """Take off what was applied; a server stays as long as labels put it there. Returns the actions."""
        actions: list[Row] = []
        for target in targets:
            if target["type"] == "server":
                actions += self._drop_server(row, target)
            elif target in row["targets"]:
                self._drop(row, target)
                actions += [action for server in self._on(row) for action in self.follow(row, server)]
        return actions

    def _drop_server(self, row: Row, target: Row) -> list[Row]:
        ident = target["server"]
        if str(ident) not in row["on"]:
            return []
        if not self._follows(row, self.servers.get(ident) or {"labels": {}}):
            return [self.take_off(row, ident)]
        if target not in row["targets"]:
            text = f"firewall with ID {row['id']} has been applied via label selector."
            raise unprocessable("firewall_managed_by_label_selector", text)
        self._drop(row, target)
        return []

    def _drop(self, row: Row, target: Row) -> None:
        with self.table.edit(row["id"]) as row:
            row["targets"].remove(target)

    def _on(self, row: Row) -> list[Row]:
        found = [self.servers.get(int(ident)) for ident in row["on"]]
        return [server for server in found if server]

    def _insist_room(self, row: Row, ident: int) -> None:
        if not self._is_public(ident):
            raise unprocessable("private_net_only_server", "the server has no public interface")
        if str(ident) not in row["on"] and not self._has_room(ident):
            raise limit_exceeded("server_firewall_limit", "server firewall limit reached")

    def _has_room(self, ident: int) -> bool:
        return len(self.table.by("server", ident)) < MOST_ON_SERVER

    def _is_public(self, ident: int) -> bool:
        return bool(self.project.kind_as(PrimaryIPs).of("server", ident))

    # Actions

    def apply(self, row: Row, ident: int, after: Row | None = None) -> Row:
        """Put the firewall onto a server, or its new rules (`after` they are set)."""
        before = self._set(row, str(ident), "pending")
        args = {"before": None if before == "leaving" else before}
        return self._start(
            "apply_firewall", row, ident, done="applied", failed="not_applied", args=args, after=after
        )

    def take_off(self, row: Row, ident: int) -> Row:
        """Take the firewall off a server."""
        self._set(row, str(ident), "leaving")
        return self._start("remove_firewall", row, ident, done="taken_off", failed="not_taken_off")

    def _start(self, command: str, row: Row, ident: int, done: str, failed: str, **how: Any) -> Row:
        places = ("server", ident), ("firewall", row["id"])
        effects = {"done": f"firewalls.{done}", "failed": f"firewalls.{failed}"}
        return self.project.start(command, *places, **effects, lock=False, **how)

    def _set(self, row: Row, server: str, state: str) -> str | None:
        before: str | None = row["on"].get(server)
        with self.table.edit(row["id"]) as row:
            row["on"][server] = state
        return before

    def _was(self, action: Row, state: str) -> Row | None:
        """The firewall of an action, when it is still on the server in the state that the action began."""
        ident, server = _places(action)
        row = self.get(ident)
        return row if row and row["on"].get(server) == state else None

    def applied(self, action: Row) -> None:
        """Effect of apply_firewall."""
        if row := self._was(action, "pending"):
            self._set(row, _places(action)[1], "applied")

    def not_applied(self, action: Row) -> None:
        """Effect of an apply_firewall that failed: it is not on the server, or with its old rules only."""
        if row := self._was(action, "pending"):
            if action["args"]["before"]:
                self._set(row, _places(action)[1], "applied")
            else:
                self._forget(row, _places(action)[1])

    def taken_off(self, action: Row) -> None:
        """Effect of remove_firewall; the place that became free may go to a firewall that follows labels."""
        server = _places(action)[1]
        if row := self._was(action, "leaving"):
            self._forget(row, server)
            if found := self.servers.get(int(server)):
                self.follow_all(found)

    def not_taken_off(self, action: Row) -> None:
        """Effect of a remove_firewall that failed: it is still on the server."""
        if row := self._was(action, "leaving"):
            self._set(row, _places(action)[1], "applied")

    def _forget(self, row: Row, server: str) -> None:
        with self.table.edit(row["id"]) as row:
            row["on"].pop(server, None)
            row["targets"] = [each for each in row["targets"] if each.get("server") != int(server)]

    # Following labels

    def follow(self, row: Row, server: Row) -> list[Row]:
        """Bring one firewall in line with a server's labels. Returns the actions this takes."""
        ident, follows = server["id"], self._follows(row, server)
        state = row["on"].get(str(ident))
        if state in ("pending", "applied"):
            direct = {"type": "server", "server": ident} in row["targets"]
            return [] if direct or follows else [self.take_off(row, ident)]
        if follows and self._is_public(ident) and (state or self._has_room(ident)):
            return [self.apply(row, ident)]
        return []

    def follow_all(self, server: Row) -> None:
        """Bring all firewalls that follow labels in line with a server's labels."""
        for row in self.table.by("follows", "labels"):
            self.follow(row, server)

    def on_server_created(self, server: Row) -> None:
        """A new server may have labels that firewalls follow."""
        self.follow_all(server)

    def on_server_updated(self, server: Row) -> None:
        """A server may have got or lost such labels."""
        self.follow_all(server)

    def on_server_deleted(self, server: Row) -> None:
        """Nothing is applied to a server that is gone."""
        for row in self.table.by("server", server["id"]):
            self._forget(row, str(server["id"]))

    # What servers call

    def of_server(self, server: Row) -> list[dict[str, Any]]:
        """The firewalls on a server, as the server shows them."""
        text = str(server["id"])
        return [
            {"id": row["id"], "status": "pending" if row["on"][text] == "pending" else "applied"}
            for row in self.table.by("server", server["id"])
        ]

    def check(self, ident: Id) -> None:
        """Refuse a firewall that a new server names and that does not exist."""
        if self.get(ident) is None:
            raise invalid("firewalls", f"firewall '{ident}' not found")

    def apply_at_create(self, ident: Id, server: Row) -> None:
        """Apply a firewall to a server that was just created."""
        self.add_targets(self.find(ident), [{"type": "server", "server": server["id"]}])


def _places(action: Row) -> tuple[Id, str]:
    ids = {each["type"]: each["id"] for each in action["resources"]}
    return ids["firewall"], str(ids["server"])
