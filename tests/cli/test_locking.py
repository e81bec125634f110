"""``--lock`` at the command line: who comes second is refused, and every end gives the lock back."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from hetzner.apply.lock import anchor
from hetzner.cli.apply import apply
from hetzner.sandbox import Sandbox
from tests.cli.conftest import Invoke
from tests.cli.files import NETWORK
from tests.sandbox.talk import Talk


def take(cloud: Sandbox) -> None:
    """Let somebody else hold the lock for the next hour."""
    until = str(int(cloud.clock.now()) + 3600)
    labels = {
        "lock": "shop",
        "lock-holder": "anna.laptop",
        "lock-run": "x",
        "lock-until": until,
        "lock-since": "1",
    }
    named = {f"hetzner-apply/{key}": value for key, value in labels.items()}
    Talk(cloud).post("/placement_groups", {"name": anchor("shop"), "type": "spread", "labels": named})


def groups(cloud: Sandbox) -> list[str]:
    """Return the names of the placement groups."""
    return [row["name"] for row in Talk(cloud).get("/placement_groups")["placement_groups"]]


@pytest.mark.parametrize("options", [("--lock",), ("--lock-wait", "0s"), ()])
def test_who_comes_second_is_refused(invoke: Invoke, cloud: Sandbox, options: tuple[str, ...]) -> None:
    """Nothing is changed under somebody else's lock, and who has it is told; a plan needs none."""
    take(cloud)
    text = NETWORK if options else f"lock: true\n{NETWORK}"
    result = invoke(text, "--yes", *options)
    assert result.exit_code == 4
    assert "nothing was changed: 'shop' is locked by anna.laptop since 1970-01-01" in result.stderr
    assert [entry.operation for entry in cloud.log if entry.method == "POST"][1:] == [
        "placement_groups.create"
    ]
    assert invoke(text, "--plan", *options).exit_code == 0
    assert invoke(NETWORK, "--yes").exit_code == 0


@pytest.mark.parametrize("text", [NETWORK, NETWORK.replace("10.0.0.0/16", "10.0.0.0/8")])
def test_the_lock_is_given_back(invoke: Invoke, cloud: Sandbox, text: str) -> None:
    """After a run there is no lock, whether anything was to be done or not."""
    for _ in range(2):
        assert invoke(text, "--yes", "--lock").exit_code == 0
        assert groups(cloud) == []
    assert "placement_groups.create" in [entry.operation for entry in cloud.log]


def test_the_lock_is_given_back_after_a_refusal_and_a_failure(invoke: Invoke, cloud: Sandbox) -> None:
    """However a run ends, the next one is free to begin."""
    assert invoke(NETWORK, "--lock").exit_code == 4
    cloud.faults.quotas["networks"] = 0
    assert invoke(NETWORK, "--yes", "--lock").exit_code == 3
    assert groups(cloud) == []


def test_waiting_for_the_lock(invoke: Invoke, cloud: Sandbox) -> None:
    """A lock that is not renewed becomes stale while one waits."""
    take(cloud)
    result = invoke(NETWORK, "--yes", "--lock-wait", "2h")
    assert result.exit_code == 0
    assert "waiting for the lock: held by anna.laptop" in result.stderr
    assert invoke(NETWORK, "--lock-wait", "soon").exit_code == 64


def unlock(*options: str) -> tuple[int, str]:
    """Run the command that takes a lock away."""
    Path("infra.yaml").write_text(NETWORK)
    result = CliRunner().invoke(apply, ["unlock", "infra.yaml", *options], prog_name="hetzner-apply")
    return result.exit_code, result.output


def test_unlock(cloud: Sandbox) -> None:
    """A lock is taken away after a question, or without one; that there is none is told."""
    assert unlock("--yes") == (0, "'shop' is not locked.\n")
    take(cloud)
    assert unlock()[0] == 4
    code, told = unlock("--yes")
    assert (code, groups(cloud)) == (0, [])
    assert "'shop' is unlocked; it was locked by anna.laptop" in told


def test_a_lock_is_true_or_false(invoke: Invoke) -> None:
    """Anything else is an error of the document."""
    result = invoke(f"lock: maybe\n{NETWORK}", "--plan")
    assert (result.exit_code, "lock must be true or false" in result.stderr) == (64, True)
