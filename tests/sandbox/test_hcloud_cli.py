"""The official `hcloud` CLI, unmodified, against the sandbox over HTTP: every command it has.

It waits half a second for every action, whatever the server says; so all stories run side by side.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from hetzner.sandbox import Sandbox, ScaledClock
from hetzner.sandbox.serve import serve
from tests.programs import ended
from tests.sandbox import (
    hcloud_addresses,
    hcloud_dns_storage,
    hcloud_kinds,
    hcloud_load_balancers,
    hcloud_servers,
)
from tests.sandbox.hcloud_kinds import BINARY, CLI
from tests.sandbox.talk import Talk
from tests.witnesses import WITNESSES

SIDE_BY_SIDE = 24
STORIES: tuple[Callable[[CLI], None], ...] = (
    *hcloud_servers.STORIES,
    *hcloud_kinds.STORIES,
    *hcloud_addresses.STORIES,
    *hcloud_load_balancers.STORIES,
    *(hcloud_dns_storage.STORIES if hcloud_dns_storage.knows_dns_and_storage() else ()),
)


def commands(*path: str) -> Iterator[str]:
    """Every command of the CLI that has none below it, as its help tells."""
    done = ended([str(BINARY), *path, "--help"], 60)
    assert done.returncode == 0, done.stderr
    _, has_any, rest = done.stdout.partition("Available Commands:\n")
    if not has_any:
        yield " ".join(path)
    for line in rest.partition("\n\n")[0].splitlines():
        yield from commands(*path, line.split()[0])


def told(story: Callable[[CLI], None], home: Path) -> set[str]:
    """Tell a story to a sandbox of its own, whose time runs 2000 times as fast; returns what was run."""
    sandbox = Sandbox(clock=ScaledClock(2000), requests_per_hour=1_000_000)
    with serve(sandbox) as server:
        cli = CLI(home, server.url, Talk(sandbox))
        cli.environment["HETZNER_ENDPOINT"] = server.url
        story(cli)
    return cli.ran


@pytest.mark.skipif(BINARY is None, reason="the hcloud CLI is not installed")
def test_every_command_gets_along(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Every command of every story ends as it would against the real API, and no command is left out."""
    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        futures = [pool.submit(told, story, tmp_path_factory.mktemp("home")) for story in STORIES]
    ran = {words for future in futures for words in future.result()}
    every = {*commands()}
    assert every - ran == hcloud_servers.LEFT_OUT.keys()
    WITNESSES.saw("cli commands", *(every & ran))
