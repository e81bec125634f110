"""What the user asks a command for, as one value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Setting:
    """The options that commands share."""

    paths: tuple[str, ...] = ()
    variables: Mapping[str, object] = field(default_factory=dict)
    allow_outside: bool = False
    color: str = "auto"
    sandbox: str | None = None
    """The file of the sandbox, or None for what the environment says."""


@dataclass(frozen=True, slots=True)
class Wishes(Setting):
    """The options of ``hetzner-apply FILE``."""

    plan: bool = False
    check: bool = False
    yes: bool = False
    allow_destroy: bool = False
    max_destroy: int | None = None
    """How many objects may be destroyed or replaced; None for half of what the project owns, or three."""
    no_downtime: bool = False
    destroy: bool = False
    adopt: bool = False
    target: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    output: str = "text"
    """``text``, ``json``, and for plans ``md`` and ``yaml``."""
    gross: bool = False
    """Whether prices are shown with VAT."""
    max_monthly_increase: Decimal | None = None
    """By how much the bill of a month may grow."""
    save: str | None = None
    """The file that the plan is written into, in place of carrying it out."""
    refresh_only: bool = False
    """Whether only drift is told."""
    verbose: bool = False
    lock: bool = False
    lock_wait: float | None = None
    """Seconds to wait for the lock; None for not at all, and no lock unless it is wanted otherwise."""
    parallel: int = 8
    """Requests that may be in flight at the same time."""

    @property
    def json(self) -> bool:
        """Whether everything is told to a program."""
        return self.output == "json"

    @property
    def only_plan(self) -> bool:
        """Whether nothing may be changed."""
        return self.plan or self.check or self.refresh_only or self.save is not None
