"""A project of every kind: made, changed and taken away, each in one run."""

from __future__ import annotations

from hetzner.domain.specs import kinds
from tests.apply.stack import R14, R14_CHANGED
from tests.apply.stage import Stage, read


def test_it_has_every_kind() -> None:
    """The stack has fourteen resources, at least one of each kind."""
    document = read(R14)
    assert len(document.resources) == 14
    assert {resource.kind for resource in document.resources} == {*kinds()}


def test_every_kind_comes_changes_and_goes() -> None:
    """It is made in one run, changed in place in another, and taken away in a third; each leaves nothing."""
    stage = Stage()
    stage.converge(R14)
    stage.insist_exact(R14)
    ids = {address.partition("#")[2] for address in stage.state(owned=True)}
    plan = stage.plan(R14_CHANGED)
    assert not plan.needing_consent
    assert len(plan.pending) >= 9
    stage.converge(R14_CHANGED)
    assert {address.partition("#")[2] for address in stage.state(owned=True)} == ids
    result = stage.apply(R14_CHANGED, destroy=True)
    assert result.complete, (result.failed, result.skipped)
    assert stage.state(owned=True) == {}


ONE = """
defaults: {servers: {server_type: cx23, image: debian-13}}
servers: {old: {location: fsn1}}
volumes: {data: {size: 10, server: old}}
floating_ips: {vip: {type: ipv4, server: old}}
"""
OTHER = """
defaults: {servers: {server_type: cx23, image: debian-13}}
servers: {new: {location: fsn1}, old: {location: nbg1, user_data: "id=${servers.new.id}"}}
volumes: {data: {size: 10, server: new}}
floating_ips: {vip: {type: ipv4, server: new}}
"""


def test_what_a_server_had_moves_when_it_is_gone() -> None:
    """A server that is made anew keeps what it has for as long as it waits for others; then that moves."""
    stage = Stage()
    stage.converge(ONE)
    stage.converge(OTHER)
    new = stage.row("servers", "new")["id"]
    assert [stage.row("volumes", "data")["server"], stage.row("floating_ips", "vip")["server"]] == [new, new]
