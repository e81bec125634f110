"""Servers: reading, deleting and measuring them. Their other parts are in the `server_*` files.

https://docs.hetzner.cloud/reference/cloud#servers
"""

from __future__ import annotations

from typing import Any

from hetzner.sandbox.call import Call, Reply
from hetzner.sandbox.errors import protected
from hetzner.sandbox.kind import answers
from hetzner.sandbox.kinds.server_base import server_id
from hetzner.sandbox.kinds.server_disk import ServerDisk
from hetzner.sandbox.kinds.server_links import ServerLinks
from hetzner.sandbox.kinds.server_power import ServerPower
from hetzner.sandbox.metrics import Series, metrics
from hetzner.sandbox.table import Row

METRICS: dict[str, Series] = {
    "cpu": {"cpu": 12.0},
    "disk": {
        "disk.0.iops.read": 4.0,
        "disk.0.iops.write": 9.0,
        "disk.0.bandwidth.read": 60_000.0,
        "disk.0.bandwidth.write": 140_000.0,
    },
    "network": {
        "network.0.pps.in": 40.0,
        "network.0.pps.out": 35.0,
        "network.0.bandwidth.in": 30_000.0,
        "network.0.bandwidth.out": 50_000.0,
    },
}
JOINED = ("ok", "detaching")


class Servers(ServerLinks, ServerDisk, ServerPower):
    """Virtual machines."""

    def render(self, row: Row) -> dict[str, Any]:
        """Write a server as the API shows it."""
        place, image = self.place_of(row), self.image_of(row)
        iso = None if row["iso"] is None else self.project.kind("isos").get(row["iso"])
        rescue = row["rescue_until"] is not None and row["rescue_until"] > self.project.now
        kind = self.type_of(row)
        return {
            **self.common(row),
            "status": self.status(row),
            "public_net": self._public_net_of(row),
            "private_net": [_entry(entry) for entry in row["private_net"] if entry["state"] in JOINED],
            "server_type": self.server_types.render(kind),
            "location": place,
            "image": image and self.images.render(image),
            "iso": iso and self.project.kind("isos").render(iso),
            "rescue_enabled": rescue,
            "locked": self.project.actions.is_locked("server", row["id"]),
            "backup_window": row["backup_window"],
            "outgoing_traffic": 0,
            "ingoing_traffic": 0,
            "included_traffic": self.server_types.included_traffic(kind, place["name"]),
            "protection": row["protection"],
            "volumes": self._ids("volumes", row),
            "load_balancers": self._of_server("load_balancers", row),
            "primary_disk_size": row["primary_disk_size"],
            "placement_group": self._group_of(row),
        }

    def _public_net_of(self, row: Row) -> dict[str, Any]:
        addresses = self.primary_ips.of("server", row["id"])
        v4, v6 = addresses.get("ipv4"), addresses.get("ipv6")
        return {
            "ipv4": v4 and {**_address(v4), "dns_ptr": v4["dns_ptr"][0]["dns_ptr"]},
            "ipv6": v6 and {**_address(v6), "dns_ptr": v6["dns_ptr"]},
            "floating_ips": self._ids("floating_ips", row),
            "firewalls": self._of_server("firewalls", row),
        }

    def _ids(self, kind: str, row: Row) -> list[Any]:
        return [each["id"] for each in self.project.table(kind).by("server", row["id"])]

    def _of_server(self, kind: str, row: Row) -> list[Any]:
        if not self.project.has(kind):
            return []
        owner: Any = self.project.kind(kind)
        found: list[Any] = owner.of_server(row)
        return found

    def _group_of(self, row: Row) -> dict[str, Any] | None:
        if row["placement_group"] is None:
            return None
        groups = self.project.kind("placement_groups")
        return groups.render(groups.find(row["placement_group"]))

    @answers("delete")
    def delete(self, call: Call) -> dict[str, Any] | Reply | None:
        """Delete a server; when the action is done it is gone with backups and `auto_delete` addresses."""
        row = self.find(call.id)
        if row["protection"]["delete"]:
            raise protected("server is delete protected")
        row = self.free(call)
        action = self.begin(row, "delete_server", status="deleting", done="servers.vanished")
        return Reply(self.answer(action), 200)

    def vanished(self, action: Row) -> None:
        """Effect of delete_server: everything that belonged to it goes or becomes free."""
        row = self.find(server_id(action))
        self.project.tell("server_deleted", row)
        self.project.actions.cancel("server", row["id"])
        self.primary_ips.release("server", row["id"])
        self.drop_backups(row["id"])
        self.table.remove(row["id"])

    @answers("metrics.list")
    def measure(self, call: Call) -> dict[str, Any]:
        """Answer with time series of cpu, disk and network."""
        row = self.find(call.id)
        return metrics(call, row["id"], METRICS, self.status(row) == "running")


def _entry(entry: dict[str, Any]) -> dict[str, Any]:
    return {name: entry[name] for name in ("network", "ip", "alias_ips", "mac_address")}


def _address(row: Row) -> dict[str, Any]:
    return {"id": row["id"], "ip": row["ip"], "blocked": False}
