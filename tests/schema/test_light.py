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
        ("load_balancers", {"actions", "load_balancer_types", "locations"}),
        ("storage_boxes", {"actions", "locations", "storage_box_types"}),
        ("volumes", {"actions", "locations"}),
        ("zones", {"actions"}),
    ],
)
def test_a_kind_loads_only_what_its_answers_contain(name: str, others: set[str]) -> None:
    """The modules of other collections are loaded only for the models of objects within objects."""
    loaded = modules_after(f"from hetzner.schema.catalog import collection_class; collection_class('{name}')")
    collections = {f"hetzner.schema.{each}" for each in collection_names()}
    assert loaded & collections == {f"hetzner.schema.{each}" for each in {name, *others}}
