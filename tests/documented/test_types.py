"""The documented types: every name of `types.txt` is there, and is what the operations really use."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import pytest
from typing_extensions import is_typeddict

import hetzner
from hetzner import types
from hetzner.schema.model import Model
from hetzner.schema.operation import fields_of
from tests.documented.test_methods import CLIENTS, METHODS, Method, bound

NAMES = (Path(__file__).parent / "types.txt").read_text().split()
PACKAGES = sorted({name.rpartition(".")[0] for name in NAMES})
STEMS = {"SyncServersPage": "ServerList", "SyncFloatingIPsPage": "FloatingIPList"}
LITERALS = {"CPUType", "SortParam", "StatusParam"}


def found(name: str) -> Any:
    """Return a documented type."""
    module, _, last = name.rpartition(".")
    return getattr(import_module(module), last)


def test_the_list_is_whole() -> None:
    """There are 117 names at the top and 141 in eleven modules below."""
    assert len(NAMES) == len(set(NAMES)) == 258
    assert len([name for name in NAMES if name.count(".") == 2]) == 117
    assert len(PACKAGES) == 12


@pytest.mark.parametrize("name", NAMES)
def test_a_type_is_there_and_is_of_its_kind(name: str) -> None:
    """Params are TypedDicts, Literals are Literals, all else is a model; each can be imported by its name."""
    kind, last = found(name), name.rpartition(".")[2]
    if last in LITERALS:
        assert get_origin(kind) is Literal
        assert all(isinstance(each, str) for each in get_args(kind))
    elif last.endswith(("Params", "Param")) or "shared_params" in name:
        assert is_typeddict(kind)
    else:
        assert issubclass(kind, Model)
    assert last in import_module(name.rpartition(".")[0]).__all__


def params_name(method: Method) -> str:
    """Return the documented name of what a method takes."""
    parts = method.name.split(".")
    stem = STEMS.get(method.returns, method.returns.removesuffix("Response"))
    return ".".join(["hetzner.types", *parts[:-2], f"{stem}Params"])


@pytest.mark.parametrize(
    "method", [each for each in METHODS if params_name(each) in NAMES], ids=lambda each: each.name
)
def test_params_have_the_fields_of_their_method(method: Method) -> None:
    """A Params type has the fields that its method takes, and requires those that it requires."""
    taken = bound(method, CLIENTS[0]).operation.parameters
    fields = fields_of(found(params_name(method)))
    assert {name: field.required for name, field in fields.items()} == {
        name: parameter.required for name, parameter in taken.items()
    }


def test_no_params_are_left_over() -> None:
    """Every documented Params type but those nested in others belongs to a method."""
    named = {name for name in NAMES if name.endswith("Params")}
    assert named == {name for name in map(params_name, METHODS) if name in NAMES}


def test_what_was_one_model_per_answer_is_one_class_now() -> None:
    """A volume is the same class in each answer, and so are the answers of actions."""
    for answer in (types.VolumeCreateResponse, types.VolumeRetrieveResponse, types.VolumeUpdateResponse):
        assert answer.model_fields["volume"].annotation is types.Volume
    assert types.servers.ActionPoweroffResponse is types.volumes.ActionAttachResponse
    assert types.Action is types.shared.Action
    assert types.SshKey is types.SSHKey


@pytest.mark.parametrize("module", [*PACKAGES, "hetzner.types.zones", "hetzner.types.storage_boxes"])
def test_all_names_of_a_module_can_be_had(module: str) -> None:
    """What a module says it has it has, and what it has not is an AttributeError that names it."""
    here = import_module(module)
    assert all(getattr(here, name) is not None for name in here.__all__)
    assert set(here.__all__) <= set(dir(here))
    with pytest.raises(AttributeError, match=f"{module}.*Nonsense"):
        here.Nonsense  # noqa: B018


def test_every_model_of_the_api_is_at_the_top() -> None:
    """All that operations answer with can be imported from hetzner.types by its own name."""
    from hetzner.schema.reference import sections

    for section in sections():
        if issubclass(section, Model):
            assert getattr(types, section.__name__) is section


def loaded_after(code: str) -> set[str]:
    """Return the modules of this package that a new interpreter has after some code."""
    program = f"import sys; {code}; print(*sys.modules)"
    command = [sys.executable, "-c", program]
    root = Path(hetzner.__file__).parents[1]
    return set(subprocess.run(command, capture_output=True, text=True, check=True, cwd=root).stdout.split())


def test_types_are_loaded_when_they_are_used() -> None:
    """Importing hetzner.types loads neither pydantic nor a kind, and using one loads only its own."""
    loaded = loaded_after("import hetzner.types, hetzner.types.servers")
    assert not loaded & {"pydantic", "httpx", "hetzner.schema.model"}
    loaded = loaded_after("from hetzner.types import VolumeCreateResponse")
    assert "hetzner.schema.volumes" in loaded
    assert not loaded & {"hetzner.schema.servers", "hetzner.schema.zones", "httpx"}
