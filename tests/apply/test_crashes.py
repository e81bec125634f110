"""Runs that die, fail or meet others at any request: the next one ends what they began, nothing is twice."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from random import Random
from typing import get_args

import pytest

from hetzner.apply.converge import prepare
from hetzner.apply.execute import Result
from hetzner.sandbox.faults import Fault, FaultName
from tests.apply.broken import MOMENTS, Crash, Crashing, Jostling, Moment
from tests.apply.stack import R14, R14_CHANGED
from tests.apply.stage import KEY, Stage, read

STACK = f"""
project: shop
defaults: {{location: fsn1, servers: {{server_type: cx23, image: debian-13, ssh_keys: [ops]}}}}
ssh_keys: {{ops: {KEY}}}
networks:
  net:
    ip_range: 10.0.0.0/16
    subnets: [10.0.1.0/24]
    routes: [{{destination: 10.8.0.0/24, gateway: "${{servers.db.private_ip}}"}}]
placement_groups: {{apart: {{}}}}
firewalls:
  base: {{rules: [icmp, tcp/22 from 10.0.0.0/8]}}
  web: {{rules: [tcp/443], apply_to: [role=web]}}
servers:
  web:
    {{firewalls: [base], networks: [net], placement_group: apart, labels: {{role: web}}, dns_ptr: web.test}}
  db:
    firewalls: [base]
    networks: {{net: 10.0.1.5}}
    backups: true
    protect: true
  inner:
    networks: {{net: 10.0.1.9}}
    public_net: {{ipv4: false, ipv6: false}}
    user_data: "db=${{servers.db.private_ip}}"
"""
CHANGED = (
    STACK.replace("icmp, ", "")
    .replace("firewalls: [base], networks: [net]", "firewalls: [], networks: [net], server_type: cx33")
    .replace("net: 10.0.1.9", "net: 10.0.1.10")
    .replace("role: web", "role: front")
    .replace("protect: true", "protect: false")
    .replace("placement_group: apart", "placement_group: null")
)


def staged(text: str = "") -> Stage:
    """Return a stage with things of other people, and with a document that was applied."""
    return _begun(text).copy()


@cache
def _begun(text: str) -> Stage:
    stage = Stage()
    subnets = [{"type": "cloud", "ip_range": "10.7.1.0/24", "network_zone": "eu-central"}]
    theirs = stage.talk.post("/networks", {"name": "theirs", "ip_range": "10.7.0.0/16", "subnets": subnets})
    firewall = stage.talk.post("/firewalls", {"name": "theirs", "labels": {"hetzner-apply/project": "other"}})
    stage.talk.server(
        "theirs", networks=[theirs["network"]["id"]], firewalls=[{"firewall": firewall["firewall"]["id"]}]
    )
    if text:
        assert stage.apply(text).complete
    return stage


def length(before: str, text: str, *, destroy: bool = False) -> int:
    """Return how many requests it takes from one document to another, looking at what is there included."""
    stage = staged(before)
    since = stage.requests
    stage.apply(text, destroy=destroy)
    return stage.requests - since


def healed(stage: Stage, text: str, foreign: dict[str, str], *, destroy: bool = False, runs: int = 1) -> None:
    """Insist that at most so many runs converge, that nothing is twice, and that others lost nothing."""
    result = stage.apply(text, destroy=destroy)
    for _ in range(runs - 1):
        if not result.complete:
            result = stage.apply(text, destroy=destroy)
    assert result.complete, ([(item.address, error) for item, error in result.failed], result.skipped)
    before = stage.requests
    stage.apply(text, destroy=destroy)
    assert stage.writes(before) == []
    if destroy:
        assert not stage.state(owned=True)
    else:
        stage.insist_exact(text)
        assert {row["status"] for row in stage.rows("servers").values()} == {"running"}
    assert stage.state(owned=False) == foreign


def crash(before: str, text: str, number: int, moment: Moment, *, destroy: bool = False) -> None:
    """Let a run die at one moment of one request, and insist that the next run heals everything."""
    stage = staged(before)
    foreign = stage.state(owned=False)
    stage.wrap = lambda inner: Crashing(inner, number, moment)
    with pytest.raises(Crash):
        stage.apply(text, destroy=destroy)
    stage.wrap = lambda inner: inner
    healed(stage, text, foreign, destroy=destroy)


WAYS = {
    "create": ("", STACK, False),
    "change": (STACK, CHANGED, False),
    "destroy": (CHANGED, CHANGED, True),
    "create all": ("", R14, False),
    "change all": (R14, R14_CHANGED, False),
    "destroy all": (R14_CHANGED, R14_CHANGED, True),
}
"""From one document to another, or (True) to nothing; `all`: with every kind."""


def boundaries(every: int) -> Iterator[object]:
    """Yield every n-th crash of every way, the moments in turn."""
    for way, (before, text, destroy) in WAYS.items():
        for at in range(0, 3 * (length(before, text, destroy=destroy) - 1), every):
            yield pytest.param(way, at // 3, MOMENTS[at % 3], id=f"{way}-{at // 3}-{MOMENTS[at % 3]}")


@pytest.mark.parametrize(("way", "number", "moment"), list(boundaries(41)))
def test_crash_is_healed(way: str, number: int, moment: Moment) -> None:
    """A run that dies at a request is completed by the next one."""
    before, text, destroy = WAYS[way]
    crash(before, text, number, moment, destroy=destroy)


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("moment", MOMENTS)
def test_crash_anywhere_is_healed(way: str, moment: Moment) -> None:
    """The same at every moment of every request."""
    before, text, destroy = WAYS[way]
    for number in range(length(before, text, destroy=destroy) - 1):
        crash(before, text, number, moment, destroy=destroy)


FAULTS = tuple(name for part in get_args(FaultName) for name in get_args(part)) or get_args(FaultName)


def faulted(before: str, text: str, number: int, fault: str, *, destroy: bool = False) -> None:
    """Let one request fail in one way: the same run or the next one converges."""
    stage = staged(before)
    foreign, since = stage.state(owned=False), stage.requests
    stage.sandbox.faults.arm("*", fault, skip=number)  # type: ignore[arg-type]
    try:
        stage.apply(text, destroy=destroy)
    except Exception as error:  # only looking at what is there may end like this
        assert stage.writes(since) == [], error  # noqa: PT017
    stage.sandbox.faults.disarm()
    stage.talk.wait(120)  # what arrives late has arrived
    healed(stage, text, foreign, destroy=destroy)


def single_faults(every: int) -> Iterator[object]:
    """Yield every n-th combination of request and fault."""
    for way, (before, text, destroy) in WAYS.items():
        count = length(before, text, destroy=destroy)
        cases = [(number, fault) for number in range(count) for fault in FAULTS]
        for number, fault in cases[::every]:
            yield pytest.param(way, number, fault, id=f"{way}-{number}-{fault}")


@pytest.mark.parametrize(("way", "number", "fault"), list(single_faults(307)))
def test_fault_is_healed(way: str, number: int, fault: str) -> None:
    """A request that fails costs at most a second run, and never makes anything twice."""
    before, text, destroy = WAYS[way]
    faulted(before, text, number, fault, destroy=destroy)


EVERYTHING = os.environ.get("HETZNER_PROOF") == "all"
"""Whether the proofs take every case, which takes an hour, and not an even part of them."""


def part(whole: range, which: int, of: int) -> range:
    """Return every n-th number, from another one on for each `which`; or all of them on demand."""
    return whole if EVERYTHING else whole[which % of :: of]


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("fault", FAULTS)
def test_faults_all_over_are_healed(way: str, fault: str) -> None:
    """The same for requests all over a run; HETZNER_PROOF=all takes every fault to every request."""
    before, text, destroy = WAYS[way]
    for number in part(range(length(before, text, destroy=destroy)), FAULTS.index(fault), 7):
        faulted(before, text, number, fault, destroy=destroy)


def storm(seed: int) -> None:
    """Let many requests fail at random, and insist that nothing is ever made twice and calm weather heals."""
    documents = (R14, R14_CHANGED) if seed % 4 == 1 else (STACK, CHANGED)
    random, stage = Random(seed), staged()  # noqa: S311  dice, not secrets
    foreign = stage.state(owned=False)
    rate = random.uniform(0.05, 0.4)
    if seed % 2:
        stage.wrap = lambda inner: Jostling(inner, Random(seed))  # noqa: S311

    def choose(operation: str, method: str) -> Fault | None:
        return Fault(random.choice(FAULTS)) if random.random() < rate else None

    for text in documents:
        stage.sandbox.faults.choose = choose
        with suppress(Exception):  # looking at what is there may fail as well
            stage.apply(text)
        stage.sandbox.faults.choose = None
    stage.talk.wait(120)
    healed(stage, documents[-1], foreign, runs=2)


@pytest.mark.parametrize("seed", range(4))
def test_storms_are_healed(seed: int) -> None:
    """Whatever fails, calm weather converges within two runs."""
    storm(seed)


@pytest.mark.slow
@pytest.mark.parametrize("hundred", range(50))
def test_many_storms_are_healed(hundred: int) -> None:
    """The same for five thousand seeds."""
    for seed in range(1000 + hundred * 100, 1100 + hundred * 100):
        storm(seed)


def together(seed: int, text: str, before: str = "", runs: int = 3) -> None:
    """Let several runs of a document go at the same time."""
    random, stage = Random(seed), staged(before)  # noqa: S311  dice, not secrets
    foreign = stage.state(owned=False)
    stage.wrap = lambda inner: Jostling(inner, random)

    async def one() -> Result | Exception:
        try:
            async with stage.client() as client:
                return await (await prepare(client, read(text), settle=True)).execution().run()
        except Exception as error:
            return error

    async def all_of_them() -> list[Result | Exception]:
        return await asyncio.gather(*(one() for _ in range(runs)))

    asyncio.run(all_of_them())
    stage.wrap = lambda inner: inner
    healed(stage, text, foreign, runs=2)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("way", ["create", "change", "create all", "change all"])
def test_concurrent_runs_make_nothing_twice(way: str, seed: int) -> None:
    """Two or three runs at once end with one of everything, or with one more run."""
    before, text, _ = WAYS[way]
    together(seed, text, before, 2 + seed % 2)


@pytest.mark.slow
@pytest.mark.parametrize("hundred", range(6))
def test_many_concurrent_runs_make_nothing_twice(hundred: int) -> None:
    """The same for six hundred interleavings."""
    for seed in range(1000 + hundred * 100, 1100 + hundred * 100):
        before, text, _ = WAYS[["create", "change", "create all", "change all"][seed % 4]]
        together(seed, text, before, 2 + seed % 2)
