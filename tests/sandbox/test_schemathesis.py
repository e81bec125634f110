"""schemathesis asks every operation of the published OpenAPI, and the sandbox answers as documented."""

import pytest

from tests.sandbox.asked import EXCLUDED, Outcome, asked
from tests.sandbox.spec import available, published
from tests.witnesses import WITNESSES

pytest.importorskip("schemathesis", reason="schemathesis is not installed")
pytestmark = [
    pytest.mark.skipif(not available(), reason="the published specification is not here"),
    pytest.mark.filterwarnings("ignore"),  # what schemathesis has to say about itself
]
ALONE, TOGETHER = ("examples", "coverage", "fuzzing"), ("stateful",)


def counted(outcome: Outcome) -> Outcome:
    """Insist on no complaint, and count what was asked."""
    assert outcome.failures == []
    WITNESSES.count("schemathesis", outcome.cases)
    WITNESSES.saw("schemathesis operations", *(each for each in outcome.operations if " " in each))
    return outcome


def test_exclusions_are_few_and_explained() -> None:
    """At most five checks are switched off, and each says why."""
    assert len(EXCLUDED) <= 5
    assert all(len(each.why) > 40 for each in EXCLUDED)


def test_a_short_look_finds_nothing() -> None:
    """The storage API's own examples and a single guess each: nothing undocumented is answered."""
    outcome = counted(asked("storage", ("examples", "fuzzing"), examples=1))
    assert len(outcome.operations) >= 32
    assert outcome.good


@pytest.mark.slow
@pytest.mark.parametrize(("name", "operations", "good"), [("cloud", 190, 160), ("storage", 32, 28)])
def test_every_operation_is_answered_as_documented(name: str, operations: int, good: int) -> None:
    """No crash, no undocumented status, header or field, no ignored token, nothing outlives its deletion."""
    outcome = counted(asked(name, ALONE, examples=12))
    here = {each for each in map(" ".join, published()) if ("/storage_" in each) == (name == "storage")}
    assert len(here) == operations
    assert here <= outcome.operations
    assert len(outcome.good & here) >= good, sorted(here - outcome.good)
    assert counted(asked(name, TOGETHER, examples=60)).cases > operations
