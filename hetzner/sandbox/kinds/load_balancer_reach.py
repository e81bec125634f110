"""What load balancers can reach: servers in public and in their network, and addresses of the customer.

https://docs.hetzner.cloud/reference/cloud#load-balancer-actions-add-target
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, ip_address
from typing import Any

from hetzner.sandbox.addresses import owns
from hetzner.sandbox.errors import Refusal, invalid, unprocessable
from hetzner.sandbox.kinds.load_balancer_base import LoadBalancerBase
from hetzner.sandbox.ranges import PRIVATE
from hetzner.sandbox.table import Row

JOINED = ("ok", "detaching")


class LoadBalancerReach(LoadBalancerBase):
    """Which targets can be had."""

    def check_reach(self, row: Row, target: Row, under: str = "") -> None:
        """Refuse a target that the load balancer cannot reach; notes at which address it reaches a server."""
        if is_private(target):
            self.insist_attached(row)
        elif not row["public"]:
            text = "load balancer public interface is disabled, cannot add target using public IP"
            raise unprocessable("load_balancer_public_interface_disabled", text)
        if target["type"] == "server":
            target["at"] = self._server_address(row, target, under)
        elif target["type"] == "ip":
            self._check_address(row, target["ip"])

    def insist_attached(self, row: Row) -> None:
        """Refuse what needs a network."""
        if not row["private_net"]:
            raise unprocessable(
                "load_balancer_not_attached_to_network", "load balancer is not attached to a network"
            )

    def _server_address(self, row: Row, target: Row, under: str) -> str:
        ident, private, chosen = target["server"], target["use_private_ip"], target["ip"]
        if self.servers.get(ident) is None:
            raise Refusal(422, "invalid_input", "cloud target was not found")
        if private and chosen:
            raise invalid(f"{under}server.ip", "is only for targets that are reached in public")
        found = self.address(row, ident, private, chosen)
        if found is None:
            raise _unreachable(private, chosen)
        return found

    def address(self, row: Row, ident: int, private: bool, chosen: str | None = None) -> str | None:
        """Where a server is reached: in the network, at the chosen or at its IPv4 address, or nowhere."""
        if private:
            return self._private_address(row, ident)
        owned = self.primary_ips.of("server", ident)
        if chosen is not None:
            return chosen if any(owns(each["ip"], chosen) for each in owned.values()) else None
        return owned["ipv4"]["ip"] if "ipv4" in owned else None

    def _private_address(self, row: Row, ident: int) -> str | None:
        server = self.servers.get(ident) or {"private_net": []}
        networks = [entry["network"] for entry in row["private_net"]]
        for entry in server["private_net"]:
            if entry["network"] in networks and entry["state"] in JOINED:
                return str(entry["ip"])
        return None

    def _check_address(self, row: Row, ip: str) -> None:
        if _is_internal(ip):
            self._check_vswitch(row, ip)
        elif ip not in self.project.meta.get("robot_ips", ()):
            raise unprocessable("ip_not_owned", f"IP {ip} is not owned by the owner of the project")

    def _check_vswitch(self, row: Row, ip: str) -> None:
        network = self.project.kind("networks").find(row["private_net"][0]["network"])
        ranges = [IPv4Network(each["ip_range"]) for each in network["subnets"] if each["type"] == "vswitch"]
        if not ranges:
            raise unprocessable(
                "network_has_no_vswitch_subnet", "the network of the load balancer has no vSwitch subnet"
            )
        if not any(IPv4Address(ip) in each for each in ranges):
            raise unprocessable("ip_not_in_vswitch_subnet", f"IP {ip} is not in the vSwitch subnet")

    def register_ip(self, ip: str) -> None:
        """Let an address belong to the customer, as if ordered with a dedicated server (for tests)."""
        known = self.project.meta.get("robot_ips", [])
        self.project.meta["robot_ips"] = sorted({*known, str(ip_address(ip))})


def is_private(target: Row) -> bool:
    """Whether a target is reached in the network of the load balancer."""
    private: Any = target.get("use_private_ip")
    return _is_internal(target["ip"]) if target["type"] == "ip" else bool(private)


def _is_internal(ip: str) -> bool:
    address = ip_address(ip)
    return isinstance(address, IPv4Address) and any(address in block for block in PRIVATE)


def _unreachable(private: bool, chosen: str | None) -> Refusal:
    if private:
        return unprocessable(
            "resolve_cloud_private_targets_error", "server is not attached to the load balancer's network"
        )
    if chosen:
        return unprocessable("ip_not_assigned_to_server", f"IP {chosen} is not assigned to the server")
    return unprocessable("resolve_cloud_public_targets_error", "server has no public IPv4 address")
