"""Networks: private ranges with subnets and routes. Who is attached: see `network_members`."""

from __future__ import annotations

from typing import Any

from hetzner.sandbox.call import Call
from hetzner.sandbox.errors import Refusal, conflict, protected, unprocessable
from hetzner.sandbox.kind import answers
from hetzner.sandbox.kinds.network_members import MEMBER_KINDS, NetworkMembers
from hetzner.sandbox.ranges import new_route, new_subnet, private_range, wider
from hetzner.sandbox.table import Id, Row


class Networks(NetworkMembers):
    """The project's private networks; one change at a time, a second one answers `conflict`."""

    editable = ("expose_routes_to_vswitch",)

    def render(self, row: Row) -> dict[str, Any]:
        """Write a network as the API shows it."""
        return {
            **self.common(row),
            "ip_range": row["ip_range"],
            "subnets": row["subnets"],
            "routes": row["routes"],
            "expose_routes_to_vswitch": row["expose_routes_to_vswitch"],
            "protection": row["protection"],
            **{kind: self.joined(kind, row["id"]) for kind in MEMBER_KINDS},
        }

    @answers("create")
    def create(self, call: Call) -> dict[str, Any]:
        """Create a network with its subnets and routes at once."""
        self.project.check_quota("networks")
        body = call.body
        ip_range = private_range(body["ip_range"], "ip_range", 24).with_prefixlen
        row = self.fresh(body, ip_range=ip_range, subnets=[], routes=[], protection={"delete": False})
        row["expose_routes_to_vswitch"] = body.get("expose_routes_to_vswitch", False)
        for asked in body.get("subnets", ()):
            row["subnets"].append(self.checked_subnet(row, asked, "subnets[]."))
        for asked in body.get("routes", ()):
            row["routes"].append(new_route(row, asked["destination"], asked["gateway"], "routes[]."))
        return self.one(self.table.add(row))

    @answers("update")
    def update(self, call: Call) -> dict[str, Any]:
        """Change name, labels or the exposure of routes, when nothing else is being changed."""
        self.steady(call.id)
        return super().update(call)

    def forbid_delete(self, row: Row) -> None:
        """Refuse while it is protected."""
        if row["protection"]["delete"]:
            raise protected("network is delete protected")

    def deleted(self, row: Row) -> None:
        """Detach everything that was attached."""
        for kind in MEMBER_KINDS:
            table = self.project.table(kind)
            for member in self.attached(kind, row["id"]):
                with table.edit(member["id"]) as changed:
                    changed["private_net"] = [
                        net for net in changed["private_net"] if net["network"] != row["id"]
                    ]

    def steady(self, ident: Id) -> Row:
        """Look a network up, or refuse with `conflict` while it is being changed."""
        row = self.find(ident)
        if self.project.actions.is_locked("network", ident):
            raise conflict("network is currently being changed")
        return row

    @answers("actions.add_subnet")
    def add_subnet(self, call: Call) -> dict[str, Any]:
        """Add a subnet; without a range it gets the first free /24."""
        row = self.steady(call.id)
        return self.begin("add_subnet", row, subnet=self.checked_subnet(row, call.body))

    @answers("actions.delete_subnet")
    def delete_subnet(self, call: Call) -> dict[str, Any]:
        """Take a subnet away when nobody has an address in it."""
        row, ip_range = self.steady(call.id), call.body["ip_range"]
        if not any(subnet["ip_range"] == ip_range for subnet in row["subnets"]):
            raise Refusal(404, "not_found", f"subnet '{ip_range}' not found")
        if any(member["subnet"] == ip_range for member in self.members_of(row)):
            raise unprocessable("service_error", "cannot remove subnet because servers are attached to it")
        return self.begin("delete_subnet", row, ip_range=ip_range)

    @answers("actions.add_route")
    def add_route(self, call: Call) -> dict[str, Any]:
        """Add a route."""
        row = self.steady(call.id)
        return self.begin("add_route", row, route=new_route(row, **call.body))

    @answers("actions.delete_route")
    def delete_route(self, call: Call) -> dict[str, Any]:
        """Take a route away; destination and gateway have to match."""
        row = self.steady(call.id)
        if call.body not in row["routes"]:
            raise Refusal(404, "not_found", f"route to '{call.body['destination']}' not found")
        return self.begin("delete_route", row, route=call.body)

    @answers("actions.change_ip_range")
    def change_ip_range(self, call: Call) -> dict[str, Any]:
        """Widen the range."""
        row = self.steady(call.id)
        return self.begin("change_ip_range", row, ip_range=wider(row, call.body["ip_range"]))

    @answers("actions.change_protection")
    def change_protection(self, call: Call) -> dict[str, Any]:
        """Forbid or allow deletion."""
        row = self.steady(call.id)
        return self.begin("change_protection", row, protection={**row["protection"], **call.body})

    def begin(self, command: str, row: Row, **args: Any) -> dict[str, Any]:
        """Start an action on a network whose effect, `changed`, comes when it ends."""
        action = self.project.start(command, ("network", row["id"]), done="networks.changed", args=args)
        return {"action": self.project.actions.render(action)}

    def changed(self, action: Row) -> None:
        """Carry out what an action was about."""
        command, args, ident = action["command"], action["args"], action["resources"][0]["id"]
        if self.get(ident) is None:  # deleted meanwhile
            return
        with self.table.edit(ident) as row:
            if command == "add_subnet":
                row["subnets"].append(args["subnet"])
            elif command == "delete_subnet":
                row["subnets"] = [each for each in row["subnets"] if each["ip_range"] != args["ip_range"]]
            elif command == "add_route":
                row["routes"].append(args["route"])
            elif command == "delete_route":
                row["routes"].remove(args["route"])
            else:
                row.update(args)

    def checked_subnet(self, row: Row, asked: dict[str, Any], under: str = "") -> dict[str, Any]:
        """Check a new subnet, its vSwitch included."""
        zones = {location["network_zone"] for location in self.project.catalogue.locations.values()}
        subnet = new_subnet(row, asked, zones, under)
        vswitch = subnet["vswitch_id"]
        if vswitch is not None:
            if vswitch not in self.project.meta.get("vswitches", ()):
                raise unprocessable("service_error", "vswitch not found")
            if self.table.any("vswitch", vswitch) or vswitch in (
                each["vswitch_id"] for each in row["subnets"]
            ):
                raise unprocessable("vswitch_id_already_used", "vswitch is already used by another subnet")
        return subnet

    def register_vswitch(self, vswitch: int) -> None:
        """Let there be a vSwitch of that id, as if ordered with a dedicated server (for tests)."""
        known = self.project.meta.get("vswitches", [])
        self.project.meta["vswitches"] = sorted({*known, vswitch})
