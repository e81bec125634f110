"""RRSets as records: the values of one name and type in a zone.

    RRSet.find("example.com", "www", "A").set_records(["192.0.2.7"])

https://docs.hetzner.cloud/reference/cloud#zone-rrsets
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

from hetzner._faces import Async, Sync, drive
from hetzner.api.errors import NotFoundError
from hetzner.domain.lookup import find
from hetzner.domain.making import Ensured
from hetzner.domain.parts import all_parts, create_part, ensure_part, get_part, only_one
from hetzner.domain.project import client_for
from hetzner.domain.record import given
from hetzner.domain.reference import Ref, fitting
from hetzner.domain.rrset_verbs import RRSetVerbs, values_sent
from hetzner.domain.selectors import Labels
from hetzner.domain.specs.dns import name_in
from hetzner.domain.specs.zones import Values

if TYPE_CHECKING:
    from hetzner.api.client import AsyncHetzner, Hetzner
    from hetzner.schema.zone_rrset_actions import RRSetType


R = TypeVar("R", bound=RRSetVerbs[Any])


def _zone_name(zone: Ref) -> str | None:
    """Return the name of a zone, unless it was given by its id."""
    name = getattr(zone, "name", zone)
    return name if isinstance(name, str) and "." in name else None


async def _find(cls: type[R], zone: Ref, name: Any, type: str | None, client: Any) -> R:
    """Find an RRSet by name and type, by its id, or by its name alone when it is the only one."""
    if not isinstance(name, str):
        name = fitting(cls.kind, name).id
    if type is None and "/" in name:
        name, _, type = name.partition("/")
    name = name_in(_zone_name(zone), name)
    filters = {"name": name, **given(type=type)}
    try:
        found = await all_parts(cls, zone, client, None, filters)
    except NotFoundError:
        await find(client.awaited, cls.of_kind, zone)  # says what is near
        raise
    ref = f"{name}/{type}" if type else name
    every = [] if found else await all_parts(cls, zone, client, None, {})
    return only_one(cls.kind, ref, found, [part.id if type else part.name for part in every])


async def _create(
    cls: type[R],
    zone: Ref,
    name: str,
    type: str,
    records: Any,
    client: Any,
    wait: bool,
    **more: Any,
) -> R:
    of = _zone_name(zone)
    return await create_part(
        cls,
        zone,
        client,
        wait,
        name=name_in(of, name),
        type=type,
        records=values_sent(type, records, of),
        **more,
    )


async def _ensure(
    cls: type[R], zone: Ref, name: str, type: str, records: Any, client: Any, **more: Any
) -> Ensured[R]:
    async def find() -> R | None:
        with suppress(NotFoundError):
            return await get_part(cls, zone, (name_in(_zone_name(zone), name), type), client)
        return None

    return await ensure_part(find, lambda: _create(cls, zone, name, type, records, client, True, **more))


class RRSet(RRSetVerbs[Sync]):
    """The records of one name and type in a zone."""

    @classmethod
    def get(cls, zone: Ref, name: str, type: RRSetType, *, client: Hetzner | None = None) -> RRSet:
        """Read one; ``@`` is the zone itself. Raises NotFoundError."""
        at = (name_in(_zone_name(zone), name), type)
        return drive(get_part(cls, zone, at, client_for(client, blocking=True)))

    @classmethod
    def find(
        cls, zone: Ref, name: str | RRSet, type: RRSetType | None = None, *, client: Hetzner | None = None
    ) -> RRSet:
        """Find one by name and type, by id such as ``www/A``, or by name when it has one type only.

        Raises NotFound, which says what is near, and Ambiguous.
        """
        return drive(_find(cls, zone, name, type, client_for(client, blocking=True)))

    @classmethod
    def all(
        cls, zone: Ref, *, labels: Labels | None = None, client: Hetzner | None = None, **filters: Any
    ) -> list[RRSet]:
        """Return all of a zone that fit; filters are those of the API's list: ``type="A"``."""
        return drive(all_parts(cls, zone, client_for(client, blocking=True), labels, filters))

    @classmethod
    def create(
        cls,
        zone: Ref,
        name: str,
        type: RRSetType,
        records: Values,
        *,
        ttl: int | None = None,
        labels: Mapping[str, str] | None = None,
        client: Hetzner | None = None,
        wait: bool = True,
    ) -> RRSet:
        """Create the records of a name and type; there must be none. See :meth:`set_records` for values."""
        using = client_for(client, blocking=True)
        return drive(_create(cls, zone, name, type, records, using, wait, ttl=ttl, labels=labels))

    @classmethod
    def ensure(
        cls,
        zone: Ref,
        name: str,
        type: RRSetType,
        records: Values,
        *,
        ttl: int | None = None,
        labels: Mapping[str, str] | None = None,
        client: Hetzner | None = None,
    ) -> Ensured[RRSet]:
        """Return the records of a name and type as they are, or create them, and whether they were made."""
        using = client_for(client, blocking=True)
        return drive(_ensure(cls, zone, name, type, records, using, ttl=ttl, labels=labels))


class AsyncRRSet(RRSetVerbs[Async]):
    """The records of one name and type in a zone, awaited."""

    @classmethod
    async def get(
        cls, zone: Ref, name: str, type: RRSetType, *, client: AsyncHetzner | None = None
    ) -> AsyncRRSet:
        """Read one; ``@`` is the zone itself. Raises NotFoundError."""
        at = (name_in(_zone_name(zone), name), type)
        return await get_part(cls, zone, at, client_for(client, blocking=False))

    @classmethod
    async def find(
        cls,
        zone: Ref,
        name: str | AsyncRRSet,
        type: RRSetType | None = None,
        *,
        client: AsyncHetzner | None = None,
    ) -> AsyncRRSet:
        """Find one by name and type, by id, or by name; see the blocking face."""
        return await _find(cls, zone, name, type, client_for(client, blocking=False))

    @classmethod
    async def all(
        cls, zone: Ref, *, labels: Labels | None = None, client: AsyncHetzner | None = None, **filters: Any
    ) -> list[AsyncRRSet]:
        """Return all of a zone that fit; filters are those of the API's list: ``type="A"``."""
        return await all_parts(cls, zone, client_for(client, blocking=False), labels, filters)

    @classmethod
    async def create(
        cls,
        zone: Ref,
        name: str,
        type: RRSetType,
        records: Values,
        *,
        ttl: int | None = None,
        labels: Mapping[str, str] | None = None,
        client: AsyncHetzner | None = None,
        wait: bool = True,
    ) -> AsyncRRSet:
        """Create the records of a name and type; there must be none."""
        using = client_for(client, blocking=False)
        return await _create(cls, zone, name, type, records, using, wait, ttl=ttl, labels=labels)

    @classmethod
    async def ensure(
        cls,
        zone: Ref,
        name: str,
        type: RRSetType,
        records: Values,
        *,
        ttl: int | None = None,
        labels: Mapping[str, str] | None = None,
        client: AsyncHetzner | None = None,
    ) -> Ensured[AsyncRRSet]:
        """Return the records of a name and type as they are, or create them, and whether they were made."""
        using = client_for(client, blocking=False)
        return await _ensure(cls, zone, name, type, records, using, ttl=ttl, labels=labels)
