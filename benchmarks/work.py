"""One piece of work by one client, in a process of its own; prints what it cost as JSON.

``python benchmarks/work.py CLIENT CASE HTTP HTTPS SLOW``
"""

from __future__ import annotations

import gc
import json
import resource
import sys
import time
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.request import urlopen

CLIENTS = {
    "ours": ("by_hetzner", "Work"),
    "ours, httpx2": ("by_hetzner", "OverHttpx2"),
    "hcloud": ("by_hcloud", "Work"),
    "httpx, json": ("by_httpx", "Work"),
    "httpx, pydantic": ("by_httpx", "WithPydantic"),
}


def resident() -> float:
    """Return the MiB of memory that this process has now (its peak where the system does not tell)."""
    statm = Path("/proc/self/statm")
    if statm.exists():
        return int(statm.read_text().split()[1]) * resource.getpagesize() / 1024**2
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measured(work: Callable[[], Any]) -> dict[str, float]:
    """Return CPU and wall seconds, and the MiB that are held while the result is kept."""
    gc.collect()
    before, cpu, wall = resident(), time.process_time(), time.perf_counter()
    kept = work()
    cost = {"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall}
    gc.collect()
    cost["mib"] = resident() - before
    del kept
    return cost


def case_of(name: str, work: Any, base: str) -> Callable[[], Any]:
    """Return what a case does; ``wait`` is given actions that have just begun."""
    kind, _, number = name.partition(" ")
    count = int(number or 0)
    if kind == "wait":
        with urlopen(f"{base}/begin?count={count}") as answer:  # noqa: S310  loopback
            return partial(work.wait, json.loads(answer.read()))
    if kind == "flight":
        return partial(work.concurrent, 500, count)
    return partial(getattr(work, {"calls": "calls", "list": "servers", "far": "far_servers"}[kind]), count)


def main() -> None:
    """Do it and print the cost; nothing is printed for what a client cannot do."""
    client, case, base, _, slow = sys.argv[1:6]
    module, class_name = CLIENTS[client]
    try:
        work = getattr(import_module(module), class_name)(base, slow)
        do = case_of(case, work, base)
    except (ImportError, AttributeError):
        return
    work.warm()
    print(json.dumps(measured(do)))


if __name__ == "__main__":
    main()
