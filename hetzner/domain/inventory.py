"""The servers of a project as hosts: what other programs need in order to reach and to group them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hetzner.domain.specs.labels import PROJECT, declared
from hetzner.domain.specs.servers import ipv4, ipv6


@dataclass(frozen=True, slots=True)
class Host:
    """A server, by what one asks of a host."""

    id: int
    name: str
    status: str
    server_type: str
    location: str
    image: str | None
    labels: Mapping[str, str]
    project: str | None
    """The project that owns it."""
    ipv4: str | None
    ipv6: str | None
    private: Mapping[str, str]
    """Its addresses in networks, by their names, or by their ids where names were not asked for."""

    def address(self, way: str = "any") -> str | None:
        """Return its address of a kind, `ipv4`, `ipv6` or `private`; with `any` the first that it has."""
        inside = next(iter(self.private.values()), None)
        known = {"ipv4": self.ipv4, "ipv6": self.ipv6, "private": inside}
        return known.get(way, self.ipv4 or self.ipv6 or inside)


async def hosts(client: Any, selector: str = "", *, named: bool = False) -> list[Host]:
    """Return the servers with these labels, by one list, and by a second one if networks are ``named``."""
    filters = {"label_selector": selector} if selector else {}
    servers = [server async for server in client.servers.list(**filters)]
    joined = named and any(server.private_net for server in servers)
    networks = {each.id: each.name async for each in client.networks.list()} if joined else {}
    return sorted((_host(server, networks) for server in servers), key=lambda host: host.name)


def _host(server: Any, networks: Mapping[int, str]) -> Host:
    return Host(
        id=server.id,
        name=server.name,
        status=server.status,
        server_type=server.server_type.name,
        location=server.location.name,
        image=(server.image.name or str(server.image.id)) if server.image else None,
        labels=declared(server.labels),
        project=server.labels.get(PROJECT),
        ipv4=ipv4(server),
        ipv6=ipv6(server),
        private={networks.get(each.network, str(each.network)): each.ip for each in server.private_net},
    )
