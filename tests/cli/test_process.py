"""What only a process of its own shows: signals, terminals, encodings, imports."""

import asyncio
import json
import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import IO

import pytest

from hetzner.cli.exits import Interrupted
from hetzner.cli.signals import terminable
from tests.cli.files import NETWORK, SERVERS
from tests.cli.programs import APPLY, HETZNER, command, environment, run

HEAVY = (
    "asyncio",
    "httpx",
    "pydantic",
    "rich",
    "ssl",
    "tenacity",
    "yaml",
    "anyio",
    "hetzner.api",
    "hetzner.schema",
)
posix = pytest.mark.skipif(sys.platform == "win32", reason="signals and terminals of POSIX")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a document of two servers."""
    (tmp_path / "infra.yaml").write_text(SERVERS)
    return tmp_path


@pytest.mark.parametrize("program", [APPLY, HETZNER])
@pytest.mark.parametrize("option", ["--help", "--version"])
def test_help_loads_nothing_heavy(tmp_path: Path, program: str, option: str) -> None:
    """--help and --version load click and nothing that talks, prints or parses."""
    spy = f"import atexit, sys; atexit.register(lambda: print(*sys.modules, file=sys.stderr)); {program}"
    result = run(tmp_path, option, program=spy)
    assert result.returncode == 0
    loaded = result.stderr.split()
    assert "click" in loaded
    assert set(HEAVY).isdisjoint(loaded)


def started(folder: Path, *words: str) -> "subprocess.Popen[str]":
    """Start a run on real time."""
    return subprocess.Popen(
        command(*words), cwd=folder, env=environment(1), text=True, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def until(stream: IO[str] | None, text: str) -> None:
    """Read lines until one holds a text."""
    assert stream is not None
    seen = []
    while line := stream.readline():
        if text in line:
            return
        seen.append(line)
    raise AssertionError(f"it ended without {text!r}: {seen}")


@posix
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_interrupted_while_applying(folder: Path, number: signal.Signals, code: int) -> None:
    """A signal ends a run without waiting for what is in flight, and tells it; the next run goes on."""
    with started(folder, "infra.yaml", "--yes", "-o", "json") as process:
        until(process.stdout, '"event": "progressed"')
        process.send_signal(number)
        out, err = process.communicate(timeout=10)
    assert (process.returncode, err) == (code, "")
    told = json.loads(out.splitlines()[-1])
    assert (told["event"], told["status"], told["exit_code"]) == ("summary", "interrupted", code)
    assert {each["command"] for each in told["in_flight"]} == {"create_server"}
    assert run(folder, "infra.yaml", "--yes").returncode == 0
    assert run(folder, "infra.yaml", "--check").returncode == 0


@posix
def test_interrupted_in_words(folder: Path) -> None:
    """Off a terminal the same is said in words on stderr."""
    with started(folder, "infra.yaml", "--yes") as process:
        until(process.stderr, "create_server ...")
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=10)
    assert process.returncode == 130
    assert "Interrupted: applied 0 of 2 in " in err
    assert "  in flight: servers.web-1 create_server" in err
    assert "Run it again to go on" in err


class Tty:
    """A process at a terminal of so many columns."""

    def __init__(self, folder: Path, *words: str, columns: int = 60) -> None:
        import fcntl
        import pty
        import struct
        import termios

        self.ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        self.process = subprocess.Popen(
            command(*words), cwd=folder, env=environment(100, TERM="xterm"),
            stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
        )  # fmt: skip
        os.close(theirs)
        self.shown = ""

    def until(self, text: str) -> None:
        """Read until this was shown."""
        while text not in self.shown:
            if not self._read():
                raise AssertionError(f"it ended without {text!r}: {self.shown}")

    def _read(self) -> bool:
        assert select.select([self.ours], [], [], 30)[0], f"nothing came after {self.shown!r}"
        try:
            data = os.read(self.ours, 65536)
        except OSError:  # the other side is closed
            return False
        self.shown += data.decode(errors="replace")
        return bool(data)

    def type(self, text: str) -> None:
        """Press keys."""
        os.write(self.ours, text.encode())

    def ended(self) -> int:
        """Read to the end and return the exit code."""
        while self._read():
            pass
        os.close(self.ours)
        return self.process.wait(30)


@posix
def test_the_question_and_the_rows(folder: Path) -> None:
    """At a terminal y applies the plan, with rows that are gone at the end; lines are cut at its width."""
    tty = Tty(folder, "infra.yaml")
    tty.until("Apply? [y/N, d = full diff]")
    tty.type("y\n")
    assert tty.ended() == 0
    assert "ctrl-c: begin" in tty.shown
    assert "\x1b[32m✓\x1b[0m servers.web-1" in tty.shown
    assert tty.shown.rstrip().rpartition("\n")[2].endswith("requests.")


@posix
def test_the_answer_no(folder: Path) -> None:
    """At a terminal anything but yes ends with 4 and changes nothing."""
    tty = Tty(folder, "infra.yaml")
    tty.until("Apply? [y/N, d = full diff]")
    tty.type("\n")
    assert tty.ended() == 4
    assert "Nothing was changed." in tty.shown
    assert run(folder, "infra.yaml", "--check").returncode == 2


@posix
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_interrupted_while_asking(folder: Path, number: signal.Signals, code: int) -> None:
    """A signal at the question ends the run, and nothing is changed."""
    tty = Tty(folder, "infra.yaml")
    tty.until("Apply? [y/N, d = full diff]")
    tty.process.send_signal(number)
    assert tty.ended() == code
    assert "Traceback" not in tty.shown
    assert run(folder, "infra.yaml", "--check").returncode == 2


@posix
def test_typing_the_name(tmp_path: Path) -> None:
    """At a terminal the project's name allows what is lost."""
    (tmp_path / "infra.yaml").write_text(NETWORK)
    assert run(tmp_path, "infra.yaml", "--yes").returncode == 0
    for typed, code in (("y\n", 4), ("shop\n", 0)):
        tty = Tty(tmp_path, "infra.yaml", "--destroy")
        tty.until("Type the project's name to go on:")
        tty.type(typed)
        assert tty.ended() == code


def test_a_terminal_without_arrows(folder: Path) -> None:
    """Where a character cannot be printed, another one stands for it, and the run goes on."""
    result = run(folder, "infra.yaml", "--yes", PYTHONIOENCODING="ascii")
    assert (result.returncode, "? servers.web-1 create_server" in result.stderr) == (0, True)


def test_two_runs_one_result(folder: Path) -> None:
    """A second run, in another process, finds nothing to do."""
    assert run(folder, "infra.yaml", "--yes").returncode == 0
    second = run(folder, "infra.yaml")
    assert (second.returncode, "Nothing to do." in second.stdout, second.stderr) == (0, True, "")


def test_a_reader_that_leaves(folder: Path) -> None:
    """When the reader of the plan leaves, the run ends without a traceback and without changing anything."""
    with subprocess.Popen(
        command("infra.yaml", "--yes"), cwd=folder, env=environment(100), text=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        assert process.stderr.read() == ""
    assert process.returncode == 1
    assert run(folder, "infra.yaml", "--check").returncode == 2


LOADING = (
    "import builtins; real = builtins.__import__; "
    "builtins.__import__ = lambda name, *rest: kill() if name == 'click' else real(name, *rest)"
)
LEAVING = "import atexit; atexit.register(kill)"


@posix
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("moment", [LOADING, LEAVING], ids=["loading", "leaving"])
@pytest.mark.parametrize("program", [APPLY, HETZNER])
def test_interrupted_before_and_after(
    tmp_path: Path, program: str, moment: str, number: signal.Signals
) -> None:
    """A signal while the program is loaded, or while the interpreter leaves, ends it without a word."""
    kill = f"import os, signal; kill = lambda: os.kill(os.getpid(), {number:d})"
    result = run(tmp_path, "--version", program=f"{kill}; {moment}; {program}")
    assert (result.returncode, result.stderr) == (-number, "")


@posix
def test_a_signal_while_the_loop_is_at_work(caplog: pytest.LogCaptureFixture) -> None:
    """Where nothing gentler is set, SIGTERM ends a run in whatever callback it comes, without a log entry."""

    async def work() -> None:
        asyncio.get_running_loop().call_soon(os.kill, os.getpid(), signal.SIGTERM)
        await asyncio.Event().wait()

    with terminable(), asyncio.Runner() as runner, pytest.raises(Interrupted) as told:
        runner.run(work())
    assert (told.value.status, caplog.text) == (143, "")


@posix
def test_a_shell_lets_ctrl_c_be_ignored(folder: Path) -> None:
    """What a shell started in the background goes on, as its starter wants."""
    ignoring = APPLY.replace("signal.default_int_handler", "signal.SIG_IGN")
    kill = "import atexit, os; atexit.register(lambda: os.kill(os.getpid(), 2))"
    result = run(folder, "--version", program=f"{kill}; {ignoring}")
    assert (result.returncode, result.stderr) == (0, "")


@posix
def test_asked_twice_it_ends_at_once(folder: Path) -> None:
    """A second signal waits for nothing at all."""
    with started(folder, "infra.yaml", "--yes", "-o", "json") as process:
        until(process.stdout, '"event": "progressed"')
        process.send_signal(signal.SIGINT)
        process.send_signal(signal.SIGTERM)
        asked = time.monotonic()
        process.communicate(timeout=10)
        assert time.monotonic() - asked < 1.5  # less than one signal takes
    assert process.returncode in (130, 143)
    assert run(folder, "infra.yaml", "--yes").returncode == 0


@posix
def test_an_interrupted_run_gives_its_lock_back(folder: Path) -> None:
    """The next run is free to begin at once, and while the first one runs it is not."""
    with started(folder, "infra.yaml", "--yes", "--lock", "-o", "json") as process:
        until(process.stdout, '"event": "progressed"')
        second = run(folder, "infra.yaml", "--yes", "--lock")
        assert (second.returncode, "is locked by" in second.stderr) == (4, True)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=10)
    assert process.returncode == 130
    assert run(folder, "infra.yaml", "--yes", "--lock").returncode == 0
