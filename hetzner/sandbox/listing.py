"""Lists: sorting, pages, `meta.pagination` and the `Link` header.

https://docs.hetzner.cloud/reference/cloud#description/pagination
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter
from typing import Any
from urllib.parse import urlencode

from hetzner.sandbox.call import Call, Reply
from hetzner.sandbox.errors import invalid
from hetzner.sandbox.table import Row, str_last

PER_PAGE, MOST = 25, 50


def ordered(rows: list[Row], sorts: Sequence[str], allowed: Sequence[str]) -> list[Row]:
    """Sort by `field`, `field:asc` or `field:desc`, the first being the most important; by id without any."""
    if any(isinstance(row["id"], str) for row in rows[:1]):
        rows.sort(key=lambda row: str_last(row["id"]))
    else:
        rows.sort(key=itemgetter("id"))
    for sort in reversed(sorts):
        field, _, direction = sort.partition(":")
        if field not in allowed or direction not in ("", "asc", "desc"):
            raise invalid("sort", f"'{sort}' is not a valid sort")
        rows.sort(key=lambda row: _rank(row, field), reverse=direction == "desc")
    return rows


def _rank(row: Row, field: str) -> tuple[bool, Any]:
    value: Any = row
    for part in field.split("."):
        value = value.get(part) if isinstance(value, dict) else None
    return (value is not None, value if value is not None else 0)


def page_of(call: Call, rows: Sequence[Row], most: int = MOST) -> tuple[list[Row], Reply]:
    """Cut out the page asked for; the reply has pagination and links, the items are yours to add."""
    page = max(1, _number(call, "page", 1))
    size = min(most, max(1, _number(call, "per_page", PER_PAGE)))
    last = max(1, -(-len(rows) // size))
    pagination = {
        "page": page,
        "per_page": size,
        "previous_page": page - 1 if page > 1 else None,
        "next_page": page + 1 if page < last else None,
        "last_page": last,
        "total_entries": len(rows),
    }
    reply = Reply({"meta": {"pagination": pagination}}, headers={"Link": _links(call, pagination)})
    return [*rows[(page - 1) * size : page * size]], reply


def _number(call: Call, name: str, default: int) -> int:
    text = call.one(name)
    if not text:
        return default
    try:
        return int(text)
    except ValueError:
        raise invalid(name, "must be a whole number") from None


def _links(call: Call, pagination: dict[str, int | None]) -> str:
    rest = [(name, value) for name, values in call.query.items() if name != "page" for value in values]
    pages = {
        "prev": pagination["previous_page"],
        "next": pagination["next_page"],
        "last": pagination["last_page"],
    }
    return ", ".join(
        f'<{call.base}{call.target}?{urlencode([("page", number), *rest])}>; rel="{relation}"'
        for relation, number in pages.items()
        if number
    )
