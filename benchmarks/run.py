"""Compare this client with hcloud-python and with bare httpx: each in processes of its own, in turn, medians.

``pip install '.[dev]' && python benchmarks/run.py [ROUNDS] [CASE ...]``

Times depend on the machine; read the ratios. Requests are counted by the server and are exact.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from urllib.request import urlopen

HERE = Path(__file__).parent
Cost = dict[str, float]
PEAK = """
import atexit, sys
def peak(path="/proc/self/status"):
    print(*(line.split()[1] for line in open(path) if line.startswith("VmHWM")), file=sys.stderr)
atexit.register(peak)
"""
"""Lets a program tell its largest size; what the system counts for a child includes its parent's."""
CODE = {
    "import": {"ours": "import hetzner", "hcloud": "import hcloud", "httpx, json": "import httpx"},
    "help": {
        "ours": "from hetzner.cli.programs import hetzner_apply\nsys.argv = ['', '--help']\nhetzner_apply()",
    },
    "first call": {
        "ours": "import hetzner\nhetzner.Hetzner(api_token='x' * 64, base_url={0!r}).servers.retrieve(1)",
        "hcloud": "from hcloud import Client\nClient('x' * 64, api_endpoint={0!r}).servers.get_by_id(1)",
        "httpx, json": "import httpx\nhttpx.Client().get({0!r} + '/servers/1').json()",
    },
}
"""Whole programs, compared with a Python that does nothing. The first call is over HTTPS."""
WORK = ("calls 500", "flight 10", "flight 100", "list 1000", "list 10000", "far 1000", "wait 100")
CLIENTS = ("ours", "ours, httpx2", "hcloud", "httpx, json", "httpx, pydantic")
LEFT_OUT = ("HCLOUD_ENDPOINT", "PYTHONDONTWRITEBYTECODE")
"""With the second, programs would compile all they import each time, which pip has done for everybody."""
ENVIRONMENT = {name: value for name, value in os.environ.items() if name not in LEFT_OUT}


def program(code: str) -> Cost:
    """Run a program; returns its CPU and wall seconds and its largest MiB."""
    began = time.perf_counter()
    command, nowhere = [sys.executable, "-c", PEAK + code], subprocess.DEVNULL
    with subprocess.Popen(command, stdout=nowhere, stderr=subprocess.PIPE, env=ENVIRONMENT) as running:  # noqa: S603
        assert running.stderr is not None  # noqa: S101
        told = running.stderr.read().decode()
        _, status, used = os.wait4(running.pid, 0)
        running.returncode = os.waitstatus_to_exitcode(status)
    if running.returncode:
        raise SystemExit(told)
    cost = {"cpu": used.ru_utime + used.ru_stime, "wall": time.perf_counter() - began}
    return {**cost, "mib": int(told) / 1024}


def start(client: str, case: str, bases: list[str]) -> Cost | None:
    """Return what a program costs beyond a bare Python, or None when the client has none for this case."""
    if client not in CODE[case]:
        return None
    bare, whole = program("pass"), program(CODE[case][client].format(bases[1]))
    return {name: whole[name] - bare[name] for name in whole}


def piece(client: str, case: str, bases: list[str]) -> Cost | None:
    """Return what a piece of work costs in a process that is warm."""
    command = [sys.executable, str(HERE / "work.py"), client, case, *bases]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, env=ENVIRONMENT)  # noqa: S603
    if ended.returncode:
        raise SystemExit(ended.stderr)
    cost: Cost | None = json.loads(ended.stdout) if ended.stdout else None
    return cost


def counted(
    run: Callable[[str, str, list[str]], Cost | None], client: str, case: str, bases: list[str]
) -> Cost | None:
    """Run it and add the requests that it made, the one that warms up included."""
    before = requests(bases[0])
    cost = run(client, case, bases)
    return cost and {**cost, "requests": requests(bases[0]) - before}


def requests(base: str) -> int:
    """Ask the stub how many requests it has answered."""
    with urlopen(f"{base}/count") as answer:  # noqa: S310  loopback
        return int(answer.read())


def certificate(folder: str) -> tuple[str, str]:
    """Make a certificate for loopback and trust it, beside all that are trusted anyway."""
    import certifi

    paths = f"{folder}/certificate.pem", f"{folder}/key.pem"
    command = "openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=loopback"
    command += " -addext subjectAltName=IP:127.0.0.1"
    subprocess.run([*command.split(), "-out", paths[0], "-keyout", paths[1]], check=True, capture_output=True)  # noqa: S603
    trusted = Path(folder) / "trusted.pem"
    trusted.write_text(Path(certifi.where()).read_text() + Path(paths[0]).read_text())
    ENVIRONMENT.update(SSL_CERT_FILE=str(trusted), REQUESTS_CA_BUNDLE=str(trusted))
    return paths


def main() -> None:
    """Run every case in turn and print medians and ratios."""
    arguments = sys.argv[1:]
    rounds = int(arguments.pop(0)) if arguments and arguments[0].isdecimal() else 7
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, str(HERE / "stub.py"), *certificate(folder)]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as stub:  # noqa: S603
            assert stub.stdout is not None  # noqa: S101
            bases = [stub.stdout.readline().strip() for _ in range(3)]
            print(
                f"{'case':12} {'client':16} {'cpu ms':>9} {'wall ms':>9} {'MiB':>7} {'requests':>9}",
                "  cpu against hcloud",
            )
            for case in arguments or (*CODE, *WORK):
                run = start if case in CODE else piece
                for each in CLIENTS:
                    run(each, case, bases)  # once for the bytecode
                report(
                    case, [{each: counted(run, each, case, bases) for each in CLIENTS} for _ in range(rounds)]
                )
            stub.communicate()


def report(case: str, rounds: list[dict[str, Cost | None]]) -> None:
    """Print one line for each client: medians, and the median of the ratios of each round."""
    for client in CLIENTS:
        costs = [cost for each in rounds if (cost := each[client]) is not None]
        if not costs:
            continue
        cpu, wall, mib = (statistics.median(cost[name] for cost in costs) for name in ("cpu", "wall", "mib"))
        pairs = [(mine, peer) for each in rounds if (mine := each[client]) and (peer := each["hcloud"])]
        ratio = f"{statistics.median(mine['cpu'] / peer['cpu'] for mine, peer in pairs):.2f}" if pairs else ""
        count = costs[0]["requests"]
        print(
            f"{case:12} {client:16} {1000 * cpu:9.1f} {1000 * wall:9.1f} {mib:7.1f} {count:9.0f}   {ratio}",
            flush=True,
        )


if __name__ == "__main__":
    main()
