"""Tests as a project writes them that uses the fixture; `test_pytest_plugin` runs them in such a project."""

import asyncio
import os

import pytest

import hetzner
from hetzner import ActionFailed, Server
from hetzner.aio import Server as AwaitedServer
from hetzner.pytest_plugin import HetznerSandbox
from hetzner.sandbox import Sandbox, SandboxTransport


def test_my_script(hetzner_sandbox: HetznerSandbox) -> None:
    """A record is made without any set-up, time is the sandbox's, and the next one fails as ordered."""
    assert Server.create("web", "cx23", image="debian-13").status == "running"
    assert 0 < hetzner_sandbox.elapsed < 60
    hetzner_sandbox.fail_next("create_server", "resource_unavailable")
    with pytest.raises(ActionFailed, match="resource_unavailable"):
        Server.create("db", "cx23", image="debian-13")


@pytest.mark.parametrize("number", [1, 2])
def test_records_start_anew(hetzner_sandbox: HetznerSandbox, number: int) -> None:
    """Tests share no objects."""
    Server.create("web", "cx23", image="debian-13")
    assert [row["name"] for row in hetzner_sandbox.project.table("servers")] == ["web"]


@pytest.mark.parametrize("number", [1, 2])
def test_awaited_records_start_anew(hetzner_sandbox: HetznerSandbox, number: int) -> None:
    """Nor do they share the clients that awaited records made."""

    async def main() -> list[str]:
        await AwaitedServer.create("web", "cx23", image="debian-13")
        async with hetzner_sandbox.async_client() as client:
            return [str(server.name) async for server in client.servers.list()]

    assert asyncio.run(main()) == ["web"]


def test_all_clients_see_the_same(hetzner_sandbox: HetznerSandbox) -> None:
    """Clients from the environment, from the fixture and behind records see the same servers."""
    Server.create("web", "cx23", image="debian-13")
    named = hetzner.Hetzner(base_url="sandbox:")
    for client in (hetzner.Hetzner(), hetzner_sandbox.client(max_retries=0), named):
        assert [server.name for server in client.servers.list()] == ["web"]
        assert list(client.storage_boxes.list()) == []
        assert client.api_token != "real"


def test_a_transport_of_ones_own_goes_first(hetzner_sandbox: HetznerSandbox) -> None:
    """A client that is given a transport uses that one, whatever the environment says."""
    other = Sandbox()
    client = hetzner.Hetzner(transport=SandboxTransport(other))
    client.networks.create(name="internal", ip_range="10.0.0.0/16")
    assert (len(other.log), hetzner_sandbox.requests) == (1, [])


def test_log(hetzner_sandbox: HetznerSandbox) -> None:
    """Requests and writes are told by operation, and time can be put forward."""
    client = hetzner_sandbox.client()
    assert list(client.servers.list()) == []
    client.networks.create(name="internal", ip_range="10.0.0.0/16")
    assert [entry.operation for entry in hetzner_sandbox.requests] == ["servers.list", "networks.create"]
    assert [entry.operation for entry in hetzner_sandbox.writes] == ["networks.create"]
    hetzner_sandbox.advance(90)
    assert hetzner_sandbox.elapsed == 90
    assert repr(hetzner_sandbox) == "<hetzner_sandbox after 90 s>"


def test_faults(hetzner_sandbox: HetznerSandbox) -> None:
    """With the name of an operation a request is refused, all else goes through `faults`; typos are told."""
    client = hetzner_sandbox.client(max_retries=0)
    hetzner_sandbox.fail_next("networks.create", "resource_limit_exceeded")
    with pytest.raises(hetzner.PermissionDeniedError) as caught:
        client.networks.create(name="internal", ip_range="10.0.0.0/16")
    assert caught.value.code == "resource_limit_exceeded"
    hetzner_sandbox.faults.arm("servers.list", "503")
    with pytest.raises(hetzner.InternalServerError):
        list(client.servers.list())
    for what in ("create_sever", "servers.creat"):
        with pytest.raises(ValueError, match="did you mean"):
            hetzner_sandbox.fail_next(what)


def test_after_all() -> None:
    """Without the fixture the environment is as it was."""
    assert os.environ["HCLOUD_CONTEXT"] == "production"
    assert os.environ["HCLOUD_ENDPOINT"] == "https://api.hetzner.cloud/v1"
    assert (os.environ["HCLOUD_TOKEN"], os.environ["HCLOUD_TOKEN_FILE"]) == ("real", "/nonexistent")


def test_colleagues_can_be_played(hetzner_sandbox: HetznerSandbox) -> None:
    """Objects are altered and removed behind the back of the program, which is no request of it."""
    for name in ("web", "db"):
        Server.create(name, "cx23", image="debian-13")
    hetzner_sandbox.alter("servers", "web", status="off")
    hetzner_sandbox.remove("servers", "db")
    assert [(each.name, each.status) for each in Server.all()] == [("web", "off")]
    assert [each.operation for each in hetzner_sandbox.writes] == ["servers.create"] * 2
