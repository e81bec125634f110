"""Asking a server over SSH whether cloud-init is done, with a program that stands in for ssh."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from hetzner import CloudInitFailed, HetznerError, Unreachable
from tests.domain.faces import Face, done

SSH = """#!/bin/sh
echo "$*" >> "$0.asked"
case $(wc -l < "$0.asked") in {cases} esac
"""


async def server_of(face: Face, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Create a server that answers at port 22, as if it were none of the sandbox."""

    async def answers(*arguments: object) -> None:
        """Be reached at once."""

    server = await face.server()
    monkeypatch.setattr("hetzner.domain.cloud_init.reached", answers)
    face.client._core.port.reach = None
    return server


def ssh_is(folder: Path, monkeypatch: pytest.MonkeyPatch, cases: str) -> Path:
    """Put a program called ssh first, which does something else each time; returns what it was asked."""
    program = folder / "ssh"
    program.write_text(SSH.format(cases=cases))
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    return folder / "ssh.asked"


async def test_it_is_asked_until_it_is_done(
    face: Face, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not being let in yet is no failure, and the command waits on the server itself."""
    web = await server_of(face, monkeypatch)
    asked = ssh_is(tmp_path, monkeypatch, "1) echo no key >&2; exit 255;; 2) echo status: done;;")
    before = face.now()
    await done(web.wait_cloud_init(user="ops", ssh_options=["-i", "key"]))
    lines = asked.read_text().splitlines()
    assert len(lines) == 2
    assert lines[0].endswith(f"-i key -- ops@{web.ipv4} cloud-init status --wait")
    assert "BatchMode=yes" in lines[0]
    assert 0 < face.now() - before < 5


async def test_errors_that_it_could_live_with_are_none(
    face: Face, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Status 2 says that it is done and that something was not as it should be."""
    web = await server_of(face, monkeypatch)
    ssh_is(tmp_path, monkeypatch, "*) exit 2;;")
    await done(web.wait_cloud_init())


async def test_its_failure_is_an_error(face: Face, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error tells where, and what was said, on one line."""
    web = await server_of(face, monkeypatch)
    ssh_is(tmp_path, monkeypatch, "*) printf 'status: error\\nbad yaml\\n'; exit 1;;")
    with pytest.raises(CloudInitFailed, match=rf"on {web.ipv4} ended with status 1: status: error.+bad yaml"):
        await done(web.wait_cloud_init())


async def test_it_gives_up_in_time(face: Face, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who is never let in hears why, when the time is over."""
    web = await server_of(face, monkeypatch)
    ssh_is(tmp_path, monkeypatch, "*) echo Permission denied >&2; exit 255;;")
    before = face.now()
    with pytest.raises(Unreachable, match="after 5 s: Permission denied"):
        await done(web.wait_cloud_init(timeout=5))
    assert 3 < face.now() - before <= 5


async def test_without_ssh_it_says_so(face: Face, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without the program gets a sentence instead of a traceback."""
    web = await server_of(face, monkeypatch)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(HetznerError, match="there is no program 'ssh' here"):
        await done(web.wait_cloud_init())
