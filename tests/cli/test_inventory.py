"""``hetzner-apply inventory``: servers for Ansible, ssh and others."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from hetzner.cli.apply import apply
from hetzner.cli.main import hetzner
from hetzner.sandbox import Sandbox
from tests.cli import programs
from tests.cli.conftest import Invoke

SHOP = """
project: shop
networks: {internal: {ip_range: 10.0.0.0/16, subnets: [10.0.1.0/24]}}
servers:
  web:
    count: 2
    server_type: cx23
    image: debian-13
    location: nbg1
    networks: [internal]
    labels: {role: web, team/x: ""}
  db:
    server_type: cx23
    image: debian-13
    networks: {internal: 10.0.1.9}
    public_net: {ipv4: false, ipv6: false}
"""


@pytest.fixture
def shop(invoke: Invoke) -> None:
    """Make three servers, one of them in private."""
    assert invoke(SHOP, "--yes").exit_code == 0
    assert (
        invoke("project: other\nservers: {x: {server_type: cx23, image: debian-13}}\n", "--yes").exit_code
        == 0
    )
    Path("infra.yaml").write_text(SHOP)


def run(*arguments: str) -> Result:
    """Run the command."""
    return CliRunner().invoke(apply, ["inventory", *arguments], prog_name="hetzner-apply")


def told(*arguments: str) -> Any:
    """Return what the command prints as JSON."""
    result = run(*arguments)
    assert (result.exit_code, result.stderr) == (0, "")
    return json.loads(result.stdout)


@pytest.mark.usefixtures("shop")
def test_ansible() -> None:
    """Servers are grouped by place, type, state, project, network and label, with all variables at once."""
    inventory = told("infra.yaml")
    groups = {group: entry["hosts"] for group, entry in inventory.items() if "hosts" in entry}
    webs = ["web-1", "web-2"]
    assert groups == {
        "label_role_web": webs, "label_team_x": webs, "location_fsn1": ["db"], "location_nbg1": webs,
        "network_internal": ["db", *webs], "project_shop": ["db", *webs], "server_type_cx23": ["db", *webs],
        "servers": ["db", *webs], "status_running": ["db", *webs],
    }  # fmt: skip
    assert inventory["all"] == {"children": sorted(groups)}
    db = inventory["_meta"]["hostvars"]["db"]
    assert (db["ansible_host"], db["ansible_user"]) == ("10.0.1.9", "root")
    assert (db["hetzner"]["ipv4"], db["hetzner"]["private"]) == (None, {"internal": "10.0.1.9"})


@pytest.mark.usefixtures("shop")
def test_as_a_script_of_ansible() -> None:
    """A script may hand on --list and --host, as Ansible calls it."""
    inventory = told("--list")
    assert inventory["servers"]["hosts"] == ["db", "web-1", "web-2", "x"]
    assert told("--host", "web-1") == inventory["_meta"]["hostvars"]["web-1"]
    assert told("--host", "nobody") == {}


@pytest.mark.usefixtures("shop")
def test_ssh() -> None:
    """Every server has a stanza; those that are reached through another one say so."""
    lines = run("-o", "ssh", "infra.yaml", "--address", "private", "--jump", "web-1", "--user", "ops").stdout
    assert lines.splitlines()[:4] == [
        "Host db",
        "    HostName 10.0.1.9",
        "    User ops",
        "    ProxyJump web-1",
    ]
    jump = lines[lines.index("Host web-1") : lines.index("Host web-2")]
    assert ("HostName 10.0" in jump, "ProxyJump" in jump) == (False, False)
    assert "# db has no such address" in run("-o", "ssh", "--address", "ipv4").stdout


@pytest.mark.usefixtures("shop")
def test_hosts_and_json() -> None:
    """Addresses with names, and everything as a list."""
    assert run("-o", "hosts", "infra.yaml").stdout.splitlines()[0] == "10.0.1.9\tdb"
    described = told("-o", "json", "-l", "role=web")
    assert [(host["name"], host["location"]) for host in described] == [("web-1", "nbg1"), ("web-2", "nbg1")]
    assert described[0]["labels"] == {"role": "web", "team/x": ""}
    assert run("-o", "hosts", "-l", "role=nothing").stdout == ""


@pytest.mark.usefixtures("shop")
def test_requests(cloud: Sandbox) -> None:
    """Servers are asked for once, and networks only when their names are told."""
    for form, asked in (("ssh", ["servers.list"]), ("ansible", ["servers.list", "networks.list"])):
        before = len(cloud.log)
        run("-o", form)
        assert [entry.operation for entry in list(cloud.log)[before:]] == asked


def test_nobody(cloud: Sandbox) -> None:
    """An empty project is an empty inventory, by a single request."""
    assert told() == {"_meta": {"hostvars": {}}, "all": {"children": ["servers"]}, "servers": {"hosts": []}}
    assert len(cloud.log) == 1


def test_below_hetzner(cloud: Sandbox) -> None:
    """The command also stands below `hetzner`."""
    assert CliRunner().invoke(hetzner, ["inventory", "-o", "json"]).stdout == "[]\n"


def test_inventory_as_a_program(tmp_path: Path) -> None:
    """A process lists what another one made in a sandbox file."""
    (tmp_path / "infra.yaml").write_text(SHOP)
    assert programs.run(tmp_path, "infra.yaml", "--yes").returncode == 0
    done = programs.run(tmp_path, "inventory", "infra.yaml", "-o", "hosts")
    assert (done.returncode, done.stderr, len(done.stdout.splitlines())) == (0, "", 3)
