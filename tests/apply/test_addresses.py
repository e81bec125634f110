"""Public addresses that change or go: nothing is left over, lost unasked, or taken from others."""

from __future__ import annotations

from contextlib import suppress

import pytest

from hetzner.apply.choice import Choice
from hetzner.apply.consent import Refused, insist
from hetzner.domain.specs.labels import DROPS, RESUME
from tests.apply.broken import Crash, Crashing, Moment
from tests.apply.stage import Stage

PRELUDE = "project: shop\ndefaults: {location: fsn1, servers: {server_type: cx23, image: debian-13}}\n"
IPS = "primary_ips: {kept: {type: ipv6}, gone: {type: ipv4}}\n"
BEFORE = PRELUDE + IPS + "servers: {web: {}, db: {public_net: {ipv4: gone}}}\n"
AFTER = (
    PRELUDE
    + "primary_ips: {kept: {type: ipv6}}\n"
    + "servers: {web: {public_net: {ipv4: false, ipv6: kept}}, db: {public_net: {ipv4: true}}}\n"
)


@pytest.fixture(scope="module")
def begun() -> Stage:
    """A project with two servers, an address of which goes and another one comes."""
    stage = Stage()
    stage.converge(BEFORE)
    return stage


@pytest.mark.parametrize("every", [5, pytest.param(1, marks=pytest.mark.slow)])
@pytest.mark.parametrize("moment", ["unanswered", "after"])
def test_no_address_is_left_over_wherever_a_run_ends(begun: Stage, moment: Moment, every: int) -> None:
    """After any request of a run, the next one ends it: every address is on a server, or declared."""
    whole = begun.copy()
    before = whole.requests
    whole.apply(AFTER)
    for number in range(0, whole.requests - before, every):
        stage = begun.copy()
        stage.wrap = lambda inner, at=number: Crashing(inner, at, moment)  # type: ignore[misc]
        with suppress(Crash):
            stage.apply(AFTER)
        stage.wrap = lambda inner: inner
        stage.talk.wait()
        assert stage.apply(AFTER).complete
        stage.settled(AFTER)
        free = [name for name, row in stage.rows("primary_ips").items() if row["assignee_id"] is None]
        servers = stage.rows("servers")
        assert (free, len(stage.rows("primary_ips"))) == ([], 3)
        assert {row["status"] for row in servers.values()} == {"running"}
        assert not any({DROPS, RESUME} & row["labels"].keys() for row in servers.values())


def test_an_address_is_lost_with_consent_only(begun: Stage) -> None:
    """A plan that gives an address back is refused unless that is allowed, and says which one."""
    text = PRELUDE + IPS + "servers: {web: {public_net: {ipv4: false}}, db: {}}\n"
    plan = begun.plan(text)
    with pytest.raises(
        Refused, match=r"this plan gives back addresses of servers\.web \(ipv4 [0-9.]+\); allow"
    ):
        insist(plan, allow_destroy=False, max_destroy=None)
    insist(plan, allow_destroy=True, max_destroy=None)


def test_a_primary_ip_on_a_server_of_others_stays(begun: Stage) -> None:
    """One that is not declared any more is not taken off a server that the project does not own."""
    stage = Stage()
    stage.converge(PRELUDE + "primary_ips: {ip: {type: ipv4}}\nssh_keys: {}\n")
    stage.talk.server("theirs", public_net={"ipv4": stage.row("primary_ips", "ip")["id"]})
    before = stage.state(owned=False)
    plan = stage.plan(PRELUDE)
    assert [item.refused for item in plan] == [
        "it is still used by servers.theirs, which this project does not own"
    ]
    assert not stage.apply(PRELUDE).complete
    assert stage.state(owned=False) == before


def test_what_lets_go_first_does_so_for_a_choice_too(begun: Stage) -> None:
    """With nothing but the address chosen, the server that has it comes along and is off for it."""
    plan = begun.plan(AFTER, choice=Choice(targets=("primary_ips.gone",)))
    assert [item.address for item in plan.pending] == ["primary_ips.gone", "servers.db"]


@pytest.mark.parametrize(("word", "address"), [("no", False), ("Off", False), ("yes", True), ("on", True)])
def test_words_for_yes_and_no_are_no_names(word: str, address: bool) -> None:
    """Yes and no, which are text in YAML 1.2, say whether there is an address, as with any other switch."""
    stage = Stage()
    stage.converge(f"{PRELUDE}servers: {{web: {{public_net: {{ipv4: {word}}}}}}}\n")
    assert (stage.row("servers", "web")["public_net"]["ipv4"] is not None) is address


def test_a_server_that_has_an_address_already() -> None:
    """A primary IP does not go to a server that keeps another one, and does when that goes elsewhere."""
    stage = Stage()
    ips = "primary_ips: {a: {type: ipv4, assignee: %s}, b: {type: ipv4, assignee: %s}}\n"
    servers = "servers: {web: {}, db: {}, new: {}}\n"
    bare = servers.replace("web: {}, db: {}", "web: {public_net: {ipv4: no}}, db: {public_net: {ipv4: no}}")
    stage.converge(
        PRELUDE + bare + "primary_ips: {a: {type: ipv4, location: fsn1}, b: {type: ipv4, location: fsn1}}\n"
    )
    stage.converge(PRELUDE + servers + ips % ("web", "db"))
    [refused] = stage.plan(PRELUDE + servers + ips % ("new", "db")).refused
    why = "servers.new has an ipv4 already: name this one in its public_net"
    assert (refused.address, refused.refused) == ("primary_ips.a", why)
    stage.converge(PRELUDE + servers + ips % ("db", "web"))
