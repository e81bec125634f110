"""Zones as records: ``Zone.find("example.com").export_zonefile()``; their records are `RRSet`s.

https://docs.hetzner.cloud/reference/cloud#zones
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Unpack

from hetzner._faces import IO, Async, Sync, drive, verb
from hetzner.domain.finding import AsyncFinders, Finders
from hetzner.domain.making import Ensured, create_one, ensure_one
from hetzner.domain.project import client_for
from hetzner.domain.record import Tagged
from hetzner.domain.relations import AsyncRelated, Related
from hetzner.domain.specs.zones import ZoneSpec
from hetzner.domain.watched import Acted
from hetzner.schema import zones as schema

if TYPE_CHECKING:
    from hetzner.api.client import AsyncHetzner, Hetzner
    from hetzner.schema.actions import Action
    from hetzner.schema.zones import ZonePrimaryNameserverParam


class _Zone(schema.Zone, Tagged[IO], Acted[IO], Generic[IO]):
    """What can be done with a zone, once for both faces."""

    kind: ClassVar[str] = "zones"

    def _told(self) -> Iterable[Any]:
        yield from super()._told()
        yield f"{self.mode}, {self.record_count} records"
        if self.status != "ok":
            yield self.status

    @verb
    async def change_ttl(self, ttl: int, *, wait: bool = True) -> Action:
        """Change how many seconds answers may be kept, where an RRSet does not say otherwise."""
        return await self._done(await self.api.zones.actions.change_ttl(self.id, ttl=ttl), wait)

    @verb
    async def change_primary_nameservers(
        self, primary_nameservers: Sequence[ZonePrimaryNameserverParam], *, wait: bool = True
    ) -> Action:
        """Replace the nameservers that a secondary zone gets its records from."""
        answer = await self.api.zones.actions.change_primary_nameservers(
            self.id, primary_nameservers=primary_nameservers
        )
        return await self._done(answer, wait)

    @verb
    async def import_zonefile(self, zonefile: str, *, wait: bool = True) -> Action:
        """Replace all records by those of a zone file, given as text in BIND's format."""
        return await self._done(
            await self.api.zones.actions.import_zonefile(self.id, zonefile=zonefile), wait
        )

    @verb
    async def export_zonefile(self) -> str:
        """Return all records as a zone file in BIND's format."""
        return (await self.api.zones.export_zonefile(self.id)).zonefile

    @verb
    async def change_protection(self, *, delete: bool, wait: bool = True) -> Action:
        """Forbid or allow deletion."""
        return await self._done(await self.api.zones.actions.change_protection(self.id, delete=delete), wait)


class Zone(_Zone[Sync], Finders, Related):
    """The DNS of a domain."""

    @classmethod
    def create(
        cls, name: str, *, client: Hetzner | None = None, wait: bool = True, **options: Unpack[ZoneSpec]
    ) -> Zone:
        """Create the zone of a domain with its records: ``records={"www": {"A": "192.0.2.7"}}``.

        Raises TypeError and ValueError before any request, APIStatusError, and ActionFailed.

        Args:
            mode: `primary` (default) has its records here, `secondary` gets them from other nameservers.
            ttl: Seconds that answers may be kept, from 60 (default: 3600).
            records: By name and type: a value, a list, or `{ttl, values}`.
            records_mode: Whether other records stay (`declared`, default), those taken out of the file too,
                or go (`all`); SOA and NS of the zone itself stay.
            primary_nameservers: Where a secondary zone gets its records.
            protect: Forbid deletion.
            labels: Your own key/value pairs.
        """
        return drive(create_one(cls, name, options, client_for(client, blocking=True), wait))

    @classmethod
    def ensure(
        cls, name: str, *, client: Hetzner | None = None, **options: Unpack[ZoneSpec]
    ) -> Ensured[Zone]:
        """Return the zone of this domain as it is, or create it, and whether it was made.

        Args:
            mode: `primary` (default) has its records here, `secondary` gets them from other nameservers.
            ttl: Seconds that answers may be kept, from 60 (default: 3600).
            records: By name and type: a value, a list, or `{ttl, values}`.
            records_mode: Whether other records stay (`declared`, default), those taken out of the file too,
                or go (`all`); SOA and NS of the zone itself stay.
            primary_nameservers: Where a secondary zone gets its records.
            protect: Forbid deletion.
            labels: Your own key/value pairs.
        """
        return drive(ensure_one(cls, name, options, client_for(client, blocking=True)))


class AsyncZone(_Zone[Async], AsyncFinders, AsyncRelated):
    """The DNS of a domain, awaited."""

    @classmethod
    async def create(
        cls, name: str, *, client: AsyncHetzner | None = None, wait: bool = True, **options: Unpack[ZoneSpec]
    ) -> AsyncZone:
        """Create the zone of a domain with its records; see the blocking face for errors.

        Args:
            mode: `primary` (default) has its records here, `secondary` gets them from other nameservers.
            ttl: Seconds that answers may be kept, from 60 (default: 3600).
            records: By name and type: a value, a list, or `{ttl, values}`.
            records_mode: Whether other records stay (`declared`, default), those taken out of the file too,
                or go (`all`); SOA and NS of the zone itself stay.
            primary_nameservers: Where a secondary zone gets its records.
            protect: Forbid deletion.
            labels: Your own key/value pairs.
        """
        return await create_one(cls, name, options, client_for(client, blocking=False), wait)

    @classmethod
    async def ensure(
        cls, name: str, *, client: AsyncHetzner | None = None, **options: Unpack[ZoneSpec]
    ) -> Ensured[AsyncZone]:
        """Return the zone of this domain as it is, or create it, and whether it was made.

        Args:
            mode: `primary` (default) has its records here, `secondary` gets them from other nameservers.
            ttl: Seconds that answers may be kept, from 60 (default: 3600).
            records: By name and type: a value, a list, or `{ttl, values}`.
            records_mode: Whether other records stay (`declared`, default), those taken out of the file too,
                or go (`all`); SOA and NS of the zone itself stay.
            primary_nameservers: Where a secondary zone gets its records.
            protect: Forbid deletion.
            labels: Your own key/value pairs.
        """
        return await ensure_one(cls, name, options, client_for(client, blocking=False))
