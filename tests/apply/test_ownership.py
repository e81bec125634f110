"""Whose objects are whose: what is used, what is taken over, and what is never touched."""

from __future__ import annotations

import pytest

from hetzner.apply.plans import Verdict
from tests.apply.stage import Stage, steps

NETWORK = "networks: {net: {ip_range: 10.0.0.0/16, subnets: [10.0.1.0/24]}}\n"
SERVER = "servers: {web: {server_type: cx23, image: debian-13, location: fsn1, networks: [net]}}\n"


@pytest.fixture
def stage() -> Stage:
    """A project in which somebody made a network by hand."""
    stage = Stage()
    subnets = [{"type": "cloud", "ip_range": "10.0.1.0/24", "network_zone": "eu-central"}]
    stage.talk.post("/networks", {"name": "net", "ip_range": "10.0.0.0/16", "subnets": subnets})
    return stage


def test_unowned_object_that_fits_is_used(stage: Stage) -> None:
    """A declared network that somebody else made is used as it is, and stays when no longer declared."""
    before = stage.state(owned=False)
    plan = stage.plan(NETWORK + SERVER)
    assert {item.address: item.verdict for item in plan} == {
        "networks.net": Verdict.USE,
        "servers.web": Verdict.CREATE,
    }
    stage.apply(NETWORK + SERVER)
    stage.apply("servers: {}\n")
    assert stage.state(owned=False) == before
    assert not stage.state(owned=True)


def test_undeclared_object_is_referred_to_by_name(stage: Stage) -> None:
    """A name that is not declared means what is there; its id will do as well."""
    stage.converge(SERVER)
    ident = stage.row("networks", "net")["id"]
    stage.settled(SERVER.replace("[net]", f"[{ident}]"))
    assert stage.row("servers", "web")["private_net"][0]["network"] == ident


def test_a_change_elsewhere_leaves_networks_by_id_alone(stage: Stage) -> None:
    """A server in a network by id does not leave it because it joins another one."""
    ident = stage.row("networks", "net")["id"]
    stage.talk.post("/networks", {"name": "two", "ip_range": "10.9.0.0/16", "subnets": [
        {"type": "cloud", "ip_range": "10.9.1.0/24", "network_zone": "eu-central"}]})  # fmt: skip
    stage.converge(SERVER.replace("[net]", f"[{ident}]"))
    text = SERVER.replace("[net]", f"[{ident}, two]")
    assert [operation for operation, _ in steps(stage.plan(text))["servers.web"]] == [
        "servers.actions.attach_to_network"
    ]
    stage.converge(text)


def test_unowned_object_that_differs_is_refused(stage: Stage) -> None:
    """A network that somebody else made is not changed."""
    text = NETWORK.replace("10.0.1.0/24", "10.0.2.0/24")
    [item] = stage.plan(text)
    assert "--adopt" in item.refused
    assert [change.field for change in item.changes] == ["subnets"]
    before = stage.state(owned=False)
    assert not stage.apply(text).done
    assert stage.state(owned=False) == before


def test_adopting_takes_over(stage: Stage) -> None:
    """With adopt an unowned object becomes ours by one PUT, and is changed like any other."""
    text = NETWORK.replace("net:", "net:").replace("]}}", "], labels: {a: b}}}")
    assert steps(stage.plan(text, adopt=True)) == {
        "networks.net": [("networks.update", {"labels": {"a": "b", "hetzner-apply/project": "shop"}})]
    }
    stage.converge(text, adopt=True)
    stage.settled(text)


def test_adopting_loses_nothing(stage: Stage) -> None:
    """What would have to be replaced or rebuilt is not taken over, and stays as it is."""
    stage.talk.post(
        "/servers", {"name": "web", "server_type": "cx23", "image": "debian-13", "location": "nbg1"}
    )
    rebuilt = "image: debian-12, location: nbg1, lifecycle: {rebuild_on: [image]}"
    for differing in ("image: debian-13, location: fsn1", rebuilt):
        text = f"servers: {{web: {{server_type: cx23, {differing}}}}}\n"
        before = stage.state(owned=False)
        [item] = stage.plan(text, adopt=True)
        assert ("take it over as it is first" in item.refused, item.changes != ()) == (True, True)
        assert not stage.apply(text, adopt=True).done
        assert stage.state(owned=False) == before


@pytest.mark.parametrize("adopt", [False, True])
def test_objects_of_another_project_are_refused(stage: Stage, adopt: bool) -> None:
    """What belongs to another project is neither changed nor adopted, not even when it looks as wanted."""
    stage.apply("project: other\n" + NETWORK, adopt=True)
    before = stage.state(owned=True, project="other")
    [item] = stage.plan(NETWORK, adopt=adopt)
    assert "'other'" in item.refused
    result = stage.apply(NETWORK + SERVER, adopt=adopt)
    assert [item.address for item in result.done] == []
    assert stage.state(owned=True, project="other") == before


def test_a_rename_does_not_take_what_is_not_owned(stage: Stage) -> None:
    """The old name of a renamed object means nothing when somebody else made that object."""
    text = "networks: {new: {renamed_from: net, ip_range: 10.0.0.0/16}}\n"
    assert [item.verdict for item in stage.plan(text)] == [Verdict.CREATE]
    assert [item.verdict for item in stage.plan(text, adopt=True)] == [Verdict.UPDATE]


def test_a_rename_does_not_take_what_is_declared_itself(stage: Stage) -> None:
    """An object that is still declared under its old name keeps it."""
    stage.converge("firewalls: {one: {}}\n")
    text = "firewalls: {one: {}, two: {renamed_from: one}}\n"
    verdicts = {item.address: item.verdict for item in stage.plan(text)}
    assert verdicts == {"firewalls.one": Verdict.KEEP, "firewalls.two": Verdict.CREATE}


@pytest.mark.parametrize("kind", ["firewalls", "networks"])
def test_nothing_is_taken_from_servers_of_others(kind: str) -> None:
    """What somebody else's server uses is not deleted under it."""
    stage = Stage()
    text = {"firewalls": "firewalls: {x: {}}\n", "networks": NETWORK.replace("net:", "x:")}[kind]
    stage.converge(text)
    ident = stage.row(kind, "x")["id"]
    theirs = [{"firewall": ident}] if kind == "firewalls" else [ident]
    stage.talk.server("web", **{kind: theirs})
    before = stage.state(owned=False)
    for plan in (stage.plan("servers: {}\n"), stage.plan(text, destroy=True)):
        assert [item.refused for item in plan] == [
            "it is still used by servers.web, which this project does not own"
        ]
    assert stage.apply(text, destroy=True).skipped
    assert stage.state(owned=False) == before
    assert kind in str(stage.state(owned=True))


def test_everything_owned_is_destroyed_and_nothing_else(stage: Stage) -> None:
    """Destroying deletes what is owned, declared or not, users first, and leaves the rest as it was."""
    before = stage.state(owned=False)
    text = SERVER + "firewalls: {one: {apply_to: [a=b]}}\nplacement_groups: {apart: {}}\n"
    stage.converge(text)
    result = stage.apply("firewalls: {one: {}}\n", destroy=True)
    assert result.complete
    assert not stage.state(owned=True)
    assert stage.state(owned=False) == before


def test_protected_objects_survive_destroying() -> None:
    """What is protected is kept and said; the rest goes."""
    stage = Stage()
    text = SERVER.replace(", networks: [net]", ", protect: true") + "firewalls: {one: {}}\n"
    stage.converge(text)
    plan = stage.plan(text, destroy=True)
    assert {item.address: bool(item.refused) for item in plan} == {
        "servers.web": True,
        "firewalls.one": False,
    }
    stage.apply(text, destroy=True)
    assert [address.partition("#")[0] for address in stage.state(owned=True)] == ["servers.web"]
