"""Actions that end in an error, or never: each is named in the report, and later runs heal what is left."""

from __future__ import annotations

from functools import cache

import pytest

from hetzner.api.errors import ActionFailed, ActionTimeout
from hetzner.apply.execute import Result
from tests.apply.stage import Stage

EVERYTHING = """
project: shop
defaults: {location: fsn1, servers: {server_type: cx23, image: debian-13}}
networks: {net: {ip_range: 10.0.0.0/16, subnets: [10.0.1.0/24]}}
placement_groups: {apart: {}}
firewalls: {base: {rules: [tcp/22]}, web: {rules: [tcp/443], apply_to: [role=web]}}
primary_ips: {ip: {type: ipv4, auto_delete: false, dns_ptr: ip.example.org}}
servers:
  web:
    firewalls: [base]
    networks: [net]
    public_net: {ipv4: ip}
    labels: {role: web}
    dns_ptr: {ipv6: web.example.org}
    user_data: old
    lifecycle: {replace: create_before_destroy, replace_on: [user_data]}
  inner: {networks: {net: 10.0.1.9}, public_net: {ipv4: false, ipv6: false}, backups: true, protect: true}
volumes: {data: {size: 10, server: web, protect: true}}
floating_ips: {vip: {type: ipv4, server: web, dns_ptr: vip.example.org}}
certificates: {tls: {domain_names: [example.net]}}
load_balancers:
  lb:
    load_balancer_type: lb11
    networks: [net]
    targets: [{server: web, use_private_ip: true}]
    services: [{protocol: https, destination_port: 80, http: {certificates: [tls]}}]
zones: {example.org: {records: {web: {A: "${servers.web.ipv4}", AAAA: "${servers.web.ipv6}"}}}}
"""
CHANGED = (
    EVERYTHING.replace("10.0.1.0/24", "10.0.1.0/24, 10.0.2.0/24")
    .replace("tcp/22]", "tcp/2222]")
    .replace("user_data: old", "user_data: new")
    .replace("10.0.1.9", "10.0.1.10")
    .replace("size: 10", "size: 20")
    .replace("backups: true, protect: true", "backups: false, protect: false, placement_group: apart")
    .replace("server: web, protect: true", "server: inner, protect: false")
    .replace("ip.example.org", "other.example.org")
    .replace("domain_names: [example.net]", "domain_names: [example.net, www.example.net]")
    .replace("lb11", "lb21")
    .replace("destination_port: 80", "destination_port: 8080")
)
WAYS = {
    "create": ("", EVERYTHING, False),
    "change": (EVERYTHING, CHANGED, False),
    "destroy": (CHANGED, CHANGED, True),
}

UNTOLD = {"apply_firewall"}
"""Commands of which no answer tells when a server is created: only the next plan shows that they failed."""


def staged(text: str) -> Stage:
    """Return a stage with a zone of other people, and with a document that was applied."""
    return _begun(text).copy()


@cache
def _begun(text: str) -> Stage:
    stage = Stage()
    stage.talk.post("/zones", {"name": "example.net", "mode": "primary"})
    stage.talk.wait()
    if text:
        stage.converge(text)
    return stage


@cache
def commands(way: str) -> tuple[str, ...]:
    """Return the commands of all actions that a way takes."""
    before, text, destroy = WAYS[way]
    stage = staged(before)
    with stage.sandbox.inside() as project:
        known = {row["id"] for row in project.actions.table}
    assert stage.apply(text, destroy=destroy).complete
    with stage.sandbox.inside() as project:
        rows = [row for row in project.actions.table if row["id"] not in known]
    return tuple(dict.fromkeys(row["command"] for row in rows))


def named(result: Result, command: str) -> bool:
    """Tell whether a report names an action that did not end well."""
    if command in UNTOLD:
        return True
    errors = [error for _, error in result.failed if isinstance(error, ActionFailed | ActionTimeout)]
    return any(command in str(error) for error in errors)


def insist_healed(stage: Stage, way: str) -> None:
    """Insist that two runs make everything as it is wanted, once."""
    _, text, destroy = WAYS[way]
    result = stage.apply(text, destroy=destroy)
    if not result.complete:
        result = stage.apply(text, destroy=destroy)
    assert result.complete, ([(item.address, error) for item, error in result.failed], result.skipped)
    if destroy:
        assert not stage.state(owned=True)
    else:
        stage.settled(text)
        stage.insist_exact(text)
        statuses = {row["status"] for row in stage.rows("servers").values()}
        assert statuses == {"running"}


def failing(way: str, command: str) -> None:
    """Let an action end in an error."""
    before, text, destroy = WAYS[way]
    stage = staged(before)
    stage.sandbox.faults.fail_action(command)
    result = stage.apply(text, destroy=destroy)
    assert named(result, command) or (destroy and result.complete), (result.failed, result.skipped)
    insist_healed(stage, way)


def hanging(way: str, command: str) -> None:
    """Let an action run for ever, and end it when the run is over."""
    before, text, destroy = WAYS[way]
    stage = staged(before)
    stage.sandbox.faults.hang_action(command)
    result = stage.apply(text, destroy=destroy)
    assert named(result, command) or (destroy and result.complete), (result.failed, result.skipped)
    stage.sandbox.release()
    insist_healed(stage, way)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("fate", [failing, hanging])
def test_some_actions_that_do_not_end_well(way: str, fate: object) -> None:
    """An action that fails, or never ends, is named, and the next runs heal what it left."""
    every = commands(way)
    for command in every[:: max(1, len(every) // 3)]:
        fate(way, command)  # type: ignore[operator]


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("fate", [failing, hanging])
def test_no_action_that_does_not_end_well_is_passed_over(way: str, fate: object) -> None:
    """The same for every command, those of next actions included."""
    wrong = {}
    for command in commands(way):
        try:
            fate(way, command)  # type: ignore[operator]
        except AssertionError as error:
            wrong[command] = str(error)[:600]
    assert wrong == {}
