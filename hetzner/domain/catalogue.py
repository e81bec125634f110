"""What can be ordered, as records that are only read.

https://docs.hetzner.cloud/reference/cloud#server-types
https://docs.hetzner.cloud/reference/cloud#load-balancer-types
https://docs.hetzner.cloud/reference/cloud#isos
https://docs.hetzner.cloud/reference/cloud#locations
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar, Generic

from hetzner._faces import IO, Async, Sync
from hetzner.domain.finding import AsyncFinders, Finders
from hetzner.domain.record import Record
from hetzner.schema import isos, load_balancer_types, locations, server_types


class _ServerType(server_types.ServerType, Record[IO], Generic[IO]):
    kind: ClassVar[str] = "server_types"

    def _told(self) -> Iterable[Any]:
        yield from super()._told()
        yield f"{self.cores} cores, {self.memory:g} GB, {self.disk:g} GB disk, {self.architecture}"


class ServerType(_ServerType[Sync], Finders):
    """A size of server."""


class AsyncServerType(_ServerType[Async], AsyncFinders):
    """A size of server, awaited."""


class _LoadBalancerType(load_balancer_types.LoadBalancerType, Record[IO], Generic[IO]):
    kind: ClassVar[str] = "load_balancer_types"

    def _told(self) -> Iterable[Any]:
        yield from super()._told()
        yield f"{self.max_services} services, {self.max_targets} targets, {self.max_connections} connections"


class LoadBalancerType(_LoadBalancerType[Sync], Finders):
    """A size of load balancer."""


class AsyncLoadBalancerType(_LoadBalancerType[Async], AsyncFinders):
    """A size of load balancer, awaited."""


class _ISO(isos.ISO, Record[IO], Generic[IO]):
    kind: ClassVar[str] = "isos"

    def _told(self) -> Iterable[Any]:
        yield from super()._told()
        yield from (self.type, self.architecture)
        if self.description != self.name:
            yield self.description


class ISO(_ISO[Sync], Finders):
    """A disc that can be inserted into a server: ``server.attach_iso(iso)``."""


class AsyncISO(_ISO[Async], AsyncFinders):
    """A disc that can be inserted into a server, awaited."""


class _Location(locations.Location, Record[IO], Generic[IO]):
    kind: ClassVar[str] = "locations"

    def _told(self) -> Iterable[Any]:
        yield from super()._told()
        yield f"{self.city}, {self.country}, {self.network_zone}"


class Location(_Location[Sync], Finders):
    """A site where servers stand."""


class AsyncLocation(_Location[Async], AsyncFinders):
    """A site where servers stand, awaited."""
