"""Processes that are killed: the next one ends what they began."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest

from hetzner.sandbox import FileStore, Sandbox, ScaledClock
from tests.apply.stage import Stage
from tests.apply.test_crashes import STACK

ROOT = Path(__file__).parents[2]
SCALE = 200


def process(folder: Path) -> subprocess.Popen[str]:
    """Start a run that says when it begins to change things."""
    command = [sys.executable, "-m", "tests.apply.run_once"]
    target = [f"sandbox:{folder / 'cloud.db'}?scale={SCALE}", str(folder / "infra.yaml")]
    return subprocess.Popen([*command, *target], cwd=ROOT, stdout=subprocess.PIPE, text=True)


def killed(folder: Path, random: Random, times: int) -> None:
    """Kill several runs at random moments, then let one come to its end."""
    (folder / "infra.yaml").write_text(STACK)
    for _ in range(times):
        with process(folder) as run:
            assert run.stdout is not None
            run.stdout.readline()
            time.sleep(random.uniform(0.0, 0.35))  # noqa: TID251  the one place where real time passes
            run.kill()
    with process(folder) as run:
        told, _ = run.communicate(timeout=120)
    assert run.returncode == 0, told
    sandbox = Sandbox(store=FileStore(folder / "cloud.db"), clock=ScaledClock(SCALE))
    stage = Stage(sandbox)
    try:
        stage.settled(STACK)
        stage.insist_exact(STACK)
        assert {row["status"] for row in stage.rows("servers").values()} == {"running"}
    finally:
        sandbox.close()


def test_killed_runs_are_healed(tmp_path: Path) -> None:
    """Whatever four killed runs left, the fifth converges, and nothing is there twice."""
    killed(tmp_path, Random(4), 4)  # noqa: S311  dice, not secrets


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5))
def test_many_killed_runs_are_healed(tmp_path: Path, seed: int) -> None:
    """The same for twenty kills of five projects."""
    killed(tmp_path, Random(seed), 4)  # noqa: S311  dice, not secrets
