"""What all tests share: the witnesses that look at every answer of the sandbox."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import settings

from tests.watchdog import watch
from tests.witnesses import WITNESSES, listen

# A developer's own contexts of the official command line are none of the tests' business.
os.environ["HCLOUD_CONFIG"] = os.devnull
# The same examples in every run, however busy the machine: what fails here fails for everybody.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.load_profile("steady")


def pytest_configure(config: pytest.Config) -> None:
    """Watch over every process that runs tests."""
    watch(config)


@pytest.fixture(scope="session", autouse=True)
def _listening() -> Iterator[None]:
    """Hold every answer against the published OpenAPI, where that is here."""
    with pytest.MonkeyPatch.context() as patch:
        listen(patch)
        yield


@pytest.fixture(autouse=True)
def _as_published() -> Iterator[None]:
    """Fail the test that saw an answer which the OpenAPI does not know."""
    yield
    complaints = WITNESSES.complained()
    assert complaints == []


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand the counts of a worker to the main process; complaints that no test took are a failure."""
    config: Any = session.config
    if hasattr(config, "workeroutput"):
        config.workeroutput["witnesses"] = WITNESSES.dumped()
    if WITNESSES.complaints and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Add what a worker counted."""
    WITNESSES.merge(getattr(node, "workeroutput", {}).get("witnesses", {"counts": {}, "seen": {}}))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what the witnesses saw."""
    lines = [*WITNESSES.lines(), *WITNESSES.complaints]
    if lines:
        terminalreporter.write_sep("=", "witnesses of the sandbox")
        for line in lines:
            terminalreporter.write_line(line)
