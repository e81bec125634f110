"""What is said when a plan is saved."""

from __future__ import annotations

from pathlib import Path

import pytest

from hetzner.sandbox import Sandbox
from tests.cli.files import NETWORK
from tests.cli.test_saved_plans import run


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ([], "hetzner-apply 'my plan.json'\n"),
        (["--sandbox"], "hetzner-apply 'my plan.json' --sandbox\n"),
        (["--sandbox-state", "a b.db"], "hetzner-apply 'my plan.json' --sandbox-state 'a b.db'\n"),
    ],
)
def test_the_command_that_is_told(
    options: list[str], told: str, cloud: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It can be copied as it is: names are quoted, and the sandbox stays the sandbox."""
    Path("infra.yaml").write_text(NETWORK)
    result = run("infra.yaml", "--save", "my plan.json", *options)
    assert result.stderr.endswith(f"Saved. To apply exactly this: {told}")
