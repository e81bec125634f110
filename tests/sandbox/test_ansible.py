"""Ansible's collection hetzner.hcloud, unmodified, against the sandbox over HTTP."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hetzner.sandbox import Sandbox, ScaledClock
from hetzner.sandbox.serve import Server, serve
from tests.programs import ended
from tests.sandbox.boxes import PASSWORD
from tests.sandbox.talk import Talk
from tests.sandbox.world import KEY
from tests.witnesses import WITNESSES

PROGRAM, GALAXY = shutil.which("ansible-playbook"), shutil.which("ansible-galaxy")
OLDEST = 6
"""Earlier collections read the data center of a server, which the API no longer tells."""
PATIENCE = 280
"""Seconds for a playbook, which takes forty on an idle machine; all three must end before pytest does."""
BOOKS = Path(__file__).parent / "ansible"
pytestmark = pytest.mark.slow


def collection() -> int:
    """The first number of the version of hetzner.hcloud; 0 when it is not installed."""
    if PROGRAM is None or GALAXY is None:
        return 0
    command = [GALAXY, "collection", "list", "hetzner.hcloud", "--format", "json"]
    done = ended(command, 60)
    found = json.loads(done.stdout or "{}").values()
    return max((int(each["hetzner.hcloud"]["version"].split(".")[0]) for each in found), default=0)


@pytest.fixture
def server() -> Iterator[Server]:
    """A sandbox where an action takes less time than Ansible waits before it looks again."""
    if collection() < OLDEST:
        pytest.skip(f"ansible-playbook with hetzner.hcloud {OLDEST} or later is not installed")
    with serve(Sandbox(clock=ScaledClock(2000), requests_per_hour=1_000_000)) as running:
        yield running


def played(book: str, server: Server, home: Path, **known: str) -> dict[str, list[bool]]:
    """Play a book with what is `known`; returns for every module whether its tasks changed anything."""
    environment = {
        **os.environ,
        "HOME": str(home),
        "HCLOUD_TOKEN": "token-of-ansible",
        "HCLOUD_ENDPOINT": server.url,
        "HETZNER_ENDPOINT": server.url,
        "ANSIBLE_STDOUT_CALLBACK": "ansible.posix.json",
        "ANSIBLE_NOCOLOR": "1",
        "ANSIBLE_PIPELINING": "1",  # a process less for each step of each task
    }
    known |= {"key": KEY, "password": PASSWORD, "ansible_python_interpreter": "{{ ansible_playbook_python }}"}
    command = [str(PROGRAM), "-i", "localhost,", "-e", json.dumps(known), str(BOOKS / book)]
    done = ended(command, PATIENCE, env=environment)
    assert "{" in done.stdout, done.stderr
    report: dict[str, Any] = json.loads(done.stdout[done.stdout.index("{") :])
    results = [result for task in report["plays"][0]["tasks"] for result in task["hosts"].values()]
    assert [(each["action"], each["msg"]) for each in results if each.get("failed")] == []
    changed: dict[str, list[bool]] = {}
    for result in results:
        changed.setdefault(result["action"], []).append(result["changed"])
    return changed


def test_a_playbook_changes_something_once(server: Server, tmp_path: Path) -> None:
    """Everything is made the first time, nothing changes the second, and all of it can be taken away."""
    first = played("site.yaml", server, tmp_path)
    makers = {module for module in first if not module.endswith("_info")}
    assert {module for module, changed in first.items() if all(changed)} == makers
    assert len(makers) >= 20
    talk = Talk(server.sandbox)
    box = talk.get("/storage_boxes")["storage_boxes"][0]["id"]
    snapshot = talk.get(f"/storage_boxes/{box}/snapshots")["snapshots"][0]["name"]
    second = played("site.yaml", server, tmp_path, snapshot=snapshot)  # the API chose the name
    assert {module for module, changed in second.items() if any(changed)} == set()
    last = played("absent.yaml", server, tmp_path)
    assert all(all(changed) for changed in last.values())
    assert makers - last.keys() == {"hetzner.hcloud.rdns", "hetzner.hcloud.storage_box_snapshot"}
    for kind in (
        "servers",
        "networks",
        "volumes",
        "floating_ips",
        "load_balancers",
        "zones",
        "storage_boxes",
    ):
        assert talk.get(f"/{kind}")[kind] == []
    WITNESSES.saw("ansible modules", *first)
