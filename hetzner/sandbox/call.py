"""A request as a handler sees it, and what a handler gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hetzner.sandbox.project import Project


@dataclass(slots=True)
class Call:
    """A checked request: `path` holds the placeholders (ids as int), `body` the declared fields."""

    project: Project
    operation: str
    target: str
    path: Mapping[str, Any]
    query: Mapping[str, list[str]]
    body: dict[str, Any] = field(repr=False)
    base: str = "https://api.hetzner.cloud/v1"

    @property
    def id(self) -> Any:
        """The id (or name) of the object the request is about."""
        return self.path["id"] if "id" in self.path else self.path["id_or_name"]

    def one(self, name: str) -> str | None:
        """The last value of a query parameter."""
        values = self.query.get(name)
        return values[-1] if values else None

    def many(self, name: str) -> list[str]:
        """All values of a query parameter that repeats."""
        return list(self.query.get(name, ()))

    def flag(self, name: str) -> bool:
        """A query parameter that is true or false (`true`, `True` and `1` are true)."""
        return (self.one(name) or "").lower() in ("true", "1")


@dataclass(slots=True)
class Reply:
    """What a handler answers when the usual (201 for POST, 200 else, 204 for None) does not fit."""

    body: dict[str, Any] | None
    status: int | None = None
    headers: dict[str, str] = field(default_factory=dict)
