"""A document on standard input, as other programs write it."""

import subprocess
from pathlib import Path

from click.testing import CliRunner, Result

from hetzner.cli.apply import apply
from hetzner.sandbox import Sandbox
from tests.cli.files import SERVERS
from tests.cli.programs import command, environment


def piped(text: str | bytes, *words: str) -> Result:
    """Run `hetzner-apply` with a text on its standard input."""
    return CliRunner().invoke(apply, [*words], input=text, prog_name="hetzner-apply")


def test_it_is_planned_and_applied(cloud: Sandbox) -> None:
    """A dash stands for it; nobody can be asked, so without --yes nothing is changed."""
    asked = piped(SERVERS, "-")
    assert (asked.exit_code, "--yes" in asked.output) == (4, True)
    assert piped(SERVERS, "-", "--yes").exit_code == 0
    assert piped(SERVERS, "-", "--check").exit_code == 0


def test_it_goes_along_with_files(cloud: Sandbox) -> None:
    """It is one part of a document like any file; each project of several may be there, too."""
    Path("keys.yaml").write_text("networks: {net: {ip_range: 10.0.0.0/16}}\n")
    shown = piped(SERVERS, "show", "-", "keys.yaml")
    assert (shown.exit_code, "net:" in shown.output, "web" in shown.output) == (0, True, True)
    Path("other.yaml").write_text("project: other\nplacement_groups: {apart: }\n")
    assert piped(SERVERS, "-", "other.yaml", "--yes").exit_code == 0


def test_what_is_wrong_with_it_has_a_place(cloud: Sandbox) -> None:
    """Problems are told as those of files are."""
    assert "--> <stdin>:2:1" in piped("project: shop\nserverz: {}\n", "check", "-").output
    assert "'-' is larger than 5 MiB" in piped(b"a" * ((5 << 20) + 1), "check", "-").output


def test_a_plan_of_it_cannot_be_saved(cloud: Sandbox) -> None:
    """It would be gone when the plan is applied."""
    saving = piped(SERVERS, "-", "--save", "plan.json")
    assert (saving.exit_code, "--save needs files" in saving.output) == (64, True)
    assert not list(cloud.log)


def test_a_pipe_between_programs(tmp_path: Path) -> None:
    """It need not be a file, and it is read once only."""
    ran = subprocess.run(
        command("-", "--yes"), cwd=tmp_path, env=environment(100), input=SERVERS, text=True,
        capture_output=True, check=False, timeout=60,
    )  # fmt: skip
    assert (ran.returncode, "Applied 2 of 2" in ran.stderr + ran.stdout) == (0, True)
