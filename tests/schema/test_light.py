"""Importing the package costs next to nothing, and using one kind does not load the others."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from hetzner.schema.catalog import collection_names

HEAVY = {"httpx", "pydantic", "asyncio", "ssl", "click", "yaml", "rich", "hetzner.schema.model"}
LOADED = "import json, sys; print(json.dumps(sorted(sys.modules)))"


def modules_after(code: str) -> set[str]:
    """The modules that a fresh interpreter has loaded after some code."""
    command = [sys.executable, "-c", f"{code}\n{LOADED}"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout))


def test_importing_the_package_loads_nothing_heavy() -> None:
    """`import hetzner` needs not even `typing`; the names of all collections neither pydantic nor httpx."""
    assert not modules_after("import hetzner") & {*HEAVY, "typing", "inspect", "importlib.metadata"}
    code = "from hetzner.schema.catalog import collection_names; assert len(collection_names()) == 21"
    assert not modules_after(code) & HEAVY


@pytest.mark.parametrize(
    ("name", "others"),
    [
        ("certificates", {"actions"}),
        ("load_balancers", {"actions"}),
        ("servers", set[str]()),
        ("storage_boxes", {"actions"}),
        ("volumes", {"actions"}),
        ("zones", {"actions"}),
    ],
)
def test_a_kind_loads_no_other_collection(name: str, others: set[str]) -> None:
    """Objects within objects have modules of their own; only what derives from a collection loads it."""
    loaded = modules_after(f"from hetzner.schema.catalog import collection_class; collection_class('{name}')")
    collections = {f"hetzner.schema.{each}" for each in collection_names()}
    assert loaded & collections == {f"hetzner.schema.{each}" for each in {name, *others}}


def test_a_part_with_a_module_of_its_own_is_loaded_when_it_is_used() -> None:
    """`servers.actions` and `servers.metrics` are there, and cost nothing before."""
    made = "from hetzner.schema.catalog import collection_class as f; servers = f('servers')(None, True)"
    parts = {"hetzner.schema.server_actions", "hetzner.schema.metrics"}
    assert not modules_after(made) & parts
    used = f"{made}; assert servers.actions.name == 'servers.actions' and servers.actions is servers.actions"
    assert modules_after(used) & parts == {"hetzner.schema.server_actions"}
    assert modules_after(f"{made}; assert list(servers.parts()) == ['actions', 'metrics']") >= parts
