"""The process in which the blocks of a page run: told on stdin what to do, it fails where a block does."""

import ast
import asyncio
import contextlib
import doctest
import importlib
import inspect
import io
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

LOOSELY = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
SCALE = 60
"""How much faster than real time a sandbox runs here: nobody looks on."""


def stay_here(event: str, arguments: tuple[Any, ...]) -> None:
    """Refuse, as an audit hook, to connect beyond this machine."""
    host = arguments[1][0] if event == "socket.connect" and isinstance(arguments[1], tuple) else "localhost"
    host = arguments[0] if event == "socket.getaddrinfo" else host
    if host not in {"localhost", "127.0.0.1", "::1", None}:
        raise PermissionError(f"a page's example asked for {host}")


def run_tests(text: str, line: int) -> None:
    """Run a block as a test module whose lines are numbered as on the page."""
    import pytest

    Path("test_page.py").write_text("\n" * (line - 1) + text, encoding="utf-8")
    plugins = ("-p", "no:hetzner_sandbox", "-p", "hetzner.pytest_plugin", "-p", "no:cacheprovider")
    if status := pytest.main(["-q", *plugins, "--rootdir=.", "test_page.py"]):
        raise AssertionError(f"its tests ended with {status}")


def run_python(text: str, line: int, variables: dict[str, object]) -> None:
    """Run a block as a script whose lines are numbered as on the page."""
    if re.search(r"^(async )?def test_", text, re.MULTILINE):
        run_tests(text, line)
        return
    code = compile("\n" * (line - 1) + text, "README", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    result = eval(code, variables)  # noqa: S307
    if inspect.iscoroutine(result):
        asyncio.run(result)


def call(words: list[str], scripts: dict[str, str]) -> tuple[int, str]:
    """Run one of the package's own commands here; return its status and all it printed."""
    import hetzner.cli.session

    hetzner.cli.session.SCALE = SCALE
    if words[0] not in scripts or {"|", "||", ">", "<", "&&", ";"} & set(words):
        raise ValueError(f"no test runs {' '.join(words)!r}")
    module, _, name = scripts[words[0]].partition(":")
    main: Callable[[], object] = getattr(importlib.import_module(module), name)
    printed = io.StringIO()
    sys.argv = words
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
        try:
            ended = main()
        except SystemExit as exit_:
            ended = exit_.code
    return int(ended) if isinstance(ended, int) else 0 if ended is None else 1, printed.getvalue()


def run_command(command: dict[str, Any], status: int, scripts: dict[str, str]) -> None:
    """Run a command and compare its status, and its output where the page shows one."""
    ended, printed = call(command["words"], scripts)
    print("$", *command["words"], f"\n{printed}")
    if ended != status:
        raise AssertionError(f"ended with {ended}, not with {status}")
    if command["output"].strip() and not doctest.OutputChecker().check_output(
        command["output"], printed, LOOSELY
    ):
        raise AssertionError(f"the page shows\n{command['output']}")


def main() -> None:
    """Run the steps told on stdin, in order, in one world."""
    told = json.load(sys.stdin)
    sys.addaudithook(stay_here)
    variables: dict[str, object] = {"__name__": "__main__"}
    for step in told["steps"]:
        for number, command in enumerate(step["commands"], start=1):
            run_command(command, step["status"] if number == len(step["commands"]) else 0, told["scripts"])
        if not step["commands"]:
            run_python(step["text"], step["line"], variables)


if __name__ == "__main__":
    main()
