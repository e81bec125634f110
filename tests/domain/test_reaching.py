"""Waiting until a server can be reached: by sockets, by what a transport brings, and in the sandbox."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest

from hetzner import HetznerError, Unreachable
from hetzner.api.knocking import knock
from tests.domain.faces import Face, done


class Door:
    """Opens at the given time on the sandbox's clock; until then connections are refused."""

    def __init__(self, face: Face, opens: float) -> None:
        self.face, self.opens = face, face.now() + opens
        self.tried: list[tuple[str, int]] = []

    def __call__(self, address: str, port: int) -> None:
        """Try to connect."""
        self.tried.append((address, port))
        if self.face.now() < self.opens:
            raise ConnectionRefusedError("connection refused")


async def test_it_tries_again_until_something_answers(face: Face) -> None:
    """About once a second, at the address and port that were asked for."""
    web = await face.server()
    door = face.client._core.port.reach = Door(face, opens=30)
    before = face.now()
    await done(web.wait_port(8080))
    assert 30 <= face.now() - before < 33
    assert set(door.tried) == {(web.ipv4, 8080)}
    assert 25 <= len(door.tried) <= 35


async def test_it_gives_up_in_time(face: Face) -> None:
    """The error is a TimeoutError that says where, how long, and why."""
    web = await face.server()
    face.client._core.port.reach = Door(face, opens=1000)
    before = face.now()
    with pytest.raises(
        Unreachable, match=rf"nothing answers at {web.ipv4} port 22 after 60 s: conn"
    ) as caught:
        await done(web.wait_ssh(timeout=60))
    assert 58 <= face.now() - before <= 60
    assert isinstance(caught.value, TimeoutError)
    assert isinstance(caught.value, HetznerError)


async def test_which_address(face: Face) -> None:
    """The public one, IPv4 first, else the private one, or the one that is given."""
    await face.network()
    door = face.client._core.port.reach = Door(face, opens=0)
    both = await face.server("both")
    six = await face.server("six", public_net={"ipv4": False})
    inner = await face.server("in", networks={"net": "10.0.1.7"}, public_net={"ipv4": False, "ipv6": False})
    for server in (both, six, inner):
        await done(server.wait_port(80))
    await done(both.wait_port(80, address="192.0.2.99"))
    assert [address for address, _ in door.tried] == [both.ipv4, six.ipv6, "10.0.1.7", "192.0.2.99"]
    bare = face.Server.of(face.Server.lenient({"id": 1}), face.client)
    with pytest.raises(ValueError, match="has no address"):
        await done(bare.wait_port(80))


async def test_the_sandbox_answers_when_a_server_has_booted(face: Face) -> None:
    """Not before, not when it is off, and only where its firewalls let somebody in."""
    wall = await done(face.Firewall.create("wall", rules=["tcp/22", "tcp/5432 from 10.0.0.0/8"]))
    web = await face.server(firewalls=[wall])
    with pytest.raises(Unreachable, match="connection refused"):
        await done(web.wait_ssh(timeout=2))
    await done(web.wait_ssh(timeout=20))
    for port in (80, 5432):
        with pytest.raises(Unreachable, match="timed out"):
            await done(web.wait_port(port, timeout=20))
    await done(wall.set_rules(["tcp/1-100 from 203.0.113.7/32"]))
    await done(web.wait_port(80, timeout=1))
    await done(web.poweroff())
    with pytest.raises(Unreachable):
        await done(web.wait_ssh(timeout=20))


@contextmanager
def listening(*greetings: bytes) -> Iterator[int]:
    """Listen at a free port of this machine; each connection is greeted in its own way."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def greet() -> None:
            for greeting in greetings:
                connection, _ = server.accept()
                with connection, suppress(OSError):  # who heard enough hangs up
                    for letter in greeting:
                        connection.sendall(bytes([letter]))

        thread = threading.Thread(target=greet, daemon=True)
        thread.start()
        yield server.getsockname()[1]
        thread.join(5)


class Socketed:
    """A port of either face without a sandbox."""

    reach = None

    def __init__(self, blocking: bool) -> None:
        self.blocking = blocking


@pytest.mark.parametrize("blocking", [True, False])
async def test_sockets(blocking: bool) -> None:
    """Something listens, greets as an SSH server does, greets in another way, or not at all."""
    port: Any = Socketed(blocking)
    with listening(b"", b"SSH-2.0-OpenSSH", b"HTTP/1.1", b"") as number:
        assert await knock(port, "127.0.0.1", number, seconds=5) is None
        assert await knock(port, "127.0.0.1", number, seconds=5, hello=b"SSH-") is None
        for _ in range(2):
            reason = await knock(port, "127.0.0.1", number, seconds=5, hello=b"SSH-")
            assert reason == "it does not begin with 'SSH-'"
    assert await knock(port, "127.0.0.1", number, seconds=5) is not None


@pytest.mark.parametrize("blocking", [True, False])
async def test_a_silent_listener_is_not_waited_for_for_ever(blocking: bool) -> None:
    """Reading the greeting is bounded as well as connecting."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: Any = Socketed(blocking)
        reason = await knock(port, "127.0.0.1", server.getsockname()[1], seconds=0.05, hello=b"SSH-")
    assert reason
