"""``hetzner-apply watch``: what it prints, what it hands to a command, and how it ends."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from hetzner.cli.apply import apply
from hetzner.sandbox import Sandbox
from tests.cli import programs
from tests.cli.conftest import Invoke
from tests.cli.files import EMPTY, NETWORK

HOOK = "import sys; open('heard.json', 'a').write(sys.stdin.read()); sys.exit(int(sys.argv[1]))"


def run(*arguments: str) -> Result:
    """Watch infra.yaml."""
    return CliRunner().invoke(apply, ["watch", "infra.yaml", *arguments], prog_name="hetzner-apply")


@pytest.fixture
def drifted(invoke: Invoke) -> None:
    """Make a project that has drifted."""
    invoke(NETWORK, "--plan")


@pytest.mark.usefixtures("drifted")
def test_drift_is_told(cloud: Sandbox) -> None:
    """Drift is one line, once, and nothing is changed."""
    result = run("--rounds", "3")
    assert (result.exit_code, len(result.stdout.splitlines())) == (0, 1)
    assert " + networks.internal" in result.stdout
    assert result.stderr == "watching shop: a look every 5 min; what drifts is told, ctrl-c ends it\n"
    assert {entry.method for entry in cloud.log} == {"GET"}


def test_what_differs_is_told(invoke: Invoke, cloud: Sandbox) -> None:
    """Below what has drifted stands what is there and what is declared, as in a plan."""
    invoke(f"{EMPTY}networks:\n  internal: {{ip_range: 10.0.0.0/16, labels: {{env: prod}}}}\n", "--yes")
    with cloud.inside() as inside:
        [row] = inside.table("networks")
        inside.table("networks").update(row["id"], labels={**row["labels"], "env": "test", "by": "hand"})
    head, *lines = run("--rounds", "2").stdout.splitlines()
    assert head.endswith(" ~ networks.internal")
    assert [" ".join(line.split()) for line in lines] == ["labels - by=hand", "- env=test", "+ env=prod"]


@pytest.mark.usefixtures("drifted")
def test_json(cloud: Sandbox) -> None:
    """As JSON every piece of news is a line with all about it."""
    result = run("--rounds", "2", "--converge", "-o", "json")
    drift, applied = map(json.loads, result.stdout.splitlines())
    assert (drift["event"], drift["item"]["action"]) == ("drift", "create")
    assert applied == {"event": "applied", "at": applied["at"], "address": "networks.internal"}
    assert "networks.create" in [entry.operation for entry in cloud.log]


def test_what_is_held_says_what_allows_it(invoke: Invoke) -> None:
    """What waits for somebody says so in the words of the command line."""
    invoke(NETWORK, "--yes")
    Path("infra.yaml").write_text(EMPTY)
    drift, held = run("--rounds", "2", "--converge").stdout.splitlines()
    assert " - networks.internal" in drift
    assert held.endswith(" held: this plan deletes networks.internal (help: --allow-destroy allows it)")


@pytest.mark.usefixtures("drifted")
@pytest.mark.parametrize("status", [0, 7])
def test_a_command(status: int) -> None:
    """A command gets the news as JSON on its input, without a shell; that it fails is told."""
    Path("hook.py").write_text(HOOK)
    result = run("--rounds", "2", "--exec", f"{sys.executable} hook.py {status}")
    heard = json.loads(Path("heard.json").read_text())
    assert (heard["project"], heard["news"][0]["address"]) == ("shop", "networks.internal")
    assert (result.exit_code, "ended with 7" in result.stderr) == (0, status == 7)


@pytest.mark.usefixtures("drifted")
@pytest.mark.parametrize(
    ("options", "status", "told"),
    [
        (["--every", "soon"], 64, "'soon' is no duration"),
        (["--exec", "'"], 1, "--exec: No closing quotation"),
        (["--exec", "/no/such/program", "--rounds", "1"], 0, "--exec: /no/such/program: No such file"),
        (["--budget", "0"], 64, "is not in the range"),
    ],
)
def test_wrong_options(options: list[str], status: int, told: str) -> None:
    """What cannot be meant is told."""
    result = run(*options)
    assert (result.exit_code, told in result.stderr) == (status, True)


def test_a_bad_file(invoke: Invoke) -> None:
    """A file that is wrong at the start ends it with 64."""
    invoke("project: shop\nnetworsk: {}\n", "--plan")
    assert run().exit_code == 64


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_interrupted(tmp_path: Path) -> None:
    """A process watches until it is interrupted, and ends in good order."""
    (tmp_path / "infra.yaml").write_text(NETWORK)
    with subprocess.Popen(
        programs.command("watch", "infra.yaml", "--every", "1h", "-o", "json"), cwd=tmp_path,
        env=programs.environment(1), text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert json.loads(process.stdout.readline())["address"] == "networks.internal"
        os.kill(process.pid, signal.SIGINT)
        _, err = process.communicate(timeout=20)
    assert (process.returncode, err) == (0, "")
