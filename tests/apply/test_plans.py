"""Which change takes which calls: golden plans, each carried out on the sandbox as well."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from hetzner.apply.bookkeeping import Bookkeeping
from hetzner.apply.plans import Plan
from hetzner.domain.specs.facts import Call
from tests.apply.stage import Stage, steps

FOLDER = Path(__file__).parent / "plans"
PRELUDE = "defaults: {location: fsn1, servers: {server_type: cx23, image: debian-13}}\n"
CASES = [case for file in sorted(FOLDER.glob("*.yaml")) for case in yaml.safe_load(file.read_text())]


def staged(case: dict[str, Any]) -> Stage:
    """Return a stage on which the case has what is there before."""
    stage = Stage()
    if case["before"]:
        stage.converge(PRELUDE + case["before"])
    for method, path, body in case.get("drift", ()):
        stage.talk.good(method, filled(stage, path), body)
    if "drift" in case:
        stage.talk.wait()
    return stage


def filled(stage: Stage, path: str) -> str:
    """Return a path with ids in place of addresses."""
    return re.sub(r"<(\w+)\.([\w-]+)>", lambda found: str(stage.row(found[1], found[2])["id"]), path)


def by_name(case: dict[str, Any]) -> str:
    """Return what a case is called in reports."""
    return str(case["case"]).replace(" ", "-").replace(",", "")


@pytest.mark.parametrize("case", [case for case in CASES if "calls" in case], ids=by_name)
def test_change_takes_exactly_these_calls(case: dict[str, Any]) -> None:
    """The plan asks for these calls, no others are made, and afterwards there is nothing to do."""
    stage = staged(case)
    prepared = stage.prepared(PRELUDE + case["after"])
    plan = prepared.plan
    found = {address: [list(step) for step in several] for address, several in steps(plan).items()}
    assert {address: found[address] for address in found if address == case.get("only", address)} == case[
        "calls"
    ]
    assert_told(plan, case)
    before = stage.requests
    stage.converge(PRELUDE + case["after"])
    assert_made(stage.writes(before), plan, Bookkeeping(plan, prepared.observed).first())
    for name, status in case.get("status", {}).items():
        assert stage.row("servers", name)["status"] == status


def assert_told(plan: Plan, case: dict[str, Any]) -> None:
    """Compare what the plan says besides its calls."""
    items = {item.address: item for item in plan}
    for address, fields in case.get("notes", {}).items():
        assert sorted(change.field for change in items[address].changes if change.noted) == fields
    for address, consent in case.get("consent", {}).items():
        assert items[address].consent == consent
    assert not plan.refused


def assert_made(writes: list[str], plan: Plan, kept: list[Call]) -> None:
    """Compare the requests with the plan and the books; what may turn out not to be needed may be missing."""
    made = Counter(writes)
    calls = [*kept, *(call for item in plan for call in item.calls)]
    assert set(made) <= {call.operation for call in calls}
    for operation, times in Counter(call.operation for call in calls if call.unless is None).items():
        assert made[operation] >= times


@pytest.mark.parametrize("case", [case for case in CASES if "refused" in case], ids=by_name)
def test_change_is_refused(case: dict[str, Any]) -> None:
    """The plan says why it must not be done, and nothing of it is done even when it is carried out."""
    stage = staged(case)
    plan = stage.plan(PRELUDE + case["after"])
    refused = {item.address: item.refused for item in plan.refused}
    assert refused.keys() == case["refused"].keys()
    assert all(text in refused[address] for address, text in case["refused"].items())
    before = stage.state(owned=True)
    result = stage.apply(PRELUDE + case["after"])
    assert {item.address for item, _ in result.skipped} >= refused.keys()
    after = stage.state(owned=True)
    assert {address: after.get(address) for address in before} == before


def test_a_plan_is_told_in_a_few_words() -> None:
    """The repr of what a run returns grows with none of its objects: asyncio makes one of every result."""
    shown = [repr(Stage().prepared(f"{PRELUDE}firewalls: {{f: {{count: {n}}}}}")) for n in (2, 50)]
    assert len(shown[1]) <= len(shown[0]) + 2
    assert "50 of 50 to change" in shown[1]
    (item, *_) = Stage().plan(PRELUDE + "firewalls: {f: {}}")
    assert repr(item) == "Item(+ firewalls.f)"
