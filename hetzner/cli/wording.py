"""Money, time and numbers as people read them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from hetzner.apply.plans import Item, Verdict
from hetzner.domain.money import Amount, Cost

SYMBOLS = {"EUR": "€", "USD": "$"}
CENT = Decimal("0.01")


def money(amount: Amount, *, gross: bool = False) -> str:
    """Return an amount to the cent: ``1 234.50``."""
    return counted(_cents(amount, gross))


def change(amount: Amount, *, gross: bool = False, space: str = "") -> str:
    """Return by how much something changes, with a sign: ``+10.90``, ``-2.20``, ``±0.00``."""
    cents = _cents(amount, gross)
    sign = "+" if cents > 0 else "-" if cents < 0 else "±"
    return f"{sign}{space}{counted(abs(cents))}"


def difference(item: Item) -> Amount | None:
    """Return how much more an item costs a month when it is done; None when nobody tells."""
    if item.now is None or item.then is None:
        return None
    return item.then.monthly - item.now.monthly


def price(item: Item, currency: str, *, gross: bool = False) -> str:
    """Return what an item changes in the bill: ``+ 9.90 €/mo``; nothing for what is free."""
    more = difference(item)
    if more is None:
        return f"? {symbol(currency)}/mo" if item.kind.billed and (item.now or item.then) else ""
    if item.verdict is Verdict.UPDATE and not _cents(more, gross):
        return ""
    free = not any(cost is not None and any(_both(cost)) for cost in (item.now, item.then))
    return "" if free else f"{change(more, gross=gross, space=' ')} {symbol(currency)}/mo"


def symbol(currency: str) -> str:
    """Return how a currency is written."""
    return SYMBOLS.get(currency, currency)


def decimal(amount: Amount, *, gross: bool) -> Decimal:
    """Return an amount without or with VAT."""
    return amount.gross if gross else amount.net


def duration(seconds: float) -> str:
    """Return about how long something takes: ``45 s``, ``2 min``, ``1 h 20 min``."""
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    minutes = round(seconds / 60)
    if minutes < 60:
        return f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if minutes else f"{hours} h"


def counted(number: int | Decimal) -> str:
    """Return a number with its thousands apart: ``3 571``."""
    return f"{number:,}".replace(",", " ")


def several(count: int, one: str, more: str = "") -> str:
    """Return a count with its noun: ``1 request``, ``3 571 requests``."""
    return f"{counted(count)} {one if count == 1 else more or one + 's'}"


def _cents(amount: Amount, gross: bool) -> Decimal:
    return decimal(amount, gross=gross).quantize(CENT, ROUND_HALF_UP)


def _both(cost: Cost) -> tuple[Decimal, Decimal]:
    return cost.monthly.net, cost.monthly.gross
