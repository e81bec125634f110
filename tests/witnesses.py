"""Outside witnesses of the sandbox, and how much they have seen in this run.

Every answer of every sandbox in this process is held against the published OpenAPI while the specification is
here; what does not fit fails the test that was running. The counts are printed when pytest is done.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import RLock
from typing import Any

import pytest

from hetzner.sandbox import Answer, Ask, Sandbox
from tests.sandbox.spec import available, published, template_of, violations

TITLES = {
    "answers": "answers held against the OpenAPI",
    "operations": "operations answered",
    "schemathesis": "schemathesis cases",
    "schemathesis operations": "operations asked by schemathesis",
    "cli": "runs of the hcloud CLI",
    "cli commands": "commands of the hcloud CLI",
    "hcloud clients": "client classes of hcloud-python",
    "hcloud methods": "methods of hcloud-python",
    "hcloud-go operations": "operations asked by hcloud-go",
    "tofu resources": "resources of Terraform's provider hcloud",
    "ansible modules": "modules of hetzner.hcloud",
    "model steps": "steps against the naive model",
}


class Witnesses:
    """What was counted and what was complained about."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.seen: dict[str, set[str]] = {}
        self.complaints: list[str] = []
        self.deaf = False
        self._lock = RLock()  # garbage that is collected meanwhile may make requests, too

    def count(self, what: str, amount: int = 1) -> None:
        """Add to a number of `TITLES`."""
        with self._lock:
            self.counts[what] += amount

    def saw(self, what: str, *members: str) -> None:
        """Add to a set of `TITLES`."""
        with self._lock:
            self.seen.setdefault(what, set()).update(members)

    def complained(self) -> list[str]:
        """The complaints since the last time, each once."""
        found = [*dict.fromkeys(self.complaints)]
        self.complaints.clear()
        return found

    def dumped(self) -> dict[str, Any]:
        """All counts, as plain values for another process."""
        return {"counts": dict(self.counts), "seen": {name: sorted(each) for name, each in self.seen.items()}}

    def merge(self, dumped: Mapping[str, Any]) -> None:
        """Add what another process counted."""
        self.counts.update(dumped["counts"])
        for name, members in dumped["seen"].items():
            self.saw(name, *members)

    def lines(self) -> list[str]:
        """The counts in words."""
        numbers = {**self.counts, **{name: len(each) for name, each in self.seen.items()}}
        return [f"{numbers[name]:>9,} {title}" for name, title in TITLES.items() if numbers.get(name)]


WITNESSES = Witnesses()


@contextmanager
def deaf() -> Iterator[None]:
    """Look away while a test makes the sandbox answer what it never does by itself."""
    WITNESSES.deaf = True
    try:
        yield
    finally:
        WITNESSES.deaf = False


def listen(patch: pytest.MonkeyPatch) -> None:
    """Hold every answer of every sandbox against the OpenAPI, before an armed fault distorts it."""
    if not available():
        return
    transact = Sandbox._transact
    names = {f"{verb} {path}" for verb, path in published()}

    def witnessed(self: Sandbox, ask: Ask, executes: bool, fault: str) -> Answer:
        answer = transact(self, ask, executes, fault)
        if executes and not WITNESSES.deaf:
            template = template_of(ask.method, ask.path)
            WITNESSES.complaints += violations(ask.method, template, answer)
            WITNESSES.count("answers")
            if f"{ask.method} {template}" in names:
                WITNESSES.saw("operations", f"{ask.method} {template}")
        return answer

    patch.setattr(Sandbox, "_transact", witnessed)
