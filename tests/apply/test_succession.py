"""Replacements that make the new object first: what moves over, and that a crash anywhere is healed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from hetzner.apply.plans import Verdict
from hetzner.domain.specs.labels import PROJECT, REPLACES
from tests.apply.broken import MOMENTS, Moment
from tests.apply.stage import Stage
from tests.apply.test_crashes import crash, length, together

PRELUDE = "project: shop\ndefaults: {location: fsn1, servers: {server_type: cx23, image: debian-13}}\n"
FIRST = "lifecycle: {replace: create_before_destroy}"
TEXT = PRELUDE + f"servers: {{web: {{location: nbg1, {FIRST}}}}}\n"
MOVED = TEXT.replace("nbg1", "hel1")


@pytest.fixture
def stage() -> Stage:
    """An empty project."""
    return Stage()


def test_the_new_one_is_made_first(stage: Stage) -> None:
    """A server is made under another name, the old one goes, then the new one is renamed."""
    stage.converge(TEXT)
    old = stage.row("servers", "web")["id"]
    [item] = stage.plan(MOVED)
    assert (item.verdict, item.consent, item.refused) == (Verdict.REPLACE, "replace", "")
    before = stage.requests
    stage.converge(MOVED)
    assert stage.writes(before) == ["servers.create", "servers.delete", "servers.update"]
    row = stage.row("servers", "web")
    assert row["id"] != old
    assert (row["labels"][PROJECT], REPLACES in row["labels"]) == ("shop", False)
    stage.insist_exact(MOVED)


NETWORK = "networks: {net: {ip_range: 10.0.0.0/16, subnets: [10.0.1.0/24]}}\n"
FIXED = (
    PRELUDE
    + NETWORK
    + "firewalls: {base: {rules: [icmp]}}\n"
    + f"servers:\n  web: {{location: nbg1, networks: {{net: 10.0.1.5}}, firewalls: [base], {FIRST}}}\n"
    + "  inner: {networks: {net: 10.0.1.9}, public_net: {ipv4: false, ipv6: false}, user_data: a, "
    + f"location: nbg1, {FIRST}}}\n"
)
FIXED_MOVED = FIXED.replace("nbg1", "hel1")


def test_fixed_private_addresses_are_handed_over(stage: Stage) -> None:
    """The old server leaves the network only when the new one is there to take its address."""
    stage.converge(FIXED)
    stage.converge(FIXED_MOVED)
    for name, ip in (("web", "10.0.1.5"), ("inner", "10.0.1.9")):
        row = stage.row("servers", name)
        assert [each["ip"] for each in row["private_net"]] == [ip]
        assert (row["location"]["name"], row["status"]) == ("hel1", "running")
    stage.insist_exact(FIXED_MOVED)


def test_the_old_one_is_kept_when_the_new_one_fails(stage: Stage) -> None:
    """A successor that cannot be made costs nothing; the next run makes another one."""
    stage.converge(TEXT)
    old = stage.row("servers", "web")
    stage.sandbox.faults.fail_action("create_server")
    result = stage.apply(MOVED)
    assert [item.address for item, _ in result.failed] == ["servers.web"]
    assert stage.row("servers", "web") == old
    stage.converge(MOVED)
    stage.insist_exact(MOVED)


def test_a_document_that_was_changed_back_wins(stage: Stage) -> None:
    """A successor that is not wanted any more is deleted, and the old one stays."""
    stage.converge(TEXT)
    old = stage.row("servers", "web")["id"]
    stage.sandbox.faults.arm("servers.delete", "500", times=50)
    stage.apply(MOVED)
    stage.sandbox.faults.disarm()
    assert sorted(stage.rows("servers")) == ["web", "web-next"]
    plan = stage.plan(TEXT)
    assert {item.address: item.verdict for item in plan} == {
        "servers.web": Verdict.KEEP,
        "servers.web-next": Verdict.DELETE,
    }
    stage.converge(TEXT)
    assert stage.row("servers", "web")["id"] == old


def test_a_successor_that_does_not_fit_any_more_is_made_anew(stage: Stage) -> None:
    """A document that was changed once more replaces what an interrupted run has made."""
    stage.converge(TEXT)
    stage.sandbox.faults.arm("servers.delete", "500", times=50)
    stage.apply(MOVED)
    stage.sandbox.faults.disarm()
    third = TEXT.replace("nbg1", "fsn1")
    stage.converge(third)
    assert stage.row("servers", "web")["location"]["name"] == "fsn1"
    stage.insist_exact(third)


def test_everything_goes_with_its_successor(stage: Stage) -> None:
    """Destroying takes a successor along that an interrupted run has left."""
    stage.converge(TEXT)
    stage.sandbox.faults.arm("servers.delete", "500", times=50)
    stage.apply(MOVED)
    stage.sandbox.faults.disarm()
    stage.apply(MOVED, destroy=True)
    assert stage.rows("servers") == {}


WAYS = {"plain": (TEXT, MOVED), "fixed": (FIXED, FIXED_MOVED)}


def boundaries(every: int) -> Iterator[object]:
    """Yield every n-th crash of every way, the moments in turn."""
    for way, (before, text) in WAYS.items():
        for at in range(0, 3 * (length(before, text) - 1), every):
            yield pytest.param(way, at // 3, MOMENTS[at % 3], id=f"{way}-{at // 3}-{MOMENTS[at % 3]}")


@pytest.mark.parametrize(("way", "number", "moment"), list(boundaries(13)))
def test_a_crash_is_healed(way: str, number: int, moment: Moment) -> None:
    """A run that dies at a request of a replacement is completed by the next one."""
    crash(*WAYS[way], number, moment)


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("moment", MOMENTS)
def test_a_crash_anywhere_is_healed(way: str, moment: Moment) -> None:
    """The same at every moment of every request."""
    before, text = WAYS[way]
    for number in range(length(before, text) - 1):
        crash(before, text, number, moment)


@pytest.mark.slow
def test_many_concurrent_replacements_leave_one() -> None:
    """The same for many interleavings."""
    for seed in range(100, 400):
        test_concurrent_replacements_leave_one(seed)


@pytest.mark.parametrize("seed", range(4))
def test_concurrent_replacements_leave_one(seed: int) -> None:
    """Several runs at once end with one of everything, or with one more run."""
    together(seed, FIXED_MOVED if seed % 2 else MOVED, FIXED if seed % 2 else TEXT, 2 + seed % 3)
