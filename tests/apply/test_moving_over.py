"""What refers to a server, of every kind, moves over to the one that takes its place."""

from __future__ import annotations

import pytest

from tests.apply.broken import MOMENTS, Crash, Crashing, Moment
from tests.apply.stage import Stage
from tests.apply.test_crashes import staged

TEXT = """
project: shop
defaults: {location: fsn1, servers: {server_type: cx23, image: debian-13}}
networks: {net: {ip_range: 10.0.0.0/16, subnets: [10.0.1.0/24]}}
primary_ips: {ip: {type: ipv4, auto_delete: false, location: fsn1}}
servers:
  web:
    user_data: old
    networks: {net: 10.0.1.5}
    public_net: {ipv4: ip}
    dns_ptr: {ipv6: web.example.org}
    lifecycle: {replace: create_before_destroy, replace_on: [user_data]}
volumes: {data: {size: 10, server: web}}
floating_ips: {vip: {type: ipv4, server: web}}
load_balancers:
  lb: {load_balancer_type: lb11, networks: [net], targets: [{server: web, use_private_ip: true}]}
zones: {example.org: {records: {web: {A: "${servers.web.ipv4}", AAAA: "${servers.web.ipv6}"}}}}
"""
REPLACED = TEXT.replace("old", "new")


def test_everything_moves_over() -> None:
    """Volume, addresses of every sort, target and DNS records are those of the new server afterwards."""
    stage = Stage()
    stage.converge(TEXT)
    old, ip = stage.row("servers", "web"), stage.row("primary_ips", "ip")["ip"]
    stage.converge(REPLACED)
    new = stage.row("servers", "web")
    assert (new["id"] != old["id"], new["status"]) == (True, "running")
    assert new["public_net"]["ipv4"]["ip"] == ip
    assert [each["ip"] for each in new["private_net"]] == ["10.0.1.5"]
    assert stage.row("volumes", "data")["server"] == new["id"]
    assert stage.row("floating_ips", "vip")["server"] == new["id"]
    [target] = stage.row("load_balancers", "lb")["targets"]
    assert target["server"]["id"] == new["id"]
    assert new["public_net"]["ipv6"]["dns_ptr"][0]["dns_ptr"] == "web.example.org"
    stage.insist_exact(REPLACED)


def test_nothing_lets_go_before_there_is_somewhere_to_go() -> None:
    """Volume and floating IP stay with the old server until the new one has all that it needs."""
    stage = Stage()
    stage.converge(TEXT)
    before = stage.requests
    stage.converge(REPLACED)
    made = stage.writes(before)
    for operation in ("volumes.actions.detach", "floating_ips.actions.unassign"):
        assert made.index("servers.create") < made.index("primary_ips.actions.assign") < made.index(operation)


def test_targets_are_added_before_the_old_ones_go() -> None:
    """The load balancer always has a target."""
    stage = Stage()
    stage.converge(TEXT)
    before = stage.requests
    stage.converge(REPLACED)
    made = stage.writes(before)
    assert made.index("load_balancers.actions.add_target") < made.index(
        "load_balancers.actions.remove_target"
    )
    assert made.index("load_balancers.actions.remove_target") < made.index("servers.delete")


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_crash_is_healed(moment: Moment) -> None:
    """A run that dies in the middle of all that is completed by the next one."""
    for number in range(16 + 3 * MOMENTS.index(moment), 60, 10):
        assert died(number, moment)


@pytest.mark.slow
@pytest.mark.parametrize("moment", MOMENTS)
def test_a_crash_anywhere_is_healed(moment: Moment) -> None:
    """The same at every request."""
    number = 0
    while died(number, moment):
        number += 1
    assert number > 60


def died(number: int, moment: Moment) -> bool:
    """Let a run die at one moment of one request: the next one moves the rest over, and leaves nothing.

    Returns False when the run is over by then.
    """
    stage = staged(TEXT)
    addresses = len(stage.rows("primary_ips"))
    stage.wrap = lambda inner: Crashing(inner, number, moment)
    try:
        stage.apply(REPLACED)
    except Crash:
        pass
    else:
        return False
    stage.wrap = lambda inner: inner
    stage.converge(REPLACED)
    stage.insist_exact(REPLACED)
    new = stage.row("servers", "web")
    assert sorted(stage.rows("servers")) == ["theirs", "web"]
    assert (new["status"], len(stage.rows("primary_ips"))) == ("running", addresses)
    assert new["public_net"]["ipv4"]["id"] == stage.row("primary_ips", "ip")["id"]
    assert stage.row("volumes", "data")["server"] == new["id"]
    assert stage.row("floating_ips", "vip")["server"] == new["id"]
    [target] = stage.row("load_balancers", "lb")["targets"]
    assert target["server"]["id"] == new["id"]
    return True
