"""What primary and floating IPs share: an address, and its reverse DNS names."""

from __future__ import annotations

from typing import Any

from hetzner.sandbox.addresses import changed_ptrs, first_ptrs, new_address, owns
from hetzner.sandbox.call import Call
from hetzner.sandbox.errors import invalid
from hetzner.sandbox.kind import answers
from hetzner.sandbox.kinds.protectable import Protectable
from hetzner.sandbox.table import Row


class PublicIPs(Protectable):
    """Public addresses."""

    sorts = ("id", "created")

    def fresh_address(self, version: str) -> Row:
        """The fields of an address that was never given out before."""
        ip = new_address(self.project, version)
        return {
            "type": version,
            "ip": ip,
            "dns_ptr": first_ptrs(version, ip),
            "protection": {"delete": False},
        }

    def address(self, row: Row) -> dict[str, Any]:
        """What every address shows."""
        own = {field: row[field] for field in ("type", "ip", "dns_ptr", "protection")}
        return {**self.common(row), **own, "blocked": False}

    @answers("actions.change_dns_ptr")
    def change_dns_ptr(self, call: Call) -> dict[str, Any]:
        """Set or reset the reverse DNS name of the address, or of one in the network."""
        row, args = self.find(call.id), {**call.body}
        if not owns(row["ip"], args["ip"]):
            raise invalid("ip", f"'{args['ip']}' does not belong to {row['ip']}")
        return self.answer(self.begin("change_dns_ptr", row, lock=False, done="ptr_changed", args=args))

    def ptr_changed(self, action: Row) -> None:
        """Effect of change_dns_ptr."""
        args = action["args"]
        with self.table.edit(self.own_id(action)) as row:
            row["dns_ptr"] = changed_ptrs(row["dns_ptr"], args["ip"], args["dns_ptr"])
