"""Trying whether something answers at an address and a port, with a socket or by what a transport brings."""

from __future__ import annotations

import socket
from typing import Any

LONGEST = 1024
"""Bytes of an answer that are read."""
SSH = 22
SSH_OPTIONS = (
    "-o", "BatchMode=yes", "-o", "ConnectTimeout=5", "-o", "StrictHostKeyChecking=accept-new",
    "-o", "UserKnownHostsFile=/dev/null", "-o", "LogLevel=ERROR",
)  # fmt: skip
"""A new server has an address that an old one may have had: what is known of that one's key says nothing."""


async def knock(port: Any, address: str, number: int, *, seconds: float, hello: bytes = b"") -> str | None:
    """Connect once and hang up; returns why that failed, or None when something answers.

    With ``hello`` it has to begin with that, such as ``b"SSH-"``. ``seconds`` bounds connecting, and reading.
    """
    try:
        if port.reach is not None:
            port.reach(address, number)
            return None
        connect = _blocking if port.blocking else _suspending
        heard = await connect(address, number, seconds, len(hello))
    except OSError as error:
        reason = error.__cause__ or error  # anyio only tells that all attempts failed
        return str(reason) or type(reason).__name__
    return None if heard == hello else f"it does not begin with {hello.decode()!r}"


async def fetched(
    port: Any, address: str, number: int, path: str, status: int, *, seconds: float
) -> str | None:
    """Ask for a path by HTTP once; returns why that did not give the status, or None when it did.

    What a transport brings only tells whether something answers: that is taken for the status.
    """
    try:
        if port.reach is not None:
            port.reach(address, number)
            return None
        line = await _first_line(address, number, path, seconds)
    except OSError as error:
        reason = error.__cause__ or error
        return str(reason) or type(reason).__name__
    words = line.split()
    if len(words) < 2 or not words[0].startswith(b"HTTP/"):
        return "it does not speak HTTP"
    return (
        None if words[1] == str(status).encode() else f"its status is {words[1].decode('ascii', 'replace')}"
    )


async def _first_line(address: str, number: int, path: str, seconds: float) -> bytes:
    import anyio

    host = f"[{address}]" if ":" in address else address
    request = f"GET {path} HTTP/1.1\r\nHost: {host}:{number}\r\nConnection: close\r\n\r\n"
    with anyio.fail_after(seconds):
        async with await anyio.connect_tcp(address, number) as connection:
            await connection.send(request.encode())
            heard = b""
            while b"\n" not in heard and len(heard) < LONGEST:
                try:
                    heard += await connection.receive(LONGEST)
                except anyio.EndOfStream:
                    break
            return heard.partition(b"\n")[0]


async def initialised(port: Any, address: str, *, seconds: float) -> str | None:
    """Ask a server by SSH whether cloud-init is done; returns why not, or None when it is.

    It takes the `ssh` of this computer, and a key that lets root in without a question.
    """
    try:
        if port.reach is not None:
            port.reach(address, SSH)
            return None
        import anyio

        with anyio.fail_after(seconds):
            ended = await anyio.run_process(
                ["ssh", *SSH_OPTIONS, f"root@{address}", "cloud-init", "status"], check=False
            )
    except OSError as error:
        return str(error) or type(error).__name__
    told = (ended.stdout or ended.stderr).decode("utf-8", "replace").strip().splitlines()
    if ended.returncode == 0 and b"done" in ended.stdout:
        return None
    return f"cloud-init: {told[-1][:200]}" if told else f"ssh ended with {ended.returncode}"


async def _blocking(address: str, number: int, seconds: float, length: int) -> bytes:
    with socket.create_connection((address, number), timeout=seconds) as connection:
        heard = b""
        while len(heard) < length and (more := connection.recv(length - len(heard))):
            heard += more
        return heard


async def _suspending(address: str, number: int, seconds: float, length: int) -> bytes:
    import anyio

    with anyio.fail_after(seconds):
        async with await anyio.connect_tcp(address, number) as connection:
            heard = b""
            while len(heard) < length:
                try:
                    heard += await connection.receive(length - len(heard))
                except anyio.EndOfStream:
                    break
            return heard
