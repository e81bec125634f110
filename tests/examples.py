"""Running what lies in examples/ in processes of their own, on a sandbox in a folder."""

import subprocess
import sys
from pathlib import Path

from tests.cli.programs import environment
from tests.test_repository import ROOT

EXAMPLES = ROOT / "examples"
STATE = "sandbox:state.db?scale=300"
SOME_PROJECT = """
from hetzner import FloatingIP, LoadBalancer, Server, Volume, Zone
Zone.create("example.com")
here = {"image": "debian-13", "location": "fsn1"}
one = Server.create("web-1", "cx23", labels={"role": "web", "color": "green"}, **here)
Server.create("old", "cx23", labels={"color": "blue"}, **here).create_image("shop", labels={"app": "shop"})
Volume.create("data", size=10, server=one)
FloatingIP.create("vip", type="ipv4", home_location="fsn1")
LoadBalancer.create("lb", "lb11", location="fsn1", targets=[{"label_selector": "color=blue"}])
"""
"""What there is when a script is tried, with all that one of them wants."""


def do(program: str, folder: Path) -> str:
    """Run a few lines of Python on the sandbox of a folder and return what they printed."""
    return _run(["-c", program], folder, STATE)


def python(script: Path, folder: Path, *words: str, endpoint: str = "sandbox:") -> str:
    """Run a script in a folder and return what it printed; it has to end well."""
    return _run([str(script), *words], folder, endpoint)


def _run(words: list[str], folder: Path, endpoint: str) -> str:
    result = subprocess.run(
        [sys.executable, "-W", "error", *words], cwd=folder, timeout=60, check=False,
        env=environment(1, HCLOUD_ENDPOINT=endpoint), capture_output=True, text=True,
    )  # fmt: skip
    assert (result.returncode, result.stderr) == (0, "")
    return result.stdout
