"""What uses a network that is left, moved out of, or deleted goes with it as the plan says, in one run."""

from __future__ import annotations

from typing import Any

import pytest

from tests.apply.stage import Stage

PRELUDE = "project: shop\ndefaults: {location: fsn1, servers: {server_type: cx23, image: debian-13}}\n"
LAN = "lan: {ip_range: 10.0.0.0/16, subnets: [10.0.1.0/24]}"
OTHER = "other: {ip_range: 10.1.0.0/16, subnets: [10.1.1.0/24]}"


def text(networks: str, servers: str, more: str) -> str:
    """Return a document with a load balancer that says this much more."""
    balancer = f"load_balancers: {{lb: {{load_balancer_type: lb11, {more}}}}}\n"
    return f"{PRELUDE}networks: {{{networks}}}\nservers: {{{servers}}}\n{balancer}"


def private(servers: str = "web", networks: str = "lan") -> str:
    """Return what a load balancer says that reaches servers in a network."""
    return f"networks: [{networks}], targets: [{{server: {servers}, use_private_ip: true}}]"


@pytest.fixture
def stage() -> Stage:
    """Return a project with two servers that a load balancer reaches in their network."""
    stage = Stage()
    stage.converge(text(LAN, "web: {count: 2, networks: [lan]}", private()))
    return stage


def targets(stage: Stage) -> list[tuple[str, bool]]:
    """Return which servers get connections, and whether they are reached in a network."""
    names = {row["id"]: name for name, row in stage.rows("servers").items()}
    found = stage.row("load_balancers", "lb")["targets"]
    return sorted((names[each["server"]["id"]], each["use_private_ip"]) for each in found)


def told(stage: Stage, document: str) -> dict[str, list[str]]:
    """Return what a plan does besides, by address."""
    plan = stage.prepared(document).plan
    return {item.address: [effect.what for effect in item.effects] for item in plan if item.effects}


def test_it_moves_together_with_new_targets(stage: Stage) -> None:
    """Targets that go are not added again in the network that they are not in."""
    stage.converge(text(OTHER, "app: {count: 2, networks: [other]}", private("app", "other")))
    assert targets(stage) == [("app-1", True), ("app-2", True)]


@pytest.mark.parametrize("count", [1, 2])
def test_it_moves_and_keeps_some_targets(stage: Stage, count: int) -> None:
    """Targets that stay are added again in the new network, and only they."""
    servers = f"web: {{count: {count}, networks: [other]}}"
    document = text(OTHER, servers, private(networks="other"))
    assert [f"web-{n + 1}" for n in range(count)] == told(stage, document)["load_balancers.lb"]
    stage.converge(document)
    assert targets(stage) == [(f"web-{n + 1}", True) for n in range(count)]


def test_it_moves_and_reaches_targets_in_public(stage: Stage) -> None:
    """Targets that shall be reached in public from then on are so, although the network changes as well."""
    public = "networks: [other], targets: [{server: web, use_private_ip: false}]"
    stage.converge(text(f"{LAN}, {OTHER}", "web: {count: 2, networks: [lan]}", public))
    assert targets(stage) == [("web-1", False), ("web-2", False)]


def test_its_network_is_made_anew(stage: Stage) -> None:
    """Targets that go with a network that is replaced are added again in the same run."""
    anew = LAN.replace("10.0.", "192.168.")
    stage.converge(text(anew, "web: {count: 2, networks: [lan]}", private()))
    assert targets(stage) == [("web-1", True), ("web-2", True)]


def test_it_leaves_its_network(stage: Stage) -> None:
    """What is in no network any more reaches its targets in public, unless something else is said."""
    document = text("", "web: {count: 2, networks: []}", "networks: [], targets: [{server: web}]")
    stage.converge(document)
    assert targets(stage) == [("web-1", False), ("web-2", False)]


def test_its_network_goes_and_nothing_is_said(stage: Stage) -> None:
    """A network is kept that somebody needs who does not say where to be without it."""
    document = text("", "web: {count: 2}", "targets: [{server: web}]")
    why = "load_balancers.lb needs it: say 'networks: []' there, and its targets are reached in public"
    assert [(item.address, item.refused) for item in stage.plan(document).refused] == [("networks.lan", why)]


@pytest.mark.parametrize(
    ("servers", "said"),
    [
        ("web: {count: 2}", ["servers.web-1, servers.web-2 are without this network"]),
        ("web: {count: 1}", ["servers.web-1 is without this network"]),
        ("web: {count: 2, networks: []}", None),
    ],
)
def test_who_loses_a_network_is_told(stage: Stage, servers: str, said: Any) -> None:
    """The plan says whom a network is taken from, unless they go as well or say it themselves."""
    document = text("", servers, "networks: [], targets: [{server: web}]")
    assert told(stage, document).get("networks.lan") == said
