"""The prices of everything, as a record: ``Pricing.get().cost(server).monthly``.

https://docs.hetzner.cloud/reference/cloud#pricing
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar, Generic

from hetzner._faces import IO, Async, Sync, drive
from hetzner.domain.costs import Costs
from hetzner.domain.project import client_for
from hetzner.domain.record import Record

if TYPE_CHECKING:
    from hetzner.api.client import AsyncHetzner, Hetzner


class _Pricing(Costs, Record[IO], Generic[IO]):
    """The one price list; it has no id."""

    kind: ClassVar[str] = "pricing"

    @property
    def _at(self) -> tuple[Any, ...]:
        return ()

    def _told(self) -> Iterable[Any]:
        yield self.currency
        yield f"VAT {float(self.vat_rate):g} %"


class Pricing(_Pricing[Sync]):
    """The prices of everything, in one currency."""

    @classmethod
    def get(cls, *, client: Hetzner | None = None) -> Pricing:
        """Read the prices."""
        using = client_for(client, blocking=True)
        return cls.of(drive(using.awaited.pricing.retrieve()).pricing, using)


class AsyncPricing(_Pricing[Async]):
    """The prices of everything, in one currency, awaited."""

    @classmethod
    async def get(cls, *, client: AsyncHetzner | None = None) -> AsyncPricing:
        """Read the prices."""
        using = client_for(client, blocking=False)
        return cls.of((await using.awaited.pricing.retrieve()).pricing, using)
