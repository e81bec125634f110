"""hcloud-go, which the newest CLI and Terraform build upon: every operation, decoded strictly."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from hetzner.sandbox import Sandbox, ScaledClock
from hetzner.sandbox.removed import REMOVED
from hetzner.sandbox.serve import serve
from hetzner.schema import operations
from tests.programs import ended
from tests.sandbox.boxes import PASSWORD
from tests.sandbox.pems import Holder
from tests.sandbox.world import KEY
from tests.witnesses import WITNESSES

GO = shutil.which("go")
PROGRAM = Path(__file__).parent / "hcloud_go"
GONE = {each.name for each in REMOVED}
pytestmark = [pytest.mark.slow, pytest.mark.skipif(GO is None, reason="Go is not installed")]


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program of the witness, compiled; what it is made of comes from the Go module proxy."""
    path = tmp_path_factory.mktemp("go") / "witness"
    command = [str(GO), "build", "-o", str(path), "."]
    done = ended(command, 600, cwd=PROGRAM)
    if done.returncode:
        pytest.skip(f"the Go program cannot be built here: {done.stderr.strip()[-300:]}")
    return path


def test_everything_gets_along(program: Path) -> None:
    """Every operation that hcloud-go knows ends as it would against the real API."""
    sandbox = Sandbox(clock=ScaledClock(20_000), requests_per_hour=1_000_000)
    sandbox.faults.fail_action("create_certificate", code="ca_dns_validation_failed")
    holder = Holder("example.com", "example.com")
    with serve(sandbox) as server:
        told = {
            "URL": server.url,
            "Certificate": holder.pem,
            "PrivateKey": holder.key_pem(),
            "PublicKey": KEY,
            "Password": PASSWORD,
        }
        done = ended([program], 120, given=json.dumps(told))
    assert (done.stdout, done.stderr) == ("done\n", "")
    asked = {entry.operation for entry in sandbox.requests(last=10_000) if entry.status < 300}
    left_out = {each.name for each in operations() if not each.path.endswith("/actions/{action_id}")} - asked
    assert left_out == GONE
    WITNESSES.saw("hcloud-go operations", *asked)
