"""Waiting until cloud-init is done on a server, which is asked by the program ``ssh`` of this machine."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from typing import Any

from hetzner.api.errors import HetznerError
from hetzner.api.logs import one_line
from hetzner.domain.reaching import PAUSE, Unreachable, reached

DONE = (0, 2)
"""What ``cloud-init status --wait`` ends with when it is over; 2: with errors that it could live with."""
NOT_LET_IN = 255
"""What ``ssh`` ends with when it was not let in, as in the seconds before a new server has its keys."""
LONGEST = 500
"""Characters of what the server said that are repeated."""


class CloudInitFailed(HetznerError):
    """cloud-init ended in an error; the message has what it said."""


async def cloud_init_done(
    port: Any, address: str, user: str, timeout: float, ssh_options: Sequence[str]
) -> None:
    """Return once cloud-init is done; raises CloudInitFailed, and Unreachable when that takes too long."""
    ends = port.clock.now() + timeout
    await reached(port, address, 22, timeout, b"SSH-")
    if port.reach is not None:  # a sandbox: there is nobody to ask
        return
    command = [
        *("ssh", "-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=accept-new", "-o", "ConnectTimeout=10"),
        *(*ssh_options, "--", f"{user}@{address}", "cloud-init status --wait"),
    ]
    while True:
        status, said = await _ran(port, command, max(PAUSE, ends - port.clock.now()))
        if status in DONE:
            return
        if status not in (NOT_LET_IN, None):
            raise CloudInitFailed(f"cloud-init on {address} ended with status {status}: {said}")
        if port.clock.now() + PAUSE > ends:
            raise Unreachable(f"cloud-init on {address} is not known to be done after {timeout:g} s: {said}")
        await port.sleep(PAUSE)


async def _ran(port: Any, command: Sequence[str], seconds: float) -> tuple[int | None, str]:
    """Run a program; returns its exit status (None: it took too long) and the end of what it said."""
    run = _blocking if port.blocking else _suspending
    try:
        status, said = await run(command, seconds)
    except TimeoutError:
        return None, "it is still at work"
    except FileNotFoundError:
        raise HetznerError(f"there is no program '{command[0]}' here, which is needed for this") from None
    return status, one_line(said.decode("utf-8", "replace").strip())[-LONGEST:]


async def _blocking(command: Sequence[str], seconds: float) -> tuple[int, bytes]:
    try:
        done = subprocess.run(  # noqa: S603  a list, no shell
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise TimeoutError from error
    return done.returncode, done.stdout + done.stderr


async def _suspending(command: Sequence[str], seconds: float) -> tuple[int, bytes]:
    import anyio

    with anyio.fail_after(seconds):
        done = await anyio.run_process(command, stdin=subprocess.DEVNULL, check=False)
    return done.returncode, done.stdout + done.stderr
