"""One piece of work by one client, in a process of its own; prints what it cost as JSON.

``python benchmarks/work.py CLIENT CASE PORT``
"""

from __future__ import annotations

import asyncio
import json
import os
import resource
import sys
import time
from collections.abc import Callable
from typing import Any

CLIENT, CASE, BASE = sys.argv[1], sys.argv[2], f"http://127.0.0.1:{sys.argv[3]}/v1"
TOKEN = "x" * 64
CALLS = 500
ACTIONS = range(1000 * os.getpid(), 1000 * os.getpid() + 100)
"""Ids that no other run has, for the stub begins an action when it is first asked for it."""


def measured(work: Callable[[], Any]) -> dict[str, float]:
    """Return CPU seconds, wall seconds and the growth of memory of a piece of work."""
    before, cpu, wall = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time(), time.perf_counter()
    kept = work()
    cost = {"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall}
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    return {**cost, "mib": grown / 1024, "kept": float(len(kept)) if isinstance(kept, list) else 0.0}


def ours() -> dict[str, Callable[[], Any]]:
    """The work by this package."""

    def client() -> Any:
        from hetzner import Hetzner

        return Hetzner(api_token=TOKEN, base_url=BASE)

    async def concurrent() -> None:
        from hetzner import AsyncHetzner

        async with AsyncHetzner(api_token=TOKEN, base_url=BASE) as http:
            for _ in range(CALLS // 100):
                await asyncio.gather(*(http.servers.retrieve(1) for _ in range(100)))

    def wait() -> None:
        from hetzner.schema.actions import Action

        http = client()
        actions = [Action.model_validate({"id": n, "status": "running"}) for n in ACTIONS]
        http.wait(actions)

    made: list[Any] = []
    return {
        "import": lambda: __import__("hetzner"),
        "first call": lambda: client().servers.retrieve(1),
        "calls": lambda: [(made or made.append(client()) or made)[0].servers.retrieve(1) for _ in range(CALLS)] and None,
        "concurrent": lambda: asyncio.run(concurrent()),
        "list 1000": lambda: list(client().servers.list(label_selector="n=1000")),
        "list 10000": lambda: list(client().servers.list(label_selector="n=10000")),
        "wait 100": wait,
    }


def hcloud() -> dict[str, Callable[[], Any]]:
    """The same by hcloud-python."""

    def client() -> Any:
        from hcloud import Client

        return Client(TOKEN, api_endpoint=BASE)

    def concurrent() -> None:
        from concurrent.futures import ThreadPoolExecutor

        http = client()
        with ThreadPoolExecutor(100) as pool:
            for _ in range(CALLS // 100):
                list(pool.map(lambda _: http.servers.get_by_id(1), range(100)))

    def wait() -> None:
        from hcloud.actions import BoundAction

        http = client()
        for action in [BoundAction(http.actions, {"id": n, "status": "running"}, complete=True) for n in ACTIONS]:
            action.wait_until_finished(max_retries=1000)

    made: list[Any] = []
    return {
        "import": lambda: __import__("hcloud"),
        "first call": lambda: client().servers.get_by_id(1),
        "calls": lambda: [(made or made.append(client()) or made)[0].servers.get_by_id(1) for _ in range(CALLS)] and None,
        "concurrent": concurrent,
        "list 1000": lambda: client().servers.get_all(label_selector="n=1000"),
        "list 10000": lambda: client().servers.get_all(label_selector="n=10000"),
        "wait 100": wait,
    }


def floor() -> dict[str, Callable[[], Any]]:
    """The floor: httpx and json, nothing decoded further."""

    def client() -> Any:
        import httpx

        return httpx.Client(base_url=BASE, headers={"authorization": f"Bearer {TOKEN}"})

    async def concurrent() -> None:
        import httpx

        async with httpx.AsyncClient(base_url=BASE) as http:
            for _ in range(CALLS // 100):
                await asyncio.gather(*(http.get("/servers/1") for _ in range(100)))

    def every(total: int) -> list[Any]:
        http, found, page = client(), [], 1
        while page:
            answer = http.get("/servers", params={"label_selector": f"n={total}", "page": page, "per_page": 50}).json()
            found += answer["servers"]
            page = answer["meta"]["pagination"]["next_page"]
        return found

    made: list[Any] = []
    return {
        "import": lambda: __import__("httpx"),
        "first call": lambda: client().get("/servers/1").json(),
        "calls": lambda: [(made or made.append(client()) or made)[0].get("/servers/1").json() for _ in range(CALLS)] and None,
        "concurrent": lambda: asyncio.run(concurrent()),
        "list 1000": lambda: every(1000),
        "list 10000": lambda: every(10000),
    }


if __name__ == "__main__":
    os.environ.pop("HCLOUD_ENDPOINT", None)
    cases = {"ours": ours, "hcloud": hcloud, "floor": floor}[CLIENT]()
    if CASE in ("calls", "concurrent", "list 1000", "list 10000"):
        cases["first call"]()  # warm: imports and models are another case
    print(json.dumps(measured(cases[CASE])))
