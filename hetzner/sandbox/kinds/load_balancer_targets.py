"""Targets of load balancers: servers, labels that are followed as servers come, change and go, and addresses.

https://docs.hetzner.cloud/reference/cloud#load-balancer-actions-add-target
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hetzner.sandbox.call import Call
from hetzner.sandbox.errors import Refusal, limit_exceeded, unprocessable
from hetzner.sandbox.kind import answers
from hetzner.sandbox.kinds.load_balancer_base import following, load_balancer_id
from hetzner.sandbox.kinds.load_balancer_health import Detail, LoadBalancerHealth
from hetzner.sandbox.kinds.load_balancer_reach import LoadBalancerReach
from hetzner.sandbox.labels import selector
from hetzner.sandbox.table import Row
from hetzner.sandbox.target_shapes import identity, read_target


class LoadBalancerTargets(LoadBalancerReach, LoadBalancerHealth):
    """Where load balancers send what they take in."""

    @answers("actions.add_target")
    def add_target(self, call: Call) -> dict[str, Any]:
        """Send connections to one more target."""
        row = self.steady(call.id)
        target = self.new_target(row, call.body)
        self.fit_targets([*row["targets"], target], self.type_of(row))
        return self.begin(row, "add_target", done="load_balancers.target_added", args={"target": target})

    @answers("actions.remove_target")
    def remove_target(self, call: Call) -> dict[str, Any]:
        """Send no more connections to a target."""
        row, asked = self.steady(call.id), read_target(call.body)
        if identity(asked) not in map(identity, row["targets"]):
            raise Refusal(404, "load_balancer_target_not_found", "load balancer target not found")
        return self.begin(row, "remove_target", done="load_balancers.target_removed", args={"target": asked})

    def new_target(self, row: Row, asked: Mapping[str, Any], under: str = "") -> Row:
        """A target as it is kept in a row, or a refusal when the load balancer cannot reach it."""
        target = read_target(asked, under)
        self.check_reach(row, target, under)
        return {**target, "since": self.project.now}

    def fit_targets(self, targets: Sequence[Row], kind: Row) -> None:
        """Refuse a target that is given twice, and more targets than the type takes."""
        if len(set(map(identity, targets))) < len(targets):
            raise unprocessable("target_already_defined", "load balancer target is already defined")
        if len(targets) > kind["max_targets"]:
            raise limit_exceeded("load_balancer_targets_limit", "load balancer targets limit reached")

    def target_added(self, action: Row) -> None:
        """Effect of add_target; a server may be gone by then, or labels changed."""
        target = action["args"]["target"]
        if target["type"] == "server" and self.servers.get(target["server"]) is None:
            return
        with self.table.edit(load_balancer_id(action)) as row:
            row["targets"].append(target)
        self.follow(row, [target])

    def target_removed(self, action: Row) -> None:
        """Effect of remove_target."""
        self.drop(load_balancer_id(action), [action["args"]["target"]])

    def drop(self, ident: int, targets: Sequence[Row]) -> None:
        """Take targets out, and forget what was reported about them."""
        gone = {identity(target) for target in targets}
        with self.table.edit(ident) as row:
            row["targets"] = [target for target in row["targets"] if identity(target) not in gone]
            for target in targets:
                self.forget_reports(row, target.get("server") or target.get("ip") or "")
        self.unfollow(row, targets)

    # What the API shows

    def render_target(self, row: Row, target: Row) -> dict[str, Any]:
        """Write a target as the API shows it, servers found by labels included."""
        kind = target["type"]
        if kind == "ip":
            shown = {"type": kind, "ip": {"ip": target["ip"]}}
            return {**shown, "health_status": self.health(row, target["ip"], target["since"], None)}
        private = target["use_private_ip"]
        if kind == "server":
            return self._server(row, target["server"], target["since"], target)
        found = [
            self._server(row, server["id"], server["balanced"][following(row["id"], target)], target)
            for server in self.found_by(row, target)
            if self.address(row, server["id"], private)
        ]
        chosen = {"selector": target["selector"]}
        return {"type": kind, "label_selector": chosen, "use_private_ip": private, "targets": found}

    def _server(self, row: Row, ident: int, since: float, target: Row) -> dict[str, Any]:
        ip = self.address(row, ident, target["use_private_ip"], target.get("ip"))
        return {
            "type": "server",
            "server": {"id": ident, "ip": ip or target["at"]},
            "use_private_ip": target["use_private_ip"],
            "health_status": self.health(row, ident, since, self._trouble(ident, ip)),
        }

    def _trouble(self, ident: int, ip: str | None) -> Detail | None:
        if ip is None:
            return "layer4_no_connection"
        server: Any = self.project.kind("servers")
        return None if server.status(server.find(ident)) == "running" else "layer4_timeout"

    # Following servers

    def follow(self, row: Row, targets: Sequence[Row]) -> None:
        """Let targets that follow labels find the servers there are, as early as the target itself came."""
        for target in targets:
            for server in [*self.servers] if target["type"] == "label_selector" else ():
                self._look_at(row, target, server, target["since"])

    def unfollow(self, row: Row, targets: Sequence[Row]) -> None:
        """Let targets that follow labels lose all servers."""
        for target in targets:
            for server in self.found_by(row, target) if target["type"] == "label_selector" else ():
                with self.servers.edit(server["id"]) as changed:
                    changed["balanced"].pop(following(row["id"], target))

    def _look_at(self, row: Row, target: Row, server: Row, since: float) -> None:
        place = following(row["id"], target)
        matches = selector(target["selector"])(server["labels"])
        if matches != (place in server.get("balanced", ())):
            with self.servers.edit(server["id"]) as changed:
                found = changed.setdefault("balanced", {})
                found.update({place: since}) if matches else found.pop(place)

    def on_server_created(self, server: Row) -> None:
        """A new server may have labels that load balancers follow."""
        for row in self.table.by("follows", "labels"):
            for target in row["targets"]:
                if target["type"] == "label_selector":
                    self._look_at(row, target, server, self.project.now)

    def on_server_updated(self, server: Row) -> None:
        """A server may have got or lost such labels."""
        self.on_server_created(server)

    def on_server_deleted(self, server: Row) -> None:
        """Nothing is sent to a server that is gone."""
        for ident in self.of_server(server):
            self.drop(ident, [{"type": "server", "server": server["id"]}])

    def of_server(self, server: Row) -> list[int]:
        """The load balancers that send connections to a server, as the server shows them."""
        given = {row["id"] for row in self.table.by("server", server["id"])}
        return sorted(given | {int(place.partition("/")[0]) for place in server.get("balanced", ())})
