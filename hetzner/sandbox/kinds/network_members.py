"""Members of networks: the servers and load balancers whose rows say so, and the addresses of new ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from ipaddress import IPv4Address, IPv4Network
from typing import Any

from hetzner.sandbox.call import Call, Reply
from hetzner.sandbox.errors import limit_exceeded, unprocessable
from hetzner.sandbox.kind import Kind, answers
from hetzner.sandbox.listing import ordered, page_of
from hetzner.sandbox.private_ips import Space
from hetzner.sandbox.table import Id, Key, Row

MEMBER_KINDS = ("servers", "load_balancers")
MOST_MEMBERS, MOST_NETWORKS = 100, 3
"""Members of one network, and networks of one server."""


class NetworkMembers(Kind):
    """What is attached to networks."""

    name = "networks"
    singular = "network"

    def keys(self, row: Row) -> Iterable[Key]:
        """By name, and by the vSwitches it is connected to."""
        yield ("name", row["name"])
        for subnet in row["subnets"]:
            if subnet["vswitch_id"] is not None:
                yield ("vswitch", subnet["vswitch_id"])

    def attached(self, kind: str, ident: Id) -> list[Row]:
        """The servers or load balancers attached to a network, as rows."""
        return self.project.table(kind).by("network", ident)

    def joined(self, kind: str, ident: Id) -> list[Id]:
        """The ids of those whose attaching is done."""
        return [
            row["id"]
            for row in self.attached(kind, ident)
            for net in row["private_net"]
            if net["network"] == ident and net.get("state") != "attaching"
        ]

    @answers("members")
    def members(self, call: Call) -> Reply:
        """Answer with a page of what is attached, filtered by type, status and subnet."""
        wanted = {field: call.many(field) for field in ("type", "status", "subnet") if call.many(field)}
        rows = [
            row
            for row in self.members_of(self.find(call.id))
            if all(row[field] in values for field, values in wanted.items())
        ]
        rows, reply = page_of(call, ordered(rows, call.many("sort"), ("id", "type", "status", "ip")))
        reply.body = {"members": [{**row, "ip": str(row["ip"])} for row in rows], **(reply.body or {})}
        return reply

    def members_of(self, network: Row) -> list[Row]:
        """Everything attached to a network, with `ip` as an address so that it sorts by number."""
        return [
            self._member(network, self.project.kind(kind).singular, row["id"], net)
            for kind in MEMBER_KINDS
            for row in self.attached(kind, network["id"])
            for net in row["private_net"]
            if net["network"] == network["id"]
        ]

    def _member(self, network: Row, kind: str, ident: Id, net: Row) -> Row:
        ip = IPv4Address(net["ip"])
        ranges = (subnet["ip_range"] for subnet in network["subnets"])
        return {
            "id": ident,
            "type": kind,
            "ip": ip,
            "alias_ips": net.get("alias_ips", []),
            "subnet": next((each for each in ranges if ip in IPv4Network(each)), network["ip_range"]),
            "status": self._member_status(kind, ident, net.get("state", "ok")),
        }

    def _member_status(self, kind: str, ident: Id, state: str) -> str:
        actions = self.project.actions
        changing = actions.is_locked(kind, ident) and actions.running(kind, ident, "change_alias_ips")
        return "updating" if changing else state

    def reserve(
        self,
        network_id: Id,
        member: Row,
        ip: str | None = None,
        alias_ips: Sequence[str] = (),
        ip_range: str | None = None,
    ) -> dict[str, Any]:
        """Choose the addresses of a new member, or refuse; nothing is stored.

        `member` is the row of a server or load balancer: its location's zone decides about subnets.
        """
        network = self.find(network_id)
        self._check_attachable(network, member)
        space = self._space(network, member)
        chosen = space.choose(ip, ip_range)
        numbers = (self.project.random.randrange(256) for _ in range(3))
        return {
            "network": network["id"],
            "ip": chosen,
            "alias_ips": space.aliases(alias_ips),
            "mac_address": "86:00:00:" + ":".join(f"{number:02x}" for number in numbers),
        }

    def reserve_aliases(self, network_id: Id, member: Row, alias_ips: Sequence[str]) -> list[str]:
        """Check new alias IPs of a member; those it has now count as free."""
        old = [ip for net in member["private_net"] if net["network"] == network_id for ip in net["alias_ips"]]
        return self._space(self.find(network_id), member, old).aliases(alias_ips)

    def _check_attachable(self, network: Row, member: Row) -> None:
        here = IPv4Network(network["ip_range"])
        for net in member["private_net"]:
            if net["network"] == network["id"]:
                raise unprocessable("server_already_attached", "server is already attached to network")
            if IPv4Network(self.find(net["network"])["ip_range"]).overlaps(here):
                raise unprocessable("networks_overlap", "network overlaps with another network of the server")
        if len(member["private_net"]) >= MOST_NETWORKS:
            raise limit_exceeded("server_network_limit", "server network limit reached")
        if sum(len(self.attached(kind, network["id"])) for kind in MEMBER_KINDS) >= MOST_MEMBERS:
            raise limit_exceeded("network_member_limit", "network member limit reached")

    def _space(self, network: Row, member: Row, free: Sequence[str] = ()) -> Space:
        members = [(kind, row) for kind in MEMBER_KINDS for row in self.attached(kind, network["id"])]
        used = {
            ip
            for _, row in members
            for net in row["private_net"]
            if net["network"] == network["id"]
            for ip in (net["ip"], *net.get("alias_ips", ()))
        }
        coming = {ip for kind, row in members for ip in self._coming(kind, row["id"], network["id"])}
        running = self.project.actions.table.by("lock", "network", network["id"])
        closing = [action["args"]["ip_range"] for action in running if action["command"] == "delete_subnet"]
        zone = self.project.catalogue.rows("locations")[member["location"]]["network_zone"]
        return Space(network, zone, used.difference(free) | coming, closing)

    def _coming(self, kind: str, ident: Id, network_id: Id) -> Iterable[str]:
        """The alias IPs that a running action is about to give to a member."""
        for action in self.project.actions.table.by("lock", self.project.kind(kind).singular, ident):
            if action["command"] == "change_alias_ips" and action["args"]["network"] == network_id:
                yield from action["args"]["alias_ips"]
