"""What a load balancer is connected to: a private network, the Internet, reverse DNS.

https://docs.hetzner.cloud/reference/cloud#load-balancer-actions
"""

from __future__ import annotations

from ipaddress import ip_address
from typing import Any

from hetzner.sandbox.addresses import changed_ptrs
from hetzner.sandbox.call import Call
from hetzner.sandbox.errors import Refusal, invalid, unprocessable
from hetzner.sandbox.kind import answers
from hetzner.sandbox.kinds.load_balancer_base import load_balancer_id
from hetzner.sandbox.kinds.load_balancer_reach import is_private
from hetzner.sandbox.kinds.load_balancer_targets import LoadBalancerTargets
from hetzner.sandbox.table import Row
from hetzner.sandbox.target_shapes import canonical


class LoadBalancerLinks(LoadBalancerTargets):
    """Joining and leaving."""

    @answers("actions.attach_to_network")
    def attach_to_network(self, call: Call) -> dict[str, Any]:
        """Join a private network, the only one; the address is kept free from now on."""
        row, body = self.steady(call.id), call.body
        if row["private_net"]:
            raise unprocessable(
                "load_balancer_already_attached", "load balancer is already attached to a network"
            )
        wish = {name: body[name] for name in ("ip", "ip_range") if name in body}
        self.table.update(row["id"], private_net=[self.reserved(row, body["network"], **wish)])
        effects = {"done": "load_balancers.joined", "failed": "load_balancers.left"}
        return self.begin(row, "attach_to_network", ("network", body["network"]), **effects)

    @answers("actions.detach_from_network")
    def detach_from_network(self, call: Call) -> dict[str, Any]:
        """Leave the private network; targets that are reached through it are dropped."""
        row, network = self.steady(call.id), call.body["network"]
        if network not in [entry["network"] for entry in row["private_net"]]:
            raise Refusal(404, "not_found", f"load balancer is not attached to network {network}")
        self._mark(row, "detaching")
        effects = {"done": "load_balancers.left", "failed": "load_balancers.joined"}
        return self.begin(row, "detach_from_network", ("network", network), **effects)

    def reserved(self, row: Row, network: int, **wish: Any) -> dict[str, Any]:
        """An address for the load balancer in a network, chosen and kept free by the network."""
        kind: Any = self.project.kind("networks")
        entry = kind.reserve(network, row, **wish)
        return {"network": entry["network"], "ip": entry["ip"], "state": "attaching"}

    def _mark(self, row: Row, state: str) -> None:
        with self.table.edit(row["id"]) as changed:
            for entry in changed["private_net"]:
                entry["state"] = state

    def joined(self, action: Row) -> None:
        """Effect of attach_to_network, and of a detach that failed."""
        self._mark(self.find(load_balancer_id(action)), "ok")

    def left(self, action: Row) -> None:
        """Effect of detach_from_network, and of an attach that failed."""
        row = self.table.update(load_balancer_id(action), private_net=[])
        self._drop_private(row)

    def on_network_deleted(self, network: Row) -> None:
        """Load balancers that were in a deleted network reach nothing through it any more."""
        for row in [*self.table]:
            if not row["private_net"]:
                self._drop_private(row)

    def _drop_private(self, row: Row) -> None:
        self.drop(row["id"], [target for target in row["targets"] if is_private(target)])

    @answers("actions.enable_public_interface")
    def enable_public_interface(self, call: Call) -> dict[str, Any]:
        """Let the public addresses work."""
        return self.change(self.steady(call.id), "enable_public_interface", public=True)

    @answers("actions.disable_public_interface")
    def disable_public_interface(self, call: Call) -> dict[str, Any]:
        """Let the public addresses, which stay, work no more."""
        row = self.steady(call.id)
        self.insist_attached(row)
        if not all(map(is_private, row["targets"])):
            raise unprocessable(
                "targets_without_use_private_ip", "load balancer has targets that use the public IP"
            )
        return self.change(row, "disable_public_interface", public=False)

    @answers("actions.change_dns_ptr")
    def change_dns_ptr(self, call: Call) -> dict[str, Any]:
        """Set or reset the reverse DNS name of one of the two public addresses."""
        row, ip = self.steady(call.id), canonical(call.body["ip"], "ip")
        owned = self.primary_ips.of("load_balancer", row["id"]).values()
        found = next((each for each in owned if host(each) == ip), None)
        if found is None:
            raise invalid("ip", "does not belong to the load balancer")
        args = {"primary_ip": found["id"], "ip": ip, "dns_ptr": call.body.get("dns_ptr")}
        return self.begin(row, "change_dns_ptr", done="load_balancers.ptr_changed", args=args)

    def ptr_changed(self, action: Row) -> None:
        """Effect of change_dns_ptr."""
        args = action["args"]
        with self.primary_ips.table.edit(args["primary_ip"]) as row:
            row["dns_ptr"] = changed_ptrs(row["dns_ptr"], args["ip"], args["dns_ptr"])

    def public_address(self, address: Row) -> dict[str, Any]:
        """Write a primary IP as a load balancer shows it: one address, one reverse DNS name."""
        ip = host(address)
        names = [ptr["dns_ptr"] for ptr in address["dns_ptr"] if ip_address(ptr["ip"]) == ip_address(ip)]
        return {"id": address["id"], "ip": ip, "blocked": False, "dns_ptr": names[0] if names else None}


def host(address: Row) -> str:
    """The address that a load balancer has of a primary IP: of an IPv6 network the first."""
    ip = str(address["ip"])
    return f"{ip.removesuffix('::/64')}::1" if address["type"] == "ipv6" else ip
