"""Trying whether something answers at an address and a port, with a socket or by what a transport brings."""

from __future__ import annotations

import socket
from typing import Any


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
