"""Images by their labels: which snapshot is meant, and what becomes of servers when there is a newer one."""

from __future__ import annotations

import pytest

from hetzner.apply.document import DocumentError
from hetzner.apply.plans import Verdict
from tests.apply.stage import Stage

PRELUDE = "project: shop\ndefaults: {location: fsn1, servers: {server_type: cx23}}\n"
NEWEST = "{label_selector: app=shop, most_recent: true}"
TEXT = PRELUDE + "servers: {web: {image: " + NEWEST + "}}\n"


@pytest.fixture
def stage() -> Stage:
    """A project with a server of somebody else's, of which snapshots can be made."""
    stage = Stage()
    stage.talk.server("golden")
    return stage


def snapshot(stage: Stage, app: str = "shop") -> int:
    """Make a snapshot with a label and return its id."""
    source = stage.row("servers", "golden")["id"]
    stage.talk.act(f"/servers/{source}/actions/create_image", {"labels": {"app": app}, "description": "v"})
    images = stage.talk.get("/images?type=snapshot&sort=id:desc")["images"]
    stage.talk.wait(60)
    return int(images[0]["id"])


def test_the_newest_one_is_taken(stage: Stage) -> None:
    """Of several snapshots the newest is used; those with other labels count for nothing."""
    snapshot(stage)
    newest = snapshot(stage)
    snapshot(stage, "blog")
    [item] = stage.plan(TEXT)
    assert item.calls[0].arguments["image"] == newest
    stage.converge(TEXT)
    assert stage.row("servers", "web")["image"]["id"] == newest


def test_a_newer_one_is_a_note(stage: Stage) -> None:
    """A snapshot that is made later is told and changes nothing."""
    snapshot(stage)
    stage.converge(TEXT)
    newest = snapshot(stage)
    [item] = stage.plan(TEXT)
    [change] = item.changes
    assert (item.verdict, item.calls, change.noted, str(change.new)) == (Verdict.NOTE, (), True, str(newest))


def test_rebuild_on_takes_the_newer_one(stage: Stage) -> None:
    """With `rebuild_on: [image]` the server is rebuilt from it, which needs consent, and that is that."""
    snapshot(stage)
    stage.converge(TEXT)
    newest = snapshot(stage)
    text = TEXT.replace("image: {", "lifecycle: {rebuild_on: [image]}, image: {")
    [item] = stage.plan(text)
    assert (item.verdict, item.consent) == (Verdict.UPDATE, "data loss")
    assert item.calls[0].arguments == {"image": newest}
    stage.converge(text)
    assert stage.row("servers", "web")["image"]["id"] == newest


def test_none_is_an_error_before_anything_is_changed(stage: Stage) -> None:
    """A selector that fits nothing is told at its place; type and architecture narrow it."""
    snapshot(stage)
    for more in "", ", type: backup", ", architecture: arm":
        selector = "label_selector: app=" + ("shop" if more else "none") + more
        with pytest.raises(DocumentError, match=r"there is no image with the labels 'app=") as caught:
            stage.plan(PRELUDE + "servers: {web: {image: {" + selector + "}}}\n")
        [problem] = caught.value.problems
        assert str(problem.mark) == "infra.yaml:3:41"


def test_several_are_an_error(stage: Stage) -> None:
    """Without `most_recent` more than one is ambiguous, and the message says what to do."""
    snapshot(stage)
    snapshot(stage)
    with pytest.raises(DocumentError, match=r"2 images fit with the labels 'app=shop'.*most_recent: true"):
        stage.plan(PRELUDE + "servers: {web: {image: {label_selector: app=shop}}}\n")


def test_what_exists_needs_no_image(stage: Stage) -> None:
    """When the snapshots are gone, a server made from one is still as it is wanted; a new one is an error."""
    image = snapshot(stage)
    stage.converge(TEXT)
    stage.talk.good("DELETE", f"/images/{image}")
    stage.settled(TEXT)
    with pytest.raises(DocumentError, match=r"servers\.web-2\.image: there is no image"):
        stage.plan(TEXT.replace("image: {", "count: 2, renamed_from: web, image: {"))


def test_selectors_cost_one_request_each(stage: Stage) -> None:
    """Equal selectors of many servers are looked up once in a plan with nothing to do."""
    snapshot(stage)
    text = TEXT.replace("image: {", "count: 5, image: {")
    stage.converge(text)
    before = stage.requests
    stage.plan(text)
    asked = [entry.operation for entry in list(stage.sandbox.log)[before:]]
    assert asked.count("images.list") == 1
