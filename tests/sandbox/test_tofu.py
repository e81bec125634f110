"""OpenTofu with Terraform's provider hetznercloud/hcloud, unmodified, against the sandbox over HTTP."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from hetzner.sandbox import Sandbox, ScaledClock
from hetzner.sandbox.serve import serve
from tests.programs import ended
from tests.sandbox.boxes import PASSWORD
from tests.sandbox.pems import Holder
from tests.sandbox.world import KEY
from tests.witnesses import WITNESSES

TOFU, PROVIDER = shutil.which("tofu"), shutil.which("terraform-provider-hcloud")
BOOK = Path(__file__).parent / "tofu"
NOTHING, CHANGES = 0, 2
"""How `plan -detailed-exitcode` ends."""
EMPTY: Mapping[str, str] = {}
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (TOFU and PROVIDER), reason="OpenTofu and its provider hcloud are not installed"),
]


class Tofu:
    """The program in a folder of its own."""

    def __init__(self, home: Path, url: str) -> None:
        self.home = home
        shutil.copytree(BOOK, home, dirs_exist_ok=True)
        holder = Holder("example.com", "example.com")
        known = {"certificate": holder.pem, "key": holder.key_pem(), "public_key": KEY, "password": PASSWORD}
        (home / "terraform.tfvars.json").write_text(json.dumps(known))
        settings = home / "tofurc"
        own = f'dev_overrides {{ "hetznercloud/hcloud" = "{Path(str(PROVIDER)).parent}" }}'
        settings.write_text(f"provider_installation {{\n  {own}\n  direct {{}}\n}}\n")
        self.environment = {
            **os.environ,
            "TF_CLI_CONFIG_FILE": str(settings),
            "HCLOUD_TOKEN": "t" * 64,
            "HCLOUD_ENDPOINT": url,
            "HETZNER_ENDPOINT": url,
            "CHECKPOINT_DISABLE": "1",
        }

    def __call__(self, *words: str, ends: int = NOTHING, given: Mapping[str, str] = EMPTY) -> str:
        """Run a command that must end with that status; returns what it said."""
        variables = [f"-var={name}={value}" for name, value in given.items()]
        command = [str(TOFU), *words, "-no-color", *variables]
        done = ended(command, 300, cwd=self.home, env=self.environment)
        assert done.returncode == ends, done.stdout[-3000:] + done.stderr[-3000:]
        return done.stdout


def test_every_resource_converges(tmp_path: Path) -> None:
    """Applied, nothing is left to plan; changed, nothing again; destroyed, nothing is there."""
    sandbox = Sandbox(clock=ScaledClock(500), requests_per_hour=1_000_000)
    changed = {"size": "20", "note": "two", "type": "cx33"}
    with serve(sandbox) as server:
        tofu = Tofu(tmp_path, server.url)
        tofu("apply", "-auto-approve")
        tofu("plan", "-detailed-exitcode", ends=NOTHING)
        tofu("plan", "-detailed-exitcode", ends=CHANGES, given=changed)
        tofu("apply", "-auto-approve", given=changed)
        tofu("plan", "-detailed-exitcode", ends=NOTHING, given=changed)
        kinds = {line.split()[0].split(".")[0] for line in tofu("state", "list").splitlines()} - {"data"}
        tofu("apply", "-auto-approve", given={**changed, "protected": "false"})
        tofu("destroy", "-auto-approve", given={**changed, "protected": "false"})
    with sandbox.inside() as project:
        left = {kind for kind, rows in project.all_rows().items() if rows} - {"actions"}
    assert left == set()
    assert len(kinds) >= 28
    WITNESSES.saw("tofu resources", *kinds)
