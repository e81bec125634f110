"""httpx is how requests are made, and no part of what callers have to name."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest

import hetzner
from hetzner.schema import operations
from hetzner.schema.operation import Options

MODULES = (
    "hetzner",
    "hetzner.aio",
    "hetzner.resources",
    "hetzner.pagination",
    "hetzner.apply",
    "hetzner.types",
)
DOCUMENTED = {
    "__init__": {"base_url", "timeout", "connection_pool_limits"},
    "with_options": {"base_url", "timeout", "connection_pool_limits"},
    "copy": {"base_url", "timeout", "connection_pool_limits"},
}
"""Arguments of the clients that may be httpx's own types, as the documented client has it."""
ITS_OWN_NAMES = {"Timeout", "Transport", "ProxiesTypes"}
"""What the package exports of httpx, as the documented client does."""


def public() -> Iterator[tuple[str, Any]]:
    """Yield every public function and method, with its dotted name."""
    for module in map(import_module, MODULES):
        for name in dir(module):
            found = getattr(module, name)
            if name.startswith("_") or name in ITS_OWN_NAMES or inspect.ismodule(found):
                continue
            if inspect.isclass(found):
                for attribute in dir(found):
                    if not attribute.startswith("_") or attribute == "__init__":
                        static = inspect.getattr_static(found, attribute)
                        yield (
                            f"{name}.{attribute}",
                            getattr(static, "function", getattr(static, "__func__", static)),
                        )
            else:
                yield name, found


def annotated() -> Iterator[tuple[str, str, str]]:
    """Yield the function, the argument and the text of each annotation."""
    for name, function in public():
        if inspect.isfunction(function) and function.__module__.startswith("hetzner"):
            for argument, said in function.__annotations__.items():
                yield name, argument, said if isinstance(said, str) else repr(said)


def test_signatures_name_httpx_only_where_it_is_documented() -> None:
    """Only the documented arguments of the clients may be httpx's own types."""
    found = list(annotated())
    assert len(found) > 1000
    naming = {(name.partition(".")[2], argument) for name, argument, said in found if "httpx" in said}
    assert naming == {(name, argument) for name, arguments in DOCUMENTED.items() for argument in arguments}


@pytest.mark.parametrize("operation", operations(), ids=lambda each: each.name)
def test_operations_name_httpx_nowhere(operation: Any) -> None:
    """Neither a parameter nor an answer of an operation is a type of httpx."""
    told = [
        operation.returns,
        *operation.paths.values(),
        *(p.annotation for p in operation.parameters.values()),
    ]
    assert not [each for each in told if "httpx" in repr(each) or getattr(each, "__module__", "") == "httpx"]


def test_one_option_of_a_call_may_be_a_timeout_of_httpx() -> None:
    """`timeout=` of a single call takes what that of the client takes."""
    assert [name for name, said in Options.__annotations__.items() if "Timeout" in repr(said)] == ["timeout"]
    assert hetzner.Timeout.__module__.startswith("httpx")
