"""Waiting for each other: noticed, and told to one of those who wait."""

from __future__ import annotations

import asyncio

import pytest

from hetzner.apply.calling import PATIENCE
from hetzner.apply.waits import IN_VAIN, Ahead, Trial, Unmet, Waits
from tests.apply.stage import Stage

BEFORE = """
networks: {n: {ip_range: 10.1.0.0/16, subnets: [10.1.1.0/24]}}
servers: {s: {server_type: cx23, image: debian-13, location: fsn1, networks: [n]}}
load_balancers: {lb: {load_balancer_type: lb11, location: fsn1, targets: [s]}}
"""
AFTER = """
networks: {n: {ip_range: 10.1.0.0/17, subnets: [10.1.1.0/24]}}
load_balancers: {lb: {load_balancer_type: lb11, location: fsn1, targets: [], networks: [n]}}
"""
HOLDING = """
primary_ips: {ip: {type: ipv4, location: fsn1}}
placement_groups: {g: {}}
servers:
  old: {server_type: cx23, image: debian-13, location: fsn1, placement_group: g, public_net: {ipv4: ip}}
  new: {server_type: cx23, image: debian-13, location: nbg1}
load_balancers: {lb: {load_balancer_type: lb11, location: fsn1, targets: [old]}}
"""
TAKING = """
primary_ips: {ip: {type: ipv4, location: fsn1}}
servers:
  new: {server_type: cx23, image: debian-13, location: fsn1, public_net: {ipv4: ip}}
load_balancers: {lb: {load_balancer_type: lb11, location: fsn1, targets: [new]}}
zones: {example.com: {mode: primary}}
"""


def test_who_waits_for_each_other_is_told() -> None:
    """When all that is left waits, one of them is told so, and the others go on."""

    async def go() -> list[str]:
        waits, ends = Waits(), {name: asyncio.Event() for name in "ab"}
        waits.left, told = 3, []

        async def work(name: str, other: str) -> None:
            try:
                await waits.until(ends[other], other)
                told.append(f"{name} goes on")
            except Unmet as unmet:
                told.append(f"{name}: {unmet}")
            ends[name].set()
            waits.leave()

        knot = asyncio.gather(work("a", "b"), work("b", "a"))
        await asyncio.sleep(0)  # noqa: TID251  a turn of the loop, no time
        assert told == []  # somebody else is still busy
        waits.leave()
        await asyncio.wait_for(knot, 5)
        return told

    told = asyncio.run(go())
    assert told[0].startswith("a: needs b, and that needs this")
    assert told[1] == "b goes on"


def test_who_waits_for_the_busy_is_not_disturbed() -> None:
    """Waiting for something that comes about is no knot."""

    async def go() -> None:
        waits, end = Waits(), asyncio.Event()
        waits.left = 2
        waiting = asyncio.create_task(waits.until(end, "a"))
        await asyncio.sleep(0)  # noqa: TID251  a turn of the loop, no time
        end.set()
        waits.leave()
        await waiting

    asyncio.run(go())


def test_many_who_wait_are_not_looked_at_again_and_again() -> None:
    """The more there are, the more there is to look at, and not the square of that."""
    looks = 0

    class Watched(asyncio.Event):
        def is_set(self) -> bool:
            nonlocal looks
            looks += 1
            return super().is_set()

    async def go(count: int) -> None:
        waits, end = Waits(), Watched()
        waits.left = count + 1

        async def work() -> None:
            await waits.until(end, "a")
            waits.leave()

        everybody = asyncio.gather(*(work() for _ in range(count)))
        await asyncio.sleep(0)  # noqa: TID251  a turn of the loop, no time
        end.set()
        waits.leave()
        await everybody

    asyncio.run(go(100))
    assert looks <= 500


def test_who_waits_lets_go_ahead_of_time() -> None:
    """Of two that need each other, the one that can first lets go of what the other waits for."""

    async def go() -> list[str]:
        waits, told = Waits(), []
        there, gone = asyncio.Event(), asyncio.Event()
        waits.left = 2

        def let_go() -> None:
            told.append("let go")
            gone.set()
            waits.leave()

        async def user() -> None:
            await waits.until(there, "network", Ahead("balancer", let_go))
            waits.leave()

        async def network() -> None:
            await waits.until(gone, "balancer")
            there.set()
            waits.leave()

        await asyncio.wait_for(asyncio.gather(user(), network()), 5)
        return told

    assert asyncio.run(go()) == ["let go"]


def test_who_tries_in_vain_waits_as_well() -> None:
    """One who is refused again and again waits for the others, but not as long as anything is done."""

    async def go() -> None:
        waits, trial, end = Waits(), Trial(), asyncio.Event()
        waits.left, begun = 3, asyncio.Event()
        ahead = Ahead("user", begun.set)
        waiting = asyncio.create_task(waits.until(end, "taker", ahead))
        user = asyncio.create_task(waits.until(asyncio.Event(), "user"))
        await asyncio.sleep(0)  # noqa: TID251  a turn of the loop, no time
        for _ in range(IN_VAIN - 1):
            with waits.trying(trial):
                assert not begun.is_set()
        waits.did()
        for _ in range(IN_VAIN):
            assert not begun.is_set()
            with waits.trying(trial):
                pass
        assert begun.is_set()
        for each in (waiting, user):
            each.cancel()

    asyncio.run(go())


def test_a_server_that_goes_last_gives_its_address_to_one_that_is_made_anew() -> None:
    """It does not wait for that one for the books, nor in its target's stead until all patience is over."""
    stage = Stage()
    stage.converge(HOLDING)
    began = stage.sandbox.clock.now()
    stage.converge(TAKING)
    assert stage.sandbox.clock.now() - began < PATIENCE


def test_what_is_refused_for_a_while_costs_no_target() -> None:
    """A load balancer keeps its old target while the API finds no place for the new one, which passes."""
    stage = Stage()
    stage.converge(BEFORE)
    stage.sandbox.faults.refuse("servers.create", code="placement_error", times=6)
    since = stage.requests
    stage.converge(BEFORE.replace("{s: {server", "{t: {server").replace("targets: [s]", "targets: [t]"))
    assert stage.writes(since) == [
        *["servers.create"] * 7,
        "load_balancers.actions.add_target",
        "load_balancers.actions.remove_target",
        "servers.delete",
    ]


def test_an_address_comes_free_when_the_old_server_is_gone() -> None:
    """Who wants an address waits until the server that has it is gone, not until its successor is there."""
    stage = Stage()
    server = "{server_type: cx23, image: debian-13, location: fsn1, public_net: {ipv4: %s}}"
    early = server.replace("}}", "}, lifecycle: {replace_on: [labels], replace: create_before_destroy}%s}")
    text = "primary_ips: {ip: {type: ipv4, location: fsn1}}\nservers: {a: %s, b: %s}\n"
    stage.converge(text % (early % ("ip", ""), server % "true"))
    stage.sandbox.faults.arm("servers.delete", "conflict", times=6)
    stage.converge(text % (early % ("true", ", labels: {x: y}"), server % "ip"))


def test_a_network_comes_back_to_the_one_it_waits_for() -> None:
    """A new network waits for a server to go, that for a load balancer, and that for the network."""
    stage = Stage()
    stage.converge(BEFORE)
    since = stage.requests
    stage.converge(AFTER)
    assert stage.writes(since) == [
        "load_balancers.actions.remove_target",
        "servers.delete",
        "networks.delete",
        "networks.create",
        "load_balancers.actions.attach_to_network",
    ]


@pytest.mark.parametrize("fault", ["conflict", "500"])
def test_what_fails_ahead_of_time_is_no_more_than_a_failure(fault: str) -> None:
    """When letting go fails, the run ends, says what was not done, and the next one does it."""
    stage = Stage()
    stage.converge(BEFORE)
    stage.sandbox.faults.arm("load_balancers.actions.remove_target", fault, times=None)  # type: ignore[arg-type]
    assert not stage.apply(AFTER).complete
    stage.sandbox.faults.disarm()
    stage.converge(AFTER)


def test_an_address_of_a_server_that_goes_is_there_for_one_that_comes() -> None:
    """A server that is made with a primary IP waits until the one that has it is gone."""
    stage = Stage()
    text = """
    primary_ips: {{ip: {{type: ipv4, location: fsn1}}}}
    servers: {{{name}: {{server_type: cx23, image: debian-13, location: fsn1, public_net: {{ipv4: ip}}}}}}
    """
    stage.converge(text.format(name="old"))
    stage.converge(text.format(name="new"))
    assert stage.row("servers", "new")["public_net"]["ipv4"]["id"] == stage.row("primary_ips", "ip")["id"]


def net(name: str, second: int) -> str:
    """Return a network by the second part of its range."""
    return f"{name}: {{ip_range: 10.{second}.0.0/16, subnets: [10.{second}.1.0/24]}}"


BASE = "defaults: {location: %s, servers: {server_type: cx23, image: debian-13}}\n"
IP = "primary_ips: {ip: {type: ipv4}}\n"
BALANCER = "load_balancers: {lb: {load_balancer_type: lb11, "
UNTIED = {
    "a floating IP goes from what goes to what waits for that": (
        f"{BASE % 'nbg1'}{IP}servers: {{old: {{public_net: {{ipv4: ip}}}}}}\n"
        "floating_ips: {vip: {type: ipv4, server: old}}\n",
        f"{BASE % 'fsn1'}{IP}servers: {{new: {{public_net: {{ipv4: ip}}}}}}\n"
        "floating_ips: {vip: {type: ipv4, server: new}}\n",
    ),
    "a load balancer comes back to a network after its target has gone from that": (
        f"{BASE % 'fsn1'}networks: {{{net('lan', 0)}}}\nservers: {{web: {{networks: [lan]}}}}\n"
        f"{BALANCER}networks: [lan], targets: [{{server: web, use_private_ip: true}}]}}}}\n",
        f"{BASE % 'fsn1'}networks: {{{net('lan', 1)}}}\n{BALANCER}networks: [lan], targets: []}}}}\n",
    ),
    "what is made anew lets go when the old one is deleted": (
        f"{BASE % 'fsn1'}{IP}servers: {{old: {{public_net: {{ipv4: ip}}}}}}\n{BALANCER}targets: [old]}}}}\n",
        f"{BASE % 'nbg1'}{IP}servers: {{new: {{public_net: {{ipv4: ip}}}}}}\n{BALANCER}targets: [new]}}}}\n",
    ),
    "a load balancer joins another network when the one that it is in has gone": (
        f"{BASE % 'fsn1'}networks: {{{net('one', 0)}}}\nservers: {{web: {{networks: [one]}}}}\n"
        f"{BALANCER}networks: [one]}}}}\n",
        f"{BASE % 'fsn1'}networks: {{{net('one', 2)}, {net('two', 3)}}}\n{BALANCER}networks: [two]}}}}\n",
    ),
    "a server joins a network when the one with the same range has gone": (
        f"{BASE % 'fsn1'}networks: {{{net('one', 2)}}}\nservers: {{web: {{networks: [one]}}}}\n"
        f"{BALANCER}networks: [one]}}}}\n",
        f"{BASE % 'fsn1'}networks: {{{net('one', 3)}, {net('two', 2)}}}\n"
        "servers: {web: {networks: [two, one]}}\n",
    ),
}


@pytest.mark.parametrize(("before", "after"), UNTIED.values(), ids=UNTIED)
def test_nobody_waits_longer_than_for_what_is_let_go(before: str, after: str) -> None:
    """What goes waits for its users until they have let go, not until they are all that they shall be."""
    stage = Stage()
    stage.converge(before)
    stage.converge(after)
    stage.insist_exact(after)
