"""Programs that are killed or interrupted: the next run ends what they began."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path
from random import Random

import pytest

from hetzner.sandbox import FileStore, Sandbox, ScaledClock
from tests.apply.stage import Stage
from tests.apply.test_crashes import STACK
from tests.cli.programs import command, environment, run

SCALE = 100
"""A run takes about half a second of real time."""
STOPS = {signal.SIGKILL: -signal.SIGKILL, signal.SIGINT: 130, signal.SIGTERM: 143}
"""How a program ends when it is told to stop."""


def stopped(folder: Path, number: signal.Signals, moment: float) -> None:
    """Send a signal to `hetzner-apply` so many seconds after it has shown its plan; it stops, or is done."""
    with subprocess.Popen(
        command("infra.yaml", "--yes"), cwd=folder, env=environment(SCALE), text=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        said = process.stdout.readline()
        time.sleep(moment)  # noqa: TID251  the one place where real time passes
        process.send_signal(number)
        said += process.stdout.read()
    is_done = "Applied" in said or "Nothing to do" in said
    assert process.returncode in ((0, -number, STOPS[number]) if is_done else (STOPS[number],)), said
    assert "Traceback" not in said


def healed(folder: Path, signals: list[signal.Signals], random: Random) -> None:
    """Stop a run by each signal at a random moment, then insist that one run converges."""
    (folder / "infra.yaml").write_text(STACK)
    for number in signals:
        stopped(folder, number, random.uniform(0.0, 0.5))
    last = run(folder, "infra.yaml", "--yes", scale=SCALE)
    assert last.returncode == 0, last.stdout + last.stderr
    sandbox = Sandbox(store=FileStore(folder / "state.db"), clock=ScaledClock(SCALE))
    stage = Stage(sandbox)
    try:
        stage.settled(STACK)
        stage.insist_exact(STACK)
        assert {row["status"] for row in stage.rows("servers").values()} == {"running"}
    finally:
        sandbox.close()


pytestmark = pytest.mark.skipif(os.name != "posix", reason="other systems have other signals")


def test_killed_runs_are_healed(tmp_path: Path) -> None:
    """Whatever four killed runs left, the fifth converges, and nothing is there twice."""
    healed(tmp_path, [signal.SIGKILL] * 4, Random(4))  # noqa: S311  dice, not secrets


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10))
def test_many_killed_runs_are_healed(tmp_path: Path, seed: int) -> None:
    """The same for fifty kills of ten projects."""
    healed(tmp_path, [signal.SIGKILL] * 5, Random(seed))  # noqa: S311  dice, not secrets


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10))
def test_many_interrupted_runs_are_healed(tmp_path: Path, seed: int) -> None:
    """The same for sixty interruptions of ten projects."""
    healed(tmp_path, [signal.SIGINT, signal.SIGTERM] * 3, Random(seed))  # noqa: S311  dice, not secrets
