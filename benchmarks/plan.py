"""What a document of many resources takes: loading and checking it, and a plan in which nothing changes.

    python benchmarks/plan.py [RESOURCES]

The sandbox answers over loopback from a process of its own; it is filled there before anything is measured.
Printed are requests, CPU seconds by what they went into, and the largest memory of the process that plans.
"""

from __future__ import annotations

import asyncio
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

HERE = Path(__file__)
MANY = 1_000_000_000
HEAD = """project: shop
defaults: {location: fsn1, labels: {env: prod}, servers: {server_type: cx23, image: debian-13}}
networks: {net: {ip_range: 10.0.0.0/8, subnets: [10.0.0.0/16]}}
"""


def document(count: int) -> str:
    """Return a document of so many resources, each written out."""
    each = count // 4
    servers = [
        f"  web-{n}: {{firewalls: [wall-{n}], placement_group: group-{n // 8}, labels: {{role: w{n}}}}}"
        for n in range(each)
    ]
    volumes = [f"  data-{n}: {{size: 10, server: web-{n}, format: ext4}}" for n in range(each)]
    walls = [f"  wall-{n}: {{rules: [icmp, tcp/22 from 10.0.0.0/8, tcp/443]}}" for n in range(each)]
    groups = [f"  group-{n}: {{}}" for n in range(count - 1 - 3 * each)]
    parts = {"servers": servers, "volumes": volumes, "firewalls": walls, "placement_groups": groups}
    return HEAD + "".join(f"{kind}:\n" + "\n".join(lines) + "\n" for kind, lines in parts.items())


def served(path: str) -> None:
    """Fill a sandbox with what a document says, serve it, and tell the number of requests when asked."""
    from hetzner import AsyncHetzner
    from hetzner.apply.converge import prepare
    from hetzner.sandbox import AsyncSandboxTransport, Sandbox
    from hetzner.sandbox.serve import serve

    sandbox = Sandbox(requests_per_hour=MANY)

    async def fill() -> None:
        transport = AsyncSandboxTransport(sandbox)
        async with AsyncHetzner(api_token="made-up", transport=transport) as client:  # noqa: S106
            result = await (await prepare(client, loaded(path))).execution(lambda event: None).run()
            if not result.complete:
                raise SystemExit(f"not made: {result.failed[:1] or result.skipped[:1]}")

    asyncio.run(fill())
    with serve(sandbox) as server:
        print(server.url, flush=True)
        for _ in sys.stdin:
            print(len(sandbox.log), flush=True)


def loaded(path: str) -> Any:
    """Load and check a document, as every command does."""
    from hetzner.apply import document as documents
    from hetzner.apply.examine import examine
    from hetzner.apply.faces import faces

    found = documents.load([path], faces())
    examine(found)
    return found


def planned(path: str, url: str) -> None:
    """Load, read and plan, and print as JSON what each took."""
    found, at = {}, time.process_time()

    def lap(name: str) -> None:
        nonlocal at
        found[name], at = time.process_time() - at, time.process_time()

    from hetzner import AsyncHetzner
    from hetzner.apply.choice import Options
    from hetzner.apply.converge import prepare
    from hetzner.apply.planning import make_plan

    lap("import")
    declared = loaded(path)
    lap("load and check")

    async def work() -> Any:
        async with AsyncHetzner(api_token="made-up", base_url=url) as client:  # noqa: S106
            return await prepare(client, declared)

    began = time.perf_counter()
    prepared = asyncio.run(work())
    lap("read and plan")
    found["read and plan, wall"] = time.perf_counter() - began
    if not prepared.plan.is_empty:
        raise SystemExit(f"something is to be done: {[item.address for item in prepared.plan.pending][:3]}")
    at = time.process_time()
    make_plan(prepared.plan.document, prepared.observed, Options())
    lap("plan alone")
    found["MiB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    found["resources"] = len(declared.resources)
    print(json.dumps(found))


def main() -> None:
    """Fill a sandbox, plan against it, print what that took."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    environment = {name: text for name, text in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/infra.yaml"
        Path(path).write_text(document(count), encoding="utf-8")
        command = [sys.executable, str(HERE), "serve", path]
        with subprocess.Popen(  # noqa: S603
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
        ) as server:
            assert server.stdin is not None  # noqa: S101
            assert server.stdout is not None  # noqa: S101
            url = server.stdout.readline().strip()

            def requests() -> int:
                print(file=server.stdin, flush=True)
                return int(server.stdout.readline())

            before = requests()
            asked = [sys.executable, str(HERE), "plan", path, url]
            done = subprocess.run(asked, capture_output=True, text=True, check=False, env=environment)  # noqa: S603
            if done.returncode:
                raise SystemExit(done.stderr)
            found = json.loads(done.stdout)
            print(f"{'requests':22} {requests() - before:8,}")
            for name, value in found.items():
                print(f"{name:22} {value:8,.2f}")
            server.stdin.close()


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["serve", path]:
            served(path)
        case ["plan", path, url]:
            planned(path, url)
        case _:
            main()
