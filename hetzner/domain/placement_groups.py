"""Placement groups as records.

https://docs.hetzner.cloud/reference/cloud#placement-groups
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Unpack

from hetzner._faces import IO, Async, Sync, drive
from hetzner.domain.finding import AsyncFinders, Finders
from hetzner.domain.making import Ensured, create_one, ensure_one
from hetzner.domain.project import client_for
from hetzner.domain.record import Labelled
from hetzner.domain.relations import AsyncRelated, Related
from hetzner.domain.specs.placement_groups import PlacementGroupSpec
from hetzner.schema import placement_groups as schema

if TYPE_CHECKING:
    from hetzner.api.client import AsyncHetzner, Hetzner


class _PlacementGroup(schema.PlacementGroup, Labelled[IO], Generic[IO]):
    """What can be done with a placement group, once for both faces."""

    kind: ClassVar[str] = "placement_groups"

    def _told(self) -> Iterable[Any]:
        yield from super()._told()
        yield f"{self.type}, {len(self.servers or [])} servers"


class PlacementGroup(_PlacementGroup[Sync], Finders, Related):
    """Servers that shall not share a host."""

    @classmethod
    def create(
        cls, name: str, *, client: Hetzner | None = None, **options: Unpack[PlacementGroupSpec]
    ) -> PlacementGroup:
        """Create a placement group.

        Args:
            type: `spread`, the only one.
            labels: Your own key/value pairs.
        """
        return drive(create_one(cls, name, options, client_for(client, blocking=True)))

    @classmethod
    def ensure(
        cls, name: str, *, client: Hetzner | None = None, **options: Unpack[PlacementGroupSpec]
    ) -> Ensured[PlacementGroup]:
        """Return the group of this name as it is, or create it, and whether it was made.

        Args:
            type: `spread`, the only one.
            labels: Your own key/value pairs.
        """
        return drive(ensure_one(cls, name, options, client_for(client, blocking=True)))


class AsyncPlacementGroup(_PlacementGroup[Async], AsyncFinders, AsyncRelated):
    """Servers that shall not share a host, awaited."""

    @classmethod
    async def create(
        cls, name: str, *, client: AsyncHetzner | None = None, **options: Unpack[PlacementGroupSpec]
    ) -> AsyncPlacementGroup:
        """Create a placement group.

        Args:
            type: `spread`, the only one.
            labels: Your own key/value pairs.
        """
        return await create_one(cls, name, options, client_for(client, blocking=False))

    @classmethod
    async def ensure(
        cls, name: str, *, client: AsyncHetzner | None = None, **options: Unpack[PlacementGroupSpec]
    ) -> Ensured[AsyncPlacementGroup]:
        """Return the group of this name as it is, or create it, and whether it was made.

        Args:
            type: `spread`, the only one.
            labels: Your own key/value pairs.
        """
        return await ensure_one(cls, name, options, client_for(client, blocking=False))
