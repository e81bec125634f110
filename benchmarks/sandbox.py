"""How fast the sandbox is: requests in process and over HTTP, start, long lists, time that passes.

    python benchmarks/sandbox.py

Printed are the best of some rounds, by the wall clock and by the CPU of this process; over HTTP the server
is in the same process as its client.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable

import httpx

from hetzner import Hetzner
from hetzner.sandbox import Ask, Sandbox, SandboxTransport
from hetzner.sandbox.serve import serve

ROUNDS = 5
NOBODY = "t"
TOKEN = {"authorization": f"Bearer {NOBODY}"}
MANY = 1_000_000_000
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""With it, programs would compile all they import each time, which pip has done for everybody."""


def best(work: Callable[[], object]) -> tuple[float, float]:
    """The best wall and CPU seconds of some rounds."""
    found = []
    for _ in range(ROUNDS):
        wall, cpu = time.perf_counter(), time.process_time()
        work()
        found.append((time.perf_counter() - wall, time.process_time() - cpu))
    return min(wall for wall, _ in found), min(cpu for _, cpu in found)


def told(what: str, wall: float, cpu: float, calls: int = 1, unit: str = "ms") -> None:
    """Print a line: requests a second, or what one piece of work takes."""
    if unit == "/s":
        print(f"{what:44} {calls / wall:10,.0f} /s by the clock {calls / cpu:10,.0f} /s of CPU")
    else:
        print(f"{what:44} {wall * 1000:10.2f} ms by the clock {cpu * 1000:8.2f} ms of CPU")


def filled(servers: int) -> Sandbox:
    """A sandbox with so many servers."""
    sandbox = Sandbox(requests_per_hour=MANY)
    with Hetzner(api_token=NOBODY, transport=SandboxTransport(sandbox)) as client:
        for number in range(servers):
            client.servers.create(name=f"s{number}", server_type="cx23", image="debian-13", location="fsn1")
    sandbox.advance(3600)
    return sandbox


def requests_in_process(sandbox: Sandbox) -> None:
    """One server, a thousand times, through our client."""
    with Hetzner(api_token=NOBODY, transport=SandboxTransport(sandbox), max_retries=0) as client:
        ident = next(iter(client.servers.list())).id
        calls = 1000

        def get() -> None:
            for _ in range(calls):
                client.servers.retrieve(ident)

        told("one server, in process, our client", *best(get), calls, "/s")

        def empty() -> None:
            for _ in range(calls):
                client.ssh_keys.list()

        told("an empty list, in process, our client", *best(empty), calls, "/s")


def requests_over_http(sandbox: Sandbox) -> None:
    """One server, five hundred times over one connection, by bare httpx."""
    with serve(sandbox) as server, httpx.Client(base_url=server.url, headers=TOKEN) as client:
        ident = client.get("/servers").json()["servers"][0]["id"]
        calls = 500

        def get() -> None:
            for _ in range(calls):
                client.get(f"/servers/{ident}")

        told("one server, HTTP keep-alive, httpx", *best(get), calls, "/s")


def lists(sandbox: Sandbox) -> None:
    """A page of fifty, and all pages, of ten thousand servers."""

    def page(number: int) -> None:
        sandbox.handle(Ask.of("GET", f"/v1/servers?per_page=50&page={number}", TOKEN))

    count = len(sandbox.project().table("servers"))
    told(f"the first 50 of {count:,} servers", *best(lambda: page(1)))
    told(f"the last 50 of {count:,} servers", *best(lambda: page(count // 50)))


def idle(sandbox: Sandbox) -> None:
    """An hour in which nothing is pending."""
    told("an hour of virtual time", *best(lambda: sandbox.advance(3600)))


def start() -> None:
    """A whole program that makes a sandbox, one that asks it too, beyond a Python that does nothing."""
    made = "from hetzner.sandbox import Ask, Sandbox\nsandbox = Sandbox()\n"
    asked = (
        made
        + "assert sandbox.handle(Ask.of('GET', '/v1/servers', {'authorization': 'Bearer t'})).status == 200"
    )
    nothing = program("pass")
    for what, code in (("start", made), ("start, first request included", asked)):
        wall, cpu = (max(0.0, some - none) for some, none in zip(program(code), nothing, strict=True))
        told(what, wall, cpu)


def program(code: str) -> tuple[float, float]:
    """The best wall and CPU seconds of a program."""
    found = []
    for _ in range(ROUNDS):
        before, wall = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True, env=ENVIRONMENT)  # noqa: S603
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        found.append((time.perf_counter() - wall, cpu))
    return min(wall for wall, _ in found), min(cpu for _, cpu in found)


if __name__ == "__main__":
    start()
    small = filled(10)
    requests_in_process(small)
    requests_over_http(small)
    idle(small)
    for size in (1_000, 10_000):
        lists(filled(size))
