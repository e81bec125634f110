"""What holds for every document: it is reached from wherever one comes, in whatever order it is written."""

from __future__ import annotations

from random import Random
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.apply.documents import declarations, shuffled, written
from tests.apply.stage import Stage, read, steps

SLOW = [HealthCheck.too_slow, HealthCheck.filter_too_much]


@settings(max_examples=20, deadline=None, suppress_health_check=SLOW)
@given(declarations(), declarations())
def test_every_document_is_reached_from_every_other(first: dict[str, Any], second: dict[str, Any]) -> None:
    """After applying one and then the other there is nothing to do, and exactly the other is owned."""
    stage = Stage()
    stage.converge(written(first))
    stage.insist_exact(written(first))
    assume(not stage.plan(written(second)).refused)
    stage.converge(written(second))
    stage.insist_exact(written(second))
    before = stage.requests
    stage.apply(written(second))
    assert stage.writes(before) == []


@settings(max_examples=20, deadline=None, suppress_health_check=SLOW)
@given(declarations(), st.randoms(use_true_random=False))
def test_the_order_of_keys_means_nothing(document: dict[str, Any], random: Random) -> None:
    """The same document in another order is the same plan."""
    stage = Stage()
    other = shuffled(document, random)
    plan, again = stage.plan(written(document)), stage.plan(written(other))
    assert [item.address for item in plan] == [item.address for item in again]
    assert steps(plan) == steps(again)


@settings(max_examples=10, deadline=None, suppress_health_check=SLOW)
@given(declarations())
def test_destroying_leaves_nothing(document: dict[str, Any]) -> None:
    """Whatever was made can be taken away in one run."""
    stage = Stage()
    stage.converge(written(document))
    assert stage.apply(read(written(document)), destroy=True).complete
    assert not stage.state(owned=True)
