"""Every file in examples/ does what it is for, on the sandbox."""

import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.cli.programs import environment, run
from tests.test_repository import ROOT

EXAMPLES = ROOT / "examples"
DOCUMENTS = sorted(EXAMPLES.glob("*.yaml"))
SCRIPTS = sorted(EXAMPLES.glob("*.py"))


def python(script: Path, folder: Path, *words: str, endpoint: str = "sandbox:") -> str:
    """Run a script in a folder and return what it printed; it has to end well."""
    result = subprocess.run(
        [sys.executable, "-W", "error", str(script), *words], cwd=folder, timeout=60, check=False,
        env=environment(1, HCLOUD_ENDPOINT=endpoint), capture_output=True, text=True,
    )  # fmt: skip
    assert (result.returncode, result.stderr) == (0, "")
    return result.stdout


def test_nothing_else_is_there() -> None:
    """What lies in examples/ is one of the two kinds that are run here."""
    assert set(EXAMPLES.glob("*")) == {*DOCUMENTS, *SCRIPTS}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_document(path: Path, tmp_path: Path) -> None:
    """A document is applied in one run, leaves nothing to do, and can be destroyed."""
    assert run(tmp_path, str(path), "--yes").returncode == 0
    assert run(tmp_path, str(path), "--check").returncode == 0
    assert run(tmp_path, str(path), "--destroy", "--yes", "--allow-destroy").returncode == 0
    assert run(tmp_path, str(path), "--check").returncode == 2


def test_quickstart_as_the_readme_says(tmp_path: Path) -> None:
    """`--sandbox --yes` needs no account, keeps its state beside the user, and takes a few seconds."""
    quickstart = str(EXAMPLES / "quickstart.yaml")
    result = run(tmp_path, quickstart, "--sandbox", "--yes", HCLOUD_ENDPOINT="https://192.0.2.1/v1")
    assert (result.returncode, (tmp_path / ".hetzner-sandbox.db").exists()) == (0, True)
    assert "Applied 6 of 6 in " in result.stderr


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_document_has_a_heading(path: Path) -> None:
    """A document begins with what it is for and how it is run, and has a project of its own name."""
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# ")
    assert f"hetzner-apply examples/{path.name}" in text.partition("project:")[0]
    assert yaml.safe_load(text)["project"].replace("-", "_") == path.stem


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_script(path: Path, tmp_path: Path) -> None:
    """A script runs without an account, explains itself, and changes nothing with --dry-run."""
    assert "usage:" in python(path, tmp_path, "--help")
    python(path, tmp_path)
    python(path, tmp_path, "--dry-run")


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_script_says_what_it_needs(path: Path) -> None:
    """A script has the header by which `uv run` finds this package, and is one screen long."""
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[1:4] == ["# /// script", '# requires-python = ">=3.11"', '# dependencies = ["hetzner"]']
    assert len(lines) <= 60


def test_first_server_twice(tmp_path: Path) -> None:
    """The first run makes a server, the second one finds it."""
    script, endpoint = EXAMPLES / "first_server.py", "sandbox:state.db?scale=100"
    assert "would create first" in python(script, tmp_path, "--dry-run", endpoint=endpoint)
    assert "created Server(first " in python(script, tmp_path, endpoint=endpoint)
    assert "found Server(first " in python(script, tmp_path, endpoint=endpoint)


def test_snapshots_rotate(tmp_path: Path) -> None:
    """Only the newest snapshots stay, of servers with the label only, and a dry run takes none."""
    script, endpoint = EXAMPLES / "snapshot_rotate.py", "sandbox:state.db?scale=1000"
    document = tmp_path / "infra.yaml"
    document.write_text(
        "project: shop\nservers:\n  a: {server_type: cx23, image: debian-13, labels: {snapshots: daily}}\n"
        "  b: {server_type: cx23, image: debian-13}\n"
    )
    assert run(tmp_path, str(document), "--yes").returncode == 0
    shown = [python(script, tmp_path, "--keep", "2", endpoint=endpoint) for _ in range(3)]
    assert shown[0] == "a: 0 snapshots, taking one more\n"
    assert shown[2].startswith("a: 2 snapshots, taking one more\na: deleting the one of ")
    dry = python(script, tmp_path, "--keep", "2", "--dry-run", endpoint=endpoint)
    assert dry.startswith("a: 2 snapshots, taking one more\na: deleting the one of ")
    assert python(script, tmp_path, "--dry-run", endpoint=endpoint) == "a: 2 snapshots, taking one more\n"
