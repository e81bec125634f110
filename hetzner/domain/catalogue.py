"""What can be ordered, as records that are only read.

https://docs.hetzner.cloud/reference/cloud#server-types
https://docs.hetzner.cloud/reference/cloud#locations
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar, Generic

from hetzner._faces import IO, Async, Sync
from hetzner.domain.finding import AsyncFinders, Finders
from hetzner.domain.record import Record
from hetzner.schema import locations, server_types


class _ServerType(server_types.ServerType, Record[IO], Generic[IO]):
    kind: ClassVar[str] = "server_types"

    def _told(self) -> Iterable[Any]:
        yield from super()._told()
        yield f"{self.cores} cores, {self.memory:g} GB, {self.disk:g} GB disk, {self.architecture}"


class ServerType(_ServerType[Sync], Finders):
    """A size of server."""


class AsyncServerType(_ServerType[Async], AsyncFinders):
    """A size of server, awaited."""


class _Location(locations.Location, Record[IO], Generic[IO]):
    kind: ClassVar[str] = "locations"

    def _told(self) -> Iterable[Any]:
        yield from super()._told()
        yield f"{self.city}, {self.country}, {self.network_zone}"


class Location(_Location[Sync], Finders):
    """A site where servers stand."""


class AsyncLocation(_Location[Async], AsyncFinders):
    """A site where servers stand, awaited."""
