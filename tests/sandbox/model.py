"""A naive cloud: what must be refused and what is left afterwards, told again without the sandbox's code.

Everything is settled between two requests. A method returns the error codes that may be answered; none means
that the request must succeed, and then it has happened here too. Where several things are wrong, any of their
codes will do.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from ipaddress import IPv4Network
from typing import Any

Codes = set[str]
NAME = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?")


@dataclass
class Server:
    """A server; `nets` holds its address in each network, `public` how its primary IPs came."""

    name: str
    place: str
    on: bool
    nets: dict[int, str] = field(default_factory=dict)
    group: int | None = None


@dataclass
class Net:
    """A network with one small subnet, or none."""

    name: str
    ip_range: str
    subnet: str | None

    def hosts(self) -> list[str]:
        """The addresses a member may have: of the subnet, without the gateway of the network."""
        if self.subnet is None:
            return []
        gateway = IPv4Network(self.ip_range)[1]
        return [str(ip) for ip in IPv4Network(self.subnet).hosts() if ip != gateway]


@dataclass
class Volume:
    """A volume."""

    name: str
    place: str
    size: int
    server: int | None = None
    protected: bool = False


@dataclass
class Address:
    """A primary or floating IP; of floating IPs `place` is the home."""

    kind: str
    place: str
    holder: int | None = None
    dies: bool = False


@dataclass
class Firewall:
    """A firewall and the servers that it is on."""

    name: str
    on: set[int] = field(default_factory=set)


class Model:
    """The whole project; keys are the ids that the sandbox gave out."""

    def __init__(self) -> None:
        self.servers: dict[int, Server] = {}
        self.networks: dict[int, Net] = {}
        self.volumes: dict[int, Volume] = {}
        self.firewalls: dict[int, Firewall] = {}
        self.groups: dict[int, str] = {}
        self.primary: dict[int, Address] = {}
        self.floating: dict[int, Address] = {}

    # What requests share

    def _name(self, name: str, others: dict[int, Any], strict: bool = False) -> Codes:
        names = [each if isinstance(each, str) else each.name for each in others.values()]
        codes = {"uniqueness_error"} if name in names else set()
        return codes | {"invalid_input"} if strict and not NAME.fullmatch(name) else codes

    def _free_ip(self, network: int) -> str | None:
        taken = {server.nets.get(network) for server in self.servers.values()}
        return next((ip for ip in self.networks[network].hosts() if ip not in taken), None)

    def _joining(self, server: Server | None, network: int, wanted: str | None = None) -> Codes:
        if network not in self.networks:
            return {"not_found"}
        net, free = self.networks[network], self._free_ip(network)
        here = IPv4Network(net.ip_range)
        codes: Codes = set()
        for other in server.nets if server else ():
            if other == network:
                codes.add("server_already_attached")
            elif IPv4Network(self.networks[other].ip_range).overlaps(here):
                codes.add("networks_overlap")
        if net.subnet is None or (free is None and wanted is None):
            codes.add("no_subnet_available")
        elif wanted is not None and (
            wanted not in net.hosts() or wanted in {each.nets.get(network) for each in self.servers.values()}
        ):
            codes.add("ip_not_available")
        return codes

    def _versions(self, server: int) -> set[str]:
        return {ip.kind for ip in self.primary.values() if ip.holder == server}

    # Servers

    def create_server(
        self, ident: int, own: dict[int, str], name: str, place: str, public: bool, starts: bool,
        networks: list[int], volumes: list[int], firewalls: list[int], group: int | None, given: int | None,
    ) -> Codes:  # fmt: skip
        """Create one, with fresh primary IPs (`own`, by version) where none is given."""
        codes = self._name(name, self.servers, strict=True)
        if group is not None and group not in self.groups:
            codes.add("invalid_input")
        if not public and starts and not networks:
            codes.add("invalid_input")
        if not public and firewalls:
            codes.add("private_net_only_server")
        if public and given is not None:
            codes |= self._given(given, place)
        codes |= {"invalid_input" for each in firewalls if each not in self.firewalls}
        for each in volumes:
            volume = self.volumes.get(each)
            if volume is None or volume.place != place:
                codes.add("invalid_input")
            if volume and volume.server:
                codes.add("volume_already_attached")
        server = Server(name, place, starts, group=group)
        for network in networks:
            codes |= self._joining(server, network)
            if network in self.networks:
                server.nets[network] = self._free_ip(network) or ""
        if codes:
            return codes
        self.servers[ident] = server
        for number, kind in own.items():
            self.primary[number] = Address(kind, place, ident, dies=True)
        if public and given is not None:
            self.primary[given].holder = ident
        for each in volumes:
            self.volumes[each].server = ident
        for each in firewalls:
            self.firewalls[each].on.add(ident)
        return codes

    def _given(self, given: int, place: str) -> Codes:
        ip = self.primary.get(given)
        if ip is None:
            return {"invalid_input"}
        codes = {"primary_ip_version_mismatch"} if ip.kind != "ipv4" else set()
        codes |= {"primary_ip_assigned"} if ip.holder else set()
        return codes | ({"primary_ip_datacenter_mismatch"} if ip.place != place else set())

    def delete_server(self, ident: int) -> Codes:
        """Delete one: primary IPs of its own die, all else stays and is free."""
        if self.servers.pop(ident, None) is None:
            return {"not_found"}
        self.primary = {n: ip for n, ip in self.primary.items() if ip.holder != ident or not ip.dies}
        for ip in (*self.primary.values(), *self.floating.values()):
            ip.holder = None if ip.holder == ident else ip.holder
        for volume in self.volumes.values():
            volume.server = None if volume.server == ident else volume.server
        for firewall in self.firewalls.values():
            firewall.on.discard(ident)
        return set()

    def power(self, ident: int, on: bool) -> Codes:
        """Switch on or off."""
        server = self.servers.get(ident)
        if server is None:
            return {"not_found"}
        if on and not server.nets and not self._versions(ident):
            return {"invalid_input"}
        server.on = on
        return set()

    def attach(self, ident: int, network: int, wanted: str | None) -> Codes:
        """Bring a server into a network."""
        server = self.servers.get(ident)
        codes = {"not_found"} if server is None else self._joining(server, network, wanted)
        if server and not codes:
            server.nets[network] = wanted or str(self._free_ip(network))
        return codes

    def detach(self, ident: int, network: int) -> Codes:
        """Take a server out of a network."""
        server = self.servers.get(ident)
        if server is None or server.nets.pop(network, None) is None:
            return {"not_found"}
        return set()

    def join_group(self, ident: int, group: int) -> Codes:
        """Put a server into a placement group."""
        server = self.servers.get(ident)
        if server is None:
            return {"not_found"}
        codes = {"invalid_input"} if group not in self.groups else set()
        codes |= {"already_in_placement_group"} if server.group else set()
        codes |= {"server_not_stopped"} if server.on else set()
        server.group = server.group if codes else group
        return codes

    def leave_group(self, ident: int) -> Codes:
        """Take a server out of its placement group, if it is in one."""
        if ident not in self.servers:
            return {"not_found"}
        self.servers[ident].group = None
        return set()

    # Networks and placement groups

    def create_network(self, ident: int, name: str, ip_range: str, subnet: str | None) -> Codes:
        """Create one; its range is private, and holds the subnet."""
        codes = self._name(name, self.networks)
        whole = IPv4Network(ip_range)
        if not whole.is_private or (subnet and not IPv4Network(subnet).subnet_of(whole)):
            codes.add("invalid_input")
        if not codes:
            self.networks[ident] = Net(name, ip_range, subnet)
        return codes

    def delete_network(self, ident: int) -> Codes:
        """Delete one; its members leave it."""
        if self.networks.pop(ident, None) is None:
            return {"not_found"}
        for server in self.servers.values():
            server.nets.pop(ident, None)
        return set()

    def create_group(self, ident: int, name: str) -> Codes:
        """Create one."""
        codes = self._name(name, self.groups)
        if not codes:
            self.groups[ident] = name
        return codes

    def delete_group(self, ident: int) -> Codes:
        """Delete one; its servers are in none."""
        if self.groups.pop(ident, None) is None:
            return {"not_found"}
        for server in self.servers.values():
            server.group = None if server.group == ident else server.group
        return set()
