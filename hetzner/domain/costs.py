"""What things cost, calculated from the prices that the API tells; nothing here makes a request.

https://docs.hetzner.cloud/reference/cloud#pricing
"""

from __future__ import annotations

from typing import Any

from hetzner.domain.asking import insist_on_names
from hetzner.domain.money import NOTHING, Amount, Cost, located
from hetzner.domain.record import Record
from hetzner.domain.specs import kind_of
from hetzner.domain.specs.kind import Names
from hetzner.domain.specs.tariff import Tariff
from hetzner.schema import pricing as schema


class Costs(schema.Prices):
    """Prices that can tell what an object costs."""

    def cost(self, thing: Record[Any]) -> Cost:
        """Return what an object costs as it is, all in all, without traffic.

        A server with its IPv4 address and its backups; a snapshot by its size. What is free costs nothing.
        An address that is assigned to a server is counted here and there. Raises LookupError when there is no
        price for it, and TypeError for kinds whose prices the API does not tell.
        """
        if thing.kind == "images":
            found = Tariff(self).of_size("image", _stored(thing))
        else:
            found = self._declared(thing)
        if found is None:
            raise LookupError(f"there is no price for {thing!r}")
        return found

    def estimate(self, record: type[Record[Any]], **options: Any) -> Cost:
        """Return what an object would cost that does not exist yet; options are those of its ``create``.

            Pricing.get().estimate(Server, server_type="cx23", location="fsn1", backups=True).monthly

        Without a location it is the first price that the API tells. The price list has no storage boxes: give
        a type as an object, ``storage_box_type=StorageBoxType.find("bx11")``. Raises TypeError for
        options that do not exist and kinds whose prices the API does not tell, and LookupError for no price.
        """
        call = f"estimate({record.__name__.removeprefix('Async')})"
        try:
            kind = kind_of(record.kind)
        except LookupError:
            raise TypeError(f"{call}: the API does not tell what that costs") from None
        insist_on_names(call, options, kind.fields)
        sold = options.get(kind.sold_as or "")
        types = {f"{kind.sold_as}s": [sold]} if hasattr(sold, "prices") else {}
        found = kind.cost(options, Tariff(self, types)) if kind.billed else NOTHING
        if found is None:
            raise LookupError(f"{call}: the price list has no price for that type and location")
        return found

    def _declared(self, thing: Record[Any]) -> Cost | None:
        try:
            kind = kind_of(thing.kind)
        except LookupError:
            raise TypeError(f"the API does not tell what {thing!r} costs") from None
        if not kind.billed:
            return NOTHING
        return kind.cost(kind.read(thing, Names({})), Tariff(self, kind.types_of(thing)))


def _stored(image: Any) -> float:
    """Return the GB of an image that are billed: those of snapshots."""
    return (image.image_size or 0) if image.type == "snapshot" else 0


__all__ = ["NOTHING", "Amount", "Cost", "Costs", "located"]
