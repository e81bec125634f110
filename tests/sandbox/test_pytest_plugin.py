"""The fixture `hetzner_sandbox`, in a project that uses it."""

import sys
from pathlib import Path

import pytest

from hetzner.sandbox import Sandbox, connect
from hetzner.sandbox.connection import standing_in
from tests.programs import ended
from tests.readme import ROOT

pytest_plugins = ["pytester"]
PLUGIN = ("-p", "no:hetzner_sandbox", "-p", "hetzner.pytest_plugin", "-p", "no:cacheprovider", "-q")


def test_a_project_that_uses_the_fixture(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    """All promises of the fixture hold where the environment points to the real cloud."""
    monkeypatch.setenv("HCLOUD_ENDPOINT", "https://api.hetzner.cloud/v1")
    monkeypatch.setenv("HETZNER_ENDPOINT", "https://api.hetzner.com/v1")
    monkeypatch.setenv("HCLOUD_TOKEN", "real")
    monkeypatch.setenv("HCLOUD_TOKEN_FILE", "/nonexistent")
    monkeypatch.setenv("HCLOUD_CONTEXT", "production")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    suite = Path(__file__).with_name("plugin_suite.py").read_text(encoding="utf-8")
    pytester.makepyfile(test_promises=suite)
    result = pytester.runpytest_subprocess(*PLUGIN, "-W", "error", timeout=120)
    result.assert_outcomes(passed=11)


def test_the_shared_sandbox_can_be_replaced_for_a_while() -> None:
    """Within the block `sandbox:` is the other one, after it the one that all of the process share."""
    before, other = connect("sandbox:"), Sandbox()
    with standing_in(other):
        assert connect("sandbox:").sandbox is other
    assert connect("sandbox:") is before


def test_the_plugin_costs_nothing_until_it_is_used() -> None:
    """Loading the plugin loads neither httpx nor pydantic nor the sandbox."""
    code = (
        "import sys, pytest; before = set(sys.modules); import hetzner.pytest_plugin\n"
        "new = set(sys.modules) - before; print(*sorted(name for name in new if 'hetzner' in name))\n"
        "assert not {'httpx', 'pydantic', 'asyncio', 'click', 'yaml'} & new, new"
    )
    done = ended([sys.executable, "-c", code], 60, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    assert set(done.stdout.split()) == {"hetzner", "hetzner.pytest_plugin"}


def test_pytest_finds_the_plugin() -> None:
    """The package tells pytest where the plugin is."""
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["entry-points"]["pytest11"] == {"hetzner_sandbox": "hetzner.pytest_plugin"}
