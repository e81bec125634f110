"""Every file in examples/ does what it is for, on the sandbox."""

import csv
import json
import sys
from pathlib import Path

import pytest
import yaml

from tests.cli.programs import run
from tests.examples import EXAMPLES, STATE, begin, do, python

DOCUMENTS = sorted(EXAMPLES.glob("*.yaml"))
TESTS = sorted(EXAMPLES.glob("test_*.py"))
SCRIPTS = sorted(set(EXAMPLES.glob("*.py")) - set(TESTS))


WORDS = {
    "dyndns.py": ("home.example.com", "--address", "203.0.113.7"),
    "firewall_allowlist.py": ("--allow", "203.0.113.7"),
    "failover.py": ("vip", "--label", "role=web", "--port", "22", "--once"),
    "blue_green.py": ("lb", "green", "--port", "22"),
    "metrics_exporter.py": ("--once",),
    "restore_drill.py": ("--label", "app=shop"),
    "rdns_bulk.py": ("{name}.example.com",),
    "volume_grow.py": ("data", "--to", "20"),
    "sleep_wake.py": ("sleep", "old"),
    "rescue_install.py": ("web-1", "--yes"),
}
"""What scripts must be told."""
PASSWORD = "Correct-horse-7-battery"
"""What documents take from the environment as STORAGE_BOX_PASSWORD; made up."""
EVERYTHING = """
from hetzner import FloatingIP, Firewall, Image, LoadBalancer, RRSet, Server, Volume
kinds = [Server, Volume, Firewall, FloatingIP, LoadBalancer]
found = [each for kind in kinds for each in kind.all()]
found += Image.all(type="snapshot") + RRSet.all("example.com")
print([each.to_dict() for each in found])
"""


def test_nothing_else_is_there() -> None:
    """What lies in examples/ is one of the two kinds that are run here."""
    assert set(EXAMPLES.glob("*")) - {EXAMPLES / "__pycache__"} == {*DOCUMENTS, *SCRIPTS, *TESTS}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_document(path: Path, tmp_path: Path) -> None:
    """A document is applied in one run, leaves nothing to do, and can be destroyed once nothing keeps it."""
    assert run(tmp_path, str(path), "--yes", STORAGE_BOX_PASSWORD=PASSWORD).returncode == 0
    assert run(tmp_path, str(path), "--check", STORAGE_BOX_PASSWORD=PASSWORD).returncode == 0
    free = tmp_path / path.name
    text = path.read_text(encoding="utf-8").replace("protect: true", "protect: false")
    free.write_text(text.replace("prevent_destroy: true", "prevent_destroy: false"), encoding="utf-8")
    assert (
        run(
            tmp_path, str(free), "--destroy", "--yes", "--allow-destroy", STORAGE_BOX_PASSWORD=PASSWORD
        ).returncode
        == 0
    )
    assert run(tmp_path, str(path), "--check", STORAGE_BOX_PASSWORD=PASSWORD).returncode == 2


def test_what_the_shop_protects_is_kept(tmp_path: Path) -> None:
    """Nothing that the document protects goes, whatever is allowed."""
    shop = str(EXAMPLES / "shop.yaml")
    assert run(tmp_path, shop, "--yes", STORAGE_BOX_PASSWORD=PASSWORD).returncode == 0
    result = run(tmp_path, shop, "--destroy", "--yes", "--allow-destroy", STORAGE_BOX_PASSWORD=PASSWORD)
    assert result.returncode != 0
    assert "servers.db" in result.stdout + result.stderr


def test_quickstart_as_the_readme_says(tmp_path: Path) -> None:
    """`--sandbox --yes` needs no account, keeps its state beside the user, and takes a few seconds."""
    quickstart = str(EXAMPLES / "quickstart.yaml")
    result = run(tmp_path, quickstart, "--sandbox", "--yes", HCLOUD_ENDPOINT="https://192.0.2.1/v1")
    assert (result.returncode, (tmp_path / ".hetzner-sandbox.db").exists()) == (0, True)
    assert "Applied 6 of 6 in " in result.stderr


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_document_has_a_heading(path: Path) -> None:
    """A document begins with what it is for and how it is run, and has a project of its own name."""
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# ")
    assert f"hetzner-apply examples/{path.name}" in text.partition("project:")[0]
    assert yaml.safe_load(text)["project"].replace("-", "_") == path.stem


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_script(path: Path, tmp_path: Path) -> None:
    """A script runs without an account, explains itself, and changes nothing with --dry-run."""
    told = python(path, tmp_path, "--help")
    assert "usage:" in told
    begin(tmp_path)
    words = WORDS.get(path.name, ())
    if "--dry-run" in told:  # first of all, when there is still something to do
        before = do(EVERYTHING, tmp_path)
        python(path, tmp_path, "--dry-run", *words, endpoint=STATE)
        assert do(EVERYTHING, tmp_path) == before
    python(path, tmp_path, *words, endpoint=STATE)
    if "--dry-run" not in told:  # it only reads
        before = do(EVERYTHING, tmp_path)
        python(path, tmp_path, *words, endpoint=STATE)
        assert do(EVERYTHING, tmp_path) == before


@pytest.mark.parametrize("path", [*SCRIPTS, *TESTS], ids=lambda path: path.name)
def test_script_says_what_it_needs(path: Path) -> None:
    """A script has the header by which `uv run` finds this package, and is one screen long."""
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[1:3] == ["# /// script", '# requires-python = ">=3.11"']
    assert lines[3].startswith('# dependencies = ["hetzner"')
    assert len(lines) <= 60


def test_first_server_twice(tmp_path: Path) -> None:
    """The first run makes a server, the second one finds it."""
    script, endpoint = EXAMPLES / "first_server.py", "sandbox:state.db?scale=100"
    assert "would create first" in python(script, tmp_path, "--dry-run", endpoint=endpoint)
    assert "created Server(first " in python(script, tmp_path, endpoint=endpoint)
    assert "found Server(first " in python(script, tmp_path, endpoint=endpoint)


def test_snapshots_rotate(tmp_path: Path) -> None:
    """Only the newest snapshots stay, of servers with the label only, and a dry run takes none."""
    script, endpoint = EXAMPLES / "snapshot_rotate.py", "sandbox:state.db?scale=1000"
    document = tmp_path / "infra.yaml"
    document.write_text(
        "project: shop\nservers:\n  a: {server_type: cx23, image: debian-13, labels: {snapshots: daily}}\n"
        "  b: {server_type: cx23, image: debian-13}\n"
    )
    assert run(tmp_path, str(document), "--yes").returncode == 0
    shown = [python(script, tmp_path, "--keep", "2", endpoint=endpoint) for _ in range(3)]
    assert shown[0] == "a: 0 snapshots, taking one more\n"
    assert shown[2].startswith("a: 2 snapshots, taking one more\na: deleting the one of ")
    dry = python(script, tmp_path, "--keep", "2", "--dry-run", endpoint=endpoint)
    assert dry.startswith("a: 2 snapshots, taking one more\na: deleting the one of ")
    assert python(script, tmp_path, "--dry-run", endpoint=endpoint) == "a: 2 snapshots, taking one more\n"


SOME = """
from hetzner import Server, Volume
one = Server.create("one", "cx23", image="debian-13", location="fsn1", labels={"env": "ci"})
two = Server.create("two", "cx33", image="debian-13", location="fsn1", labels={"env": "prod"})
Volume.create("data", size=10, server="one", labels={"env": "ci"})
"""


def test_inventory(tmp_path: Path) -> None:
    """Every form can be read by what it is for, and a selector narrows it."""
    script = EXAMPLES / "inventory.py"
    do(SOME, tmp_path)
    table = list(csv.DictReader(python(script, tmp_path, endpoint=STATE).splitlines()))
    assert [(row["name"], row["server_type"], row["location"]) for row in table] == [
        ("one", "cx23", "fsn1"),
        ("two", "cx33", "fsn1"),
    ]
    told = python(script, tmp_path, "--format", "json", "--label", "env=ci", endpoint=STATE)
    assert [(each["name"], each["labels"]) for each in json.loads(told)] == [("one", {"env": "ci"})]
    hosts = json.loads(python(script, tmp_path, "--format", "ansible", endpoint=STATE))["all"]["hosts"]
    assert hosts == {row["name"]: {"ansible_host": row["ipv4"]} for row in table}
    ssh = python(script, tmp_path, "--format", "ssh_config", endpoint=STATE)
    assert ssh.startswith(f"Host one\n    HostName {table[0]['ipv4']}\n    User root\nHost two\n")


def test_cost_report(tmp_path: Path) -> None:
    """The sum is that of the labels, and that of the things."""
    do(SOME, tmp_path)
    lines = python(EXAMPLES / "cost_report.py", tmp_path, "--each", endpoint=STATE).splitlines()
    numbers = [float(line.split()[0]) for line in lines]
    assert [line.split(maxsplit=1)[1].split("(")[0] for line in lines[:3]] == ["Server", "Server", "Volume"]
    assert {line.split()[1] for line in lines[3:5]} == {"env=ci", "env=prod"}
    assert lines[-1].endswith("EUR a month, 3 things")
    assert sum(numbers[:3]) == pytest.approx(numbers[-1], abs=0.03)
    assert sum(numbers[3:5]) == pytest.approx(numbers[-1], abs=0.03)


def test_sweep_expired(tmp_path: Path) -> None:
    """Nothing goes without --yes, nothing young goes at all, and then what has the label goes."""
    script = EXAMPLES / "sweep_expired.py"
    do(SOME, tmp_path)
    assert python(script, tmp_path, "--yes", endpoint=STATE) == ""
    would = python(script, tmp_path, "--hours", "0", endpoint=STATE)
    assert would.startswith("would delete Server(one ")
    assert "would delete Volume(data " in would
    did = python(script, tmp_path, "--hours", "0", "--yes", endpoint=STATE)
    assert did.startswith("deleted Server(one ")
    assert (
        do("from hetzner import Server; print([each.name for each in Server.all()])", tmp_path) == "['two']\n"
    )


def test_ci_runner(tmp_path: Path) -> None:
    """The command is told the address of a server that is gone afterwards."""
    words = ("--", sys.executable, "-c", "import os; print(os.environ['SERVER_IP'])")
    shown, address = python(EXAMPLES / "ci_runner.py", tmp_path, *words, endpoint=STATE).splitlines()
    assert shown.startswith("Server(temporary-")
    assert address in shown
    assert do("from hetzner import Server; print(Server.all())", tmp_path) == "[]\n"


def test_golden_image(tmp_path: Path) -> None:
    """Each run makes an image and deletes the oldest beyond those to keep; no server is left."""
    script = EXAMPLES / "golden_image.py"
    first = python(script, tmp_path, "--keep", "1", endpoint=STATE).splitlines()
    assert first[0] == "making an image from debian-13"
    assert first[1].endswith("snapshot x86 web, from debian-13)")
    second = python(script, tmp_path, "--keep", "1", endpoint=STATE).splitlines()
    assert second[2] == f"deleting {first[1]}"
    left = do("from hetzner import Image, Server; print(Server.all(), Image.latest())", tmp_path)
    assert left == f"[] {second[1]}\n"


def test_dyndns(tmp_path: Path) -> None:
    """The record is made, left alone when it is right, and changed when it is not."""
    do("from hetzner import Zone; Zone.create('example.com')", tmp_path)

    def told(*addresses: str) -> list[str]:
        words = [word for address in addresses for word in ("--address", address)]
        return python(
            EXAMPLES / "dyndns.py", tmp_path, "home.example.com", *words, endpoint=STATE
        ).splitlines()

    assert told("203.0.113.7") == ["set RRSet(home/A 203.0.113.7 ttl 60)"]
    assert told("203.0.113.7", "2001:DB8::1") == [
        "unchanged RRSet(home/A 203.0.113.7 ttl 60)",
        "set RRSet(home/AAAA 2001:db8::1 ttl 60)",
    ]
    assert told("203.0.113.8") == ["set RRSet(home/A 203.0.113.8 ttl 60)"]
