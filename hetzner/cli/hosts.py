"""Hosts as other programs read them: Ansible's dynamic inventory, ``ssh_config``, ``/etc/hosts``, JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from hetzner.domain.inventory import Host


@dataclass(frozen=True, slots=True)
class Reaching:
    """How the hosts are reached."""

    way: str = "any"
    user: str = "root"
    jump: str = ""


def _described(host: Host, how: Reaching) -> dict[str, Any]:
    return {**asdict(host), "address": host.address(how.way)}


def as_json(hosts: Sequence[Host], how: Reaching) -> str:
    """Return a list of all hosts."""
    return json.dumps([_described(host, how) for host in hosts], indent=2)


def variables(host: Host, how: Reaching) -> dict[str, Any]:
    """Return the variables of a host for Ansible."""
    told: dict[str, Any] = {"ansible_user": how.user, "hetzner": _described(host, how)}
    if (address := host.address(how.way)) is not None:
        told["ansible_host"] = address
    if how.jump:
        told["ansible_ssh_common_args"] = f"-o ProxyJump={how.jump}"
    return told


def groups(host: Host) -> Iterator[str]:
    """Yield the groups of a host: by kind, place, type, state, project, networks and labels."""
    yield "servers"
    yield from (_group("location", host.location), _group("server_type", host.server_type))
    yield _group("status", host.status)
    if host.project:
        yield _group("project", host.project)
    yield from (_group("network", name) for name in host.private)
    for key, value in host.labels.items():
        yield _group("label", key, value) if value else _group("label", key)


def _group(*words: str) -> str:
    """Return a name that Ansible takes for a group."""
    return re.sub(r"\W+", "_", "_".join(words), flags=re.ASCII)


def as_ansible(hosts: Sequence[Host], how: Reaching) -> str:
    """Return a dynamic inventory, as a script prints it for ``--list``."""
    members: dict[str, list[str]] = {"servers": []}
    for host in hosts:
        for group in groups(host):
            members.setdefault(group, []).append(host.name)
    told = {group: {"hosts": names} for group, names in sorted(members.items())}
    meta = {"hostvars": {host.name: variables(host, how) for host in hosts}}
    return json.dumps({"_meta": meta, "all": {"children": [*told]}, **told}, indent=2)


def as_ssh(hosts: Sequence[Host], how: Reaching) -> str:
    """Return a stanza of ``ssh_config`` for every host."""
    return "\n".join(line for host in hosts for line in _stanza(host, how))


def _stanza(host: Host, how: Reaching) -> Iterator[str]:
    address = host.address("any" if host.name == how.jump else how.way)
    if address is None:
        yield f"# {host.name} has no such address"
        return
    yield f"Host {host.name}"
    yield f"    HostName {address}"
    yield f"    User {how.user}"
    if how.jump and how.jump != host.name:
        yield f"    ProxyJump {how.jump}"


def as_hosts(hosts: Sequence[Host], how: Reaching) -> str:
    """Return a line of ``/etc/hosts`` for every host that has an address."""
    known = [(host.address(how.way), host.name) for host in hosts]
    return "\n".join(f"{address}\t{name}" for address, name in known if address)


FORMS: Mapping[str, Callable[[Sequence[Host], Reaching], str]] = {
    "ansible": as_ansible,
    "ssh": as_ssh,
    "json": as_json,
    "hosts": as_hosts,
}
NAMED = frozenset({"ansible", "json"})
"""Those forms that tell the names of networks."""
