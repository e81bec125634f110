"""Load balancers: reading, changing, deleting and measuring them. The rest is in `load_balancer_*`.

https://docs.hetzner.cloud/reference/cloud#load-balancers
"""

from __future__ import annotations

from typing import Any

from hetzner.sandbox.call import Call, Reply
from hetzner.sandbox.errors import protected, unprocessable
from hetzner.sandbox.kind import answers
from hetzner.sandbox.kinds.load_balancer_base import certificates, load_balancer_id
from hetzner.sandbox.kinds.load_balancer_create import LoadBalancerCreate
from hetzner.sandbox.kinds.load_balancer_reach import JOINED
from hetzner.sandbox.metrics import Series, metrics
from hetzner.sandbox.table import Row

METRICS: dict[str, Series] = {
    "open_connections": {"open_connections": 40.0},
    "connections_per_second": {"connections_per_second": 6.0},
    "requests_per_second": {"requests_per_second": 25.0},
    "bandwidth": {"bandwidth.in": 40_000.0, "bandwidth.out": 160_000.0},
}


class LoadBalancers(LoadBalancerCreate):
    """The project's load balancers; one change at a time, a second one answers `conflict`."""

    def render(self, row: Row) -> dict[str, Any]:
        """Write a load balancer as the API shows it."""
        kind, place = self.type_of(row), self.place_of(row)
        addresses = self.primary_ips.of("load_balancer", row["id"])
        public = {version: self.public_address(address) for version, address in addresses.items()}
        return {
            **self.common(row),
            "public_net": {"enabled": row["public"], **public},
            "private_net": [
                {"network": entry["network"], "ip": entry["ip"]}
                for entry in row["private_net"]
                if entry["state"] in JOINED
            ],
            "location": place,
            "load_balancer_type": self.types.render(kind),
            "protection": row["protection"],
            "services": [
                {name: value for name, value in each.items() if name != "since"} for each in row["services"]
            ],
            "targets": [self.render_target(row, target) for target in row["targets"]],
            "algorithm": {"type": row["algorithm"]},
            "outgoing_traffic": 0,
            "ingoing_traffic": 0,
            "included_traffic": self.types.included_traffic(kind, place["name"]),
        }

    @answers("update")
    def update(self, call: Call) -> dict[str, Any]:
        """Change name or labels, when nothing else is being changed."""
        self.steady(call.id)
        return super().update(call)

    @answers("delete")
    def delete(self, call: Call) -> Reply:
        """Delete a load balancer; when the action is done it is gone with its `auto_delete` addresses."""
        if self.find(call.id)["protection"]["delete"]:
            raise protected("load balancer is delete protected")
        row = self.steady(call.id)
        return Reply(self.begin(row, "delete_load_balancer", done="load_balancers.vanished"), 201)

    def vanished(self, action: Row) -> None:
        """Effect of delete_load_balancer."""
        row = self.find(load_balancer_id(action))
        self.primary_ips.release("load_balancer", row["id"])
        self.unfollow(row, row["targets"])
        self.table.remove(row["id"])
        self.project.tell("load_balancer_deleted", row)

    @answers("actions.change_algorithm")
    def change_algorithm(self, call: Call) -> dict[str, Any]:
        """Change how targets take turns."""
        return self.change(self.steady(call.id), "change_algorithm", algorithm=call.body["type"])

    @answers("actions.change_protection")
    def change_protection(self, call: Call) -> dict[str, Any]:
        """Forbid or allow deletion."""
        row = self.steady(call.id)
        return self.change(row, "change_protection", protection={**row["protection"], **call.body})

    @answers("actions.change_type")
    def change_type(self, call: Call) -> dict[str, Any]:
        """Move to another type that has room for everything."""
        row = self.steady(call.id)
        new = self.types.pick("load_balancer_type", call.body["load_balancer_type"])
        unfit = (
            (self.types.retired(new), "the load balancer type is deprecated"),
            (new["id"] == row["load_balancer_type"], "the load balancer is of this type already"),
            (self.place_of(row)["name"] not in new["traffic"], "the type is not sold in its location"),
            (len(row["services"]) > new["max_services"], "the load balancer has too many services"),
            (len(row["targets"]) > new["max_targets"], "the load balancer has too many targets"),
            (
                len(certificates(row["services"])) > new["max_assigned_certificates"],
                "the load balancer has too many certificates",
            ),
        )
        for is_so, reason in unfit:
            if is_so:
                raise unprocessable("invalid_load_balancer_type", reason)
        return self.change(row, "change_load_balancer_type", load_balancer_type=new["id"])

    @answers("metrics.list")
    def measure(self, call: Call) -> dict[str, Any]:
        """Answer with time series of connections, requests and bandwidth; zeros without targets."""
        row = self.find(call.id)
        return metrics(call, row["id"], METRICS, bool(row["services"] and row["targets"]))
