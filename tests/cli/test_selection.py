"""``--target`` and ``--exclude``: what is told of them, as text and as JSON."""

import json
from pathlib import Path

from hetzner.sandbox import Sandbox
from tests.cli import programs
from tests.cli.conftest import Invoke

TEXT = """
project: shop
firewalls: {base: {rules: [icmp]}, other: {}}
servers: {web: {server_type: cx23, image: debian-13, firewalls: [base]}}
"""


def test_target(invoke: Invoke, cloud: Sandbox) -> None:
    """Only what is chosen and what it needs is planned and made, and what was added is told."""
    result = invoke(TEXT, "--target", "servers.web", "--yes")
    assert (result.exit_code, "Plan   2 add" in result.stdout) == (0, True)
    assert "    with firewalls.base: servers.web needs it" in result.stdout.splitlines()
    assert "firewalls.other" not in result.stdout
    assert "Plan   1 add" in invoke(TEXT, "--plan").stdout


def test_exclude(invoke: Invoke) -> None:
    """What is excluded, and what needs it, is not planned, and the latter is told."""
    result = invoke(TEXT, "--exclude", "firewalls.base", "--plan")
    assert "Plan   1 add" in result.stdout
    told = "    without servers.web: it needs firewalls.base; choose that, too"
    assert told in result.stdout.splitlines()


def test_unknown_address(invoke: Invoke, cloud: Sandbox) -> None:
    """A slip in an address ends with 64 before anything is changed."""
    result = invoke(TEXT, "--target", "servers.wbe", "--yes")
    assert (result.exit_code, "did you mean 'servers.web'?" in result.stderr) == (64, True)
    assert {entry.method for entry in cloud.log} == {"GET"}


def test_json(invoke: Invoke) -> None:
    """The plan for programs says what was added and what was left out."""
    plan = json.loads(invoke(TEXT, "--exclude", "firewalls.base", "--plan", "-o", "json").stdout)
    assert plan["selection"]["left_out"].keys() == {"servers.web"}


def test_target_as_a_program(tmp_path: Path) -> None:
    """A process makes a part of a document, and another one finds the rest to do."""
    (tmp_path / "infra.yaml").write_text(TEXT)
    done = programs.run(tmp_path, "infra.yaml", "--target", "firewalls", "--yes")
    assert (done.returncode, "Applied 2 of 2" in done.stderr) == (0, True)
    assert "Plan   1 add" in programs.run(tmp_path, "infra.yaml", "--plan").stdout
