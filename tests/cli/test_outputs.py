"""What a document wants to be told in the end: with the plan where it is known, and after the run."""

import json

from hetzner.sandbox import Sandbox
from tests.cli.conftest import Invoke

TEXT = """\
project: shop
variables:
  domain: shop.example.com
  word: {default: hunter2, secret: true}
servers:
  web: {count: 2, server_type: cx23, image: debian-13, location: fsn1}
  db: {server_type: cx23, image: debian-13, location: fsn1, user_data: "${word}"}
outputs:
  url: https://${domain}
  db: ${servers.db.ipv4}
  web: ${servers.web[*].ipv6}
  login: root:${word}@${servers.db.ipv4}
  more: {name: "${servers.db.name}", count: 2}
"""
OUTPUTS = """\
Outputs
  url    https://shop.example.com
  db     203.0.113.1
  web    2001:db8:0:2::1, 2001:db8:0:3::1
  login  (secret)
  more   name=db count=2
"""


def test_outputs_before_and_after(invoke: Invoke, cloud: Sandbox) -> None:
    """What only the run can tell waits for it, and then stands on stdout; the secret never does."""
    result = invoke(TEXT, "--plan")
    assert "db     (after servers.db)\n" in result.stdout
    assert "url    https://shop.example.com\n" in result.stdout
    result = invoke(TEXT, "--yes")
    assert result.stdout.endswith("\n" + OUTPUTS)
    assert "hunter2" not in result.stdout + result.stderr
    assert invoke(TEXT, "--plan").stdout.endswith("Nothing to do.\n\n" + OUTPUTS)


def test_outputs_for_programs(invoke: Invoke, cloud: Sandbox) -> None:
    """The plan and the summary have them as values; what is not known yet says what it waits for."""
    plan = json.loads(invoke(TEXT, "--plan", "-o", "json").stdout)
    assert plan["outputs"]["web"] == {"after": ["servers.web-1", "servers.web-2"]}
    *_, summary = map(json.loads, invoke(TEXT, "--yes", "-o", "json").stdout.splitlines())
    assert summary["outputs"] == {
        "url": "https://shop.example.com",
        "db": "203.0.113.1",
        "web": ["2001:db8:0:2::1", "2001:db8:0:3::1"],
        "login": "(secret)",
        "more": {"name": "db", "count": 2},
    }
    plan = json.loads(invoke(TEXT, "--plan", "-o", "json").stdout)
    assert plan["outputs"] == summary["outputs"]
    *_, last = map(json.loads, invoke(TEXT, "--yes", "-o", "json").stdout.splitlines())
    assert (last["event"], last["status"], last["outputs"]) == ("summary", "done", summary["outputs"])


def test_outputs_ask_for_nothing_twice(invoke: Invoke, cloud: Sandbox) -> None:
    """After a run each changed object is read once for all outputs; with nothing to do nothing is read."""
    invoke(TEXT, "--yes")
    before = len(cloud.log)
    invoke(TEXT)
    with_outputs = len(cloud.log) - before
    before = len(cloud.log)
    invoke(TEXT.partition("outputs:")[0])
    assert with_outputs == len(cloud.log) - before
    changed = TEXT.replace("db: {server_type", "db: {labels: {a: b}, server_type")
    before = len(cloud.log)
    invoke(changed, "--yes")
    assert [entry.operation for entry in list(cloud.log)[before:]].count("servers.retrieve") == 1


def test_an_output_of_what_failed(invoke: Invoke, cloud: Sandbox) -> None:
    """What could not be made leaves its outputs unknown, and all others are told."""
    cloud.faults.sell_out("cx23", "fsn1")
    result = invoke(TEXT.replace("count: 2, server_type: cx23", "count: 2, server_type: cx33"), "--yes")
    assert result.exit_code == 3
    assert "  db     (after servers.db)\n  web    2001:db8:0:1::1" in result.stdout


def test_destroying_tells_no_outputs(invoke: Invoke, cloud: Sandbox) -> None:
    """There is nothing to tell of what goes."""
    invoke(TEXT, "--yes")
    assert "Outputs" not in invoke(TEXT, "--destroy", "--yes", "--allow-destroy").stdout


def test_outputs_are_checked_offline(invoke: Invoke, cloud: Sandbox) -> None:
    """An attribute or a name that does not exist is told at its place, before anybody is asked."""
    result = invoke(TEXT.replace("${servers.db.ipv4}\n  web", "${servers.db.ip4}\n  web"), "--plan")
    assert (result.exit_code, len(cloud.log)) == (64, 0)
    assert "servers have no attribute 'ip4'" in result.stderr
    assert "infra.yaml:10:7" in result.stderr
    assert "did you mean 'ipv4'?" in result.stderr
