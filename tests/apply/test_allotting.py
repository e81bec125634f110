"""Addresses that are given by Hetzner do not get in the way of those that somebody else wants."""

from __future__ import annotations

from typing import Any

import pytest

from hetzner.apply.plans import Plan
from tests.apply.stage import Stage

PRELUDE = "project: shop\ndefaults: {location: fsn1, servers: {server_type: cx23, image: debian-13}}\n"
NET = "networks: {net: {ip_range: 10.0.0.0/16, subnets: [10.0.1.0/24]}}\n"
LATE = (
    "load_balancers: {lb: {load_balancer_type: lb11, networks: {net: 10.0.1.2}, "
    "targets: [{server: web-1, use_private_ip: true}]}}\n"
)
WEB = "web: {networks: [net]}"
TEXT = PRELUDE + NET + LATE + "servers: {web: {count: 3, networks: [net]}}\n"


@pytest.fixture
def stage() -> Stage:
    """An empty project."""
    return Stage()


def addresses(stage: Stage) -> dict[str, str]:
    """Return the private addresses of all servers."""
    return {name: row["private_net"][0]["ip"] for name, row in stage.rows("servers").items()}


def wanted(plan: Plan) -> dict[str, Any]:
    """Return what servers say of the network, in a plan."""
    return {
        item.name: item.resource.spec["networks"]["net"]
        for item in plan
        if item.resource is not None and item.kind.name == "servers"
    }


def test_a_late_wish_is_kept_free(stage: Stage) -> None:
    """Servers that come before a load balancer do not take the address that it wants, in one run."""
    stage.converge(TEXT)
    assert stage.rows("load_balancers")["lb"]["private_net"][0]["ip"] == "10.0.1.2"
    assert addresses(stage) == {"web-1": "10.0.1.1", "web-2": "10.0.1.3", "web-3": "10.0.1.4"}


def test_what_is_there_keeps_its_address(stage: Stage) -> None:
    """Addresses that anybody has are not given again, and who has one is left alone."""
    stage.converge(PRELUDE + NET + "servers: {web: {count: 1, networks: [net]}}\n")
    stage.talk.server("theirs", networks=[stage.row("networks", "net")["id"]])
    before = addresses(stage)
    stage.converge(TEXT.replace("10.0.1.2", "10.0.1.4"))
    after = addresses(stage)
    assert after.items() >= before.items()
    assert {after["web-2"], after["web-3"]} == {"10.0.1.3", "10.0.1.5"}


@pytest.mark.parametrize(
    "servers",
    [
        "web: {count: 3, networks: [net]}",
        "web: {count: 2, networks: {net: '10.0.1.1${n}'}}",
    ],
)
def test_nothing_is_picked_without_need(stage: Stage, servers: str) -> None:
    """Where nobody is in the way of anybody, addresses are left to Hetzner, or are as they are written."""
    plan = stage.plan(f"{PRELUDE}{NET}servers: {{{servers}}}\n")
    assert all(not said or "${n}" in servers for said in wanted(plan).values())


def test_once_it_is_there_nothing_is_picked(stage: Stage) -> None:
    """When the wish is fulfilled, further servers are given addresses by Hetzner again."""
    stage.converge(TEXT)
    assert wanted(stage.plan(TEXT.replace("count: 3", "count: 4")))["web-4"] == {}


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (
            "web: {networks: [net]}",
            "web: {networks: [net]}, db: {networks: {net: 10.0.1.1}}",
            ["servers.web"],
        ),
        ("web: {networks: [net]}", "db: {networks: {net: 10.0.1.1}}", []),
        ("web: {networks: [net]}", "web: {networks: {net: 10.0.1.9}}, db: {networks: {net: 10.0.1.1}}", []),
        ("web: {networks: [net]}", "web: {networks: [net]}, db: {networks: {net: 10.0.1.7}}", []),
        ("web: {networks: [net]}", "web: {networks: [net], labels: {a: b}}", []),
    ],
)
def test_what_somebody_has_and_keeps_is_refused(
    stage: Stage, before: str, after: str, told: list[str]
) -> None:
    """A plan that wants an address of somebody who keeps it is refused, and says whose it is."""
    stage.converge(f"{PRELUDE}{NET}servers: {{{before}}}\n")
    text = f"{PRELUDE}{NET}servers: {{{after}}}\n"
    keeps = "which keeps it: choose another one, or say there in networks what it has"
    what = "10.0.1.1 in networks.net is that of {}, " + keeps
    refused = [(item.address, item.refused) for item in stage.plan(text).refused]
    assert refused == [("servers.db", what.format(holder)) for holder in told]
    if not told:
        stage.converge(text)


def test_an_address_of_somebody_else_is_refused(stage: Stage) -> None:
    """An address of what no plan changes is refused before anything is made for it, or taken off."""
    stage.converge(f"{PRELUDE}{NET}servers: {{web: {{networks: [net]}}}}\n")
    stage.talk.server("theirs", networks=[stage.row("networks", "net")["id"]])
    text = f"{PRELUDE}{NET}servers: {{web: {{networks: {{net: 10.0.1.2}}}}}}\n"
    keeps = "which this plan does not change: choose another one"
    refused = [(item.address, item.refused) for item in stage.plan(text).refused]
    assert refused == [("servers.web", f"10.0.1.2 in networks.net is that of servers.theirs, {keeps}")]


def test_the_own_address_under_another_name(stage: Stage) -> None:
    """What is renamed has its own address, whatever else of it in the network changes."""
    stage.converge(f"{PRELUDE}{NET}servers: {{db: {{networks: {{net: 10.0.1.9}}}}}}\n")
    more = "networks: {net: {ip: 10.0.1.9, alias_ips: [10.0.1.10]}}"
    stage.converge(f"{PRELUDE}{NET}servers: {{pg: {{renamed_from: db, {more}}}}}\n")


def test_a_subnet_in_which_somebody_stays(stage: Stage) -> None:
    """A subnet is not taken away from those who keep their addresses in it, and is from those who move."""
    both = NET.replace("[10.0.1.0/24]", "[10.0.1.0/24, 10.0.2.0/24]")
    other = NET.replace("10.0.1.0/24", "10.0.2.0/24")
    stage.converge(f"{PRELUDE}{both}servers: {{web: {{networks: [net]}}}}\n")
    [refused] = stage.plan(f"{PRELUDE}{other}servers: {{web: {{networks: [net]}}}}\n").refused
    why = "servers.web keeps its address, and 10.0.1.1 is in no subnet of the network: 10.0.2.0/24"
    assert (refused.address, refused.refused) == ("networks.net", f"{why}: say there which one it gets")
    stage.converge(f"{PRELUDE}{other}servers: {{web: {{networks: {{net: 10.0.2.5}}}}}}\n")


def test_a_further_address_goes_from_one_to_another(stage: Stage) -> None:
    """Who takes a further address waits until the other has given it up, in one run, and back again."""
    one, two = "web: {networks: {net: {alias_ips: [%s]}}}", "db: {networks: {net: {alias_ips: [%s]}}}"
    for mine, theirs in (
        ("10.0.1.100, 10.0.1.101", "10.0.1.200"),
        ("10.0.1.101, 10.0.1.200", "10.0.1.100"),
    ) * 2:
        stage.converge(f"{PRELUDE}{NET}servers: {{{one % mine}, {two % theirs}}}\n")
        rows = {name: row["private_net"][0]["alias_ips"] for name, row in stage.rows("servers").items()}
        assert {name: sorted(ips) for name, ips in rows.items()} == {
            "web": mine.split(", "),
            "db": [theirs],
        }


def test_a_network_that_is_made_anew(stage: Stage) -> None:
    """Those that join a network again are given addresses, too, where somebody new wants a given one."""
    servers = "servers: {web: {networks: [net]}%s}\n"
    stage.converge(f"{PRELUDE}{NET}{servers % ''}")
    anew, more = NET.replace("10.0.", "10.7."), ", app: {networks: [net]}, db: {networks: {net: 10.7.1.9}}"
    assert wanted(stage.plan(f"{PRELUDE}{anew}{servers % more}"))["web"] != {}
    stage.converge(f"{PRELUDE}{anew}{servers % more}")
    assert set(addresses(stage).values()) == {"10.7.1.1", "10.7.1.2", "10.7.1.9"}
