"""`connect(url)`: the sandbox behind a client's base_url."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from urllib.parse import parse_qs

from hetzner.sandbox.clock import Clock, ScaledClock
from hetzner.sandbox.core import Sandbox
from hetzner.sandbox.store import FileStore
from hetzner.sandbox.transport import AsyncSandboxTransport, SandboxTransport

SCHEME = "sandbox:"
SCALE = 60.0
"""How fast time runs in a sandbox file unless the URL says otherwise: a minute a second."""


class Connection:
    """A sandbox with its transports and its clock."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.clock: Clock = sandbox.clock
        self.transport = SandboxTransport(sandbox)
        self.async_transport = AsyncSandboxTransport(sandbox)

    def __repr__(self) -> str:
        return f"<Connection to {self.sandbox!r}>"


def connect(url: str) -> Connection:
    """Open the sandbox that a URL names.

    `sandbox:` is in memory, on virtual time, one for the whole process. `sandbox:PATH` is kept in a file that
    several processes may use at a time, on real time sped up 60 times (`sandbox:PATH?scale=1` for another
    factor). Raises `ValueError` for any other URL.
    """
    if not url.startswith(SCHEME):
        raise ValueError(f"a sandbox URL starts with '{SCHEME}', not {url!r}")
    path, _, query = url.removeprefix(SCHEME).partition("?")
    if not path:
        return _standing_in[-1] if _standing_in else _in_memory()
    scale = float(parse_qs(query).get("scale", [SCALE])[-1])
    return _in_file(str(Path(path).expanduser().resolve()), scale)


_standing_in: list[Connection] = []


@contextmanager
def standing_in(sandbox: Sandbox) -> Iterator[Connection]:
    """Let `sandbox:` mean this sandbox within a with block, in the whole process."""
    connection = Connection(sandbox)
    _standing_in.append(connection)
    try:
        yield connection
    finally:
        _standing_in.remove(connection)


@cache
def _in_memory() -> Connection:
    return Connection(Sandbox())


@cache
def _in_file(path: str, scale: float) -> Connection:
    return Connection(Sandbox(store=FileStore(path), clock=ScaledClock(scale)))
