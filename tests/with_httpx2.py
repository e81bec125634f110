"""A plugin of pytest that runs tests with httpx2 in place of httpx: ``pytest -p tests.with_httpx2``.

The fork has the same names, so whoever imports httpx gets it: the client, the sandbox and the tests.
"""

import sys

import httpx2
import pytest

sys.modules["httpx"] = httpx2


def pytest_configure(config: pytest.Config) -> None:
    """Make sure that it is so: a client that was imported before would still have the other one."""
    from hetzner.api import io

    if vars(io)["httpx"] is not httpx2:
        raise pytest.UsageError("the client was imported before this plugin")
