"""A sandbox in memory, on virtual time, for commands that run in this process."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from hetzner.cli.apply import apply
from hetzner.sandbox import Sandbox, connect, connection

Invoke = Callable[..., Result]
VARIABLES = (
    "HETZNER_API_TOKEN", "HCLOUD_TOKEN", "HCLOUD_TOKEN_FILE", "HETZNER_ENDPOINT", "HETZNER_DEBUG",
    "NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE",
)  # fmt: skip


@pytest.fixture
def cloud(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Sandbox]:
    """Let commands meet an empty sandbox, in a folder of their own, without a token."""
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HCLOUD_ENDPOINT", "sandbox:")
    monkeypatch.chdir(tmp_path)
    connection._in_memory.cache_clear()
    yield connect("sandbox:").sandbox
    connection._in_memory.cache_clear()


@pytest.fixture
def invoke(cloud: Sandbox) -> Invoke:
    """Return a function that writes infra.yaml, unless it is None, and runs ``hetzner-apply`` on it."""

    def run(text: str | None, *options: str, **environment: str) -> Result:
        if text is not None:
            Path("infra.yaml").write_text(text, encoding="utf-8")
        return CliRunner(env=environment).invoke(apply, ["infra.yaml", *options], prog_name="hetzner-apply")

    return run
