"""``hetzner-apply``: a file is applied, a command is a command, and what is neither is told."""

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from hetzner.cli.apply import apply
from hetzner.cli.commands import COMMANDS
from hetzner.cli.main import hetzner
from tests.cli import programs
from tests.cli.conftest import Invoke
from tests.cli.files import NETWORK


def run(*arguments: str) -> Result:
    """Run ``hetzner-apply`` with any arguments."""
    return CliRunner().invoke(apply, [*arguments], prog_name="hetzner-apply")


def completed(words: str) -> list[str]:
    """Return what bash is offered for the last of some words."""
    line = words.split(" ")
    environ = {"_HETZNER_APPLY_COMPLETE": "bash_complete", "COMP_WORDS": words}
    asked = CliRunner(env={**environ, "COMP_CWORD": str(len(line) - 1)})
    return asked.invoke(apply, [], prog_name="hetzner-apply").stdout.split()


def test_every_command_can_be_imported() -> None:
    """Every command of the table exists, answers --help under its own name, and has a line."""
    for name, listed in COMMANDS.items():
        result = run(name, "--help")
        assert (result.exit_code, f"Usage: hetzner-apply {name} [OPTIONS]" in result.stdout) == (0, True)
        assert listed.short_help


def test_the_help_lists_commands_below_the_options() -> None:
    """--help shows the options of the default command first, and every other command with its line."""
    text = run("--help").stdout
    assert 0 < text.index("--plan") < text.index("--version") < text.index("\nCommands:")
    assert all(f"\n  {name} " in text for name in COMMANDS)


def test_the_help_imports_no_command() -> None:
    """--help loads click and the table, and none of what does the work."""
    code = (
        "import sys\nfrom hetzner.cli.apply import apply\n"
        "try:\n apply.main(['--help'])\nexcept SystemExit:\n pass\n"
        "heavy = {'pydantic', 'httpx', 'yaml', 'rich', 'hetzner.cli.check', 'hetzner.cli.run'}\n"
        "sys.exit(','.join(heavy & set(sys.modules)) or 0)"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (0, "")


def test_a_path_called_like_a_command(cloud: object) -> None:
    """`check` is the command even when a file has that name; `./check` is the file."""
    Path("check").mkdir()
    Path("check/infra.yaml").write_text(NETWORK)
    assert run("check").exit_code == 64
    assert "Plan   1 add" in run("./check", "--plan").stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["chekc"], "there is neither a file nor a command 'chekc'; did you mean 'check'?"),
        (["--plan", "check"], "a command comes first: hetzner-apply check ..."),
        (["plan", "a.yaml"], "no command 'plan' and no such file; did you mean 'hetzner-apply FILE --plan'?"),
        (["destroy"], "did you mean 'hetzner-apply FILE --destroy'?"),
        (["a.yaml", "-auto-approve"], "Did you mean '--yes'?"),
        (["a.yaml", "--diff"], "Did you mean '--plan'?"),
    ],
)
def test_a_command_that_is_none(cloud: object, arguments: list[str], told: str) -> None:
    """A slip in a command's name, a word of another tool, and a command after an option are told as that."""
    result = run(*arguments)
    assert (result.exit_code, told in result.stderr) == (64, True)


def test_a_missing_file_is_still_a_missing_file(cloud: object) -> None:
    """A path that resembles no command is reported as the file that it is."""
    result = run("nothing.yaml")
    assert (result.exit_code, "nothing.yaml" in result.stderr, "command" in result.stderr) == (
        64,
        True,
        False,
    )


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("hetzner-apply chec", ["plain,check", "plain,checked.yaml"]),
        ("hetzner-apply check --allow", ["plain,--allow-outside"]),
        ("hetzner-apply check infra.yaml chec", ["file,chec"]),
        ("hetzner-apply infra.yaml chec", ["file,chec"]),
        ("hetzner-apply infr", ["file,infr"]),
    ],
)
def test_completion(cloud: object, words: str, offered: list[str]) -> None:
    """The first word completes to commands and files, later ones to files, options to options."""
    Path("checked.yaml").touch()
    assert completed(words) == offered


def test_commands_below_hetzner_apply(invoke: Invoke) -> None:
    """`hetzner apply COMMAND` is the same command as `hetzner-apply COMMAND`."""
    invoke(NETWORK, "--plan")
    result = CliRunner().invoke(hetzner, ["apply", "check", "infra.yaml"])
    assert (result.exit_code, result.stdout, "1 object, nothing wrong" in result.stderr) == (0, "", True)


def test_check_tells_every_problem(invoke: Invoke, cloud: object) -> None:
    """`check` ends with 64 and shows each problem at its place, and asks nobody."""
    invoke("project: demo\nservers:\n  web: {servr_type: cx23}\n  db: {imag: debian-13}\n", "--plan")
    result = run("check", "infra.yaml")
    assert result.exit_code == 64
    assert "infra.yaml:3:" in result.stderr
    assert "infra.yaml:4:" in result.stderr


def test_check_tells_what_looks_like_a_slip(invoke: Invoke, cloud: object) -> None:
    """A name that no file declares may exist in the project; one that resembles a declared one is told."""
    text = (
        "project: demo\nfirewalls: {base: {rules: [icmp]}}\nservers:\n"
        "  web: {count: 2, server_type: cx23, image: debian-13, firewalls: [bsae, theirs]}\n"
    )
    invoke(text, "--plan")
    result = run("check", "infra.yaml")
    assert result.exit_code == 0
    assert result.stderr.splitlines() == [
        "warning  infra.yaml:4:68  servers.web-1.firewalls: no file declares 'bsae', "
        "so it has to exist in the project: did you mean 'base'?",
        "demo: 3 objects, nothing wrong.",
    ]


def test_check_as_a_program(tmp_path: Path) -> None:
    """`hetzner-apply check` needs no token, several files make one document, and 0 says that all is well."""
    (tmp_path / "a.yaml").write_text(NETWORK)
    (tmp_path / "b.yaml").write_text(
        "servers: {web: {server_type: cx23, image: debian-13, networks: [internal]}}\n"
    )
    done = programs.run(tmp_path, "check", "a.yaml", "b.yaml")
    assert (done.returncode, done.stdout, "2 objects, nothing wrong" in done.stderr) == (0, "", True)
