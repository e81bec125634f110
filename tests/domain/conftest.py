"""Runs tests that are coroutines, and gives them the records of both faces."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Iterator

import pytest

from hetzner import using
from tests.domain.faces import Face


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run a test that is a coroutine in an event loop of its own."""
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    wanted = inspect.signature(pyfuncitem.obj).parameters
    asyncio.run(pyfuncitem.obj(**{name: pyfuncitem.funcargs[name] for name in wanted}))
    return True


@pytest.fixture(params=["blocking", "awaited"])
def face(request: pytest.FixtureRequest) -> Iterator[Face]:
    """The records of one face on a new sandbox, which they use by default."""
    made = Face(blocking=request.param == "blocking")
    with using(made.client):
        yield made
