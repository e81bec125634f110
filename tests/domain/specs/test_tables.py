"""Which spec takes which calls: tables of what is there, what is wanted, and exactly what is asked for.

They go through the engine, which declares all kinds for that, so that each can be taken up by its name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from hetzner.domain import specs
from tests.apply.stage import Stage, steps

FOLDER = Path(__file__).parent / "tables"
CASES = [case for file in sorted(FOLDER.glob("*.yaml")) for case in yaml.safe_load(file.read_text())]
PRELUDE = "defaults: {location: fsn1, servers: {server_type: cx23, image: debian-13}}\n"
ALL = (
    "networks",
    "primary_ips",
    "servers",
    "volumes",
    "floating_ips",
    "certificates",
    "load_balancers",
)


@pytest.fixture(autouse=True)
def every_kind(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the kinds be declared that only records use so far."""
    monkeypatch.setattr(specs, "NAMES", ALL)
    specs.kinds.cache_clear()
    yield
    specs.kinds.cache_clear()


def staged(case: dict[str, Any]) -> Stage:
    """Return a stage with a DNS zone, on which the case has what is there before."""
    stage = Stage()
    stage.talk.post("/zones", {"name": "example.org", "mode": "primary"})
    stage.talk.wait()
    if case.get("before"):
        stage.converge(PRELUDE + case["before"])
    for kind, name, action, body in case.get("drift", ()):
        path = f"/{kind}/{stage.row(kind, name)['id']}/actions/{action}"
        assert stage.talk.act(path, body)["status"] == "success"
    return stage


def by_name(case: dict[str, Any]) -> str:
    """Return what a case is called in reports."""
    return str(case["case"]).replace(" ", "-").replace(",", "")


@pytest.mark.parametrize("case", [case for case in CASES if "calls" in case], ids=by_name)
def test_it_takes_exactly_these_calls(case: dict[str, Any]) -> None:
    """The plan asks for these calls, they are made, and afterwards there is nothing to do."""
    stage = staged(case)
    plan = stage.plan(PRELUDE + case["after"])
    found = {address: [list(step) for step in several] for address, several in steps(plan).items()}
    wanted = case["calls"]
    assert {address: found.get(address) for address in wanted} == wanted
    assert case.get("only") or found.keys() == wanted.keys()
    consents = {item.address: item.consent for item in plan if item.consent}
    assert consents == case.get("consent", {})
    before = stage.requests
    stage.converge(PRELUDE + case["after"])
    made = Counter(stage.writes(before))
    needed = Counter(call.operation for item in plan for call in item.calls if call.unless is None)
    assert needed <= made


@pytest.mark.parametrize("case", [case for case in CASES if "refused" in case], ids=by_name)
def test_it_is_refused(case: dict[str, Any]) -> None:
    """The plan says why it cannot be done, and nothing of it is done even when it is carried out."""
    stage = staged(case)
    plan = stage.plan(PRELUDE + case["after"])
    refused = {item.address: item.refused for item in plan.refused}
    assert refused == case["refused"]
    before = stage.state(owned=True)
    stage.apply(PRELUDE + case["after"])
    after = stage.state(owned=True)
    assert {address: after.get(address) for address in before} == before


@pytest.mark.parametrize("case", [case for case in CASES if "notes" in case], ids=by_name)
def test_it_is_only_told(case: dict[str, Any]) -> None:
    """The plan names the fields that differ and leaves them as they are."""
    plan = staged(case).plan(PRELUDE + case["after"])
    noted = {item.address: [change.field for change in item.changes if change.noted] for item in plan}
    assert {address: fields for address, fields in noted.items() if fields} == case["notes"]
    assert not steps(plan)
