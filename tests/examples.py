"""Running what lies in examples/ in processes of their own, on a sandbox in a folder."""

import io
import subprocess
import sys
from contextlib import closing, redirect_stdout
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from hetzner import Hetzner, using
from hetzner.sandbox import Sandbox, SandboxTransport
from hetzner.sandbox.clock import ScaledClock
from hetzner.sandbox.store import FileStore
from tests.cli.programs import environment
from tests.test_repository import ROOT

EXAMPLES = ROOT / "examples"
FILE, SCALE = "state.db", 300
STATE = f"sandbox:{FILE}?scale={SCALE}"
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
    """Run a few lines of Python on the sandbox of a folder, in this process; return what they printed."""
    told = io.StringIO()
    with closing(Sandbox(store=FileStore(folder / FILE), clock=ScaledClock(SCALE))) as sandbox:
        client = Hetzner(api_token="made-up", transport=SandboxTransport(sandbox))
        with client, using(client), redirect_stdout(told):
            exec(program, {})  # noqa: S102 - our own
    return told.getvalue()


def begin(folder: Path) -> None:
    """Let there be something of everything in the sandbox of a folder."""
    (folder / FILE).write_bytes(_some_project())


@cache
def _some_project() -> bytes:
    with TemporaryDirectory() as folder:
        do(SOME_PROJECT, Path(folder))
        return (Path(folder) / FILE).read_bytes()


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
