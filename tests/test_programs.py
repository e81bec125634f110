"""What tests start does not outlive them."""

import os
import shutil
import subprocess
import sys

import pytest

from tests.programs import ended

FORK = "import os, sys, signal; child = os.fork(); print(os.getpid(), flush=True); "


def group_is_there(number: int) -> bool:
    """Whether any process is left in a group; those that nobody has waited for do not count."""
    program = shutil.which("ps")
    if program is None:
        pytest.skip("there is no ps here")
    told = subprocess.run([program, "-eo", "pgid=,stat="], capture_output=True, text=True, check=True)
    return any(f"{number}" == line.split()[0] and "Z" not in line for line in told.stdout.splitlines())


def test_what_a_program_leaves_behind_is_killed() -> None:
    """A child that goes on in the background ends with the program that started it."""
    code = FORK + "child or (os.close(0), os.close(1), os.close(2), signal.pause())"
    done = ended([sys.executable, "-c", code], 60)
    assert done.returncode == 0
    assert not group_is_there(int(done.stdout.split()[0]))


def test_a_program_that_does_not_end_is_killed_with_its_children() -> None:
    """After its time neither the program nor a child that holds its output is left, and the test goes on."""
    with pytest.raises(subprocess.TimeoutExpired) as caught:
        ended([sys.executable, "-c", FORK + "signal.pause()"], 2)
    assert not group_is_there(int((caught.value.output or b"0").split()[0]))


def test_a_program_is_told_and_heard() -> None:
    """Input, output, complaints and status are passed on."""
    code = "import sys; print(input(), end=''); print('no', end='', file=sys.stderr); sys.exit(3)"
    done = ended([sys.executable, "-c", code], 60, given="yes\n", env={**os.environ})
    assert (done.stdout, done.stderr, done.returncode) == ("yes", "no", 3)
