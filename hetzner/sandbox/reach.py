"""Whether something would answer at the address of a server: a guess, since no server has any software.

A server answers on every port, at its public, floating and private addresses, some seconds after it started,
as far as its firewalls let anybody in there. A rule that lets in public addresses is taken to let in whoever
asks; private addresses have no firewall. Only what runs in this process sees it: over HTTP there is nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from ipaddress import IPv4Network, ip_network
from typing import TYPE_CHECKING, Any, cast

from hetzner.sandbox.addresses import owns
from hetzner.sandbox.kinds.firewall_servers import FirewallServers
from hetzner.sandbox.ranges import PRIVATE
from hetzner.sandbox.rules import ANY
from hetzner.sandbox.table import Row

if TYPE_CHECKING:
    from hetzner.sandbox.core import Sandbox
    from hetzner.sandbox.kinds.server_base import ServerBase
    from hetzner.sandbox.project import Project

BOOT = 10.0
"""Seconds from the end of the action that starts a server until its software answers."""
STARTS = frozenset({"start_server", "reset_server", "reboot_server", "rebuild_server", "change_server_type"})


def reach(sandbox: Sandbox, address: str, port: int) -> None:
    """Do as if somebody connected; raises TimeoutError, or ConnectionRefusedError while a server boots."""
    answer = next(
        filter(None, (_look(sandbox, name, address, port) for name in sandbox.project_names())), None
    )
    if answer == "boots":
        raise ConnectionRefusedError("connection refused")
    if answer is None:
        raise TimeoutError("timed out")


def _look(sandbox: Sandbox, name: str, address: str, port: int) -> str | None:
    """Tell whether a server of a project `answers` or still `boots`, or None where nothing can be reached."""
    with sandbox.inside(name) as project:  # nothing is raised in here: that would undo what is due
        server, is_public = _at(project, address)
        if server is None or cast("ServerBase", project.kind("servers")).status(server) != "running":
            return None
        if is_public and not _is_let_in(project, server, port):
            return None
        return "boots" if _started(project, server) + BOOT > project.now else "answers"


def _at(project: Project, address: str) -> tuple[Row | None, bool]:
    """Return the server that has an address, and whether that is a public one."""
    servers = project.table("servers")
    for row in project.table("primary_ips"):
        if row["assignee_type"] == "server" and row["assignee_id"] and owns(row["ip"], address):
            return servers.get(row["assignee_id"]), True
    for row in project.table("floating_ips"):
        if row["server"] and owns(row["ip"], address):
            return servers.get(row["server"]), True
    for row in servers:
        if any(entry["ip"] == address for entry in row["private_net"]):
            return row, False
    return None, True


def _is_let_in(project: Project, server: Row, port: int) -> bool:
    walls = project.kind_as(FirewallServers).of_row(server)
    return not walls or any(_lets_in(rule, port) for wall in walls for rule in wall["rules"])


def _lets_in(rule: Mapping[str, Any], port: int) -> bool:
    if rule["direction"] != "in" or rule["protocol"] != "tcp":
        return False
    low, _, high = ("1-65535" if rule["port"] == ANY else rule["port"]).partition("-")
    if not int(low) <= port <= int(high or low):
        return False
    return not all(_is_private(source) for source in rule["source_ips"])


def _is_private(source: str) -> bool:
    network = ip_network(source)
    return isinstance(network, IPv4Network) and any(network.subnet_of(private) for private in PRIVATE)


def _started(project: Project, server: Row) -> float:
    return max(_starts(project, server), default=server["created"])


def _starts(project: Project, server: Row) -> Iterator[float]:
    for action in project.actions.table.by("resource", "server", server["id"]):
        if action["command"] in STARTS and action["status"] == "success":
            yield action["finished"]
