"""What all parts of the load balancers share: rows, keys, and how actions on them start.

A row has `services` and `targets` nearly as the API shows them. Both also have `since`, the moment they came.
What a target finds by labels stands with the servers: `balanced` has the moment each such target found it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from hetzner.sandbox.errors import conflict, invalid
from hetzner.sandbox.kind import Kind
from hetzner.sandbox.kinds.load_balancer_types import LoadBalancerTypes
from hetzner.sandbox.kinds.primary_ips import PrimaryIPs
from hetzner.sandbox.table import Id, Key, Row, Table

_NAME = re.compile(r"\S(?:.*\S)?")


class LoadBalancerBase(Kind):
    """The rows of the load balancers."""

    name = "load_balancers"
    singular = "load_balancer"

    def keys(self, row: Row) -> Iterable[Key]:
        """By name, network, certificate, labels followed, server given, and whether it is reached by IPv4."""
        yield ("name", row["name"])
        for entry in row["private_net"]:
            yield ("network", entry["network"])
        for ident in certificates(row["services"]):
            yield ("certificate", ident)
        for target in row["targets"]:
            if target["type"] == "server":
                yield ("server", target["server"])
                if not target["use_private_ip"] and ":" not in target["at"]:
                    yield ("public_target", target["server"])
            elif target["type"] == "label_selector":
                yield ("follows", "labels")

    def check_name(self, name: str) -> str:
        """Accept any 1 to 128 characters that neither begin nor end with a blank."""
        if len(name) > 128 or not _NAME.fullmatch(name):
            raise invalid("name", "must have between 1 and 128 characters, no blanks at its ends")
        return name

    def steady(self, ident: Id) -> Row:
        """Look a load balancer up, or refuse with `conflict` while it is being changed."""
        row = self.find(ident)
        if self.project.actions.is_locked("load_balancer", ident):
            raise conflict("load balancer is currently being changed")
        return row

    def begin(self, row: Row, command: str, *others: tuple[str, Id], **how: Any) -> dict[str, Any]:
        """Start an action, and answer with it."""
        action = self.project.start(command, ("load_balancer", row["id"]), *others, **how)
        return {"action": self.project.actions.render(action)}

    def change(self, row: Row, command: str, **fields: Any) -> dict[str, Any]:
        """Start an action that sets fields when it ends."""
        return self.begin(row, command, done="load_balancers.changed", args=fields)

    def changed(self, action: Row) -> None:
        """Effect of an action that sets fields."""
        self.table.update(load_balancer_id(action), **action["args"])

    @property
    def types(self) -> LoadBalancerTypes:
        """The load balancer types."""
        return self.project.kind_as(LoadBalancerTypes)

    @property
    def primary_ips(self) -> PrimaryIPs:
        """The primary IPs of the project."""
        return self.project.kind_as(PrimaryIPs)

    @property
    def servers(self) -> Table:
        """The servers."""
        return self.project.table("servers")

    def found_by(self, row: Row, target: Row) -> list[Row]:
        """The servers that a target of a load balancer finds by their labels."""
        return self.servers.by("balanced", following(row["id"], target))

    def type_of(self, row: Row) -> Row:
        """The type of a load balancer."""
        return self.types.find(row["load_balancer_type"])

    def place_of(self, row: Row) -> Row:
        """The location of a load balancer."""
        return self.project.catalogue.rows("locations")[row["location"]]


def load_balancer_id(action: Row) -> int:
    """The id of the load balancer an action is about."""
    ident: int = next(each["id"] for each in action["resources"] if each["type"] == "load_balancer")
    return ident


def certificates(services: Iterable[Row]) -> list[int]:
    """The certificates that services use, each once."""
    used = [ident for service in services for ident in service.get("http", {}).get("certificates", ())]
    return list(dict.fromkeys(used))


def following(ident: Id, target: Row) -> str:
    """Under what a server has the moment since when a target of a load balancer finds it by its labels."""
    return f"{ident}/{target['selector']}"
