"""The sandbox behind httpx, and every fault as a client sees it."""

import asyncio
from collections.abc import Iterator

import httpx
import pytest

from hetzner.sandbox import AsyncSandboxTransport, Sandbox, SandboxTransport, connect
from hetzner.sandbox.faults import FaultName

BASE, HEADERS = "https://api.hetzner.cloud/v1", {"Authorization": "Bearer token"}
WEB = {"name": "web", "server_type": "cx23", "image": "debian-13"}
EXECUTED: list[FaultName] = [
    "reset_after", "hang", "truncated_body", "truncated_json", "empty", "html_502_after",
    "500_after", "502_after", "503_after", "504_after", "drip",
]  # fmt: skip
NOT_EXECUTED: list[FaultName] = [
    "refuse", "reset_before", "hang_before", "redirect", "html_502", "500", "502", "503", "504",
    "rate_limit", "conflict", "locked", "maintenance",
]  # fmt: skip


@pytest.fixture
def sandbox() -> Sandbox:
    """A fresh sandbox."""
    return Sandbox()


@pytest.fixture
def client(sandbox: Sandbox) -> Iterator[httpx.Client]:
    """A client whose requests never leave the process."""
    transport = SandboxTransport(sandbox)
    with httpx.Client(transport=transport, base_url=BASE, headers=HEADERS, timeout=30) as client:
        yield client


def servers(client: httpx.Client) -> int:
    """How many servers there are."""
    return len(client.get("/servers").json()["servers"])


def test_both_transports_answer_alike(sandbox: Sandbox) -> None:
    """The sync and the async transport give the same answers, and know the clock."""
    sync, other = SandboxTransport(sandbox), AsyncSandboxTransport(sandbox)
    assert sync.clock is other.clock is sandbox.clock

    async def ask() -> httpx.Response:
        async with httpx.AsyncClient(transport=other, base_url=BASE, headers=HEADERS) as client:
            return await client.get("/locations", params={"sort": "name:desc"})

    with httpx.Client(transport=sync, base_url=BASE, headers=HEADERS) as client:
        first, second = client.get("/locations", params={"sort": "name:desc"}), asyncio.run(ask())
    assert first.json() == second.json()
    assert first.json()["locations"][0]["name"] == "sin"


def test_an_empty_answer_has_no_content_type(client: httpx.Client, sandbox: Sandbox) -> None:
    """A 204 carries neither body nor content type, which some clients would stumble over."""
    ident = client.post("/servers", json=WEB).json()["server"]["id"]
    sandbox.clock.sleep(100)
    image = client.post(f"/servers/{ident}/actions/create_image").json()["image"]["id"]
    sandbox.clock.sleep(1000)
    answer = client.delete(f"/images/{image}")
    assert (answer.status_code, answer.content) == (204, b"")
    assert "content-type" not in answer.headers


@pytest.mark.parametrize("name", EXECUTED)
def test_the_answer_of_an_executed_request_is_lost(
    client: httpx.Client, sandbox: Sandbox, name: FaultName
) -> None:
    """Faults that hit the answer leave the server created."""
    sandbox.faults.arm("servers.create", name)
    try:
        answer = client.post("/servers", json=WEB)
        assert answer.status_code >= 500 or name in ("truncated_json", "empty", "drip")
    except httpx.TransportError:
        assert name in ("reset_after", "hang", "truncated_body")
    assert servers(client) == 1


@pytest.mark.parametrize("name", NOT_EXECUTED)
def test_a_request_is_not_executed(client: httpx.Client, sandbox: Sandbox, name: FaultName) -> None:
    """Faults that hit the request leave nothing created, once, and are then used up."""
    sandbox.faults.arm("servers.*", name)
    try:
        answer = client.post("/servers", json=WEB)
        assert answer.status_code >= 300
    except httpx.TransportError:
        assert name in ("refuse", "reset_before", "hang_before")
    assert servers(client) == 0
    assert client.post("/servers", json=WEB).status_code == 201


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("refuse", httpx.ConnectError),
        ("reset_before", httpx.ReadError),
        ("reset_after", httpx.ReadError),
        ("hang", httpx.ReadTimeout),
        ("hang_before", httpx.ReadTimeout),
        ("late", httpx.ReadTimeout),
        ("truncated_body", httpx.RemoteProtocolError),
    ],
)
def test_a_broken_connection_is_the_error_httpx_raises(
    sandbox: Sandbox, name: FaultName, error: type
) -> None:
    """Sync and async clients get the error that a real broken connection would give them."""
    sandbox.faults.arm("*", name, times=2)

    async def ask() -> None:
        transport = AsyncSandboxTransport(sandbox)
        async with httpx.AsyncClient(transport=transport, base_url=BASE, headers=HEADERS) as client:
            await client.get("/locations")

    with httpx.Client(transport=SandboxTransport(sandbox), base_url=BASE, headers=HEADERS) as client:
        with pytest.raises(error):
            client.get("/locations")
        with pytest.raises(error):
            asyncio.run(ask())
        assert client.get("/locations").status_code == 200


def test_a_hang_lasts_as_long_as_the_client_waits(client: httpx.Client, sandbox: Sandbox) -> None:
    """Virtual time moves on by the read timeout, then the client gives up."""
    sandbox.faults.arm("*", "hang")
    before = sandbox.clock.now()
    with pytest.raises(httpx.ReadTimeout):
        client.get("/locations", timeout=7)
    assert sandbox.clock.now() == before + 7


def test_a_late_request_is_executed_after_the_client_gave_up(client: httpx.Client, sandbox: Sandbox) -> None:
    """With some seconds of delay a look-up in between finds nothing yet."""
    sandbox.faults.arm("servers.create", "late", seconds=5)
    with pytest.raises(httpx.ReadTimeout):
        client.post("/servers", json=WEB)
    assert servers(client) == 0
    sandbox.clock.sleep(5)
    assert servers(client) == 1


def test_a_dripping_body_takes_its_time(sandbox: Sandbox) -> None:
    """A slow body advances the clock from chunk to chunk, and a chunk slower than the timeout is an error."""
    sandbox.faults.arm("*", "drip", seconds=2, times=2)

    async def ask() -> bytes:
        transport = AsyncSandboxTransport(sandbox)
        async with httpx.AsyncClient(transport=transport, base_url=BASE, headers=HEADERS) as client:
            return (await client.get("/locations")).content

    with httpx.Client(transport=SandboxTransport(sandbox), base_url=BASE, headers=HEADERS) as client:
        before = sandbox.clock.now()
        slow = client.get("/locations").content
        assert slow == asyncio.run(ask()) == client.get("/locations").content
        assert sandbox.clock.now() - before == pytest.approx(2 * 2 * 15)
        sandbox.faults.arm("*", "drip", seconds=6)
        with pytest.raises(httpx.ReadTimeout):
            client.get("/locations", timeout=5)


def test_faults_are_armed_by_name_and_number(client: httpx.Client, sandbox: Sandbox) -> None:
    """A fault waits for its turn, hits as often as told, and leaves other operations alone."""
    sandbox.faults.arm("locations.*", "503", times=2, skip=1)
    seen = [client.get("/locations").status_code for _ in range(4)]
    assert seen == [200, 503, 503, 200]
    sandbox.faults.arm("locations.list", "503")
    assert client.get("/isos").status_code == 200
    sandbox.faults.disarm()
    assert client.get("/locations").status_code == 200


def test_a_function_may_decide_about_every_request(client: httpx.Client, sandbox: Sandbox) -> None:
    """For random runs a chooser is asked with operation and method."""
    sandbox.faults.choose = lambda operation, method: (
        "conflict" if (operation, method) == ("isos.list", "GET") else None
    )
    assert client.get("/isos").json()["error"]["code"] == "conflict"
    assert client.get("/locations").status_code == 200

    def crash(operation: str, method: str) -> None:
        raise KeyboardInterrupt

    sandbox.faults.choose = crash
    with pytest.raises(KeyboardInterrupt):
        client.post("/servers", json=WEB)
    sandbox.faults.disarm()
    assert servers(client) == 0


def test_faults_are_in_the_log(client: httpx.Client, sandbox: Sandbox) -> None:
    """The log says which operation was asked for, how it was answered, and which fault hit it."""
    sandbox.faults.arm("*", "refuse")
    with pytest.raises(httpx.ConnectError):
        client.get("/locations")
    sandbox.faults.arm("*", "500_after")
    client.get("/locations")
    sandbox.faults.arm("*", "503")
    client.get("/isos")
    client.get("/nothing")
    assert [(each.operation, each.status, each.fault) for each in sandbox.log] == [
        ("locations.list", 0, "refuse"),
        ("locations.list", 200, "500_after"),
        ("isos.list", 0, "503"),
        ("", 404, ""),
    ]


def test_the_shared_sandbox_has_a_url() -> None:
    """`sandbox:` is one sandbox in memory for the whole process, other schemes are refused."""
    first, second = connect("sandbox:"), connect("sandbox:")
    assert first is second
    assert first.transport.clock is first.clock is first.async_transport.clock
    with pytest.raises(ValueError, match="sandbox:"):
        connect("https://api.hetzner.cloud")
