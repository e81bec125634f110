"""The same seed and the same requests: the same answers and the same log, byte for byte."""

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.programs import ended
from tests.sandbox.spec import available

ROOT = Path(__file__).parents[2]


def heard(hash_seed: str, seed: int) -> list[str]:
    """One line for each answer and each line of the log, from a process of its own."""
    command = [sys.executable, "-m", "tests.sandbox.lives", str(seed)]
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(ROOT)}
    done = ended(command, 120, cwd=ROOT, env=environment)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.mark.skipif(not available(), reason="the published specification is not here")
def test_the_same_seed_gives_the_same_bytes() -> None:
    """Two processes that order their sets differently answer and note the very same."""
    with ThreadPoolExecutor() as pool:
        one, two = pool.map(heard, ("1", "2"), (3, 3))
    assert len(one) > 1200
    assert [pair for pair in zip(one, two, strict=True) if pair[0] != pair[1]] == []
