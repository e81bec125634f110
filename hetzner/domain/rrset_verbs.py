"""What can be done with an RRSet, once for both faces.

https://docs.hetzner.cloud/reference/cloud#zone-rrset-actions
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any, ClassVar, Generic

from hetzner._faces import IO, verb
from hetzner.api.errors import NotFoundError
from hetzner.domain.asking import checked
from hetzner.domain.parts import Part
from hetzner.domain.record import Tagged, given
from hetzner.domain.reference import Ref, fitting, plain
from hetzner.domain.specs.dns import Shown
from hetzner.domain.specs.zone_changes import sent_value
from hetzner.domain.specs.zones import Values
from hetzner.schema import zone_rrsets as schema

if TYPE_CHECKING:
    from hetzner.schema.actions import Action


class RRSetVerbs(schema.RRSet, Tagged[IO], Part[IO], Generic[IO]):
    """What RRSets of both faces can do."""

    kind: ClassVar[str] = "zones.rrsets"
    of_kind: ClassVar[str] = "zones"

    @property
    def values(self) -> list[str]:
        """The values of its records, as the API shows them."""
        return [record.value for record in self.records or []]

    def has_records(self, records: Values) -> bool:
        """Tell whether these are its records, as far as it knows; their order and comments do not matter.

            if not rrset.has_records("v=spf1 -all"):
                rrset.set_records("v=spf1 -all")

        Values are as in ``set_records``: a text and the same in quotes are one.
        """
        left = [Shown(self.type, value, None) for value in self.values]
        for wanted in values_sent(self.type, records, None):
            if wanted["value"] not in left:
                return False
            left.remove(wanted["value"])
        return not left

    @property
    def _at(self) -> tuple[Any, ...]:
        return (self.zone, self.name, self.type)

    @classmethod
    async def _whole(cls, whole: Ref, client: Any) -> Any:
        return plain(fitting(cls.of_kind, whole))  # a zone is addressed by its name as well

    def _told(self) -> Iterable[Any]:
        if self._is_told("type"):
            yield f"{self.name}/{self.type}"
        else:
            yield from super()._told()
        yield ", ".join(self.values)
        if self.ttl is not None:
            yield f"ttl {self.ttl}"

    @verb
    async def set_records(self, records: Values, *, wait: bool = True) -> Action:
        """Replace all records, by one value or several.

        A value is a text or an address, or the API's map of value and comment; TXT is quoted by itself.
        Raises ValueError for what cannot be a value.
        """
        wanted = values_sent(self.type, records, None)
        answer = await self.api.zones.rrsets.actions.set_records(*self._at, records=wanted)
        return await self._done(answer, wait)

    @verb
    async def add_records(self, records: Values, *, ttl: int | None = None, wait: bool = True) -> Action:
        """Add records to those there are."""
        wanted = values_sent(self.type, records, None)
        answer = await self.api.zones.rrsets.actions.add_records(*self._at, records=wanted, **given(ttl=ttl))
        return await self._done(answer, wait)

    @verb
    async def remove_records(self, records: Values, *, wait: bool = True) -> Action:
        """Take records away; with the last one the RRSet is gone."""
        wanted = values_sent(self.type, records, None)
        answer = await self.api.zones.rrsets.actions.remove_records(*self._at, records=wanted)
        action = await self._done(answer, wait, refresh=False)
        if wait:
            with suppress(NotFoundError):
                await self._refresh()
        return action

    @verb
    async def update_records(self, comments: Mapping[str, str], *, wait: bool = True) -> Action:
        """Change the comments of records: a map of value to comment."""
        wanted: Any = [
            {**values_sent(self.type, value, None)[0], "comment": comment}
            for value, comment in comments.items()
        ]
        answer = await self.api.zones.rrsets.actions.update_records(*self._at, records=wanted)
        return await self._done(answer, wait)

    @verb
    async def change_ttl(self, ttl: int | None, *, wait: bool = True) -> Action:
        """Change how many seconds answers may be kept; None means as long as the zone says."""
        answer = await self.api.zones.rrsets.actions.change_ttl(*self._at, ttl=ttl)
        return await self._done(answer, wait)

    @verb
    async def change_protection(self, *, change: bool, wait: bool = True) -> Action:
        """Forbid or allow to change and delete it."""
        answer = await self.api.zones.rrsets.actions.change_protection(*self._at, change=change)
        return await self._done(answer, wait)


def values_sent(type: str, records: Any, zone: str | None) -> Any:
    """Return one value or several as they are sent; raises ValueError for what cannot be a value."""
    several = (
        [records] if isinstance(records, str | Mapping) or not isinstance(records, Iterable) else [*records]
    )
    every = checked(Values, "records", several)
    return [sent_value(type, each, zone) for each in every]
