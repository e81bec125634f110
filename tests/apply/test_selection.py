"""A part of a document: the chosen objects and what they need are done, and nothing else is touched."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hetzner.apply.choice import Choice
from hetzner.apply.document import DocumentError
from hetzner.apply.plans import Plan
from tests.apply.documents import declarations, written
from tests.apply.stage import Stage, read

SHOP = """
networks: {internal: {ip_range: 10.0.0.0/16, subnets: [10.0.1.0/24]}}
firewalls: {base: {rules: [icmp]}, other: {rules: [icmp]}}
placement_groups: {g: {}}
servers:
  web: {count: 2, server_type: cx23, image: debian-13, networks: [internal], firewalls: [base]}
  db: {server_type: cx23, image: debian-13, firewalls: [base]}
  peer: {server_type: cx23, image: debian-13, user_data: "db=${servers.db.ipv4}"}
"""


def choice(*targets: str, exclude: tuple[str, ...] = ()) -> Choice:
    """Return a choice."""
    return Choice(targets, exclude)


def pending(plan: Plan) -> list[str]:
    """Return what a plan changes: markers and addresses."""
    return [f"{item.verdict.value} {item.address}" for item in plan.pending]


@pytest.mark.parametrize(
    ("targets", "made"),
    [
        (["servers.db"], ["+ firewalls.base", "+ servers.db"]),
        (["servers.web-1"], ["+ networks.internal", "+ firewalls.base", "+ servers.web-1"]),
        (["servers.web"], ["+ networks.internal", "+ firewalls.base", "+ servers.web-1", "+ servers.web-2"]),
        (
            ["servers.web-*"],
            ["+ networks.internal", "+ firewalls.base", "+ servers.web-1", "+ servers.web-2"],
        ),
        (["servers.peer"], ["+ firewalls.base", "+ servers.db", "+ servers.peer"]),
        (["firewalls"], ["+ firewalls.base", "+ firewalls.other"]),
        (["placement_groups.g", "*.other"], ["+ placement_groups.g", "+ firewalls.other"]),
    ],
)
def test_targets_bring_what_they_need(targets: list[str], made: list[str]) -> None:
    """Addresses, patterns, kinds and names of replicas choose; what is needed is added, and told."""
    plan = Stage().plan(SHOP, choice=choice(*targets))
    assert pending(plan) == made
    assert all(f"+ {address}" in made for address in plan.selection.included)


def test_what_is_added_says_why() -> None:
    """Everything that was not named is told with what needs it."""
    plan = Stage().plan(SHOP, choice=choice("servers.peer"))
    assert plan.selection.included == {
        "servers.db": "servers.peer needs it",
        "firewalls.base": "servers.db needs it",
    }


def test_what_is_there_is_not_added() -> None:
    """Something needed that is as it should be is not part of the plan."""
    stage = Stage()
    stage.converge("firewalls: {base: {rules: [icmp]}}")
    assert pending(stage.plan(SHOP, choice=choice("servers.db"))) == ["+ servers.db"]


def test_exclude_leaves_out_what_needs_it() -> None:
    """What needs something that is excluded and not there is left out, one after the other, and told."""
    plan = Stage().plan(SHOP, choice=choice(exclude=("firewalls.base", "placement_groups")))
    assert pending(plan) == ["+ networks.internal", "+ firewalls.other"]
    assert plan.selection.left_out["servers.db"] == "it needs firewalls.base; choose that, too"
    assert plan.selection.left_out["servers.peer"] == "it needs servers.db; choose that, too"


def test_exclude_what_is_there() -> None:
    """What needs something that is excluded and there as it should be is not left out."""
    stage = Stage()
    stage.converge("firewalls: {base: {rules: [icmp]}}")
    plan = stage.plan(SHOP, choice=choice("servers.db", exclude=("firewalls",)))
    assert (pending(plan), plan.selection.left_out) == (["+ servers.db"], {})


def test_nothing_goes_outside_of_a_choice() -> None:
    """Leftovers stay unless they are chosen, by the address under which they were made."""
    stage = Stage()
    stage.converge(SHOP)
    less = "placement_groups: {g: {labels: {a: b}}}\n"
    assert pending(stage.plan(less, choice=choice("placement_groups"))) == ["~ placement_groups.g"]
    assert pending(stage.plan(less, choice=choice("servers.web-1"))) == ["- servers.web-1"]
    before = stage.state(owned=True)
    assert stage.apply(read(less), choice=choice("firewalls.other")).complete
    gone = before.keys() - stage.state(owned=True).keys()
    assert {address.partition("#")[0] for address in gone} == {"firewalls.other"}


def test_a_replacement_is_never_added() -> None:
    """What needs something that would be replaced is left out until that is chosen, too."""
    stage = Stage()
    stage.converge("servers: {db: {server_type: cx23, image: debian-13, location: fsn1}}")
    text = """
    servers:
      db: {server_type: cx23, image: debian-13, location: nbg1}
      peer: {server_type: cx23, image: debian-13, user_data: "${servers.db.ipv4}"}
    """
    plan = stage.plan(text, choice=choice("servers.peer"))
    why = "it needs servers.db, which would be replaced; choose that, too"
    assert (pending(plan), plan.selection.left_out) == ([], {"servers.peer": why})
    assert pending(stage.plan(text, choice=choice("servers"))) == ["± servers.db", "+ servers.peer"]


def test_what_uses_something_that_goes_lets_go_first() -> None:
    """A deletion takes along the change by which something else lets go of what is deleted."""
    stage = Stage()
    stage.converge(SHOP)
    less = SHOP.replace("internal: {ip_range", "second: {ip_range").replace("[internal]", "[]")
    plan = stage.plan(less, choice=choice("networks.internal"))
    assert pending(plan) == ["- networks.internal", "~ servers.web-1", "~ servers.web-2"]
    assert plan.selection.included["servers.web-1"] == "it uses networks.internal"
    without = stage.plan(less, choice=choice("networks.internal", exclude=("servers",)))
    assert without.selection.left_out == {"networks.internal": "servers.web-1 uses it; choose that, too"}
    assert stage.apply(read(less), choice=choice("networks.internal")).complete


def test_what_is_referred_to_stays() -> None:
    """A leftover that something outside of the choice still refers to is not deleted."""
    stage = Stage()
    stage.converge(SHOP)
    less = SHOP.replace("\nnetworks:", "\nx-networks:")
    (item,) = stage.plan(less, choice=choice("networks.internal")).refused
    assert "servers.web-1, servers.web-2 still refer to it" in item.refused


def test_a_part_is_adopted() -> None:
    """With --adopt only what is chosen is taken over; what it needs is used as it is."""
    stage = Stage()
    stage.talk.post("/firewalls", {"name": "base"})
    stage.talk.post("/placement_groups", {"name": "g", "type": "spread"})
    text = "firewalls: {base: {}}\nplacement_groups: {g: {}}\n"
    text += "servers: {db: {server_type: cx23, image: debian-13, firewalls: [base]}}"
    plan = stage.plan(text, adopt=True, choice=choice("servers", "placement_groups"))
    assert pending(plan) == ["~ placement_groups.g", "+ servers.db"]


@pytest.mark.parametrize(
    ("pattern", "hint"),
    [
        ("servers.wbe", "did you mean 'servers.web'?"),
        ("server", "did you mean 'servers'?"),
        ("nothing-*", "an address is KIND.NAME, such as servers.web"),
    ],
)
def test_a_choice_of_nothing(pattern: str, hint: str) -> None:
    """Choosing what is not there is an error with what was most likely meant."""
    for chosen in (choice(pattern), choice(exclude=(pattern,))):
        with pytest.raises(DocumentError) as caught:
            Stage().plan(SHOP, choice=chosen)
        assert (f"shop has no object '{pattern}'" in str(caught.value), hint in str(caught.value)) == (
            True,
            True,
        )


def test_a_kind_of_which_there_is_nothing() -> None:
    """A kind may be chosen although nothing of it is declared, as in a script for many files."""
    assert pending(Stage().plan(SHOP, choice=choice("ssh_keys"))) == []


def test_the_share_that_may_go_is_of_the_whole_project() -> None:
    """How much a project owns does not depend on the choice."""
    stage = Stage()
    stage.converge(SHOP)
    assert stage.plan(SHOP, choice=choice("servers.db")).owned == stage.plan(SHOP).owned == 8


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(declarations(), declarations(), st.data())
def test_any_part_touches_nothing_else(
    first: dict[str, Any], then: dict[str, Any], data: st.DataObject
) -> None:
    """Applying any part leaves everything outside of it as it was, and the rest still converges."""
    stage = Stage()
    stage.converge(written(first))
    whole = stage.plan(written(then))
    addresses = [item.address for item in whole] or ["servers"]
    targets = data.draw(st.lists(st.sampled_from(addresses), min_size=1, max_size=3, unique=True))
    plan = stage.plan(written(then), choice=choice(*targets))
    going = {item.address for item in plan.destroying}
    assert going <= set(targets)
    if not plan.refused:
        before = {address.partition("#")[0] for address in stage.state(owned=True)}
        assert stage.apply(read(written(then)), choice=choice(*targets)).complete
        after = {address.partition("#")[0] for address in stage.state(owned=True)}
        assert before - after <= going
        assert after - before <= {item.address for item in plan}
    if not stage.plan(written(then)).refused:
        stage.converge(written(then))
