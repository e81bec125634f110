"""The commands as processes of their own, with a sandbox in a file."""

import os
import subprocess
import sys
from pathlib import Path

from tests.test_repository import ROOT

HEARING = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
"""A shell without a terminal lets what it runs in the background ignore ctrl-c, tests of ctrl-c included."""
APPLY = HEARING + "from hetzner.cli.programs import hetzner_apply; hetzner_apply()"
HETZNER = HEARING + "from hetzner.cli.programs import hetzner; hetzner()"


def environment(scale: float, **more: str) -> dict[str, str]:
    """Return the variables of a user with a sandbox in state.db that runs so much faster than real time."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    said = {"PYTHONPATH": str(ROOT), "HCLOUD_ENDPOINT": f"sandbox:state.db?scale={scale}"}
    return {**kept, **said, "LANG": "C.UTF-8", "HCLOUD_CONFIG": os.devnull, **more}


def command(*words: str, program: str = APPLY) -> list[str]:
    """Return the command line of a program; warnings are errors."""
    return [sys.executable, "-W", "error", "-c", program, *words]


def run(
    folder: Path, *words: str, program: str = APPLY, scale: float = 100, **more: str
) -> subprocess.CompletedProcess[str]:
    """Run a program to its end."""
    return subprocess.run(
        command(*words, program=program), cwd=folder, env=environment(scale, **more),
        capture_output=True, text=True, check=False, timeout=60, stdin=subprocess.DEVNULL, encoding="utf-8",
    )  # fmt: skip
