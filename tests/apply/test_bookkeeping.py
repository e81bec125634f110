"""The label by which a look finds every kind that a project has: whatever comes, goes or dies in between."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hetzner import AsyncHetzner
from hetzner.apply.bookkeeping import unseen
from hetzner.apply.observe import Observed, observe
from hetzner.domain.specs import kinds
from hetzner.domain.specs.labels import KINDS
from tests.apply.broken import MOMENTS, Crash, Crashing, Moment
from tests.apply.documents import written
from tests.apply.stage import KEY, Stage

SPECS: dict[str, list[dict[str, Any]]] = {
    "ssh_keys": [{"public_key": KEY}],
    "networks": [{"ip_range": "10.0.0.0/16"}, {"ip_range": "10.1.0.0/16"}],
    "placement_groups": [{}, {"labels": {"a": "b"}}],
    "firewalls": [{}, {"rules": ["icmp"]}],
    "volumes": [{"size": 10, "location": "fsn1"}, {"size": 10, "location": "nbg1"}],
    "floating_ips": [{"type": "ipv4", "home_location": "fsn1"}, {"type": "ipv6", "home_location": "fsn1"}],
    "primary_ips": [{"type": "ipv4", "location": "fsn1"}],
}
"""Ways in which each kind is declared; to go from one to the other takes an update, or another object."""


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """Some objects of some kinds."""
    document: dict[str, Any] = {}
    for kind, specs in SPECS.items():
        names = ["a"] if kind == "ssh_keys" else ["a", "b", "c"]
        if found := draw(st.sets(st.sampled_from(names), max_size=2)) if draw(st.booleans()) else set():
            document[kind] = {name: draw(st.sampled_from(specs)) for name in sorted(found)}
    return document


Step = tuple[dict[str, Any], int | None, Moment]
steps = st.tuples(documents(), st.none() | st.integers(12, 40), st.sampled_from(MOMENTS))


def take(stage: Stage, step: Step) -> None:
    """Apply a document, and die at a request if there is one of that number."""
    document, number, moment = step
    if number is not None:
        stage.wrap = lambda inner: Crashing(inner, number, moment)
    try:
        stage.apply(written(document))
    except Crash:
        pass
    finally:
        stage.wrap = lambda inner: inner


def seen_from(stage: Stage, kind: str) -> set[str]:
    """Return everything owned that a look finds which begins with one kind."""

    async def work(client: AsyncHetzner) -> Observed:
        observed = await observe(client, {kind})
        while more := unseen(observed, "shop"):
            observed = observed.with_more(await observe(client, more))
        return observed

    return {f"{of.name}.{name}#{each.id}" for of, name, each in stage.go(work).owned("shop")}


def nothing_is_lost(sequence: list[Step]) -> None:
    """Take all steps; after each of them everything owned is found, wherever a look begins."""
    stage = Stage()
    for step in sequence:
        take(stage, step)
        owned = {*stage.state(owned=True)}
        for kind in SPECS:
            assert seen_from(stage, kind) == owned, kind
    last = written(sequence[-1][0])
    stage.converge(last)
    stage.insist_exact(last)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(steps, min_size=1, max_size=5))
def test_nothing_owned_is_ever_out_of_sight(sequence: list[Step]) -> None:
    """Kinds come and go, runs die at any request, and the next look still finds everything."""
    nothing_is_lost(sequence)


@pytest.mark.slow
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(steps, min_size=2, max_size=8))
def test_nothing_owned_is_ever_out_of_sight_for_long(sequence: list[Step]) -> None:
    """The same for longer stories, and many more of them."""
    nothing_is_lost(sequence)


ONE = "project: shop\nplacement_groups: {a: {}, b: {}}\n"
TWO = ONE + "firewalls: {f: {}}\n"


def kinds_of(stage: Stage, kind: str, name: str) -> str:
    """Return what an object says of the kinds that there are."""
    return str(stage.row(kind, name)["labels"][KINDS])


def test_a_new_kind_is_noted_before_anything_of_it_is_made() -> None:
    """One object more says that there is another kind, for one request; what is new says so, too."""
    stage = Stage()
    stage.converge(ONE)
    assert kinds_of(stage, "placement_groups", "a") == "grp"
    before = stage.requests
    stage.apply(TWO)
    assert stage.writes(before) == ["placement_groups.update", "firewalls.create"]
    assert kinds_of(stage, "placement_groups", "a") == kinds_of(stage, "firewalls", "f") == "grp.fw"
    assert kinds_of(stage, "placement_groups", "b") == "grp"


def test_who_knows_of_a_kind_hands_that_on_before_it_goes() -> None:
    """When the only object that names a kind is to go, another one names it first."""
    stage = Stage()
    stage.converge(ONE)
    stage.converge(TWO)
    before = stage.requests
    stage.apply(TWO.replace("a: {}, ", ""))
    assert stage.writes(before) == ["placement_groups.update", "placement_groups.delete"]
    assert kinds_of(stage, "placement_groups", "b") == "grp.fw"


def test_a_kind_that_is_no_longer_mentioned_is_found() -> None:
    """A document without a word of a kind deletes what it made of it."""
    stage = Stage()
    stage.converge(TWO)
    before = stage.requests
    plan = stage.plan(ONE)
    assert [item.address for item in plan.pending] == ["firewalls.f"]
    assert stage.requests > before


def test_what_older_versions_made_makes_every_kind_be_looked_at() -> None:
    """An object without the label may belong to a project that has anything."""
    stage = Stage()
    stage.converge(TWO)
    group = stage.row("placement_groups", "a")
    labels = {"labels": {"hetzner-apply/project": "shop"}}
    stage.talk.good("PUT", f"/placement_groups/{group['id']}", labels)
    before = stage.requests
    assert stage.plan(TWO).is_empty
    assert stage.requests - before == len(kinds())


def test_one_of_many_that_go_tells_of_all_kinds() -> None:
    """Beside one that is made anew and keeps what they share, not each of them has to name a new kind."""
    stage = Stage()
    network = "networks: {n: {ip_range: 10.0.0.0/16, subnets: [10.0.1.0/24]}}\n"
    server = "server_type: cx23, image: debian-13, location: fsn1, networks: [n]"
    anew = f"{server}, lifecycle: {{replace_on: [labels], replace: destroy_before_create}}"
    stage.converge(f"{network}servers: {{a: {{{server}}}, b: {{{server}}}, c: {{{anew}}}}}\n")
    since = stage.requests
    stage.converge(f"{network}firewalls: {{f: {{}}}}\nservers: {{c: {{{anew}, labels: {{x: y}}}}}}\n")
    assert stage.writes(since)[:3] == ["networks.update", "servers.update", "firewalls.create"]


def test_plans_show_nothing_of_it() -> None:
    """The label is nobody's wish: no plan shows it, and none tries to change it."""
    stage = Stage()
    stage.converge(ONE)
    group = stage.row("placement_groups", "a")
    labels = {"labels": {"hetzner-apply/project": "shop", KINDS: "grp.fw.box"}}
    stage.talk.good("PUT", f"/placement_groups/{group['id']}", labels)
    assert stage.plan(ONE).is_empty
    changed = stage.plan(ONE.replace("a: {}", "a: {labels: {x: y}}"))
    assert KINDS not in str([(item.changes, [call.arguments for call in item.calls]) for item in changed])
