"""What every verb is tried by: a scenario for each, run in both faces by ``test_verbs``."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from tests.domain.faces import Face

Scenario = Callable[[Face], Awaitable[None]]
SCENARIOS: dict[str, Scenario] = {}


def tries(*verbs: str) -> Callable[[Scenario], Scenario]:
    """Register a scenario for verbs such as ``Server.poweroff``; it has to call each of them."""

    def register(scenario: Scenario) -> Scenario:
        for verb in verbs:
            assert verb not in SCENARIOS, f"{verb} is tried twice"
            SCENARIOS[verb] = scenario
        return scenario

    return register
