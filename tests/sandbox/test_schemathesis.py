"""schemathesis asks every operation of the published OpenAPI, and the sandbox answers as documented."""

import pytest

from tests.sandbox.asked import EXCLUDED, Outcome, asked, linked
from tests.sandbox.spec import available, published
from tests.witnesses import WITNESSES

pytest.importorskip("schemathesis", reason="schemathesis is not installed")
pytestmark = [
    pytest.mark.skipif(not available(), reason="the published specification is not here"),
    pytest.mark.filterwarnings("ignore"),  # what schemathesis has to say about itself
]
ALONE = ("examples", "coverage", "fuzzing")
SCENARIOS = 30


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
    """No crash, no undocumented status, header or field, and no ignored token, whatever is asked alone."""
    outcome = counted(asked(name, ALONE, examples=6))
    here = {each for each in map(" ".join, published()) if ("/storage_" in each) == (name == "storage")}
    assert len(here) == operations
    assert here <= outcome.operations
    assert len(outcome.good & here) >= good, sorted(here - outcome.good)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "operations"), [("cloud", 60), ("storage", 24)])
def test_one_operation_leads_to_the_next(name: str, operations: int) -> None:
    """What was created is there for the next operation, what was deleted is not, and all is as documented."""
    outcome = counted(linked(name, scenarios=SCENARIOS))
    assert outcome.scenarios >= SCENARIOS  # none was given up
    assert outcome.cases >= 10 * SCENARIOS
    assert len(outcome.operations) >= operations
