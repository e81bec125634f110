"""What the user asks ``hetzner-apply`` for, as one value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wishes:
    """The options of the command."""

    paths: tuple[str, ...]
    variables: Mapping[str, str]
    plan: bool = False
    check: bool = False
    yes: bool = False
    allow_destroy: bool = False
    destroy: bool = False
    adopt: bool = False
    allow_outside: bool = False
    json: bool = False
    verbose: bool = False
    color: str = "auto"
    sandbox: str | None = None
    """The file of the sandbox, or None for what the environment says."""

    @property
    def only_plan(self) -> bool:
        """Whether nothing may be changed."""
        return self.plan or self.check
