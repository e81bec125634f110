"""The other half of the naive cloud: what is linked to servers, and what everything looks like."""

from __future__ import annotations

from typing import Any

from tests.sandbox.model import Address, Codes, Firewall, Model, Volume


class Cloud(Model):
    """Volumes, firewalls and addresses."""

    # Volumes

    def create_volume(self, ident: int, name: str, size: int, server: int | None, place: str | None) -> Codes:
        """Create one in a place or for a server."""
        codes = self._name(name, self.volumes, strict=True)
        holder = self.servers.get(server) if server else None
        if not 10 <= size <= 10240 or (server and holder is None) or not (server or place):
            codes.add("invalid_input")
        if holder and place and holder.place != place:
            codes.add("invalid_input")
        if not codes:
            self.volumes[ident] = Volume(name, place or (holder.place if holder else ""), size, server)
        return codes

    def attach_volume(self, ident: int, server: int) -> Codes:
        """Attach a free one to a server in its place."""
        volume, holder = self.volumes.get(ident), self.servers.get(server)
        if volume is None:
            return {"not_found"}
        codes = {"volume_already_attached"} if volume.server else set()
        if holder is None or holder.place != volume.place:
            codes.add("invalid_input")
        volume.server = volume.server if codes else server
        return codes

    def detach_volume(self, ident: int) -> Codes:
        """Detach one."""
        volume = self.volumes.get(ident)
        if volume is None:
            return {"not_found"}
        codes = set() if volume.server else {"service_error"}
        volume.server = None
        return codes

    def resize_volume(self, ident: int, size: int) -> Codes:
        """Make one larger."""
        volume = self.volumes.get(ident)
        if volume is None:
            return {"not_found"}
        if not volume.size < size <= 10240:
            return {"invalid_input"}
        volume.size = size
        return set()

    def protect_volume(self, ident: int, protected: bool) -> Codes:
        """Forbid or allow deletion."""
        if ident not in self.volumes:
            return {"not_found"}
        self.volumes[ident].protected = protected
        return set()

    def delete_volume(self, ident: int) -> Codes:
        """Delete a free one that is not protected."""
        volume = self.volumes.get(ident)
        if volume is None:
            return {"not_found"}
        codes = {"invalid_input"} if volume.server else set()
        codes |= {"protected"} if volume.protected else set()
        if not codes:
            del self.volumes[ident]
        return codes

    # Firewalls

    def create_firewall(self, ident: int, name: str, servers: list[int]) -> Codes:
        """Create one, on some servers."""
        codes = self._name(name, self.firewalls)
        codes |= {"firewall_resource_not_found" for each in servers if each not in self.servers}
        codes |= {"private_net_only_server" for each in servers if not self._versions(each)}
        if not codes:
            self.firewalls[ident] = Firewall(name, set(servers))
        return codes

    def apply_firewall(self, ident: int, server: int) -> Codes:
        """Put one onto a server."""
        firewall = self.firewalls.get(ident)
        if firewall is None:
            return {"not_found"}
        if server not in self.servers:
            return {"firewall_resource_not_found"}
        codes = {"firewall_already_applied"} if server in firewall.on else set()
        codes |= set() if self._versions(server) else {"private_net_only_server"}
        if not codes:
            firewall.on.add(server)
        return codes

    def remove_firewall(self, ident: int, server: int) -> Codes:
        """Take one off a server, if it is on it."""
        if ident not in self.firewalls:
            return {"not_found"}
        if server not in self.servers:
            return {"firewall_resource_not_found"}
        self.firewalls[ident].on.discard(server)
        return set()

    def delete_firewall(self, ident: int) -> Codes:
        """Delete one that is on no server."""
        if ident not in self.firewalls:
            return {"not_found"}
        if self.firewalls[ident].on:
            return {"resource_in_use"}
        del self.firewalls[ident]
        return set()

    # Addresses

    def create_floating(self, ident: int, kind: str, place: str | None, server: int | None) -> Codes:
        """Create one at home in a place, or where its server is."""
        holder = self.servers.get(server) if server else None
        if (server and holder is None) or not (server or place):
            return {"invalid_input"}
        self.floating[ident] = Address(kind, place or (holder.place if holder else ""), server)
        return set()

    def assign_floating(self, ident: int, server: int) -> Codes:
        """Assign a free one to any server."""
        ip = self.floating.get(ident)
        if ip is None:
            return {"not_found"}
        codes = {"floating_ip_assigned"} if ip.holder else set()
        codes |= set() if server in self.servers else {"invalid_input"}
        ip.holder = ip.holder if codes else server
        return codes

    def create_primary(
        self, ident: int, kind: str, place: str | None, server: int | None, dies: bool
    ) -> Codes:
        """Create one in a place, or on a server that is off and has none of the kind."""
        codes: Codes = set() if server or place else {"invalid_input"}
        holder = self.servers.get(server) if server else None
        if server:
            codes |= self._room(kind, place or (holder.place if holder else ""), server)
        if not codes:
            self.primary[ident] = Address(kind, place or (holder.place if holder else ""), server, dies)
        return codes

    def assign_primary(self, ident: int, server: int) -> Codes:
        """Assign a free one to a server that is off, in its place, and has none of the kind."""
        ip = self.primary.get(ident)
        if ip is None:
            return {"not_found"}
        codes = self._room(ip.kind, ip.place, server)
        codes |= {"primary_ip_already_assigned"} if ip.holder else set()
        ip.holder = ip.holder if codes else server
        return codes

    def _room(self, kind: str, place: str, server: int) -> Codes:
        holder = self.servers.get(server)
        if holder is None:
            return {"invalid_input"}
        codes = {"primary_ip_datacenter_mismatch"} if holder.place != place else set()
        codes |= {"server_not_stopped"} if holder.on else set()
        return codes | ({f"server_has_{kind}"} if kind in self._versions(server) else set())

    def unassign(self, ips: dict[int, Address], ident: int) -> Codes:
        """Take a primary or floating IP off its server; for a primary one that must be off."""
        ip = ips.get(ident)
        if ip is None:
            return {"not_found"}
        if ip.holder is None:
            return {"service_error"}
        if ips is self.primary and self.servers[ip.holder].on:
            return {"server_not_stopped"}
        ip.holder = None
        return set()

    def delete_ip(self, ips: dict[int, Address], ident: int) -> Codes:
        """Delete a free primary or floating IP."""
        if ident not in ips:
            return {"not_found"}
        if ips[ident].holder is not None:
            return {"must_be_unassigned"}
        del ips[ident]
        return set()

    # Looks

    def looks(self) -> dict[str, Any]:
        """Everything, by kind and id, in the words of `seen` of the test."""
        return {
            "servers": {n: self._server(n) for n in self.servers},
            "networks": {
                n: (
                    net.name,
                    net.ip_range,
                    net.subnet,
                    {s for s, each in self.servers.items() if n in each.nets},
                )
                for n, net in self.networks.items()
            },
            "volumes": {n: (v.name, v.place, v.size, v.server, v.protected) for n, v in self.volumes.items()},
            "firewalls": {n: (wall.name, wall.on) for n, wall in self.firewalls.items()},
            "placement_groups": {
                n: (name, {s for s, each in self.servers.items() if each.group == n})
                for n, name in self.groups.items()
            },
            "primary_ips": {n: (ip.kind, ip.place, ip.holder, ip.dies) for n, ip in self.primary.items()},
            "floating_ips": {n: (ip.kind, ip.place, ip.holder) for n, ip in self.floating.items()},
        }

    def _server(self, ident: int) -> tuple[Any, ...]:
        server = self.servers[ident]
        status = "running" if server.on else "off"
        volumes = {n for n, volume in self.volumes.items() if volume.server == ident}
        floating = {n for n, ip in self.floating.items() if ip.holder == ident}
        walls = {n for n, wall in self.firewalls.items() if ident in wall.on}
        primary = {n for n, ip in self.primary.items() if ip.holder == ident}
        return (
            server.name,
            server.place,
            status,
            server.nets,
            server.group,
            volumes,
            floating,
            walls,
            primary,
        )
