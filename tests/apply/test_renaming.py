"""`renamed_from`: what was called otherwise is renamed and not made anew, or nothing happens to it."""

from __future__ import annotations

import pytest

from hetzner.apply.document import DocumentError
from hetzner.apply.plans import Verdict
from tests.apply.stage import Stage, read

PRELUDE = "project: shop\ndefaults: {location: fsn1, servers: {server_type: cx23, image: debian-13}}\n"


@pytest.fixture
def stage() -> Stage:
    """An empty project."""
    return Stage()


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        ("web: {}", "shop: {renamed_from: web}", {"web": "shop"}),
        ("web: {}", "web: {count: 2, renamed_from: web}", {"web": "web-1"}),
        ("web: {count: 2}", "web: {renamed_from: web-1}", {"web-1": "web"}),
        ("web: {count: 2}", "app: {count: 2, renamed_from: web}", {"web-1": "app-1", "web-2": "app-2"}),
        ("web: {for_each: [a, b]}", "app: {for_each: [b, a], renamed_from: web}",
         {"web-a": "app-a", "web-b": "app-b"}),
        ("web: {}", "app: {for_each: [a, b], renamed_from: {b: web}}", {"web": "app-b"}),
        ("web: {}", "app: {for_each: [a], renamed_from: web}", {"web": "app-a"}),
        ("one: {}, two: {}", "app: {count: 2, renamed_from: {1: two, 2: one}}",
         {"two": "app-1", "one": "app-2"}),
        ("x-1: {}, x-2: {}", "app: {count: 2, renamed_from: 'x-${n}'}", {"x-1": "app-1", "x-2": "app-2"}),
    ],
)  # fmt: skip
def test_what_was_called_otherwise_is_the_same_object(
    stage: Stage, before: str, after: str, same: dict[str, str]
) -> None:
    """Ids stay, from one object to several, from several to others, and whatever the order of keys is."""
    stage.converge(f"{PRELUDE}servers: {{{before}}}\n")
    ids = {name: row["id"] for name, row in stage.rows("servers").items()}
    stage.converge(f"{PRELUDE}servers: {{{after}}}\n")
    rows = stage.rows("servers")
    assert {name: rows[new]["id"] for name, new in same.items()} == {name: ids[name] for name in same}


def test_the_plan_says_what_it_was_called(stage: Stage) -> None:
    """A renaming is told as one, alone and beside other changes, and never as work left by an earlier run."""
    stage.converge(f"{PRELUDE}servers: {{web: {{}}}}\n")
    for more in ("", ", labels: {a: b}"):
        [item] = stage.plan(f"{PRELUDE}servers: {{shop: {{renamed_from: web{more}}}}}\n")
        assert (item.verdict, item.why) == (Verdict.UPDATE, "renamed from 'web'")


@pytest.mark.parametrize(
    ("before", "after", "kept", "why"),
    [
        ("web: {}", "app: {for_each: [a, b], renamed_from: web}", "servers.web", "nobody says which"),
        ("web: {}, shop: {}", "shop: {renamed_from: web}", "servers.web", "servers.shop says"),
        ("web: {}, web-1: {}", "app: {count: 1, renamed_from: web}", "servers.web", "servers.app-1 says"),
    ],
)
def test_what_is_not_clear_is_refused(stage: Stage, before: str, after: str, kept: str, why: str) -> None:
    """An object that something may have been is not deleted: the plan refuses and says what decides it."""
    stage.converge(f"{PRELUDE}servers: {{{before}}}\n")
    items = {item.address: item for item in stage.plan(f"{PRELUDE}servers: {{{after}}}\n")}
    assert items[kept].verdict is Verdict.DELETE
    assert why in items[kept].refused


def test_two_cannot_have_been_one() -> None:
    """Two objects that both say to have had a name are told offline."""
    with pytest.raises(DocumentError, match=r"servers\.a and servers\.b both say 'renamed_from: old'"):
        read(f"{PRELUDE}servers: {{a: {{renamed_from: old}}, b: {{renamed_from: old}}}}\n")


def test_two_do_not_swap_their_names() -> None:
    """Two objects that were each other are told offline: nobody could tell whether that is done already."""
    with pytest.raises(
        DocumentError, match=r"servers\.a and servers\.b say that each was called like the other"
    ):
        read(f"{PRELUDE}servers: {{a: {{renamed_from: b}}, b: {{renamed_from: a}}}}\n")


def test_unknown_replica() -> None:
    """A map of old names has the keys of the replicas, and a slip of the pen is told at its place."""
    with pytest.raises(DocumentError) as caught:
        read(f"{PRELUDE}servers: {{app: {{for_each: [east, west], renamed_from: {{eats: web}}}}}}\n")
    [problem] = caught.value.problems
    assert problem.message == "servers.app.renamed_from: there is no replica 'eats'"
    assert (problem.help, str(problem.mark)) == ("did you mean 'east'?", "infra.yaml:3:56")


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("web: {}", "web: {count: 2}", ["servers.web is destroyed and servers.web-1 is made anew"]),
        ("web: {}", "web: {for_each: [a]}", ["servers.web is destroyed and servers.web-a is made anew"]),
        ("web: {count: 1}", "web: {}", ["servers.web-1 is destroyed and servers.web is made anew"]),
        ("web: {count: 2}", "web: {count: 1}", []),
        ("web: {}", "web: {count: 2, renamed_from: web}", []),
        ("web: {}, db: {}", "web: {}, shop: {}", []),
    ],
)
def test_what_only_gets_a_number_need_not_go(stage: Stage, before: str, after: str, told: list[str]) -> None:
    """From one to several or back, the plan says that `renamed_from` would keep what it destroys."""
    stage.converge(f"{PRELUDE}servers: {{{before}}}\n")
    text = f"{PRELUDE}servers: {{{after}}}\n"
    warned = [each for each in stage.prepared(text).plan.warnings if "made anew" in each.message]
    assert [each.message for each in warned] == told
    assert all("renamed_from: web" in each.help for each in warned)


def test_a_name_that_is_declared_as_well_is_not_taken(stage: Stage) -> None:
    """What says that it had the name of something that is declared is made anew, and the plan says so."""
    stage.converge(f"{PRELUDE}servers: {{web: {{}}}}\n")
    text = f"{PRELUDE}servers: {{web: {{}}, shop: {{renamed_from: web}}}}\n"
    told = "servers.shop is made anew: servers.web is declared as well, and keeps its name"
    assert told in [each.message for each in stage.prepared(text).plan.warnings]
    stage.converge(text)
    assert told not in [each.message for each in stage.prepared(text).plan.warnings]
