"""``hetzner``: the group, the served sandbox, completion, the version."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from click.testing import CliRunner

from hetzner.cli.main import hetzner
from tests.cli.conftest import Invoke
from tests.cli.files import NETWORK
from tests.cli.programs import HETZNER, command, environment


def test_apply_is_the_same_command(invoke: Invoke) -> None:
    """`hetzner apply` does what `hetzner-apply` does, with the same exit codes."""
    invoke(NETWORK, "--plan")
    result = CliRunner().invoke(hetzner, ["apply", "infra.yaml", "--check"])
    assert (result.exit_code, "+ networks.internal" in result.stdout) == (2, True)


@pytest.mark.parametrize(
    "arguments", [["--nothing"], ["nothing"], ["apply"], ["sandbox", "serve", "--port", "x"]]
)
def test_wrong_usage(arguments: list[str]) -> None:
    """Wrong usage of any command ends with 64."""
    assert CliRunner().invoke(hetzner, arguments).exit_code == 64


def test_version() -> None:
    """--version prints a name and a version."""
    result = CliRunner().invoke(hetzner, ["--version"])
    assert (result.exit_code, result.stdout.startswith("hetzner ")) == (0, True)


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_completion(shell: str) -> None:
    """Completion is printed for both commands."""
    result = CliRunner().invoke(hetzner, ["completion", shell])
    assert (result.exit_code, "_HETZNER_COMPLETE" in result.stdout) == (0, True)
    assert "_HETZNER_APPLY_COMPLETE" in result.stdout


def test_completed() -> None:
    """What completion asks the commands for is answered."""
    environ = {"_HETZNER_COMPLETE": "zsh_complete", "COMP_WORDS": "hetzner sand", "COMP_CWORD": "1"}
    result = CliRunner(env=environ).invoke(hetzner, [], prog_name="hetzner")
    assert (result.exit_code, "sandbox" in result.stdout) == (0, True)


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_served_sandbox(tmp_path: Path, number: signal.Signals) -> None:
    """`hetzner sandbox serve` prints the lines to use it, answers, and ends with 0 when it is asked to."""
    with subprocess.Popen(
        command("sandbox", "serve", "--port", "0", "--state", "state.db", program=HETZNER),
        cwd=tmp_path, env=environment(1), text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        endpoint, token = process.stdout.readline().strip(), process.stdout.readline().strip()
        url = endpoint.removeprefix("export HCLOUD_ENDPOINT=")
        assert (url.startswith("http://127.0.0.1:"), token) == (True, "export HCLOUD_TOKEN=sandbox")
        assert process.stdout.readline().strip() == f"export HETZNER_ENDPOINT={url}"  # for storage boxes
        asked = urllib.request.Request(f"{url}/servers", headers={"Authorization": "Bearer sandbox"})  # noqa: S310
        with urllib.request.urlopen(asked, timeout=10) as answer:  # noqa: S310
            assert answer.status == 200
        process.send_signal(number)
        _, err = process.communicate(timeout=10)
    assert (process.returncode, "Traceback" in err) == (0, False)
    assert (tmp_path / "state.db").exists()


def test_taken_port() -> None:
    """A port that is taken is an error in one line."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        result = CliRunner().invoke(hetzner, ["sandbox", "serve", "--port", port])
    assert (result.exit_code, result.stderr.startswith("Error: ")) == (1, True)


def test_bad_state(tmp_path: Path) -> None:
    """A file that is no sandbox file is an error in one line."""
    path = tmp_path / "state.db"
    path.write_text("nothing" * 1000)
    result = CliRunner().invoke(hetzner, ["sandbox", "serve", "--port", "0", "--state", os.fspath(path)])
    assert (result.exit_code, "Traceback" in result.output) == (1, False)
