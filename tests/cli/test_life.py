"""The life of a project, three ways: a blocking client, an awaited one, and the command."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
import yaml

from hetzner import AsyncHetzner, Hetzner
from hetzner.apply import apply, plan
from hetzner.sandbox import Sandbox
from tests.cli.conftest import Invoke

WRITES = {"POST", "PUT", "DELETE"}
Run = Callable[..., bool]
"""Carries a document out, with options, and tells whether everything is as it is wanted."""
FIRST = "project: demo\nservers: {web: {server_type: cx23, image: debian-13}}\n"
CHANGED = FIRST.replace("cx23", "cx33")
MORE = CHANGED.replace("web: {", "db: {server_type: cx23, image: debian-13}, web: {")


def blocking(invoke: Invoke) -> Run:
    """Return what a program with the blocking client does."""

    def run(text: str, *, destroy: bool = False) -> bool:
        with Hetzner() as client:
            result = apply(client, declared(text), destroy=destroy, allow_destroy=True)
            return result.complete and (destroy or plan(client, declared(text)).is_empty)

    return run


def awaited(invoke: Invoke) -> Run:
    """Return what a program with the awaited client does."""

    async def go(text: str, destroy: bool) -> bool:
        async with AsyncHetzner() as client:
            result = await apply(client, declared(text), destroy=destroy, allow_destroy=True)
            return result.complete and (destroy or (await plan(client, declared(text))).is_empty)

    return lambda text, *, destroy=False: asyncio.run(go(text, destroy))


def commanded(invoke: Invoke) -> Run:
    """Return what the command does."""

    def run(text: str, *, destroy: bool = False) -> bool:
        options = ["--yes", "--allow-destroy", *(["--destroy"] if destroy else [])]
        done = invoke(text, *options).exit_code == 0
        return done and (destroy or invoke(text, "--check").exit_code == 0)

    return run


def declared(text: str) -> dict[str, Any]:
    """Return a document as data."""
    data: dict[str, Any] = yaml.safe_load(text)
    return data


def statuses(cloud: Sandbox) -> dict[str, tuple[str, str, int]]:
    """Return what there is: type, status and id of each server by name."""
    with cloud.inside() as inside:
        rows = list(inside.table("servers"))
    return {row["name"]: (row["server_type"], row["status"], row["id"]) for row in rows}


@pytest.mark.parametrize("way", [blocking, awaited, commanded], ids=lambda way: way.__name__)
def test_the_life_of_a_project(way: Callable[[Invoke], Run], invoke: Invoke, cloud: Sandbox) -> None:
    """It is made, left alone, changed, half made, completed by the next run, and taken away."""
    run = way(invoke)
    assert run(FIRST)
    made = statuses(cloud)
    assert made["web"][1] == "running"

    cloud.log.clear()
    assert run(FIRST)
    assert not [entry for entry in cloud.log if entry.method in WRITES]

    assert run(CHANGED)
    changed = statuses(cloud)["web"]
    assert changed[0] != made["web"][0]
    assert changed[1:] == made["web"][1:]

    cloud.faults.fail_action("start_server", code="action_failed", message="no power today")
    assert not run(MORE)
    assert statuses(cloud)["web"] == changed
    assert statuses(cloud)["db"][1] == "off"

    half = statuses(cloud)["db"][2]
    assert run(MORE)
    assert {name: each[1] for name, each in statuses(cloud).items()} == {"web": "running", "db": "running"}
    assert statuses(cloud)["db"][2] == half

    assert run(MORE, destroy=True)
    assert statuses(cloud) == {}
