"""Types and locations in order: the first that can be had is taken, and nothing is made twice."""

from __future__ import annotations

from typing import Any

import pytest

from hetzner.apply.events import SoldOut
from hetzner.apply.plans import Item, Verdict
from hetzner.domain.reference import Ordered
from tests.apply.stage import Stage, told

PRELUDE = "project: shop\ndefaults: {servers: {image: debian-13}}\n"
BOTH = PRELUDE + "servers: {web: {server_type: [cx33, cpx32], location: [fsn1, nbg1]}}\n"


@pytest.fixture
def stage() -> Stage:
    """An empty project."""
    return Stage()


def asked(item: Item, *names: str) -> list[tuple[Any, ...]]:
    """Return what the create of an item asks for in turn."""
    return [tuple(offer[name] for name in names) for offer in item.calls[0].offers]


def test_types_take_turns_within_a_location(stage: Stage) -> None:
    """All types are tried in the first location before the second one is thought of."""
    [item] = stage.plan(BOTH)
    assert asked(item, "location", "server_type") == [
        ("fsn1", "cx33"), ("fsn1", "cpx32"), ("nbg1", "cx33"), ("nbg1", "cpx32"),
    ]  # fmt: skip
    assert told(item.calls[0].arguments)["server_type"] == "cx33"
    assert {change.field: change.new for change in item.changes}["server_type"] == Ordered(("cx33", "cpx32"))


def test_the_plan_passes_over_what_is_sold_out(stage: Stage) -> None:
    """What the catalogue shows as sold out comes last, and the plan says why."""
    stage.sandbox.faults.sell_out("cx33", "fsn1")
    [item] = stage.plan(BOTH)
    assert item.why == "cx33 is sold out in fsn1"
    assert asked(item, "location", "server_type")[0] == ("fsn1", "cpx32")
    assert asked(item, "location", "server_type")[-1] == ("fsn1", "cx33")
    stage.converge(BOTH)
    assert stage.row("servers", "web")["server_type"]["name"] == "cpx32"


def test_what_is_sold_out_later_makes_room_for_the_next(stage: Stage) -> None:
    """Refusals at the create lead through the order; one server is made, and a second run keeps it."""

    async def work(client: Any) -> Any:
        prepared = await stage._prepared(client, BOTH, {}, True)
        for sold_out in ("cx33", "fsn1"), ("cpx32", "fsn1"):
            stage.sandbox.faults.sell_out(*sold_out)
        return await stage.started(prepared).run()

    assert stage.go(work).complete
    server = stage.row("servers", "web")
    assert (server["server_type"]["name"], server["location"]["name"]) == ("cx33", "nbg1")
    assert stage.writes() == ["servers.create"] * 3
    passed = [event.instead for event in stage.events if isinstance(event, SoldOut)]
    assert [(each["location"], each["server_type"]) for each in passed] == [
        ("fsn1", "cpx32"),
        ("nbg1", "cx33"),
    ]
    stage.settled(BOTH)
    stage.insist_exact(BOTH)


def test_all_sold_out(stage: Stage) -> None:
    """When nothing can be had, the last refusal is told and nothing was made."""
    for server_type in ("cx33", "cpx32"):
        for location in ("fsn1", "nbg1"):
            stage.sandbox.faults.sell_out(server_type, location)
    [(_, error)] = stage.apply(BOTH).failed
    assert getattr(error, "code", None) == "resource_unavailable"
    assert stage.rows("servers") == {}


def test_other_refusals_end_it(stage: Stage) -> None:
    """Only what is sold out is a reason to ask for something else."""
    stage.sandbox.faults.quota("servers", 0)
    [(_, error)] = stage.apply(BOTH).failed
    assert getattr(error, "code", None) == "resource_limit_exceeded"
    assert stage.writes() == ["servers.create"]


def test_what_is_there_is_kept_when_it_is_one_of_them(stage: Stage) -> None:
    """A server that has the last type in the last location is as it is wanted, whatever the order."""
    stage.converge(PRELUDE + "servers: {web: {server_type: cpx32, location: nbg1}}\n")
    [item] = stage.plan(BOTH)
    assert item.verdict is Verdict.KEEP
    assert item.resource is not None
    assert (item.resource.spec["server_type"], item.resource.spec["location"]) == ("cpx32", "nbg1")


def test_a_change_takes_the_first_type_that_fits(stage: Stage) -> None:
    """Types that an existing server cannot have are left out when it has none of the list."""
    stage.converge(PRELUDE + "servers: {web: {server_type: cx33, location: nbg1}}\n")
    text = PRELUDE + "servers: {web: {server_type: [cax11, cx43, cx53], location: [fsn1, nbg1]}}\n"
    [item] = stage.plan(text)
    assert item.verdict is Verdict.UPDATE
    [change] = [call for call in item.calls if call.operation == "servers.actions.change_type"]
    assert [offer["server_type"] for offer in change.offers] == ["cx43", "cx53"]
    assert "cax11 is arm" in item.why
    stage.converge(text)
    assert stage.row("servers", "web")["server_type"]["name"] == "cx43"


def test_no_type_that_fits(stage: Stage) -> None:
    """When none of a list is possible, the plan refuses and gives each reason once."""
    [item] = stage.plan(
        PRELUDE + "servers: {web: {server_type: [cax11, cax21], image: ubuntu-24.04, location: [ash, hil]}}\n"
    )
    assert item.refused.count("is not sold in ash") == 2
    assert item.refused.count("is not sold in hil") == 2


def test_the_choice_of_the_plan_outlives_references(stage: Stage) -> None:
    """A server that waits for an address of another one asks for what the plan has shown."""
    stage.sandbox.faults.sell_out("cx33", "fsn1")
    text = (
        PRELUDE
        + "servers:\n"
        + "  db: {server_type: cx23, location: fsn1}\n"
        + "  web: {server_type: [cx33, cpx32], location: fsn1, user_data: 'db=${servers.db.ipv4}'}\n"
    )
    stage.converge(text)
    assert stage.writes() == ["servers.create"] * 2
    assert stage.row("servers", "web")["server_type"]["name"] == "cpx32"


def test_a_replacement_chooses_too(stage: Stage) -> None:
    """A server that stands in none of the locations is replaced by one in the first that has it."""
    stage.converge(PRELUDE + "servers: {web: {server_type: cx33, location: hel1}}\n")
    stage.sandbox.faults.sell_out("cx33", "fsn1")
    text = PRELUDE + "servers: {web: {server_type: cx33, location: [fsn1, nbg1]}}\n"
    [item] = stage.plan(text)
    assert (item.verdict, item.refused) == (Verdict.REPLACE, "")
    stage.converge(text)
    assert stage.row("servers", "web")["location"]["name"] == "nbg1"


def test_the_image_must_fit_the_processor(stage: Stage) -> None:
    """A type for whose processor there is no such image is passed over, or refused when alone."""
    stage.talk.server("old", server_type="cx23")
    stage.talk.act(f"/servers/{stage.row('servers', 'old')['id']}/actions/create_image")
    [snapshot] = stage.talk.get("/images?type=snapshot")["images"]
    image = snapshot["id"]
    text = "servers: {{web: {{server_type: {}, image: {}, location: fsn1}}}}\n"
    [refused] = stage.plan(text.format("cax11", image))
    assert refused.refused == f"cax11 is arm, and the image {image} is for x86"
    [item] = stage.plan(text.format("[cax11, cx23]", image))
    assert told(item.calls[0].arguments)["server_type"] == "cx23"


def test_a_change_that_is_refused_makes_room_for_the_next(stage: Stage) -> None:
    """A type that is sold out for the change leads to the next one, in the same window."""
    stage.converge(PRELUDE + "servers: {web: {server_type: cx33, location: nbg1}}\n")
    stage.sandbox.faults.refuse("servers.actions.change_type", code="resource_unavailable")
    text = PRELUDE + "servers: {web: {server_type: [cx43, cx53], location: nbg1}}\n"
    stage.converge(text)
    server = stage.row("servers", "web")
    assert (server["server_type"]["name"], server["status"]) == ("cx53", "running")
    assert stage.writes().count("servers.actions.change_type") == 2
    assert stage.writes().count("servers.actions.shutdown") == 1


def test_a_load_balancer_takes_the_first_place_that_has_one(stage: Stage) -> None:
    """Load balancers take turns with types and locations as servers do, and keep what they have."""
    text = "load_balancers: {lb: {load_balancer_type: [lb11, lb21], location: [fsn1, nbg1]}}\n"
    stage.sandbox.faults.refuse("load_balancers.create", code="resource_unavailable", times=2)
    stage.converge(text)
    balancer = stage.row("load_balancers", "lb")
    assert (balancer["load_balancer_type"]["name"], balancer["location"]["name"]) == ("lb11", "nbg1")
    assert stage.writes() == ["load_balancers.create"] * 3
