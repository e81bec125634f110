"""hcloud-python, unmodified, against the sandbox over HTTP: every public method of every client class."""

from __future__ import annotations

import pkgutil
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from inspect import getmembers, isclass, isfunction
from types import FrameType
from typing import Any

import hcloud
import pytest
from hcloud import Client

from hetzner.sandbox import Sandbox, ScaledClock
from hetzner.sandbox.serve import serve
from tests.sandbox import hcloud_dns_storage as others
from tests.sandbox import hcloud_load_balancers as balancers
from tests.sandbox import hcloud_python as servers
from tests.sandbox import hcloud_python_links as addresses
from tests.sandbox.talk import Talk
from tests.witnesses import WITNESSES

Story = Callable[[Any, Talk], None]
STORIES: tuple[Story, ...] = (
    servers.catalogue, servers.keys_and_groups, servers.life_of_a_server, servers.disk_of_a_server,
    servers.networks, servers.firewalls, addresses.volumes, addresses.primary_ips, addresses.floating_ips,
    addresses.certificates, balancers.python_creates_and_deletes, balancers.python_changes_everything,
    others.python_manages_zones, others.python_manages_records, others.python_manages_storage_boxes,
    others.python_manages_snapshots_and_subaccounts,
)  # fmt: skip


def client_methods() -> set[str]:
    """Every public method of every client class of hcloud-python, by its qualified name."""
    found = set()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        modules = [import_module(each.name) for each in pkgutil.walk_packages(hcloud.__path__, "hcloud.")]
    for module in modules:
        for name, kind in getmembers(module, isclass):
            if kind.__module__ == module.__name__ and name.endswith("Client") and not name.startswith("_"):
                found |= {
                    each.__qualname__
                    for name, each in vars(kind).items()
                    if isfunction(each) and name[0] != "_"
                }
    return found


@contextmanager
def watched() -> Iterator[set[str]]:
    """Collect the qualified names of all functions of hcloud-python that this thread calls."""
    called: set[str] = set()

    def note(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and "/hcloud/" in frame.f_code.co_filename:
            called.add(frame.f_code.co_qualname)

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        yield called
    finally:
        sys.setprofile(before)


@pytest.mark.filterwarnings("ignore")  # hcloud-python deprecates some of its own methods
def test_every_method_of_every_client_class_gets_along() -> None:
    """All stories end as they would against the real API, and between them nothing is left out."""
    with watched() as called:
        for story in STORIES:
            sandbox = Sandbox(clock=ScaledClock(1_000_000), requests_per_hour=1_000_000)
            with serve(sandbox) as server:
                client = Client(
                    token="t", api_endpoint=server.url, api_endpoint_hetzner=server.url, poll_interval=0.01
                )
                story(client, Talk(sandbox))
    methods = client_methods()
    assert len(methods) > 230
    assert sorted(methods - called) == []
    WITNESSES.saw("hcloud clients", *{each.partition(".")[0] for each in methods & called})
    WITNESSES.saw("hcloud methods", *(methods & called))
