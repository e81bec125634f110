"""The sandbox over HTTP, on loopback only, for other programs: `hcloud`, OpenTofu, Ansible, other SDKs.

    with serve(Sandbox(clock=ScaledClock(60))) as server:
        ...  # HCLOUD_ENDPOINT=server.url

`/v1` is the API, `/_sandbox` the control path (see `hetzner.sandbox.control`), `/` a page that
shows all of it. Give it a clock that runs: on virtual time no action ends unless somebody advances the clock.
"""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Callable
from ipaddress import ip_address
from pathlib import Path
from types import TracebackType
from typing import Self

from hetzner.sandbox.clock import ScaledClock
from hetzner.sandbox.control import Control
from hetzner.sandbox.core import Sandbox
from hetzner.sandbox.http1 import HTTPConnection
from hetzner.sandbox.message import Answer, Ask
from hetzner.sandbox.store import FileStore, MemoryStore, Store

LOOPBACK = "127.0.0.1"


class Server:
    """A running server; `url` is what clients take as endpoint (with /v1). Close it when done."""

    def __init__(self, sandbox: Sandbox, host: str, port: int, control_token: str | None) -> None:
        self.sandbox = sandbox
        self._control = Control(sandbox, control_token)
        self.host, self.port = host, port
        self._connections: set[HTTPConnection] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="hetzner-sandbox", daemon=True)
        self._thread.start()
        try:
            asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result()
        except BaseException:
            self._stop()
            raise

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"{self.root}/v1"

    @property
    def root(self) -> str:
        """Where its page is; below it are the API and the control path."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"

    @property
    def control_token(self) -> str:
        """What opens the control path, and the page."""
        return self._control.token

    def close(self) -> None:
        """Stop listening, hang up, and wait until the thread is gone."""
        if self._thread.is_alive():
            asyncio.run_coroutine_threadsafe(self._hang_up(), self._loop).result()
            self._stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    async def _listen(self) -> None:
        hosts: set[str] = set()
        self._server = await self._loop.create_server(
            lambda: HTTPConnection(self._handle, hosts, self._connections), self.host, self.port
        )
        self.port = self._server.sockets[0].getsockname()[1]
        for name in (self.host, f"[{self.host}]", "localhost"):
            hosts.add(f"{name}:{self.port}")

    def _handle(self, ask: Ask) -> Answer:
        return self._control.answer(ask) or self.sandbox.handle(ask)

    async def _hang_up(self) -> None:
        self._server.close()
        closed = asyncio.ensure_future(self._server.wait_closed())
        while not closed.done():  # somebody may have been let in just before
            for connection in [*self._connections]:
                connection.close()
            await asyncio.wait([closed], timeout=0.01)

    def _stop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


def serve(
    sandbox: Sandbox, host: str = LOOPBACK, port: int = 0, *, control_token: str | None = None
) -> Server:
    """Serve a sandbox in a background thread; port 0 takes a free one, without a control token one is made.

    Raises `ValueError` for a host that is not a loopback address, `OSError` when the port is taken.
    """
    if not ip_address(host).is_loopback:
        raise ValueError(f"the sandbox is served on loopback only, not on {host}")
    return Server(sandbox, host, port, control_token)


def run(
    port: int,
    state_path: str | Path | None,
    scale: float,
    on_ready: Callable[[str], None],
    *,
    tokens: dict[str, str] | None = None,
    control_token: str | None = None,
) -> None:
    """Serve until SIGINT or SIGTERM, on real time sped up by `scale`; what `hetzner sandbox serve` does.

    `state_path`: a file to keep the state in, None for memory. `on_ready` is called with the URL. `tokens`:
    token -> project; without any, every token opens the project "default". Raises
    `OSError` when the port is taken, `ValueError` when the file is no sandbox file. Call it from the main
    thread.
    """
    store: Store = FileStore(state_path) if state_path is not None else MemoryStore()
    over = threading.Event()
    before = {
        number: signal.signal(number, lambda *_: over.set()) for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        sandbox = Sandbox(clock=ScaledClock(scale), store=store, tokens=tokens)
        with serve(sandbox, port=port, control_token=control_token) as server:
            on_ready(server.url)
            over.wait()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        store.close()
