"""What the recipes in examples/ are for, each on a project that has something for it to do."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.programs import environment
from tests.examples import EXAMPLES, STATE, begin, do, python


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a project in which there is something of everything."""
    begin(tmp_path)
    return tmp_path


def told(name: str, folder: Path, *words: str) -> str:
    """Run a recipe and return what it printed."""
    return python(EXAMPLES / f"{name}.py", folder, *words, endpoint=STATE)


def asked(question: str, folder: Path) -> str:
    """Return what an expression over the records comes to."""
    return do(f"from hetzner import *; print({question})", folder).strip()


def test_app_with_cloud_init(folder: Path) -> None:
    """The server is there with its firewall, and a second run finds it."""
    first = told("app_with_cloud_init", folder).splitlines()
    assert first[1].startswith("created Server(app #")
    address = asked("Server.find('app').ipv4", folder)
    assert first[2] == f"http://{address}/"
    assert told("app_with_cloud_init", folder).splitlines()[1].startswith("found Server(app #")
    assert asked("[each.name for each in Server.find('app').load(Firewall)]", folder) == "['web']"


def test_batch_job(folder: Path) -> None:
    """What it cost is told, and the server is gone."""
    lines = told("batch_job", folder).splitlines()
    assert lines[0].startswith("Server(temporary-")
    assert lines[1].startswith("1 h: 0.0")
    assert asked("sorted(each.name for each in Server.all())", folder) == "['old', 'web-1']"


def test_firewall_allowlist(folder: Path) -> None:
    """Its rule is replaced, and the other rules stay."""
    do("from hetzner import Firewall; Firewall.create('web', rules=['tcp/443', 'icmp'])", folder)
    told("firewall_allowlist", folder, "--allow", "203.0.113.7", "--allow", "2001:db8::/32")
    told("firewall_allowlist", folder, "--allow", "198.51.100.0/24")
    found = asked("sorted((each.port or '', each.source_ips) for each in Firewall.find('web').rules)", folder)
    everywhere = ["0.0.0.0/0", "::/0"]
    assert found == str([("", everywhere), ("22", ["198.51.100.0/24"]), ("443", everywhere)])


def test_failover(folder: Path) -> None:
    """The address goes to a server that answers, stays there, and leaves it when it is off."""
    words = ("vip", "--label", "color", "--port", "22", "--once")
    assert "to Server(" in told("failover", folder, *words)
    assert told("failover", folder, *words) == ""
    holder = asked("Server.get(FloatingIP.find('vip').server).name", folder)
    do(f"from hetzner import Server; Server.find({holder!r}).poweroff()", folder)
    assert "to Server(" in told("failover", folder, *words)
    assert asked("Server.get(FloatingIP.find('vip').server).name", folder) != holder
    do("from hetzner import Server; [each.poweroff() for each in Server.all()]", folder)
    assert told("failover", folder, *words) == "none of 2 servers answers\n"


def test_blue_green(folder: Path) -> None:
    """The target changes its colour, there and back."""
    targets = "[each.label_selector.selector for each in LoadBalancer.find('lb').targets]"
    for color in ("green", "blue", "blue"):
        assert told("blue_green", folder, "lb", color, "--port", "22").endswith(f"color={color}\n")
        assert asked(targets, folder) == f"['color={color}']"


def test_metrics_exporter(folder: Path) -> None:
    """Each line has a name, labels and a number."""
    lines = told("metrics_exporter", folder, "--once").splitlines()
    assert len(lines) == 8
    assert lines[0] == 'hetzner_server_up{name="web-1",type="cx23"} 1'
    assert all(float(line.rpartition(" ")[2]) >= 0 for line in lines)


def test_restore_drill(folder: Path) -> None:
    """The check is told the address of a server that is gone afterwards, and the drill ends as it does."""
    words = (
        "--label",
        "app=shop",
        "--check",
        sys.executable,
        "-c",
        "import os; print(os.environ['SERVER_IP'])",
    )
    assert told("restore_drill", folder, *words).splitlines()[-1] == "restored and checked"
    assert asked("len(Server.all())", folder) == "2"
    failing = subprocess.run(
        [sys.executable, str(EXAMPLES / "restore_drill.py"), "--label", "app=shop", "--check", "false"],
        cwd=folder, env=environment(1, HCLOUD_ENDPOINT=STATE), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (failing.returncode, failing.stdout.splitlines()[-1]) == (1, "the check failed with status 1")


def test_rdns_bulk(folder: Path) -> None:
    """Every public address gets its name, once."""
    assert told("rdns_bulk", folder, "{name}.example.com").endswith("\n4 changed\n")
    assert told("rdns_bulk", folder, "{name}.example.com") == "0 changed\n"
    assert asked("Server.find('old').public_net.ipv4.dns_ptr", folder) == "old.example.com"


def test_volume_grow(folder: Path) -> None:
    """It grows by so much or to so much, never beyond that, and tells where the file system is."""
    assert "10 -> 15 GB" in told("volume_grow", folder, "data", "--by", "5")
    lines = told("volume_grow", folder, "data", "--to", "20").splitlines()
    assert lines[-1].startswith("on web-1: ")
    assert told("volume_grow", folder, "data", "--to", "20") == "data has 20 GB already\n"
    assert asked("Volume.find('data').size", folder) == "20"


def test_sleep_wake(folder: Path) -> None:
    """The server is gone while it sleeps, then has its name, type, place and labels again."""
    about = (
        "[(s.name, s.server_type.name, s.location.name, s.labels) for s in Server.all() if s.name == 'old']"
    )
    before = asked(about, folder)
    told("sleep_wake", folder, "sleep", "old")
    assert asked(about, folder) == "[]"
    told("sleep_wake", folder, "wake", "old")
    assert asked(about, folder) == before
    assert asked("[each.description for each in Image.all(type='snapshot')]", folder) == "['shop']"


def test_rescue_install(folder: Path) -> None:
    """It is booted into the rescue system and back, and only with --yes."""
    assert "would boot" in told("rescue_install", folder, "web-1")
    assert told("rescue_install", folder, "web-1", "--yes").splitlines()[1] == "in the rescue system"
    assert asked("(Server.find('web-1').status, Server.find('web-1').rescue_enabled)", folder) == (
        "('running', False)"
    )


def test_the_test_of_a_script(tmp_path: Path) -> None:
    """It passes for everybody who has the package, without an account."""
    (tmp_path / "empty.ini").write_text("[pytest]\n")
    words = ("-q", "-p", "no:cacheprovider", "-c", "empty.ini")
    result = subprocess.run(
        [sys.executable, "-m", "pytest", *words, str(EXAMPLES / "test_your_script.py")],
        cwd=tmp_path, env=environment(1), capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert "3 passed" in result.stdout, result.stdout + result.stderr
