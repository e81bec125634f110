"""Scenarios of what is only read and has no id."""

from __future__ import annotations

from tests.domain.faces import Face, done
from tests.domain.verbs.registry import tries


@tries("Pricing.get", "Pricing.refresh", "Pricing.wait")
async def prices(face: Face) -> None:
    """The one price list is read, and read again, with one request each."""
    with face.requests() as made:
        prices = await done(face.Pricing.get())
        before = prices.to_dict()
        await done(prices.refresh())
        await done(prices.wait())
    assert made == ["pricing.retrieve"] * 3
    assert prices.to_dict() == before
    assert isinstance(prices, face.Pricing)
    assert repr(prices) == "Pricing(EUR VAT 19 %)"
    assert float(prices.volume.price_per_gb_month.net) > 0
    assert prices == await done(face.Pricing.get(client=face.client))
