"""The fixture `hetzner_sandbox`, as a project that uses it sees it."""

import subprocess
import sys

import pytest

import hetzner.aio
import hetzner.api.client
import hetzner.domain.servers  # so that the runs inside of these tests have nothing to load
from hetzner import Server
from hetzner.sandbox import Sandbox, connect

pytest_plugins = ["pytester"]
PLUGIN = ("-p", "no:hetzner_sandbox", "-p", "hetzner.pytest_plugin", "-p", "no:cacheprovider")
HEAD = """
import asyncio
import pytest
import hetzner
from hetzner import ActionFailed, APIStatusError, Server
from hetzner.aio import Server as AwaitedServer
"""


@pytest.fixture
def outcome(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> "Run":
    """Runs a test file in a project of its own, whose environment points to the real cloud."""
    monkeypatch.setenv("HCLOUD_ENDPOINT", "https://api.hetzner.cloud/v1")
    monkeypatch.setenv("HETZNER_ENDPOINT", "https://api.hetzner.com/v1")
    monkeypatch.setenv("HCLOUD_TOKEN", "real")
    monkeypatch.setenv("HCLOUD_TOKEN_FILE", "/nonexistent")
    return Run(pytester)


class Run:
    """Runs what follows the usual imports."""

    def __init__(self, pytester: pytest.Pytester) -> None:
        self._pytester = pytester

    def __call__(self, text: str) -> dict[str, int]:
        """Run the tests in a text and return how many passed, failed and so on."""
        self._pytester.makepyfile(HEAD + text)
        result = self._pytester.runpytest_inprocess(*PLUGIN)
        return result.parseoutcomes()


def test_the_example_of_the_issue_works(outcome: Run) -> None:
    """A record is made without any set-up, in no time, and the next one fails as ordered."""
    text = """
def test_my_script(hetzner_sandbox):
    assert Server.create("web", "cx23", image="debian-13").status == "running"
    assert 0 < hetzner_sandbox.elapsed < 60
    hetzner_sandbox.fail_next("create_server", "resource_unavailable")
    with pytest.raises(ActionFailed, match="resource_unavailable"):
        Server.create("db", "cx23", image="debian-13")
"""
    assert outcome(text) == {"passed": 1}


def test_every_test_starts_anew(outcome: Run) -> None:
    """Tests share nothing: neither objects nor the clients that records made, blocking or awaited."""
    text = """
@pytest.mark.parametrize("number", [1, 2])
def test_blocking(hetzner_sandbox, number):
    assert Server.all().to_list() == [] if hasattr(Server.all(), "to_list") else list(Server.all()) == []
    Server.create("web", "cx23", image="debian-13")
    assert [row["name"] for row in hetzner_sandbox.project.table("servers")] == ["web"]

@pytest.mark.parametrize("number", [1, 2])
def test_awaited(hetzner_sandbox, number):
    async def main():
        await AwaitedServer.create("web", "cx23", image="debian-13")
        async with hetzner_sandbox.async_client() as client:
            return [server.name async for server in client.servers.list()]
    assert asyncio.run(main()) == ["web"]
"""
    assert outcome(text) == {"passed": 4}


def test_every_way_to_a_client_leads_to_the_same_project(outcome: Run) -> None:
    """Clients from the environment, from the fixture and behind records see the same servers."""
    text = """
def test_clients(hetzner_sandbox):
    Server.create("web", "cx23", image="debian-13")
    for client in (hetzner.Hetzner(), hetzner_sandbox.client(max_retries=0), hetzner.Hetzner(base_url="sandbox:")):
        assert [server.name for server in client.servers.list()] == ["web"]
    assert list(hetzner.Hetzner().storage_boxes.list()) == []
    assert "real" not in (hetzner.Hetzner().api_token, hetzner_sandbox.client().api_token)
"""
    assert outcome(text) == {"passed": 1}


def test_the_fixture_tells_what_was_asked(outcome: Run) -> None:
    """Requests and writes are told by operation, time can be put forward."""
    text = """
def test_log(hetzner_sandbox):
    client = hetzner_sandbox.client()
    client.servers.list().servers
    client.networks.create(name="internal", ip_range="10.0.0.0/16")
    assert [entry.operation for entry in hetzner_sandbox.requests] == ["servers.list", "networks.create"]
    assert [entry.operation for entry in hetzner_sandbox.writes] == ["networks.create"]
    hetzner_sandbox.advance(90)
    assert hetzner_sandbox.elapsed == 90
    assert repr(hetzner_sandbox) == "<hetzner_sandbox after 90 s>"
"""
    assert outcome(text) == {"passed": 1}


def test_requests_fail_as_ordered_too(outcome: Run) -> None:
    """With the name of an operation a request is refused, other faults go through `faults`; typos are told."""
    text = """
def test_faults(hetzner_sandbox):
    client = hetzner_sandbox.client(max_retries=0)
    hetzner_sandbox.fail_next("networks.create", "resource_limit_exceeded")
    with pytest.raises(hetzner.PermissionDeniedError) as caught:
        client.networks.create(name="internal", ip_range="10.0.0.0/16")
    assert caught.value.code == "resource_limit_exceeded"
    hetzner_sandbox.faults.arm("servers.list", "503")
    with pytest.raises(hetzner.InternalServerError):
        client.servers.list().servers
    for what in ("create_sever", "servers.creat"):
        with pytest.raises(ValueError, match="did you mean"):
            hetzner_sandbox.fail_next(what)
"""
    assert outcome(text) == {"passed": 1}


def test_nothing_is_left_behind(outcome: Run) -> None:
    """After the test the environment is as before, and `sandbox:` is the sandbox of the process again."""
    before = connect("sandbox:")
    text = """
import os

def test_inside(hetzner_sandbox):
    assert os.environ["HCLOUD_ENDPOINT"] == "sandbox:"
    Server.create("web", "cx23", image="debian-13")

def test_after():
    assert os.environ["HCLOUD_ENDPOINT"] == "https://api.hetzner.cloud/v1"
    assert os.environ["HCLOUD_TOKEN_FILE"] == "/nonexistent"
"""
    assert outcome(text) == {"passed": 2}
    assert connect("sandbox:") is before
    assert isinstance(before.sandbox, Sandbox)
    assert Server.__module__ == "hetzner.domain.servers"


def test_the_plugin_costs_nothing_until_it_is_used() -> None:
    """Loading the plugin loads neither httpx nor pydantic nor the sandbox."""
    code = (
        "import sys, pytest; before = set(sys.modules); import hetzner.pytest_plugin\n"
        "new = set(sys.modules) - before; print(*sorted(name for name in new if 'hetzner' in name))\n"
        "assert not {'httpx', 'pydantic', 'asyncio', 'click', 'yaml'} & new, new"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) <= {"hetzner", "hetzner.pytest_plugin"}
