"""What things cost, calculated from the prices that the API tells; nothing here makes a request.

https://docs.hetzner.cloud/reference/cloud#pricing
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any

from hetzner.domain.asking import insist_on_names
from hetzner.domain.lookup import NotFound
from hetzner.domain.money import NOTHING, Amount, Cost, located
from hetzner.domain.record import Record
from hetzner.domain.specs import kind_of
from hetzner.domain.specs.kind import Kind, Names
from hetzner.domain.specs.tariff import Tariff, called
from hetzner.schema import pricing as schema


class Costs(schema.Prices):
    """Prices that can tell what an object costs."""

    def cost(self, thing: Record[Any]) -> Cost:
        """Return what an object costs as it is, all in all, without traffic.

        A server with its IPv4 address and its backups; a snapshot by its size. What is free costs nothing.
        An address that is assigned to a server is counted here and there. Raises LookupError when there is no
        price for it, and TypeError for kinds whose prices the API does not tell.
        """
        if not isinstance(thing, Record):
            raise TypeError(f"cost() takes a record such as Server.find('web'), not {type(thing).__name__}")
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
        options that do not exist or are missing and kinds whose prices the API does not tell, and LookupError
        for no price.
        """
        if Record not in getattr(record, "__mro__", ()):
            raise TypeError(f"estimate() takes a class of records such as Server, not {record!r}")
        call = f"estimate({record.__name__.removeprefix('Async')})"
        try:
            kind = kind_of(record.kind)
        except LookupError:
            raise TypeError(f"{call}: the API does not tell what that costs") from None
        insist_on_names(call, options, kind.fields)
        sold = options.get(kind.sold_as or "")
        if kind.sold_as is not None and sold is None:
            raise TypeError(f"{call} is missing required arguments: '{kind.sold_as}'")
        types = {f"{kind.sold_as}s": [sold]} if hasattr(sold, "prices") else {}
        found = kind.cost(options, Tariff(self, types)) if kind.billed else NOTHING
        if found is None:
            raise LookupError(f"{call}: {self._lacks(kind, sold)}")
        return found

    def _lacks(self, kind: Kind, sold: Any) -> str:
        """Say why there is no price: the type is not in the list, or not sold at that place."""
        name, listed = called(sold), f"{kind.sold_as}s"
        if name is None or kind.sold_as is None or hasattr(sold, "prices"):
            return "there is no price for that in that location"
        what = kind.sold_as.replace("_", " ")
        if listed not in schema.Prices.model_fields:
            return f"the price list has no {what}s: give a {what} as an object"
        names = [each.name for each in getattr(self, listed) or ()]
        if name in names:
            return f"the price list has no price for '{name}' in that location"
        near = get_close_matches(name, names, 3)
        return str(NotFound(listed, name, near))

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
