"""The official `hcloud` CLI, unmodified, on networks, firewalls, SSH keys and placement groups.

It waits half a second for every action, whatever the server says; so all stories run side by side.
"""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

from tests.programs import ended
from tests.sandbox.talk import Talk
from tests.witnesses import WITNESSES

BINARY = shutil.which("hcloud")
KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGVhh6NrZ0kpc2m2gdKvpl0bZ0Vb1y0BfsWrbKEbKGTX me@here"
SERVER = {"server_type": "cx23", "image": "debian-13", "location": "fsn1"}
ZONE = ("--type", "cloud", "--network-zone", "eu-central")
PING = ("--direction", "in", "--protocol", "icmp", "--source-ips", "0.0.0.0/0", "--description", "ping")
SSH = {"direction": "in", "protocol": "tcp", "port": "22", "source_ips": ["0.0.0.0/0", "::/0"]}
BY_LABEL = ("--type", "label_selector", "--label-selector", "env=prod")


class CLI:
    """The CLI in a home of its own, against one endpoint; `talk` reaches the same sandbox directly."""

    def __init__(self, home: Path, url: str, talk: Talk) -> None:
        self.home, self.talk = home, talk
        self.ran: set[str] = set()
        own = {"HOME": str(home), "HCLOUD_CONFIG": str(home / "cli.toml")}
        self.environment = {**os.environ, **own, "HCLOUD_TOKEN": "t", "HCLOUD_ENDPOINT": url}

    def __call__(self, line: str, *more: str) -> str:
        """Run a command that must succeed; returns what it prints."""
        done = self._run(line, more)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def refused(self, line: str, *more: str) -> str:
        """Run a command that must fail; returns what it complains."""
        done = self._run(line, more)
        assert done.returncode == 1, done.stdout
        return done.stderr

    def described(self, kind: str, name: str) -> Any:
        """What `describe -o json` says."""
        return json.loads(self(f"{kind} describe {name} -o json"))

    def server(self, name: str, **fields: Any) -> int:
        """Create a server, past the CLI, and let it come up."""
        ident: int = self.talk.post("/servers", {"name": name, **SERVER, **fields})["server"]["id"]
        self.talk.wait(60)
        return ident

    def _run(self, line: str, more: tuple[str, ...]) -> CompletedProcess[str]:
        words = [*line.split(), *more]
        WITNESSES.count("cli")
        self.ran |= {" ".join(words[:length]) for length in (1, 2, 3)}
        return ended([str(BINARY), *words], 60, env=self.environment)


def ssh_keys(cli: CLI) -> None:
    """Create, label, rename, list and delete an SSH key; a second copy is refused."""
    cli("ssh-key create --name me --label a=b --public-key", KEY)
    path = cli.home / "key.pub"
    path.write_text(KEY)
    assert "uniqueness_error" in cli.refused(f"ssh-key create --name you --public-key-from-file {path}")
    cli("ssh-key add-label me team=core")
    assert cli.described("ssh-key", "me")["labels"] == {"a": "b", "team": "core"}
    cli("ssh-key update me --name mine")
    assert "mine" in cli("ssh-key list --selector team=core")
    cli("ssh-key delete mine")
    assert "mine" not in cli("ssh-key list")


def placement_groups(cli: CLI) -> None:
    """Create, describe, label, list and delete a placement group with a server in it."""
    cli("placement-group create --name apart --type spread")
    cli("placement-group add-label apart a=b")
    server = cli.server("pg", placement_group=cli.talk.get("/placement_groups")["placement_groups"][0]["id"])
    assert str(server) in cli("placement-group describe apart")
    assert "apart" in cli("placement-group list -l a=b")
    cli("placement-group delete apart")
    assert cli.described("server", "pg")["placement_group"] is None


def networks(cli: CLI) -> None:
    """Create a network, work on subnets, routes, range, protection and labels, delete it."""
    cli("network create --name net --ip-range 10.0.0.0/16 --label a=b")
    cli("network add-subnet net", *ZONE)
    assert "invalid_input" in cli.refused("network add-subnet net --ip-range 10.0.0.0/24", *ZONE)
    cli("network add-route net --destination 10.100.0.0/16 --gateway 10.0.0.9")
    cli("network change-ip-range net --ip-range 10.0.0.0/15")
    net = cli.described("network", "net")
    assert (net["ip_range"], net["subnets"][0]["ip_range"]) == ("10.0.0.0/15", "10.0.0.0/24")
    assert net["routes"] == [{"destination": "10.100.0.0/16", "gateway": "10.0.0.9"}]
    cli("network enable-protection net delete")
    assert "network is delete protected" in cli.refused("network delete net")
    cli("network disable-protection net delete")
    cli("network remove-route net --destination 10.100.0.0/16 --gateway 10.0.0.9")
    cli("network remove-subnet net --ip-range 10.0.0.0/24")
    cli("network add-label net team=core")
    assert "10.0.0.0/15" in cli("network list -l team=core")
    cli("network delete net")


def network_members(cli: CLI) -> None:
    """Attach a server with chosen addresses, change its aliases, keep its subnet, detach it."""
    cli("network create --name used --ip-range 10.0.0.0/16")
    cli("network add-subnet used --ip-range 10.0.5.0/24", *ZONE)
    server = cli.server("member")
    cli("server attach-to-network member --network used --ip 10.0.5.7 --alias-ips 10.0.5.8")
    cli("server change-alias-ips member --network used --alias-ips 10.0.5.9")
    assert cli.described("network", "used")["servers"] == [server]
    net = cli.described("server", "member")["private_net"][0]
    assert (net["ip"], net["alias_ips"]) == ("10.0.5.7", ["10.0.5.9"])
    assert "service_error" in cli.refused("network remove-subnet used --ip-range 10.0.5.0/24")
    cli("server detach-from-network member --network used")
    cli("network remove-subnet used --ip-range 10.0.5.0/24")


def firewall_rules(cli: CLI) -> None:
    """Create a firewall from a file of rules, add, delete and replace rules, label and delete it."""
    rules = cli.home / "rules.json"
    rules.write_text(json.dumps([SSH]))
    cli(f"firewall create --name rules --rules-file {rules}")
    cli("firewall add-rule rules", *PING)
    assert [rule["protocol"] for rule in cli.described("firewall", "rules")["rules"]] == ["tcp", "icmp"]
    cli("firewall delete-rule rules", *PING)
    cli(f"firewall replace-rules rules --rules-file {rules}")
    cli("firewall add-label rules team=core")
    assert "rules" in cli("firewall list -l team=core")
    cli("firewall delete rules")


def firewall_resources(cli: CLI) -> None:
    """Apply a firewall to a server and to labels, and take it off again."""
    cli("firewall create --name fw")
    cli.server("direct")
    cli.server("labelled", labels={"env": "prod"})
    cli("firewall apply-to-resource fw --type server --server direct")
    cli("firewall apply-to-resource fw", *BY_LABEL)
    again = cli.refused("firewall apply-to-resource fw --type server --server direct")
    assert "firewall_already_applied" in again
    applied = cli.described("firewall", "fw")["applied_to"]
    assert [target["type"] for target in applied] == ["server", "label_selector"]
    assert "resource_in_use" in cli.refused("firewall delete fw")
    by_hand = cli.refused("firewall remove-from-resource fw --type server --server labelled")
    assert "firewall_managed_by_label_selector" in by_hand
    cli("firewall remove-from-resource fw --type server --server direct")
    cli("firewall remove-from-resource fw", *BY_LABEL)
    cli("firewall delete fw")


STORIES: tuple[Callable[[CLI], None], ...] = (
    ssh_keys, placement_groups, networks, network_members, firewall_rules, firewall_resources,
)  # fmt: skip
