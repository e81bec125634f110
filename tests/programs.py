"""Programs that tests start: each ends in time, and nothing that it started outlives it."""

from __future__ import annotations

import os
import signal
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from subprocess import PIPE, CompletedProcess, Popen


def ended(
    command: Sequence[str | Path],
    seconds: float,
    *,
    given: str = "",
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
) -> CompletedProcess[str]:
    """Run a program in a process group of its own, which is killed when the program has ended.

    Raises `subprocess.TimeoutExpired` when that takes longer; then the group is killed as well.
    """
    words = [str(word) for word in command]
    with Popen(
        words, stdin=PIPE, stdout=PIPE, stderr=PIPE, text=True, cwd=cwd, env=env, start_new_session=True
    ) as program:
        try:
            said, complained = program.communicate(given, seconds)
        finally:
            with suppress(ProcessLookupError):  # nobody is left
                os.killpg(program.pid, signal.SIGKILL)
    return CompletedProcess(words, program.returncode, said, complained)
