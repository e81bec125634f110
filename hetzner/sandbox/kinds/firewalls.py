"""Firewalls: their rules, and what they are applied to. How they get onto servers: see `firewall_servers`.

https://docs.hetzner.cloud/reference/cloud#firewalls
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any

from hetzner.sandbox.call import Call
from hetzner.sandbox.errors import Refusal, conflict, invalid, unprocessable
from hetzner.sandbox.kind import answers
from hetzner.sandbox.kinds.firewall_servers import FirewallServers
from hetzner.sandbox.labels import selector
from hetzner.sandbox.rules import checked_rules
from hetzner.sandbox.table import Id, Row

MOST_SELECTOR = 1000


class Firewalls(FirewallServers):
    """The project's firewalls."""

    def render(self, row: Row) -> dict[str, Any]:
        """Write a firewall as the API shows it."""
        targets = [*self._direct(row), *self._by_labels(row)]
        applied = [shown for _, shown in sorted(targets, key=itemgetter(0))]
        return {**self.common(row), "rules": row["rules"], "applied_to": applied}

    def _direct(self, row: Row) -> Iterator[tuple[int, dict[str, Any]]]:
        for server in self.on(row):
            if place := server["firewalls"][str(row["id"])]["place"]:
                yield place, _server(server["id"])

    def _by_labels(self, row: Row) -> Iterator[tuple[int, dict[str, Any]]]:
        for each in row["selectors"]:
            found = [_server(ident) for ident in self.found_by(row, each["selector"])]
            chosen = {"selector": each["selector"]}
            yield (
                each["place"],
                {"type": "label_selector", "label_selector": chosen, "applied_to_resources": found},
            )

    @answers("create")
    def create(self, call: Call) -> dict[str, Any]:
        """Create a firewall with its rules, and apply it right away."""
        self.project.check_quota("firewalls")
        body = call.body
        rules = checked_rules(body.get("rules", ()))
        targets = self._targets(body.get("apply_to", ()), "apply_to", missing=422)
        row = self.table.add(self.fresh(body, rules=rules, selectors=[]))
        ruled = (
            [self.project.start("set_firewall_rules", ("firewall", row["id"]), seconds=0)] if rules else []
        )
        actions = [*ruled, *self.add_targets(row, targets)]
        return {**self.one(row), "actions": self.project.shown(actions)}

    @answers("update")
    def update(self, call: Call) -> dict[str, Any]:
        """Change name or labels, when nothing else is being changed."""
        self._steady(call.id)
        return super().update(call)

    def forbid_delete(self, row: Row) -> None:
        """Refuse while it is applied to anything."""
        if row["selectors"] or self.on(row):
            raise unprocessable("resource_in_use", f"firewall with ID {row['id']} is still in use")

    @answers("actions.set_rules")
    def set_rules(self, call: Call) -> dict[str, Any]:
        """Replace all rules, then apply them to every server."""
        row = self._steady(call.id)
        rules = checked_rules(call.body["rules"])
        change = self.project.start(
            "set_firewall_rules", ("firewall", row["id"]), done="firewalls.ruled", args={"rules": rules}
        )
        again = [
            self.apply(row, server, after=change)
            for server in self.on(row)
            if server["firewalls"][str(row["id"])]["state"] != "leaving"
        ]
        return {"actions": self.project.shown([change, *again])}

    def ruled(self, action: Row) -> None:
        """Effect of set_firewall_rules."""
        ident = action["resources"][0]["id"]
        if self.get(ident):  # not deleted meanwhile
            self.table.update(ident, rules=action["args"]["rules"])

    @answers("actions.apply_to_resources")
    def apply_to_resources(self, call: Call) -> dict[str, Any]:
        """Apply to servers and label selectors."""
        row = self.find(call.id)
        targets = self._targets(call.body["apply_to"], "apply_to", missing=404)
        return {"actions": self.project.shown(self.add_targets(row, targets))}

    @answers("actions.remove_from_resources")
    def remove_from_resources(self, call: Call) -> dict[str, Any]:
        """Take off servers and label selectors; what it is not on is no mistake."""
        row = self.find(call.id)
        targets = self._targets(call.body["remove_from"], "remove_from", missing=404)
        return {"actions": self.project.shown(self.drop_targets(row, targets))}

    def _steady(self, ident: Id) -> Row:
        row = self.find(ident)
        if self.project.actions.is_locked("firewall", ident):
            raise conflict("firewall is currently being changed")
        return row

    def _targets(self, asked: Sequence[Mapping[str, Any]], field: str, missing: int) -> list[Row]:
        targets = [self._read(each, field) for each in asked]
        for target in targets:
            if target["type"] == "server" and self.servers.get(target["server"]) is None:
                raise Refusal(
                    missing, "firewall_resource_not_found", f"server with ID '{target['server']}' not found"
                )
            if targets.count(target) > 1:
                raise unprocessable("server_already_added", "the same resource was given more than once")
        return targets

    def _read(self, asked: Mapping[str, Any], field: str) -> Row:
        kind = asked["type"]
        if kind not in asked:
            raise invalid(f"{field}[].{kind}", "is required")
        if kind == "server":
            return {"type": kind, "server": asked["server"]["id"]}
        text = asked["label_selector"]["selector"]
        if not 1 <= len(text) <= MOST_SELECTOR:
            raise invalid(
                f"{field}[].label_selector.selector", f"must have between 1 and {MOST_SELECTOR} characters"
            )
        selector(text)
        return {"type": kind, "selector": text}


def _server(ident: int) -> dict[str, Any]:
    return {"type": "server", "server": {"id": ident}}
