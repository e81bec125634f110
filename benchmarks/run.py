"""Compare this client with hcloud-python and with bare httpx: each in processes of its own, in turn, medians.

``pip install '.[test]' && python benchmarks/run.py [ROUNDS] [CASE ...]``

Times depend on the machine; read the ratios. Requests are counted by the server and are exact.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

HERE = Path(__file__).parent
CASES = ("import", "first call", "calls", "concurrent", "list 1000", "list 10000", "wait 100")
CLIENTS = ("ours", "hcloud", "floor")


def once(client: str, case: str, port: str) -> dict[str, float] | None:
    """Run one piece of work and count its requests."""
    before = requests(port)
    command = [sys.executable, str(HERE / "work.py"), client, case, port]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if ended.returncode:
        if "KeyError" not in ended.stderr:
            print(ended.stderr, file=sys.stderr)
        return None
    cost: dict[str, float] = json.loads(ended.stdout)
    return {**cost, "requests": requests(port) - before}


def requests(port: str) -> int:
    """Ask the stub how many requests it has answered."""
    with urlopen(f"http://127.0.0.1:{port}/v1/count") as answer:  # noqa: S310  loopback
        return int(answer.read())


def main() -> None:
    """Run every case in turn and print medians and ratios."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    cases = sys.argv[2:] or CASES
    command = [sys.executable, str(HERE / "stub.py")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as stub:  # noqa: S603
        assert stub.stdout is not None  # noqa: S101
        port = stub.stdout.readline().strip()
        print(f"{'case':12} {'client':8} {'cpu ms':>9} {'wall ms':>9} {'MiB':>7} {'requests':>9}   cpu against hcloud")
        for case in cases:
            report(case, [{client: once(client, case, port) for client in CLIENTS} for _ in range(rounds)])
        stub.communicate()


def report(case: str, rounds: list[dict[str, dict[str, float] | None]]) -> None:
    """Print one line for each client: medians, and the median of the ratios of each round."""
    for client in CLIENTS:
        costs = [cost for each in rounds if (cost := each[client]) is not None]
        if not costs:
            continue
        peers = [cost for each in rounds if (cost := each["hcloud"]) is not None]
        ratio = statistics.median(mine["cpu"] / peer["cpu"] for mine, peer in zip(costs, peers, strict=False))
        cpu, wall, mib = (statistics.median(cost[name] for cost in costs) for name in ("cpu", "wall", "mib"))
        count = costs[0]["requests"]
        print(f"{case:12} {client:8} {1000 * cpu:9.1f} {1000 * wall:9.1f} {mib:7.1f} {count:9.0f}   {ratio:.2f}")


if __name__ == "__main__":
    main()
