"""A plugin of pytest that tells where a worker was when it hung or crashed, at the end of what is printed."""

from __future__ import annotations

import faulthandler
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

LONGEST = 900
"""Seconds that no test takes, even on a busy machine."""


class Watchdog:
    """Ends the process whose test takes too long; its stacks, or those of a crash, stand in a file."""

    def __init__(self, path: Path) -> None:
        self.file = path.open("w")

    def pytest_sessionstart(self) -> None:
        """Let crashes of the interpreter be told here; pytest has chosen another place before."""
        faulthandler.enable(self.file)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self) -> Iterator[None]:
        """Watch a test, its fixtures included."""
        faulthandler.dump_traceback_later(LONGEST, exit=True, file=self.file)
        try:
            return (yield)
        finally:
            faulthandler.cancel_dump_traceback_later()

    def pytest_unconfigure(self) -> None:
        """Let go of the file."""
        faulthandler.disable()
        self.file.close()


class Stacks:
    """What the watchdogs of all processes wrote, shown by the main one."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp())

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:
        """Tell a worker where its file belongs."""
        node.workerinput["stacks"] = str(self.folder / node.workerinput["workerid"])

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Show them."""
        for path in sorted(self.folder.iterdir()):
            if stacks := path.read_text():
                terminalreporter.write_sep("=", f"where {path.name} stopped")
                terminalreporter.write_line(stacks)

    def pytest_unconfigure(self) -> None:
        """Leave nothing behind."""
        for path in self.folder.iterdir():
            path.unlink()
        self.folder.rmdir()


def watch(config: pytest.Config) -> None:
    """Watch over this process, and in the main one tell what became of all."""
    given: dict[str, str] | None = getattr(config, "workerinput", None)
    if given is None:
        stacks = Stacks()
        config.pluginmanager.register(stacks)
        path = stacks.folder / "main"
    else:
        path = Path(given["stacks"])
    config.pluginmanager.register(Watchdog(path))
