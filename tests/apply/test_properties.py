"""What holds for every document: it is reached from wherever one comes, in whatever order it is written."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.apply.broken import Jostling
from tests.apply.documents import declarations, shuffled, written
from tests.apply.stage import Stage, read, steps
from tests.apply.wide import everything

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


def insist_done(document: dict[str, Any]) -> Stage:
    """Apply a document, which must make exactly what it declares, and leave nothing to a second run."""
    stage = Stage()
    stage.converge(written(document))
    stage.insist_exact(written(document))
    before = stage.requests
    assert stage.apply(written(document)).complete
    assert stage.writes(before) == []
    return stage


@settings(max_examples=10, deadline=None, suppress_health_check=SLOW)
@given(everything())
def test_a_second_run_does_nothing_for_any_kind(document: dict[str, Any]) -> None:
    """Whatever of all kinds is declared is there after one run, and the next one asks for no change."""
    insist_done(document)


@settings(max_examples=10, deadline=None, suppress_health_check=SLOW)
@given(everything(), st.randoms(use_true_random=False))
def test_the_order_of_keys_means_nothing_for_any_kind(document: dict[str, Any], random: Random) -> None:
    """Written in another order, a document of all kinds is the same plan."""
    stage = Stage()
    plan, again = stage.plan(written(document)), stage.plan(written(shuffled(document, random)))
    assert [item.address for item in plan] == [item.address for item in again]
    assert steps(plan) == steps(again)


def lead_over(first: dict[str, Any], second: dict[str, Any]) -> None:
    """Apply one document after the other, unless something forbids that; the other one is what is left.

    Both say what their zones are: one that does not would keep a secondary zone, which has no certificates.
    Storage boxes get another password.
    """
    for box in second["storage_boxes"].values():
        box["password"] = "Another-horse-battery-2"
    for zone in (zone for document in (first, second) for zone in document["zones"].values()):
        zone.setdefault("mode", "primary")
    stage = insist_done(first)
    assume(not stage.plan(written(second)).refused)
    random = Random(len(written(second)))  # noqa: S311  dice, not secrets
    stage.wrap = lambda inner: Jostling(
        inner, random
    )  # whatever may come first comes first for some documents
    stage.converge(written(second))
    stage.insist_exact(written(second))


@pytest.mark.slow
@settings(max_examples=150, deadline=None, suppress_health_check=SLOW)
@given(everything(), everything())
def test_documents_of_all_kinds_are_reached_from_each_other(
    first: dict[str, Any], second: dict[str, Any]
) -> None:
    """What one document of all kinds leaves can be brought to what another one says."""
    lead_over(first, second)


@settings(max_examples=5, deadline=None, suppress_health_check=SLOW)
@given(everything(), everything())
def test_some_documents_of_all_kinds_are_reached_from_each_other(
    first: dict[str, Any], second: dict[str, Any]
) -> None:
    """The same for a few of them, which takes little time."""
    lead_over(first, second)
