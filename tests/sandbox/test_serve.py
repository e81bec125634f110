"""The sandbox over HTTP on loopback."""

import http.client
import json
import os
import signal
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from hetzner.sandbox import Sandbox, ScaledClock
from hetzner.sandbox.serve import Server, run, serve

HEADERS = {"Authorization": "Bearer token"}
WEB = {"name": "web", "server_type": "cx23", "image": "debian-13"}


@pytest.fixture
def server() -> Iterator[Server]:
    """A server for a fresh sandbox on fast time."""
    with serve(Sandbox(clock=ScaledClock(10_000))) as server:
        yield server


def raw(server: Server, text: bytes) -> bytes:
    """Send bytes on a connection of their own and return all that comes back."""
    with socket.create_connection((server.host, server.port), timeout=10) as connection:
        connection.sendall(text)
        connection.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: connection.recv(65536), b""))


def test_many_requests_go_over_one_connection(server: Server) -> None:
    """Keep-alive works, with and without the version prefix, for every method."""
    connection = http.client.HTTPConnection(server.host, server.port, timeout=10)
    used = set()
    for method, path, body, status in [
        ("POST", "/v1/servers", json.dumps(WEB), 201),
        ("GET", "/servers?name=web", None, 200),
        ("GET", "/v1/servers/1", None, 404),
        ("POST", "/v1/servers", "{", 400),
    ]:
        connection.request(method, path, body, HEADERS)
        used.add(connection.sock)
        answer = connection.getresponse()
        content = answer.read()
        assert answer.status == status
        assert len(content) == int(answer.headers["Content-Length"])
    connection.close()
    assert len(used) == 1


def test_an_empty_answer_is_really_empty(server: Server) -> None:
    """A 204 has neither content type nor length, and the connection goes on."""
    with httpx.Client(base_url=server.url, headers=HEADERS) as client:
        ident = client.post("/servers", json=WEB).json()["server"]["id"]
        server.sandbox.clock.sleep(60)
        image = client.post(f"/servers/{ident}/actions/create_image").json()["image"]["id"]
        server.sandbox.clock.sleep(200)
        answer = client.delete(f"/images/{image}")
        assert answer.status_code == 204
        assert not {"content-type", "content-length"} & set(answer.headers.keys())
        assert client.get("/servers").status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", ""])
def test_foreign_host_names_are_refused(server: Server, host: str) -> None:
    """A page in a browser cannot reach the sandbox under a name of its own (DNS rebinding)."""
    name = host.format(port=server.port)
    answer = raw(
        server, f"GET /v1/servers HTTP/1.1\r\nHost: {name}\r\nAuthorization: Bearer x\r\n\r\n".encode()
    )
    assert answer.startswith(b"HTTP/1.1 403 ")


def test_localhost_is_a_good_name(server: Server) -> None:
    """The loopback name with the right port is served."""
    answer = raw(server, f"GET /v1/servers HTTP/1.1\r\nHost: localhost:{server.port}\r\n\r\n".encode())
    assert answer.startswith(b"HTTP/1.1 401 ")


@pytest.mark.parametrize(
    ("text", "status"),
    [
        (b"nonsense\r\n\r\n", 400),
        (b"GET / HTTP/2.0\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nno colon\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost : x\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 411),
        (b"POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n", 413),
        (b"GET /" + b"a" * 100_000, 431),
    ],
)
def test_what_is_no_proper_request_is_refused(server: Server, text: bytes, status: int) -> None:
    """Broken requests get a status and the end of the connection, not a hang."""
    assert raw(server, text).startswith(f"HTTP/1.1 {status} ".encode())


def test_pipelined_requests_are_answered_in_order(server: Server) -> None:
    """Requests sent without waiting are all answered."""
    one = f"GET /v1/locations/%d HTTP/1.1\r\nHost: localhost:{server.port}\r\nAuthorization: Bearer x\r\n\r\n"
    answer = raw(server, "".join(one % number for number in (1, 2, 3)).encode())
    assert [answer.index(name) for name in (b"fsn1", b"nbg1", b"hel1")] == sorted(
        answer.index(name) for name in (b"fsn1", b"nbg1", b"hel1")
    )


def test_a_client_may_ask_before_it_sends(server: Server) -> None:
    """`Expect: 100-continue` is answered before the body comes."""
    body = json.dumps(WEB).encode()
    head = (
        f"POST /v1/servers HTTP/1.1\r\nHost: localhost:{server.port}\r\nAuthorization: Bearer x\r\n"
        f"Expect: 100-continue\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    with socket.create_connection((server.host, server.port), timeout=10) as connection:
        connection.sendall(head.encode())
        assert connection.recv(1000) == b"HTTP/1.1 100 Continue\r\n\r\n"
        connection.sendall(body)
        assert connection.recv(1000).startswith(b"HTTP/1.1 201 ")


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("reset_after", httpx.ReadError),
        ("refuse", httpx.ReadError),
        ("truncated_body", httpx.RemoteProtocolError),
        ("hang", httpx.ReadTimeout),
        ("drip", httpx.ReadTimeout),
    ],
)
def test_faults_happen_on_the_wire(server: Server, name: str, error: type[Exception]) -> None:
    """Faults break real connections the way their name says, and the next request works."""
    server.sandbox.faults.arm("*", name, seconds=30)  # type: ignore[arg-type]
    with httpx.Client(base_url=server.url, headers=HEADERS, timeout=0.2) as client:
        with pytest.raises(error):
            client.get("/locations")
        assert client.get("/locations").status_code == 200


def test_a_dripping_answer_arrives_whole(server: Server) -> None:
    """Drips that are fast enough give the same body, and the connection goes on."""
    with httpx.Client(base_url=server.url, headers=HEADERS) as client:
        whole = client.get("/locations").content
        server.sandbox.faults.arm("*", "drip", seconds=0.001)
        assert client.get("/locations").content == whole
        assert client.get("/locations").content == whole


def test_only_loopback_is_served() -> None:
    """An address that others could reach is refused, a port that is taken is an error."""
    with pytest.raises(ValueError, match="loopback"):
        serve(Sandbox(), host="0.0.0.0")  # noqa: S104
    with serve(Sandbox()) as server, pytest.raises(OSError, match="in use"):
        serve(Sandbox(), port=server.port)


def test_closing_leaves_nothing_behind() -> None:
    """After close nobody listens, connections are gone, no thread is left, and a second close is fine."""
    server = serve(Sandbox())
    connection = http.client.HTTPConnection(server.host, server.port, timeout=10)
    connection.request("GET", "/v1/locations", headers=HEADERS)
    connection.getresponse().read()
    server.close()
    server.close()
    assert connection.sock.recv(1) == b""
    connection.close()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((server.host, server.port), timeout=1)
    assert not [thread for thread in threading.enumerate() if thread.name == "hetzner-sandbox"]


def test_serving_ends_with_a_signal(tmp_path: Path) -> None:
    """`run` serves a file until it is told to stop, and gives the signal handlers back."""
    before = signal.getsignal(signal.SIGTERM)
    seen = []

    def ready(url: str) -> None:
        seen.append(httpx.post(f"{url}/servers", json=WEB, headers=HEADERS).status_code)
        os.kill(os.getpid(), signal.SIGTERM)

    for _ in range(2):
        run(0, tmp_path / "state.db", 100.0, ready)
    assert seen == [201, 409]
    assert signal.getsignal(signal.SIGTERM) is before
