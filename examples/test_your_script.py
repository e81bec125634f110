#!/usr/bin/env python3
# /// script
# requires-python = ">=3.11"
# dependencies = ["hetzner", "pytest"]
# [tool.uv.sources]
# hetzner = { path = ".." }
# ///
"""Test a script that uses Hetzner without an account: the fixture `hetzner_sandbox` is an empty project.

pytest examples/test_your_script.py
"""

from typing import Any

import pytest

from hetzner import ActionFailed, Server, Volume


def scale_to(count: int) -> list[Server]:
    """Have so many web servers: this is the script that is tested."""
    servers = Server.all(labels={"role": "web"})
    for server in servers[count:]:
        server.delete()
    for number in range(len(servers), count):
        Server.create(f"web-{number + 1}", "cx23", image="debian-13", labels={"role": "web"})
    return Server.all(labels={"role": "web"})


def test_it_scales_up_and_down(hetzner_sandbox: Any) -> None:
    """There are as many as were asked for, and only what differs is changed."""
    assert [server.name for server in scale_to(3)] == ["web-1", "web-2", "web-3"]
    assert [server.name for server in scale_to(1)] == ["web-1"]
    writes = [entry.operation for entry in hetzner_sandbox.writes]
    assert writes == ["servers.create"] * 3 + ["servers.delete"] * 2


def test_it_leaves_others_alone(hetzner_sandbox: Any) -> None:
    """What has no such label stays."""
    database = Server.create("db", "cx23", image="debian-13", location="fsn1")
    data = Volume.create("data", size=10, server=database)
    scale_to(0)
    data.refresh()
    assert (Server.all(), data.server) == ([database], database.id)


def test_it_says_when_nothing_is_left(hetzner_sandbox: Any) -> None:
    """A location that is sold out is an error with the API's code, and takes none of your time."""
    hetzner_sandbox.fail_next("create_server", "resource_unavailable")
    with pytest.raises(ActionFailed) as caught:
        scale_to(1)
    assert caught.value.code == "resource_unavailable"
    assert hetzner_sandbox.elapsed < 60
