"""What a server is connected to: private networks, placement group, reverse DNS.

https://docs.hetzner.cloud/reference/cloud#server-actions
"""

from __future__ import annotations

from typing import Any

from hetzner.sandbox.addresses import changed_ptrs, owns
from hetzner.sandbox.call import Call
from hetzner.sandbox.errors import Refusal, invalid, unprocessable
from hetzner.sandbox.kind import answers
from hetzner.sandbox.kinds.server_base import server_id
from hetzner.sandbox.kinds.server_create import ServerCreate
from hetzner.sandbox.table import Row


class ServerLinks(ServerCreate):
    """Joining and leaving."""

    @answers("actions.attach_to_network")
    def attach_to_network(self, call: Call) -> dict[str, Any]:
        """Join a private network; the address is kept free from now on."""
        row, body = self.free(call), call.body
        wish = {name: body[name] for name in ("ip", "alias_ips", "ip_range") if name in body}
        entry = self.reserved(row, body["network"], **wish)
        with self.table.edit(row["id"]) as row:
            row["private_net"].append(entry)
        return self.answer(self.join(row, body["network"]))

    @answers("actions.detach_from_network")
    def detach_from_network(self, call: Call) -> dict[str, Any]:
        """Leave a private network."""
        row = self.free(call)
        network = self._attached(row, call)["network"]
        self._mark(row["id"], network, "detaching")
        action = self.begin(
            row,
            "detach_from_network",
            ("network", network),
            done="servers.not_joined",
            failed="servers.joined",
            args={"network": network},
        )
        return self.answer(action)

    @answers("actions.change_alias_ips")
    def change_alias_ips(self, call: Call) -> dict[str, Any]:
        """Replace the further addresses in a network."""
        row = self.free(call)
        network = self._attached(row, call)["network"]
        kind: Any = self.project.kind("networks")
        aliases = kind.reserve_aliases(network, row, call.body["alias_ips"])
        args = {"network": network, "alias_ips": aliases}
        action = self.begin(row, "change_alias_ips", ("network", network), done="servers.aliased", args=args)
        return self.answer(action)

    def _attached(self, row: Row, call: Call) -> dict[str, Any]:
        for entry in row["private_net"]:
            if entry["network"] == call.body["network"]:
                found: dict[str, Any] = entry
                return found
        raise Refusal(404, "not_found", f"server is not attached to network {call.body['network']}")

    def _mark(self, ident: int, network: int, state: str | None) -> None:
        with self.table.edit(ident) as row:
            others = [entry for entry in row["private_net"] if entry["network"] != network]
            this = [{**entry, "state": state} for entry in row["private_net"] if entry["network"] == network]
            row["private_net"] = others if state is None else [*others, *this]

    def joined(self, action: Row) -> None:
        """Effect of attach_to_network."""
        self._mark(server_id(action), action["args"]["network"], "ok")

    def not_joined(self, action: Row) -> None:
        """Effect of detach_from_network, and of an attach that failed."""
        self._mark(server_id(action), action["args"]["network"], None)

    def aliased(self, action: Row) -> None:
        """Effect of change_alias_ips."""
        with self.table.edit(server_id(action)) as row:
            for entry in row["private_net"]:
                if entry["network"] == action["args"]["network"]:
                    entry["alias_ips"] = action["args"]["alias_ips"]

    @answers("actions.add_to_placement_group")
    def add_to_placement_group(self, call: Call) -> dict[str, Any]:
        """Join a placement group."""
        row = self.free(call)
        if row["placement_group"] is not None:
            raise unprocessable("already_in_placement_group", "server is already part of a placement group")
        self.insist_off(row)
        group = self.room_in_group(call.body["placement_group"])
        return self._regroup(row, "add_to_placement_group", group, ("placement_group", group))

    @answers("actions.remove_from_placement_group")
    def remove_from_placement_group(self, call: Call) -> dict[str, Any]:
        """Leave the placement group."""
        row = self.free(call)
        group = row["placement_group"]
        resources = [] if group is None else [("placement_group", int(group))]
        return self._regroup(row, "remove_from_placement_group", None, *resources)

    def _regroup(
        self, row: Row, command: str, group: int | None, *resources: tuple[str, int]
    ) -> dict[str, Any]:
        action = self.begin(
            row, command, *resources, done="servers.regrouped", args={"placement_group": group}
        )
        return self.answer(action)

    def regrouped(self, action: Row) -> None:
        """Effect of joining or leaving a placement group."""
        self.set(action, placement_group=action["args"]["placement_group"])

    def on_placement_group_deleted(self, group: Row) -> None:
        """Servers of a deleted placement group are in none."""
        for row in self.table.by("placement_group", group["id"]):
            self.table.update(row["id"], placement_group=None)

    @answers("actions.change_dns_ptr")
    def change_dns_ptr(self, call: Call) -> dict[str, Any]:
        """Set or reset the reverse DNS name of one of the server's primary IPs."""
        row, ip = self.find(call.id), call.body["ip"]
        owned = [each for each in self.primary_ips.of("server", row["id"]).values() if owns(each["ip"], ip)]
        if not owned:
            raise invalid("ip", "does not belong to the server")
        args = {"primary_ip": owned[0]["id"], "ip": ip, "dns_ptr": call.body.get("dns_ptr")}
        return self.answer(
            self.begin(row, "change_dns_ptr", lock=False, done="servers.ptr_changed", args=args)
        )

    def ptr_changed(self, action: Row) -> None:
        """Effect of change_dns_ptr."""
        args = action["args"]
        if self.primary_ips.get(args["primary_ip"]) is None:  # deleted meanwhile
            return
        with self.primary_ips.table.edit(args["primary_ip"]) as row:
            row["dns_ptr"] = changed_ptrs(row["dns_ptr"], args["ip"], args["dns_ptr"])
