"""Firewalls on servers: applied directly or by labels, which are followed as servers come, change and go.

A firewall's row has `selectors`, the labels it is applied to by request; a server's row has `firewalls`, what
really is on it: ids of firewalls (as text) -> `{"state": ..., "place": ...}`. States are `pending`, `applied`
and `leaving`. The place, among all that the firewall is applied to, is 0 where only labels put it; selectors
have one too. Requests and labels decide, actions bring it about.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from hetzner.sandbox.errors import Refusal, invalid, limit_exceeded, unprocessable
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
        """By name, and whether it follows labels."""
        yield ("name", row["name"])
        if row["selectors"]:
            yield ("follows", "labels")

    @property
    def servers(self) -> Table:
        """The servers."""
        return self.project.table("servers")

    # What the rows say

    def on(self, row: Row) -> list[Row]:
        """The servers that the firewall is on."""
        return self.servers.by("firewall", row["id"])

    def of_row(self, server: Row) -> list[Row]:
        """The firewalls that are on a server."""
        return [self.find(int(ident)) for ident in server["firewalls"]]

    def _follows(self, row: Row, server: Row) -> bool:
        return any(selector(each["selector"])(server["labels"]) for each in row["selectors"])

    def found_by(self, row: Row, text: str) -> list[int]:
        """The servers that have the firewall by a label selector, without those that have it directly."""
        test, wall = selector(text), str(row["id"])
        found = (server for server in self.on(row) if not server["firewalls"][wall]["place"])
        return [server["id"] for server in found if test(server["labels"])]

    # Adding and dropping targets

    def add_targets(self, row: Row, targets: Sequence[Row]) -> list[Row]:
        """Apply to what was not applied to before; refuse what was. Returns the actions."""
        actions: list[Row] = []
        for target in targets:
            if target["type"] == "server":
                actions.append(self._add_server(row, target["server"]))
            else:
                self._add_selector(row, target["selector"])
                actions += [action for server in [*self.servers] for action in self.follow(row, server)]
        return actions

    def _add_server(self, row: Row, ident: int) -> Row:
        server = self._server(ident)
        link = server["firewalls"].get(str(row["id"]))
        if link and link["place"]:
            raise _already_applied()
        if not self._is_public(ident):
            raise unprocessable("private_net_only_server", "the server has no public interface")
        if not link and not _has_room(server):
            raise limit_exceeded("server_firewall_limit", "server firewall limit reached")
        return self.apply(row, server, place=self._next_place())

    def _add_selector(self, row: Row, text: str) -> None:
        if any(each["selector"] == text for each in row["selectors"]):
            raise _already_applied()
        with self.table.edit(row["id"]) as row:
            row["selectors"].append({"selector": text, "place": self._next_place()})

    def _next_place(self) -> int:
        meta = self.project.meta
        meta["places"] = int(meta.get("places", 0)) + 1
        return int(meta["places"])

    def drop_targets(self, row: Row, targets: Sequence[Row]) -> list[Row]:
        """Take off what was applied; a server stays as long as labels put it there. Returns the actions."""
        actions: list[Row] = []
        for target in targets:
            if target["type"] == "server":
                actions += self._drop_server(row, self._server(target["server"]))
            elif any(each["selector"] == target["selector"] for each in row["selectors"]):
                with self.table.edit(row["id"]) as row:
                    kept = [each for each in row["selectors"] if each["selector"] != target["selector"]]
                    row["selectors"] = kept
                actions += [action for server in self.on(row) for action in self.follow(row, server)]
        return actions

    def _drop_server(self, row: Row, server: Row) -> list[Row]:
        link = server["firewalls"].get(str(row["id"]))
        if link is None:
            return []
        if not self._follows(row, server):
            return [self.take_off(row, server)]
        if not link["place"]:
            text = f"firewall with ID {row['id']} has been applied via label selector."
            raise unprocessable("firewall_managed_by_label_selector", text)
        self._link(row["id"], server, **{**link, "place": 0})
        return []

    def _is_public(self, ident: int) -> bool:
        return bool(self.project.kind_as(PrimaryIPs).of("server", ident))

    def _server(self, ident: Id) -> Row:
        found = self.servers.get(ident)
        if found is None:
            raise unprocessable("firewall_resource_not_found", f"server with ID '{ident}' not found")
        return found

    # Actions

    def apply(self, row: Row, server: Row, after: Row | None = None, place: int = 0) -> Row:
        """Put the firewall onto a server, or its new rules (`after` they are set)."""
        link = server["firewalls"].get(str(row["id"])) or {"state": "leaving", "place": 0}
        self._link(row["id"], server, "pending", place or link["place"])
        args = {"before": None if link["state"] == "leaving" else link["state"]}
        return self._start(
            "apply_firewall", row, server, done="applied", failed="not_applied", args=args, after=after
        )

    def take_off(self, row: Row, server: Row) -> Row:
        """Take the firewall off a server."""
        self._link(row["id"], server, "leaving", server["firewalls"][str(row["id"])]["place"])
        return self._start("remove_firewall", row, server, done="taken_off", failed="not_taken_off")

    def _start(self, command: str, row: Row, server: Row, done: str, failed: str, **how: Any) -> Row:
        places = ("server", server["id"]), ("firewall", row["id"])
        effects = {"done": f"firewalls.{done}", "failed": f"firewalls.{failed}"}
        return self.project.start(command, *places, **effects, lock=False, **how)

    def _link(self, ident: Id, server: Row, state: str, place: int) -> None:
        with self.servers.edit(server["id"]) as changed:
            changed["firewalls"][str(ident)] = {"state": state, "place": place}

    def _was(self, action: Row, state: str) -> tuple[str, Row, int] | None:
        """The firewall, server and place of an action, when they are still as the action began."""
        ids = {each["type"]: each["id"] for each in action["resources"]}
        wall, server = str(ids["firewall"]), self.servers.get(ids["server"])
        link = server["firewalls"].get(wall) if server else None
        return (wall, server, link["place"]) if server and link and link["state"] == state else None

    def applied(self, action: Row) -> None:
        """Effect of apply_firewall."""
        if found := self._was(action, "pending"):
            wall, server, place = found
            self._link(wall, server, "applied", place)

    def not_applied(self, action: Row) -> None:
        """Effect of an apply_firewall that failed: it is not on the server, or with its old rules only."""
        if found := self._was(action, "pending"):
            wall, server, place = found
            if action["args"]["before"]:
                self._link(wall, server, "applied", place)
            else:
                self._forget(wall, server)

    def taken_off(self, action: Row) -> None:
        """Effect of remove_firewall; the place that became free may go to a firewall that follows labels."""
        if found := self._was(action, "leaving"):
            wall, server, _ = found
            self._forget(wall, server)
            self.follow_all(server)

    def not_taken_off(self, action: Row) -> None:
        """Effect of a remove_firewall that failed: it is still on the server."""
        if found := self._was(action, "leaving"):
            wall, server, place = found
            self._link(wall, server, "applied", place)

    def _forget(self, wall: str, server: Row) -> None:
        with self.servers.edit(server["id"]) as changed:
            changed["firewalls"].pop(wall, None)

    # Following labels

    def follow(self, row: Row, server: Row) -> list[Row]:
        """Bring one firewall in line with a server's labels. Returns the actions this takes."""
        follows, link = self._follows(row, server), server["firewalls"].get(str(row["id"]))
        if link and link["state"] != "leaving":
            return [] if link["place"] or follows else [self.take_off(row, server)]
        if follows and self._is_public(server["id"]) and (link or _has_room(server)):
            return [self.apply(row, server)]
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

    # What servers call

    def of_server(self, server: Row) -> list[dict[str, Any]]:
        """The firewalls on a server, as the server shows them."""
        return [
            {"id": int(ident), "status": "pending" if link["state"] == "pending" else "applied"}
            for ident, link in sorted(server["firewalls"].items(), key=lambda pair: int(pair[0]))
        ]

    def check(self, ident: Id) -> None:
        """Refuse a firewall that a new server names and that does not exist."""
        if self.get(ident) is None:
            raise invalid("firewalls", f"firewall '{ident}' not found")

    def apply_at_create(self, ident: Id, server: Row) -> None:
        """Apply a firewall to a server that was just created."""
        self.add_targets(self.find(ident), [{"type": "server", "server": server["id"]}])


def _has_room(server: Row) -> bool:
    return len(server["firewalls"]) < MOST_ON_SERVER


def _already_applied() -> Refusal:
    return unprocessable("firewall_already_applied", "firewall is already applied to resource")
