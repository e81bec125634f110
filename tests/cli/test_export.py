"""``hetzner-apply export``: the file that declares what is there."""

from pathlib import Path

from click.testing import CliRunner, Result

from hetzner.cli.apply import apply
from hetzner.cli.main import hetzner
from tests.cli import programs
from tests.cli.conftest import Invoke
from tests.cli.files import NETWORK, SERVERS


def run(*arguments: str) -> Result:
    """Run ``hetzner-apply`` with any arguments."""
    return CliRunner().invoke(apply, [*arguments], prog_name="hetzner-apply")


def test_export_plans_nothing(invoke: Invoke) -> None:
    """What is exported is a file whose plan is empty, and nothing else is said."""
    invoke(SERVERS, "--yes")
    result = run("export")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "Nothing to do." in invoke(result.stdout, "--check").stdout


def test_export_needs_no_file(invoke: Invoke) -> None:
    """The command also stands below `hetzner`."""
    invoke(NETWORK, "--yes")
    assert CliRunner().invoke(hetzner, ["export", "networks"]).stdout == run("export", "networks").stdout
    assert "export" in CliRunner().invoke(hetzner, ["--help"]).stdout


def test_a_kind_that_is_none(invoke: Invoke) -> None:
    """A slip in a kind is wrong usage, with what was meant."""
    result = run("export", "serers")
    assert (result.exit_code, "did you mean 'servers'?" in result.stderr) == (64, True)


def test_several_owners(invoke: Invoke) -> None:
    """Things of several projects need a choice, which is told without a plan being lost."""
    invoke("project: one\nplacement_groups: {a: {}}\n", "--yes")
    invoke("project: two\nplacement_groups: {b: {}}\n", "--yes")
    result = run("export")
    assert (result.exit_code, "choose one with --project" in result.stderr) == (1, True)
    assert "project: two" in run("export", "--project", "two").stdout.splitlines()


def test_export_as_a_program(tmp_path: Path) -> None:
    """A process exports what another one made in a sandbox file."""
    (tmp_path / "infra.yaml").write_text(NETWORK)
    assert programs.run(tmp_path, "infra.yaml", "--yes").returncode == 0
    done = programs.run(tmp_path, "export")
    (tmp_path / "exported.yaml").write_text(done.stdout)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Nothing to do." in programs.run(tmp_path, "exported.yaml", "--plan").stdout
