"""The pytest fixture ``hetzner_sandbox``: a Hetzner Cloud for one test, without network, cost or waiting.

    def test_it_comes_up(hetzner_sandbox):
        Server.create("web", "cx23", image="debian-13")
        assert hetzner_sandbox.elapsed < 60

pytest finds it by itself where the package is installed. Nothing is loaded until a test asks for the fixture.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from hetzner.api.client import AsyncHetzner, Hetzner
    from hetzner.sandbox.core import Sandbox
    from hetzner.sandbox.faults import Faults
    from hetzner.sandbox.message import LogEntry
    from hetzner.sandbox.project import Project

ENDPOINT = "sandbox:"
TOKEN = "sandbox"  # noqa: S105
OTHER_VARIABLES = (
    "HETZNER_ENDPOINT", "HCLOUD_TOKEN_FILE", "HCLOUD_CONTEXT", "HCLOUD_HTTP_TIMEOUT", "HCLOUD_POLL_INTERVAL",
    "HCLOUD_DEBUG", "HCLOUD_DEBUG_FILE",
)  # fmt: skip
"""Variables that could lead a client elsewhere, or make it another one; a test does not see them."""


class HetznerSandbox:
    """What the fixture is: the sandbox of one test, and what the test wants to know of it and do to it."""

    sandbox: Sandbox
    """All that can be done to it besides: ``snapshot()``, ``restore()``, ``rate_limit()``, ``register()``."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self._began = sandbox.clock.now()

    def __repr__(self) -> str:
        return f"<hetzner_sandbox after {self.elapsed:.0f} s>"

    @property
    def elapsed(self) -> float:
        """Seconds that have passed in the sandbox: what all waiting would have taken in the cloud."""
        return self.sandbox.clock.now() - self._began

    @property
    def faults(self) -> Faults:
        """What is to go wrong: lost answers, exhausted quotas, sold-out types."""
        return self.sandbox.faults

    @property
    def project(self) -> Project:
        """The project as it is now, to look at: ``project.table("servers")``."""
        with self.sandbox.inside() as project:
            return project

    @property
    def requests(self) -> list[LogEntry]:
        """All requests so far; ``operation`` says which (``servers.create``)."""
        return [*self.sandbox.log]

    @property
    def writes(self) -> list[LogEntry]:
        """The requests that were no reads."""
        return [entry for entry in self.requests if entry.method != "GET"]

    def advance(self, seconds: float) -> None:
        """Let that much time pass in the sandbox."""
        self.sandbox.advance(seconds)

    def alter(self, kind: str, which: int | str, **changes: Any) -> None:
        """Change an object as a colleague would: ``alter("servers", "web", status="off")``.

        Raises ``ValueError`` for a field that it does not have; ``sandbox.alter()`` says more.
        """
        self.sandbox.alter(kind, which, changes)

    def remove(self, kind: str, which: int | str) -> None:
        """Delete an object as a colleague would: at once, and not among the requests."""
        self.sandbox.remove(kind, which)

    def fail_next(
        self, what: str, code: str = "action_failed", message: str = "the sandbox was told to fail"
    ) -> None:
        """Let the next action of a command (``create_server``) end in an error of this code.

        With the name of an operation (``servers.create``) its next request is refused instead. Raises
        ``ValueError`` when there is no such command or operation.
        """
        if "." in what:
            self.faults.refuse(what, code=code, message=message)
        else:
            self.faults.fail_action(what, code=code, message=message)

    def client(self, **options: Any) -> Hetzner:
        """Make a blocking client of this sandbox; takes what `Hetzner` takes, all of it optional."""
        from hetzner.api.client import Hetzner

        return Hetzner(**{"base_url": ENDPOINT, **options})

    def async_client(self, **options: Any) -> AsyncHetzner:
        """Make a client of this sandbox to be awaited."""
        from hetzner.api.client import AsyncHetzner

        return AsyncHetzner(**{"base_url": ENDPOINT, **options})


@pytest.fixture
def hetzner_sandbox() -> Iterator[HetznerSandbox]:
    """An empty project on virtual time, which all clients made from the environment talk to in this test."""
    from hetzner.domain.project import forget_default_clients
    from hetzner.sandbox.connection import standing_in
    from hetzner.sandbox.core import Sandbox

    with pytest.MonkeyPatch.context() as patch, standing_in(Sandbox()) as connection:
        patch.setenv("HCLOUD_ENDPOINT", ENDPOINT)
        for name in ("HCLOUD_TOKEN", "HETZNER_API_TOKEN"):
            patch.setenv(name, TOKEN)
        for name in OTHER_VARIABLES:
            patch.delenv(name, raising=False)
        forget_default_clients()
        yield HetznerSandbox(connection.sandbox)
        forget_default_clients()
